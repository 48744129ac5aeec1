from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides.contentfiles import ContentError
from guides.loading import CONTENT, load


class Command(BaseCommand):
    """Loads skills, roles and guides; twice changes nothing, and no edit is undone.

    The whole run is one transaction: an error names its file and line and changes nothing.
    """

    help = "Load the shipped skills, roles and guides. Twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "directory", nargs="?", type=Path, default=CONTENT, help="default: guides/content"
        )

    def handle(self, *args: Any, directory: Path, **options: Any) -> None:
        if not directory.is_dir():
            raise CommandError(f"{directory} is not a directory.")
        try:
            loaded = load(directory)
        except ContentError as error:
            raise CommandError(str(error)) from error
        for name in loaded.names:
            self.stdout.write(f"kept {name}: it was edited here, and the file says otherwise")
        for kind, counts in loaded.counts.items():
            numbers = " ".join(f"{word}={counts[word]}" for word in ("new", "changed", "kept"))
            self.stdout.write(f"{kind} {numbers}")
