"""Absence closes only after two healthy fetches; many closings at once wait for a person."""

from datetime import timedelta

import pytest

from jobs import closing
from jobs.closing import approve, close_due, close_missing, dismiss, due, note_absence
from jobs.intake import take
from jobs.models import HeldClosing, Listing, Posting
from tests.jobs.test_intake import NOW, SOURCE, board, offer

HOUR = timedelta(hours=1)


def missed(*present: str, hours: float):
    return +close_missing(SOURCE, present, at=NOW + hours * HOUR)


@pytest.fixture
def held(db) -> HeldClosing:
    """Twenty-two of twenty-three gone for fourteen hours."""
    board(23)
    missed("0", hours=1)
    assert missed("0", hours=14) == {"waiting": 22}
    return HeldClosing.objects.get()


def test_a_held_run_says_what_would_have_closed_and_closes_nothing(held):
    assert (held.source, held.count, held.of, held.state) == (SOURCE, 22, 23, "open")
    assert Posting.objects.public(NOW + 15 * HOUR).count() == 23


def test_a_held_run_is_no_evidence_of_absence_itself(db):
    board(60)
    most = [str(number) for number in range(30)]
    missed(*most, hours=1)
    missed(*most[1:], hours=14)  # held: the thirty-first was not shown for the first time
    assert Listing.objects.get(external_id="0").missing_since is None


def test_approving_closes_what_still_is_missing(held, moderator):
    take(SOURCE, [offer("1", title="Job 1")], at=NOW + 15 * HOUR)
    assert approve(held, moderator.user) == 21
    assert set(Posting.objects.filter(state="open").values_list("title", flat=True)) == {
        "Job 0", "Job 1",
    }  # fmt: skip
    held.refresh_from_db()
    assert (held.state, held.decided_by) == ("approved", moderator.user)
    assert Posting.objects.filter(state="closed").first().closed_at == held.at


def test_dismissing_begins_the_evidence_anew(held, moderator):
    dismiss(held, moderator.user)
    assert missed("0", hours=16) == {}
    assert missed("0", hours=20) == {}
    assert missed("0", hours=29) == {"waiting": 22}


def test_a_later_run_within_the_bounds_overtakes_what_was_held(held):
    shown = [str(number) for number in range(10)]
    take(SOURCE, [offer(name, title=f"Job {name}") for name in shown], at=NOW + 28 * HOUR)
    assert missed(*shown, hours=28) == {"closed": 13}
    held.refresh_from_db()
    assert held.state == "overtaken"


def test_a_run_killed_while_it_closes_is_finished_by_the_next(db, monkeypatch):
    board(5)
    missed("0", hours=1)
    monkeypatch.setattr(closing, "BATCH", 2)
    with monkeypatch.context() as killed:
        killed.setattr(closing, "_close", dying(closing._close))
        with pytest.raises(KeyboardInterrupt):
            missed("0", hours=14)
    assert Posting.objects.filter(state="closed").count() == 2
    assert missed("0", hours=14.1) == {"closed": 2}


def dying(act):
    calls = []

    def instead(*args):
        calls.append(args)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return act(*args)

    return instead


def test_a_run_killed_before_it_is_done_is_no_evidence(db):
    offers = board(2)
    take(SOURCE, offers[:1], at=NOW + HOUR)  # and then killed: it never noted an absence
    assert missed("0", hours=14) == {}


def test_what_was_replayed_confirms_nothing_and_opens_nothing(db):
    (one,) = board(1)
    missed("x", hours=1)
    take(SOURCE, [one], at=NOW + 2 * HOUR, replayed=True)
    assert missed("x", hours=14) == {"closed": 1}
    take(SOURCE, [one], at=NOW + 20 * HOUR, replayed=True)
    assert Posting.objects.get().state == "closed"
    assert Listing.objects.get().last_confirmed == NOW


def test_what_waits_for_approval_goes_with_its_last_listing_and_comes_back_to_wait(db):
    take(SOURCE, [offer()], at=NOW, hold="hold")
    for hours in (1, 14):
        assert missed("x", hours=hours) == {}
    assert Posting.objects.get().state == "closed"
    take(SOURCE, [offer()], at=NOW + 20 * HOUR)
    assert Posting.objects.get().state == "pending"


def test_noting_and_closing_are_two_steps(db):
    board(1)
    note_absence(SOURCE, [], at=NOW + HOUR)
    note_absence(SOURCE, [], at=NOW + 14 * HOUR)
    assert due(SOURCE, NOW + 14 * HOUR).count() == 1
    assert Posting.objects.get().state == "open"
    assert close_due(SOURCE, at=NOW + 14 * HOUR) == {"closed": 1}


# --- dates that a source renews -------------------------------------------------------------------


def renewed(days: float, **changes):
    at = NOW + days * 24 * HOUR
    take(SOURCE, [offer(posted_at=at, **changes)], at=at)


def test_a_date_renewed_over_the_same_text_is_told_and_moves_nothing(db, reader):
    for days in (0, 2, 4):
        renewed(days)
    posting = Posting.objects.get()
    assert posting.posted_at == NOW
    assert posting.listings.get().renewals == 2
    assert [event.kind for event in posting.events.all()] == ["first_seen", "reposted"]
    page = " ".join(reader.get(posting.get_absolute_url()).content.decode().split())
    assert "the source says <time" in page
    assert "with the same text" in page


@pytest.mark.parametrize(
    ("days", "changes"),
    [(0.5, {}), (-3, {}), (2, {"title": "Other", "payload_hash": "x"})],
    ids=["another time zone", "an earlier date", "another text"],
)
def test_what_is_no_renewal_is_not_told_as_one(db, days, changes):
    renewed(0)
    renewed(days, **changes)
    posting = Posting.objects.get()
    assert posting.listings.get().renewals == 0
    assert not posting.events.filter(kind="reposted").exists()
