"""The one way in which the board is served."""

import os
import sys
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command


def test_it_becomes_the_server_that_was_asked_for(monkeypatch):
    monkeypatch.setenv("MALLOC_ARENA_MAX", "2")
    become = []
    monkeypatch.setattr(os, "execve", lambda *args: become.append(args))
    call_command("serve", host="0.0.0.0", port=8123, workers=3, threads=4)
    ((program, told, environment),) = become
    assert program == told[0] == sys.executable
    options = dict(pairwise(told))
    assert options["--host"] == "0.0.0.0"
    assert options["--port"] == "8123"
    assert options["--workers"] == "3"
    assert options["--blocking-threads"] == "4"
    assert environment["MALLOC_ARENA_MAX"] == "2"  # an operator's own
    assert environment["MALLOC_MMAP_THRESHOLD_"]
    assert environment["PATH"] == os.environ["PATH"]
    assert told[-1] == "jobboard.wsgi:application"


@pytest.mark.parametrize("wrong", [{"port": 0}, {"port": 70_000}, {"workers": 0}, {"threads": -1}])
def test_what_it_cannot_do_is_told(wrong, monkeypatch):
    monkeypatch.setattr(os, "execve", None)
    with pytest.raises(CommandError, match=str(next(iter(wrong.values())))):
        call_command("serve", **wrong)
