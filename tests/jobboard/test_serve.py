"""The one way in which the board is served."""

import gc

import pytest
from django.core.management import CommandError, call_command

from extraction import gazetteer
from jobboard.management.commands import serve


class Recorded:
    """A server that notes what it was told, calls what it is to call, and ends."""

    def __init__(self, *args, **options):
        self.told.append((args, options))

    told = []

    def on_startup(self, hook):
        self.told.append(hook)

    def serve(self):
        self.told.append("served")


def test_it_serves_the_application_as_it_was_asked_to(monkeypatch):
    monkeypatch.setattr(serve, "Granian", Recorded)
    monkeypatch.setattr(Recorded, "told", [])
    call_command("serve", host="0.0.0.0", port=8123, workers=3, threads=4)
    ((target, host, port), options), hook, last = Recorded.told
    assert (target, host, port) == ("jobboard.wsgi:application", "0.0.0.0", 8123)
    assert (options["workers"], options["blocking_threads"]) == (3, 4)
    assert (hook, last) == (serve.preload, "served")


@pytest.mark.parametrize("wrong", [{"port": 0}, {"port": 70_000}, {"workers": 0}, {"threads": -1}])
def test_what_it_cannot_do_is_told(wrong):
    with pytest.raises(CommandError, match=str(next(iter(wrong.values())))):
        call_command("serve", **wrong)


def test_what_workers_share_is_read_before_they_part_and_no_connection_is_open(monkeypatch):
    closed, read = [], []
    monkeypatch.setattr(serve.connections, "close_all", lambda: closed.append("all"))
    monkeypatch.setattr(gazetteer, "preload", lambda: read.append("places"))
    try:
        serve.preload()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
    assert (closed, read) == (["all"], ["places"])
