import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from jobboard.management.commands.load_demo import PASSWORD

HOST = "127.0.0.1"
PATIENCE = 10  # seconds in which a process may finish what it is at


class Command(BaseCommand):
    """Two processes: the server and the worker. Ctrl-C, SIGTERM or the end of one ends both."""

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
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        server = [*manage, "serve", "--host", HOST, "--port", str(port), "--workers", "1"]
        worker = [*manage, "work", "--verbosity", "0"]
        raise SystemExit(run_together(server, worker))


def run_together(*commands: list[str]) -> int:
    """Run processes until one ends or we are told to stop, and leave none behind; 1 if one failed.

    Ctrl-C reaches all of them from the terminal; each ends as it does on its own.
    """
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: told.append(number))
    running = [subprocess.Popen(command) for command in commands]  # noqa: S603 - our own, no shell
    while not told and all(process.poll() is None for process in running):
        time.sleep(0.2)
    failed = any(process.poll() for process in running)
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return int(failed and not told)


def taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
