"""The one way in which the board is served."""

import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from jobboard import server


def test_it_becomes_the_server_that_was_asked_for(monkeypatch):
    monkeypatch.setenv("MALLOC_ARENA_MAX", "2")
    become = []
    monkeypatch.setattr(os, "execve", lambda *args: become.append(args))
    call_command("serve", host="0.0.0.0", port=8123, workers=3, threads=4)
    ((program, told, environment),) = become
    assert program == told[0] == sys.executable
    assert told[1:] == ["-m", "jobboard.server", "0.0.0.0", "8123", "3", "4"]
    assert environment["MALLOC_ARENA_MAX"] == "2"  # an operator's own
    assert environment["MALLOC_MMAP_THRESHOLD_"]
    assert environment["PATH"] == os.environ["PATH"]


def test_the_server_serves_the_board_with_so_many_workers_and_threads(monkeypatch):
    asked = []

    class Server:
        def __init__(self, target, **options):
            asked.append((target, options))

        def serve(self):
            asked.append("served")

    monkeypatch.setattr(server, "Granian", Server)
    server.serve("0.0.0.0", 8123, 3, 4)
    (target, options), served = asked
    assert (target, served) == ("jobboard.wsgi:application", "served")
    assert (options["address"], options["port"]) == ("0.0.0.0", 8123)
    assert (options["workers"], options["blocking_threads"]) == (3, 4)
    assert options["respawn_failed_workers"]


def test_the_process_that_watches_the_workers_loads_neither_django_nor_a_command_line():
    loaded = "import sys, jobboard.server; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert not {"django", "click", "jobboard.settings"} & set(said.stdout.split())


@pytest.mark.parametrize("wrong", [{"port": 0}, {"port": 70_000}, {"workers": 0}, {"threads": -1}])
def test_what_it_cannot_do_is_told(wrong, monkeypatch):
    monkeypatch.setattr(os, "execve", None)
    with pytest.raises(CommandError, match=str(next(iter(wrong.values())))):
        call_command("serve", **wrong)
