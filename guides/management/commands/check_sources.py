from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from guides.models import Source
from guides.sources import check


class Command(BaseCommand):
    """Asks the addresses of guides' sources whether they still answer, and notes what they say.

    404, 410, an unknown host, a refused connection or a bad certificate, seen twice far enough
    apart, is gone; 401, 403, 405, 429 and 5xx say nothing either way. Safe to kill, to repeat and
    to run twice at once: each address is noted when it has answered, and one that another run has
    asked meanwhile is left out.
    """

    help = "Ask the addresses of guides' sources whether they are still there."

    def add_arguments(self, parser: CommandParser) -> None:
        days = settings.BOARD["SOURCE_CHECK_DAYS"]
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="whenever they were asked last")
        which.add_argument(
            "--older-than",
            type=float,
            default=days,
            metavar="DAYS",
            help=f"those not asked for so many days, and failing ones again (default: {days})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 <= options["older_than"] <= 36_500:
            raise CommandError("--older-than takes a number of days from 0 to 36500.")
        every = Source.objects.with_address()
        checked = check(every if options["all"] else every.due(options["older_than"]))
        for source in every.gone().select_related("guide").order_by("guide__slug", "key"):
            self.stdout.write(
                f"gone {source.guide.slug} {source.key} {source.url} {source.problem}"
            )
        if checked.outage:
            self.stderr.write(
                "No host could be reached, so this machine's own network is taken to be down; "
                "nothing was noted of them."
            )
        self.stdout.write(f"{checked.line()} gone={every.gone().count()}")
        if checked.outage:
            raise SystemExit(1)
