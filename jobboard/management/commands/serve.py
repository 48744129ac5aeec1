import os
import sys
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

HOST = "127.0.0.1"
# What malloc of glibc is told: one arena for all threads, and what takes more than 64 KiB is given
# back at once. Else pages and snapshots that are gone leave holes, 8 MiB in each worker.
MEMORY = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "65536"}


class Command(BaseCommand):
    help = "Serve the board, as `make demo`, the benchmark and a production board do."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=HOST, help="address to listen at")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes that answer")
        parser.add_argument("--threads", type=int, default=2, help="of each worker")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["port"] <= 65_535:
            raise CommandError(f"{options['port']} is not a port. One is --port 8001.")
        for name in ("workers", "threads"):
            if options[name] < 1:
                raise CommandError(f"--{name} {options[name]}: one is the least.")
        names = ("host", "port", "workers", "threads")
        server = [sys.executable, "-m", "jobboard.server", *(str(options[one]) for one in names)]
        # In the place of this process, whose memory the workers would not share for long.
        os.execve(sys.executable, server, MEMORY | os.environ)  # noqa: S606 - our own server
