from typing import Any

from django.core.management import BaseCommand

from market.refreshing import refresh


class Command(BaseCommand):
    """Measures whatever is not kept or not valid any more, a role at a time.

    Safe to kill, to repeat and to run twice at once: each role is written whole or not at all,
    and a role that another process has measured meanwhile is left as it is.
    """

    help = "Measure the statistics of every role that are not kept yet."

    def handle(self, *args: Any, **options: Any) -> None:
        report = refresh()
        if options["verbosity"]:
            self.stdout.write(report.line)
