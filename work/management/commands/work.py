import signal
from typing import Any

from django.core.management import BaseCommand, CommandParser

from work.worker import Worker


class Command(BaseCommand):
    """The worker: runs due schedules and queued tasks until it is told to stop.

    Needs nothing but the database. Several at once are safe. SIGTERM and Ctrl-C end it after the
    current task; one that is killed loses nothing, since its lease runs out and another attempt is
    made, by this worker's successor or by any other.
    """

    help = "Run background work: due schedules and queued tasks (no broker needed)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-idle", action="store_true", help="end when nothing is due (for cron)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        done = worker.run(until_idle=options["until_idle"])
        if options["verbosity"]:
            self.stdout.write(f"done={done}")
