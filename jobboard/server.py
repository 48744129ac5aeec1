"""The server of `manage.py serve`: `python -m jobboard.server HOST PORT WORKERS THREADS`.

A module of its own, because its process only watches the workers and begins as a part of each:
Django and a command line would be memory that nobody uses.
"""

import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def serve(host: str, port: int, workers: int, threads: int) -> None:
    Granian(
        "jobboard.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    host, *numbers = sys.argv[1:]
    serve(host, *map(int, numbers))
