"""A board over the network: what is asked, what is kept, and what an unchanged answer confirms."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from imports import storing
from imports.asking import SharedTurns
from imports.connectors import Request
from imports.fetching import fetch, replay
from imports.models import Answer, Host, Payload, Run, Source
from imports.run import ImportRefused
from imports.runs import ask_for, carry_out, start_due_sources
from jobs import intake
from jobs.models import Event, Listing, LivePosting, Posting
from lib.addresses import FetchRefused
from tests.imports.payloads import greenhouse, greenhouse_job
from tests.internet import said
from tests.lib.server import answer
from work.worker import Worker

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BOARD = "boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"


@pytest.fixture
def source(db) -> Source:
    return Source.objects.create(slug="acme", system="greenhouse", board="acme")


@pytest.fixture
def fetched(source, internet):
    """Fetch the board so many hours from NOW; what the network says is set in `internet`."""

    def run(hours: float = 0.0) -> Run:
        with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
            run = Run.objects.create(source=source)
            fetch(run)
        run.refresh_from_db()
        return run

    return run


def jobs(*numbers: int, **changes):
    return greenhouse(*(greenhouse_job(id=number, **changes) for number in numbers))


def rows() -> list:
    """Everything that readers and the ledger could tell."""
    return [
        list(Posting.objects.order_by("pk").values("pk", "title", "state", "stale_at")),
        list(Listing.objects.order_by("pk").values("external_id", "last_confirmed",
                                                   "missing_since", "closed_at")),
        list(LivePosting.objects.order_by("pk").values("pk", "ends_at")),
        list(Event.objects.order_by("pk").values("posting", "kind", "at")),
    ]  # fmt: skip


def test_a_board_is_imported_and_its_answer_kept_packed_once(fetched, internet):
    internet.routes[BOARD] = said(jobs(1, 2), etag='"one"')
    first, second = fetched(), fetched(1)
    assert (first.counts["new"], first.healthy, first.answers_of_id) == (2, True, first.pk)
    assert second.counts == {"fetched": 2, "unchanged": 2}
    assert (second.healthy, second.answers_of_id) == (True, first.pk)
    assert [headers.get("if-none-match") for _, headers in internet.seen] == [None, '"one"']
    kept = Answer.objects.get()
    assert json.loads(storing.body_of(kept)) == jobs(1, 2)
    assert len(bytes(kept.payload.packed)) < kept.payload.size


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("how", ["304", "same bytes"])
def test_an_unchanged_answer_leaves_the_rows_that_reading_it_again_would(
    fetched, internet, how, monkeypatch
):
    etag = {"etag": '"1"'} if how == "304" else {}
    internet.routes[BOARD] = said(jobs(1, 2, 3))
    fetched()
    internet.routes[BOARD] = said(jobs(1, 2, title="Changed"), **etag)
    fetched(2)
    before = rows()
    found = []
    for shortcut in (True, False):
        if not shortcut:
            monkeypatch.setattr("imports.fetching.rules_of", lambda source: "others")
        with undone():
            run = fetched(24)
            found.append(rows())
            counts = {name: count for name, count in run.counts.items() if count}
            assert counts == {"fetched": 2, "unchanged": 2, "closed": 1}
            assert run.healthy
    assert found[0] == found[1] != before


def test_an_unchanged_answer_is_not_read_again(fetched, internet, monkeypatch):
    internet.routes[BOARD] = said(jobs(1, 2))
    fetched()
    monkeypatch.setattr("imports.fetching.import_payloads", None)
    assert fetched(1).counts["unchanged"] == 2


def test_other_rules_read_the_same_answer_again(fetched, internet, source):
    internet.routes[BOARD] = said(jobs(1))
    fetched()
    source.company_name = "Another name"
    source.save()
    run = fetched(1)
    assert run.answers_of_id == run.pk


def test_an_unchanged_answer_after_an_unhealthy_run_is_no_evidence_either(fetched, internet):
    internet.routes[BOARD] = said(jobs(1, 2))
    fetched()
    internet.routes[BOARD] = said({"jobs": [greenhouse_job(id=1), {"id": "x"}], "meta": {}})
    for hours in (1, 20, 40):
        run = fetched(hours)
        assert (run.healthy, run.counts.get("closed", 0), run.counts["refused"]) == (False, 0, 1)
        assert run.reasons


def test_a_run_that_broke_off_after_it_had_written_is_no_reason_to_skip(
    fetched, internet, monkeypatch
):
    internet.routes[BOARD] = said(jobs(1))
    fetched()
    Run.objects.create(source=Source.objects.get(), started_at=NOW + timedelta(hours=1))
    run = fetched(2)
    assert run.answers_of_id == run.pk


@pytest.mark.parametrize(
    ("route", "sentence"),
    [
        (answer(status=404), "knows no such board"),
        (answer(status=403), "does not let us in"),
        (answer(status=500), "cannot answer just now"),
        (answer(b"{}", Content_Encoding="br"), "not as asked"),
        (said(b"<!doctype html>"), "web page"),
        (said({"error": 1}), "no system known here"),
    ],
)
def test_what_cannot_be_used_is_refused_whole_with_a_sentence(
    fetched, internet, route, sentence, settings
):
    internet.routes[BOARD] = said(jobs(1))
    fetched()
    before = rows()
    internet.routes[BOARD] = route
    with pytest.raises((ImportRefused, FetchRefused), match=sentence):
        fetched(24)
    assert rows() == before


def test_a_board_larger_than_the_limit_is_refused(fetched, internet, settings):
    settings.BOARD = settings.BOARD | {"FEED_BYTES": 500}
    internet.routes[BOARD] = said(jobs(1))
    with pytest.raises(FetchRefused, match="larger than 500 bytes"):
        fetched()


def test_a_board_of_too_many_answers_is_refused(fetched, internet, settings, monkeypatch):
    """Pages that follow for ever, and pages that are too many bytes together."""
    internet.routes[BOARD] = said(jobs(1))
    pages = (Request(f"https://pages.example.com/{number}") for number in range(100))
    monkeypatch.setattr(
        "imports.connectors.greenhouse.follow", lambda request, payload: [next(pages)]
    )
    for number in range(100):
        internet.routes[f"pages.example.com/{number}"] = said(jobs(number + 2))
    settings.BOARD = settings.BOARD | {"FETCH_REQUESTS": 5}
    with pytest.raises(ImportRefused, match="more than 5 questions"):
        fetched()
    assert len(internet.seen) == 5
    settings.BOARD = settings.BOARD | {"FETCH_REQUESTS": 50, "FETCH_BYTES": 3_000}
    with pytest.raises(ImportRefused, match="larger than 3,000 bytes"):
        fetched()
    assert not Posting.objects.exists()


def test_a_detail_that_is_gone_is_named_and_no_evidence(fetched, internet, monkeypatch):
    internet.routes[BOARD] = said(jobs(1))
    gone = Request("https://pages.example.com/gone")
    monkeypatch.setattr(
        "imports.connectors.greenhouse.follow", lambda request, payload: [gone, gone]
    )
    run = fetched()
    assert (run.counts["new"], run.healthy) == (1, False)
    assert run.reasons == [["Missing", gone.url, "gone when it was asked for"]]


# --- runs as tasks --------------------------------------------------------------------------------


def work() -> int:
    return Worker().run(until_idle=True)


def test_who_asks_twice_gets_one_run(source, internet, operator):
    internet.routes[BOARD] = said(jobs(1, 2))
    run, is_new = ask_for(source, Run.Kind.HAND, operator.user)
    assert ask_for(source, Run.Kind.SCHEDULE) == (run, False)
    assert (is_new, run.outcome) == (True, "queued")
    assert work() == 1
    run.refresh_from_db()
    assert (run.outcome, run.counts["new"], run.asked_by) == ("done", 2, operator.user)
    carry_out.call(run.pk)  # a task may come twice
    assert (Run.objects.count(), Posting.objects.count()) == (1, 2)


def test_a_refused_run_is_over_and_says_why(source, internet):
    run, _ = ask_for(source, Run.Kind.HAND)
    work()
    run.refresh_from_db()
    assert (run.outcome, run.healthy) == ("refused", False)
    assert "knows no such board" in run.reasons[0][2]
    assert run.is_over


@pytest.mark.parametrize("how", ["killed", "error"])
def test_a_run_that_broke_off_is_taken_up_by_a_new_one(source, internet, how, monkeypatch):
    """Killed after its first batch; the rows are those of a run that was not."""
    monkeypatch.setattr("jobs.intake.BATCH", 1)
    internet.routes[BOARD] = said(jobs(1, 2, 3))
    real, calls = intake._take, []

    class Killed(BaseException):
        pass

    def take(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise Killed if how == "killed" else RuntimeError("disk full")
        return real(*arguments)

    monkeypatch.setattr(intake, "_take", take)
    first, _ = ask_for(source, Run.Kind.HAND)
    with pytest.raises((Killed, RuntimeError)):
        carry_out.call(first.pk)
    carry_out.call(first.pk)
    carry_out.call(first.pk)
    first.refresh_from_db()
    assert (first.outcome, first.healthy) == ("broken", False)
    assert ("stopped" if how == "killed" else "disk full") in first.reasons[0][2]
    assert [event.kind for event in first.events()] == ["first_seen"]
    again = first.again
    assert (again.outcome, again.healthy, again.counts["new"]) == ("done", True, 2)
    assert again.events().count() == 2
    assert Event.objects.count() == Posting.objects.count() == 3
    assert Run.objects.count() == 2


def test_due_sources_are_started_once_and_come_again(source, internet):
    source.every_hours = 6
    source.save()
    assert start_due_sources() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=7)):
        assert (start_due_sources(), start_due_sources()) == (1, 0)
        assert Run.objects.get().kind == "schedule"
        source.refresh_from_db()
        assert timedelta(hours=5) < source.next_at - timezone.now() <= timedelta(hours=6)


def test_a_paused_source_is_not_due(source):
    source.every_hours = 6
    source.save()
    source.is_active = False
    source.save()
    assert source.next_at is None
    with time_machine.travel(timezone.now() + timedelta(hours=7)):
        assert start_due_sources() == 0


def test_a_shorter_schedule_takes_effect_at_once_and_a_save_does_not_delay(source):
    source.every_hours = 24
    source.save()
    before = source.next_at
    source.save()
    assert source.next_at == before
    source.every_hours = 1
    source.save()
    assert source.next_at < before - timedelta(hours=22)


# --- replays and what is kept ---------------------------------------------------------------------


def test_a_replay_gives_the_same_rows_and_is_no_evidence(fetched, internet, source):
    internet.routes[BOARD] = said(jobs(1, 2, 3))
    fetched()
    internet.routes[BOARD] = said(jobs(1, 2, title="Changed"))
    fetched(1)
    fetched(2)
    before = rows()
    with time_machine.travel(NOW + timedelta(hours=30), tick=False):
        run, _ = ask_for(source, Run.Kind.REPLAY)
        work()
    run.refresh_from_db()
    assert (run.outcome, run.healthy) == ("done", False)
    assert {name: n for name, n in run.counts.items() if n} == {"fetched": 2, "unchanged": 2}
    assert rows() == before
    assert len(internet.seen) == 3


def test_a_replay_brings_back_what_the_board_lost(fetched, internet, source):
    internet.routes[BOARD] = said(jobs(1, 2))
    fetched()
    titles = set(Posting.objects.values_list("title", "posted_at", "stale_at", "pay_line"))
    Posting.objects.all().delete()
    run = Run.objects.create(source=source, kind=Run.Kind.REPLAY)
    replay(run)
    assert set(Posting.objects.values_list("title", "posted_at", "stale_at", "pay_line")) == titles
    assert [event.kind for event in run.events()] == ["first_seen"] * 2


def test_after_a_replay_an_unchanged_answer_is_still_known(fetched, internet, source):
    internet.routes[BOARD] = said(jobs(1))
    first = fetched()
    replay(Run.objects.create(source=source, kind=Run.Kind.REPLAY, started_at=NOW))
    assert fetched(1).answers_of_id == first.pk


def test_nothing_stored_is_nothing_to_replay(source):
    run, _ = ask_for(source, Run.Kind.REPLAY)
    work()
    run.refresh_from_db()
    assert run.outcome == "refused"
    assert "stored" in run.reasons[0][2]


def test_payloads_are_forgotten_after_their_days_but_the_newest_never(fetched, internet):
    for number, hours in ((1, 0), (2, 1), (3, 24 * 100)):
        internet.routes[BOARD] = said(jobs(number))
        fetched(hours)
    with time_machine.travel(NOW + timedelta(days=101), tick=False):
        assert storing.forget() == 2
    assert Payload.objects.count() == Answer.objects.count() == 1
    with time_machine.travel(NOW + timedelta(days=900), tick=False):
        assert storing.forget() == 0
    assert Run.objects.count() == 3


def test_a_source_goes_with_all_it_has(fetched, internet, source):
    internet.routes[BOARD] = said(jobs(1))
    fetched()
    source.delete()
    assert not Run.objects.exists()
    assert not Payload.objects.exists()


# --- turns ----------------------------------------------------------------------------------------


def test_workers_share_a_hosts_turns(db):
    one, other = SharedTurns(), SharedTurns()
    with time_machine.travel(NOW, tick=False):
        assert [turns.take("a", 5) for turns in (one, other, one)] == [0, 5, 10]
        assert other.take("b", 5) == 0
        one.rest("b", 60)
        one.rest("b", 1)
        assert other.take("b", 5) == 60
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert one.take("a", 5) == 0
    assert Host.objects.count() == 2
