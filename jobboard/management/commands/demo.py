import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from jobboard.management.commands.load_demo import PASSWORD

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Migrate, load the demo board and serve it on this machine (what `make demo` runs)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        if not 1 <= port <= 65_535:
            raise CommandError(f"{port} is not a port. Name one with: make demo PORT=8001")
        if not settings.DEMO:
            raise CommandError("ALLOWED_HOSTS is set: a demo answers this machine only. Unset it.")
        if taken(port):
            raise CommandError(
                f"Port {port} is taken. Name another with: make demo PORT={port + 1}"
            )
        call_command("migrate", verbosity=0)
        call_command("load_demo", verbosity=0)
        self.stdout.write(
            f"\n  The board    http://{HOST}:{port}/\n"
            f"  The admin    http://{HOST}:{port}/admin/   log in as admin / {PASSWORD}\n"
            f"               also author, editor and moderator, with the same password\n"
            f"  Stop it with Ctrl-C.\n"
        )
        self.stdout.flush()
        os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
        server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST]
        server += ["--port", str(port), "--workers", "1", "--blocking-threads", "2"]
        server += ["--log-level", "warning", "jobboard.wsgi:application"]
        os.execv(sys.executable, server)  # noqa: S606 - our own server, and no shell


def taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
