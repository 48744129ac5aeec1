from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides.contentfiles import ContentError, is_content
from guides.importing import Imported, import_content


class Command(BaseCommand):
    """Lets this board say what a folder of skills, roles and guides says; the rest stays.

    The whole run is one transaction: a mistake is told with its file and line, and then nothing
    is changed. The second time nothing changes. A guide's published text changes with --publish
    alone; skills and role profiles have no draft, so readers see them at once, as after saving
    them in the admin.
    """

    help = "Take in a folder of skills, roles and guides, as export_guides writes it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="a folder that export_guides wrote")
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would change, and change nothing"
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish the guides that changed or were never published; retired ones stay so",
        )

    def handle(
        self, *args: Any, directory: Path, dry_run: bool, publish: bool, **options: Any
    ) -> None:
        if not directory.is_dir():
            raise CommandError(f"{directory} is not a directory.")
        if not is_content(directory):
            raise CommandError(f"{directory} holds no skills.yaml, roles/*.md or guides/*.md.")
        try:
            imported = import_content(directory, publishing=publish, dry_run=dry_run)
        except ContentError as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        self.tell(imported, dry_run)

    def tell(self, imported: Imported, dry_run: bool) -> None:
        for change in imported.changes:
            if dry_run:
                self.stdout.write(change.diff())
            else:
                self.stdout.write(f"{'new' if change.before is None else 'changed'} {change.file}")
        for slug in imported.published:
            self.stdout.write(f"{'would publish' if dry_run else 'published'} {slug}")
        for kind, counts in imported.counts.items():
            numbers = " ".join(f"{word}={counts[word]}" for word in ("new", "changed", "unchanged"))
            self.stdout.write(f"{kind} {numbers}")
        if dry_run:
            self.stdout.write("A dry run: nothing was changed.")
        elif not imported.changes and not imported.published:
            self.stdout.write("Nothing changed.")
