"""One job that stands here twice: merged into one posting, split again, or kept apart for good.

Merging moves listings; the younger posting stays as a row without a page of its own, so that its
address leads to the older one and a split gives it back. Each of these is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from jobs.batches import EVERY
from jobs.index import reindex
from jobs.likeness import TWICE
from jobs.models import Conflict, Event, Listing, Pair, PayRange, Posting, Report
from jobs.uniting import listings_of, unite

State = Posting.State
MERGEABLE = (State.OPEN, State.PENDING, State.CLOSED)


class NotPossible(ValueError):
    """These cannot be merged or split; the message says why."""


def merge(postings: Iterable[Posting], *, by: Any = None, at: datetime | None = None) -> Posting:
    """Make one posting of several; returns the one that keeps its address.

    That is the oldest of those that were public once. Raises NotPossible for withdrawn, rejected
    or merged ones, and for fewer than two.
    """
    at = at or timezone.now()
    with transaction.atomic():
        ids = {posting.pk for posting in postings}
        rows = list(Posting.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        if len(rows) < 2:
            raise NotPossible("Choose two postings or more.")
        for row in rows:
            if row.state not in MERGEABLE:
                raise NotPossible(f"“{row}” is {row.get_state_display().lower()}: leave it out.")
        rows.sort(key=lambda row: (row.starts_at is None, row.pk))
        kept, others = rows[0], rows[1:]
        for other in others:
            _merge(kept, other, by, at)
        unite([kept.pk], at=at)
        reindex(row.pk for row in rows)
    kept.refresh_from_db()
    return kept


def _merge(kept: Posting, other: Posting, by: Any, at: datetime) -> None:
    said = {"by": by.get_username()} if by else {}
    groups = listings_of([kept.pk, other.pk])
    moved = [row.pk for row in groups.get(other.pk, [])]
    if kept.pk not in groups and moved:
        # What a person typed is not overwritten by the source that has it, too.
        kept.held = sorted(EVERY)
    for name in ("places", "skills"):
        if name not in kept.held or kept.pk not in groups:
            getattr(kept, name).add(*getattr(other, name).all())
    _add_pay(kept, other)
    was_open, is_closed = other.state == State.OPEN, kept.state == State.CLOSED
    if was_open and kept.state != State.OPEN:
        kept.state, kept.closed_at, kept.close_reason = State.OPEN, None, ""
        kept.starts_at = kept.starts_at or at
        kept.expires_at = other.expires_at
    kept.posted_at = min(kept.posted_at, other.posted_at)
    kept.stale_at = max(kept.stale_at, other.stale_at)
    kept.store()
    other.events.create(
        kind=Event.Kind.MERGED,
        at=at,
        detail={"into": kept.pk, "listings": moved, "state": other.state, **said},
    )
    other.state, other.merged_into, other.closed_at = State.MERGED, kept, None
    other.store()
    Listing.objects.filter(pk__in=moved).update(posting=kept)
    Posting.objects.filter(merged_into=other).update(merged_into=kept)
    kept.events.create(kind=Event.Kind.MERGED, at=at, detail={"posting": other.pk, **said})
    if was_open and is_closed:
        kept.events.create(kind=Event.Kind.REOPENED, at=at)
    _follow(kept, other)


def _add_pay(kept: Posting, other: Posting) -> None:
    if "pay" in kept.held:
        return
    fields = ("minimum", "maximum", "currency", "period", "kind", "text")
    known = {tuple(getattr(row, name) for name in fields) for row in kept.pay_ranges.all()}
    for row in other.pay_ranges.all():
        values = {name: getattr(row, name) for name in fields}
        if tuple(values.values()) not in known:
            PayRange.objects.create(posting=kept, **values)


def _follow(kept: Posting, other: Posting) -> None:
    """What waits for a person about the merged posting, and what a person has said of it."""
    Conflict.objects.filter(posting=other, state=Conflict.State.OPEN).delete()
    for pair in Pair.objects.filter(Q(older=other) | Q(younger=other)):
        third = pair.younger_id if pair.older_id == other.pk else pair.older_id
        low, high = sorted((kept.pk, third))
        if low != high and not Pair.objects.filter(older=low, younger=high).exists():
            pair.older_id, pair.younger_id = low, high
            pair.save(update_fields=["older", "younger"])
        else:
            pair.delete()
    for report in Report.objects.filter(posting=other, state=Report.State.OPEN):
        report.posting = kept
        try:
            with transaction.atomic():
                report.save(update_fields=["posting"])
        except IntegrityError:
            report.delete()  # the same report of the kept one is open


def join_reposted(gone: Sequence[Listing], at: datetime) -> None:
    """Listings that have just gone, of which another one of the source was the repetition.

    The two stood side by side for a while, which left it open whether two jobs were meant; now
    one has taken the place of the other.
    """
    ids = {row.posting_id for row in gone}
    pairs = Pair.objects.filter(state=Pair.State.OPEN, reason=TWICE)
    for pair in pairs.filter(Q(older__in=ids) | Q(younger__in=ids)).order_by("pk"):
        groups = listings_of([pair.older_id, pair.younger_id])
        present = [any(row.closed_at is None for row in rows) for rows in groups.values()]
        both = Posting.objects.filter(pk__in=groups, state=State.OPEN)
        if len(both) == 2 and present.count(True) == 1:
            merge(both, at=at)


# --- splitting ------------------------------------------------------------------------------------


def split(posting: Posting, listings: Iterable[int], *, by: Any) -> list[Posting]:
    """Give listings of a posting back to the postings they came from, or one of their own.

    The two are kept apart from then on. Raises NotPossible where nothing would stay, or nothing
    goes.
    """
    now = timezone.now()
    with transaction.atomic():
        kept = Posting.objects.select_for_update().get(pk=posting.pk)
        rows = listings_of([kept.pk]).get(kept.pk, [])
        wanted = set(listings)
        going = [row for row in rows if row.pk in wanted]
        if not going:
            raise NotPossible("Choose the listings that are another job.")
        if len(going) == len(rows):
            raise NotPossible("Leave one listing with this posting.")
        found = _homes(kept, going)
        for home, own in found:
            _settle(kept, home, own, by, now)
        keep_apart([kept, *(home for home, _ in found)], by=by)
        unite([kept.pk], at=now, always=True)
        reindex([kept.pk, *(home.pk for home, _ in found)])
    return [home for home, _ in found]


def restore(merged: Posting, *, by: Any) -> None:
    """Give a merged posting that had no listings its page back."""
    if merged.merged_into is None:
        raise NotPossible("It is not merged.")
    kept, now = merged.merged_into, timezone.now()
    with transaction.atomic():
        _settle(kept, _revived(merged), [], by, now)
        keep_apart([kept, merged], by=by)
        reindex([kept.pk, merged.pk])


def _homes(kept: Posting, going: list[Listing]) -> list[tuple[Posting, list[Listing]]]:
    """For the listings that go the postings which they were merged from, else one new posting."""
    homes, left = [], {row.pk: row for row in going}
    for merged in kept.merged.order_by("pk"):
        event = merged.events.filter(kind=Event.Kind.MERGED).last()
        own = set(event.detail.get("listings", ())) if event else set()
        if own and own <= left.keys():
            homes.append((_revived(merged), [left.pop(pk) for pk in sorted(own)]))
    if left:
        homes.append((_copy(kept, list(left.values())), list(left.values())))
    return homes


def _revived(merged: Posting) -> Posting:
    event = merged.events.filter(kind=Event.Kind.MERGED).last()
    before = event.detail.get("state") if event else None
    merged.state = State.PENDING if before == State.PENDING else State.OPEN
    if merged.state == State.OPEN and merged.starts_at is None:
        merged.starts_at = timezone.now()
    merged.merged_into = None
    merged.store()
    return merged


def _copy(kept: Posting, listings: list[Listing]) -> Posting:
    """A posting like this one, for listings that never had one of their own."""
    row = Posting.objects.get(pk=kept.pk)
    row.pk, row.held, row.evidence = None, [], dict(kept.evidence)
    row._state.adding = True
    row.merged_into = None
    if row.state != State.PENDING:
        row.state, row.starts_at = State.OPEN, timezone.now()
        row.closed_at, row.close_reason = None, ""
    row.posted_at = min(one.first_seen for one in listings)
    row.store()
    row.skills.set(kept.skills.all())
    row.events.create(kind=Event.Kind.FIRST_SEEN, at=row.posted_at)
    return row


def _settle(kept: Posting, home: Posting, own: list[Listing], by: Any, at: datetime) -> None:
    said = {"by": by.get_username()}
    kept.events.create(kind=Event.Kind.SPLIT, at=at, detail={"posting": home.pk, **said})
    home.events.create(kind=Event.Kind.SPLIT, at=at, detail={"from": kept.pk, **said})
    if not own:
        return
    stated = own[0].stated
    for name in ("title", "seniority", "workplace", "employment", "eligibility", "apply_url"):
        if name in stated:
            setattr(home, name, stated[name])
    home.expires_at = parse_datetime(stated["expires_at"]) if stated.get("expires_at") else None
    if all(row.closed_at for row in own) and home.state == State.OPEN:
        home.state, home.closed_at = State.CLOSED, max(row.closed_at or at for row in own)
    home.stale_at = max(home.stale_at, kept.stale_at)
    home.store()
    for row in own:
        # So that the next import writes what this listing says in full, its text too.
        row.stated = {**row.stated, "description": ""}
    Listing.objects.bulk_update(own, ["stated"])
    Listing.objects.filter(pk__in=[row.pk for row in own]).update(posting=home)
    unite([home.pk], at=at, always=True)


def keep_apart(postings: Sequence[Posting], *, by: Any) -> None:
    """Remember that these are different jobs; they are not proposed again."""
    first = postings[0]
    for other in postings[1:]:
        older, younger = sorted((first.pk, other.pk))
        pair, _ = Pair.objects.get_or_create(older_id=older, younger_id=younger)
        pair.decide(Pair.State.APART, by)
