from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides.exporting import ExportError, export


class Command(BaseCommand):
    """Writes every skill, role and guide into a folder, as import_guides and load_content read it.

    The same rows give the same bytes. Safe to repeat, to kill and to run twice at once: a file is
    there whole or not at all, and only files of an earlier export are removed. Nothing is written
    into a folder that holds anything but an earlier export, unless --force says so.
    """

    help = "Write all skills, roles and guides into a folder that import_guides reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="a new or empty folder, or an export")
        parser.add_argument(
            "--force", action="store_true", help="write into a folder that holds other things"
        )

    def handle(self, *args: Any, directory: Path, force: bool, **options: Any) -> None:
        if directory.exists() and not directory.is_dir():
            raise CommandError(f"{directory} is not a directory.")
        try:
            exported = export(directory, force=force)
        except ExportError as error:
            raise CommandError(str(error)) from error
        for name in exported.removed:
            self.stdout.write(f"removed {name}: nothing here has this text any more")
        for name in exported.foreign:
            self.stdout.write(
                f"left {name}: no export wrote it, but import_guides would take it in"
            )
        self.stdout.write(
            f"written={len(exported.written)} unchanged={len(exported.unchanged)} "
            f"removed={len(exported.removed)}"
        )
