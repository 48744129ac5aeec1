"""The freshness ledger: a posting closes on positive evidence only.

Evidence of absence are two completed healthy fetches of a board that did not show a listing, at
least ABSENCE_HOURS apart. `note_absence` writes down what one fetch did not show, in one
transaction; `close_due` closes what two did not show, and can be killed and run again. A run that
would close more than the larger of CLOSINGS_COUNT and CLOSINGS_SHARE of the board is held for a
person, and counts as no evidence itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jobs.duplicates import join_reposted
from jobs.index import reindex
from jobs.models import Event, HeldClosing, Listing, Posting
from jobs.uniting import unite

BATCH = 100
GONE = "no longer on the employer's board"


def close_missing(source: str, present: Iterable[str], *, at: datetime) -> Counter[str]:
    """After a healthy fetch that showed `present`: what became of the listings it did not show.

    Counts of `closed` postings, and of listings `waiting` for a person.
    """
    counts = note_absence(source, present, at=at)
    if not counts["waiting"]:
        counts += close_due(source, at=at)
    return counts


def note_absence(source: str, present: Iterable[str], *, at: datetime) -> Counter[str]:
    """Write down what a completed healthy fetch did not show, in one transaction.

    A run that marks itself as done does so in the same transaction. Closes nothing; counts as
    `waiting` what `close_due` may not close without a person.
    """
    rules = settings.BOARD
    with transaction.atomic():
        board = Listing.objects.filter(source=source, closed_at=None)
        shown = set(present)
        absent = [pk for pk, key in board.values_list("pk", "external_id") if key not in shown]
        of = board.count()
        late = set(due(source, at).values_list("pk", flat=True)) & set(absent)
        bound = max(rules["CLOSINGS_COUNT"], rules["CLOSINGS_SHARE"] * of)
        waiting = HeldClosing.objects.filter(source=source, state=HeldClosing.State.OPEN)
        if len(late) > bound:
            HeldClosing.objects.update_or_create(
                source=source,
                state=HeldClosing.State.OPEN,
                defaults={"at": at, "count": len(late), "of": of},
            )
            return Counter(waiting=len(late))
        waiting.update(state=HeldClosing.State.OVERTAKEN, decided_at=timezone.now())
        for start in range(0, len(absent), 500):
            some = Listing.objects.filter(pk__in=absent[start : start + 500])
            some.filter(missing_since=None).update(missing_since=at)
    return Counter()


def due(source: str, at: datetime) -> QuerySet[Listing]:
    """Open listings that a fetch at least ABSENCE_HOURS before `at` did not show, nor one since."""
    since = at - timedelta(hours=settings.BOARD["ABSENCE_HOURS"])
    missing = Listing.objects.filter(source=source, closed_at=None, missing_since__lte=since)
    # With no hours between, one fetch would be both.
    return missing.filter(missing_since__lt=at)


def close_due(source: str, *, at: datetime, by: Any = None) -> Counter[str]:
    """Close what is due at `at`, batch by batch; the count of postings that closed with it."""
    counts: Counter[str] = Counter()
    while ids := list(due(source, at).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            counts["closed"] += _close(ids, at, by)
    return +counts


def _close(ids: list[int], at: datetime, by: Any) -> int:
    rows = list(Listing.objects.filter(pk__in=ids, closed_at=None))
    Listing.objects.filter(pk__in=[row.pk for row in rows]).update(closed_at=at)
    join_reposted(rows, at)
    touched = {row.posting_id for row in rows}
    left = Listing.objects.filter(posting__in=touched, closed_at=None)
    still = set(left.values_list("posting_id", flat=True))
    ended = touched - still
    count = end(ended, GONE, at, by)
    unite(still, at=at, tell=True)
    reindex(sorted(touched))
    return count


def end(ids: Iterable[int], reason: str, at: datetime, by: Any = None) -> int:
    """Close the open postings among `ids`, and take back those that wait for approval.

    The caller reindexes them. Returns how many were open.
    """
    rows = Posting.objects.select_for_update().filter(
        pk__in=list(ids), state__in=(Posting.State.OPEN, Posting.State.PENDING)
    )
    found = dict(rows.order_by("pk").values_list("pk", "state"))
    Posting.objects.filter(pk__in=found).update(
        state=Posting.State.CLOSED, closed_at=at, close_reason=reason
    )
    # What never was public gets no page by closing.
    Posting.objects.filter(pk__in=found, starts_at__gt=at).update(starts_at=None)
    detail = {"reason": reason} | ({"by": by.get_username()} if by else {})
    Event.objects.bulk_create(
        Event(posting_id=pk, kind=Event.Kind.CLOSED, at=at, detail=detail) for pk in found
    )
    return sum(state == Posting.State.OPEN for state in found.values())


# --- what a person decides ------------------------------------------------------------------------


def approve(held: HeldClosing, by: Any) -> int:
    """Close what still is missing of a held closing; can be killed and run again."""
    counts = close_due(held.source, at=held.at, by=by)
    held.decide(HeldClosing.State.APPROVED, by)
    return counts["closed"]


def dismiss(held: HeldClosing, by: Any) -> None:
    """Not gone, says a person: the absence so far is forgotten, and the evidence begins anew."""
    with transaction.atomic():
        due(held.source, held.at).update(missing_since=None)
        held.decide(HeldClosing.State.DISMISSED, by)
