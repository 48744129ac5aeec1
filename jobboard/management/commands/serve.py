import gc
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.template.loader import get_template
from django.urls import get_resolver
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from extraction import gazetteer

HOST = "127.0.0.1"


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
        server = Granian(
            "jobboard.wsgi:application",
            options["host"],
            options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=options["threads"],
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        )
        server.on_startup(preload)
        server.serve()


def preload() -> None:
    """Read what every worker needs before they are forked: they share its memory.

    Nothing that a process must own alone, such as a connection, may be open after it.
    """
    import jobboard.wsgi  # noqa: F401 - the application itself

    get_resolver().url_patterns  # noqa: B018 - a property that imports all views
    gazetteer.preload()
    templates = settings.BASE_DIR / "templates"
    for template in templates.rglob("*.html"):
        get_template(str(template.relative_to(templates)))
    connections.close_all()
    gc.collect()
    # A collection writes to what it looks at, and what is written to is shared no more.
    gc.freeze()
