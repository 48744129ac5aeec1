"""How offers from a source become listings and postings.

`take` upserts by (source, external id); a field that a person set stays theirs, and what the
source says of it is kept in the listing. A new listing of a job that is here already joins its
posting (`jobs.matching`). What a source no longer shows is closed by `jobs.closing`.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from jobs import batches, matching
from jobs.batches import EVERY, Draft, Known, Prepared
from jobs.closing import close_missing
from jobs.conflicts import note_conflicts
from jobs.index import Whole, confirm, reindex
from jobs.models import Event, Listing, Posting
from jobs.offers import Disagreement, Offer
from jobs.uniting import UNITED, leading, unite
from lib.rows import insert

__all__ = ["Disagreement", "Offer", "close_missing", "take"]

# The most offers in one transaction, and the fewest.
BATCH, FEWEST = 80, 20
# What a transaction should take: it stays under the 200 ms that other writers of SQLite can wait
# for, on a machine that is twice as busy the next moment too.
SECONDS = 0.1
# A source that moves a date by less tells another time zone, and no renewal.
RENEWAL = timedelta(days=1)


def take(
    source: str,
    offers: Iterable[Offer],
    *,
    at: datetime,
    hold: str = "public",
    replayed: bool = False,
) -> Counter[str]:
    """Upsert `offers` of `source`, read as they are needed.

    Counts of new, changed, reread and unchanged; of the new ones those held for approval, merged
    into a posting that is there, and barred because a person withdrew the job for good.

    `hold` is the source's rule for what is new: `public` at once, `hold` all, or `known` roles
    only. What is `replayed` is read anew and confirms nothing. Each batch is one transaction, so
    a run that dies is finished by running it again.
    """
    counts: Counter[str] = Counter()
    iterator, size = iter(offers), BATCH
    while batch := list(islice(iterator, size)):
        prepared = prepare(source, batch)
        begun = time.monotonic()
        try:
            counts += _take(source, prepared, at, hold, replayed)
        except IntegrityError:
            # Another run of this source wrote one of them first; now it is found.
            counts += _take(source, prepared, at, hold, replayed)
        size = fitting(len(batch), time.monotonic() - begun)
    return counts


def fitting(written: int, seconds: float) -> int:
    """How many offers the next transaction should have, by how long the last one took."""
    return min(BATCH, max(FEWEST, int(written * SECONDS / max(seconds, 0.001))))


def prepare(source: str, offers: Sequence[Offer]) -> list[Prepared]:
    """Render and sketch what will be written, before the transaction that other writers wait for.

    Only a guess of what that is: whatever else the transaction needs is made there.
    """
    known = dict(
        Listing.objects.filter(
            source=source, external_id__in=[offer.external_id for offer in offers]
        ).values_list("external_id", "payload_hash")
    )
    prepared = [Prepared(offer) for offer in offers]
    for one in prepared:
        if known.get(one.offer.external_id) != one.offer.payload_hash:
            _ = one.marks
    return prepared


@dataclass(slots=True)
class Batch:
    """What one transaction has found so far and writes at its end."""

    source: str
    at: datetime
    hold: str
    counts: Counter[str] = field(default_factory=Counter)
    drafts: list[Draft] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    written: dict[int, None] = field(default_factory=dict)
    made: list[Whole] = field(default_factory=list)
    united: dict[int, None] = field(default_factory=dict)

    @property
    def fresh(self) -> datetime:
        return self.at + timedelta(days=settings.BOARD["FRESH_DAYS"])

    def note(self, posting: Posting, kind: str, **detail: Any) -> None:
        self.events.append(Event(posting=posting, kind=kind, at=self.at, detail=detail))


@transaction.atomic
def _take(
    source: str, prepared: Sequence[Prepared], at: datetime, hold: str, replayed: bool
) -> Counter[str]:
    batch = Batch(source, at, hold)
    listings = Listing.objects.filter(
        source=source, external_id__in=[one.offer.external_id for one in prepared]
    )
    known = {listing.external_id: listing for listing in listings.defer("sketch")}
    if there := [
        (known[one.offer.external_id], one) for one in prepared if one.offer.external_id in known
    ]:
        _again(batch, there, replayed)
    if new := [one for one in prepared if one.offer.external_id not in known]:
        _add(batch, new)
    insert(batch.events)
    if batch.united:
        unite(batch.united, at=at)
    # What was united has other places than those at hand.
    again = dict.fromkeys([*batch.written, *batch.united])
    reindex(again, new=[one for one in batch.made if one.posting.pk not in again])
    return batch.counts


# --- listings that are known ----------------------------------------------------------------------


def _again(batch: Batch, there: Sequence[tuple[Listing, Prepared]], replayed: bool) -> None:
    """Confirm the listings and write what differs."""
    changed = [(old, one) for old, one in there if one.stated != old.stated]
    returned = [] if replayed else [old for old, _ in there if old.closed_at]
    batch.counts["unchanged"] += len(there) - len(changed)
    touched = {old.posting_id for old, _ in changed} | {old.posting_id for old in returned}
    postings = {
        row.pk: row
        for row in Posting.objects.select_for_update().filter(pk__in=touched).order_by("pk")
    }
    if not replayed:
        _renewals(batch, there)
        Listing.objects.filter(pk__in=[old.pk for old, _ in there]).update(
            last_confirmed=batch.at, missing_since=None, closed_at=None
        )
    for old in returned:
        _reappear(batch, postings[old.posting_id])
    if changed:
        _change(batch, changed, postings)
    reopened = [postings[old.posting_id] for old in returned]
    drafted = {draft.posting.pk for draft in batch.drafts}
    batches.store(row for row in reopened if row.pk not in drafted)
    _same_payload_or_not(there)
    batch.written |= dict.fromkeys(sorted(touched))
    if not replayed:
        confirm({old.posting_id for old, _ in there} - touched, batch.fresh)
        stale = Posting.objects.filter(pk__in=touched, stale_at__lt=batch.fresh)
        stale.update(stale_at=batch.fresh)


def _change(
    batch: Batch,
    changed: Sequence[tuple[Listing, Prepared]],
    postings: dict[int, Posting],
) -> None:
    leads = leading(postings)
    for old, one in changed:
        is_reread = one.offer.payload_hash == old.payload_hash
        batch.counts["reread" if is_reread else "changed"] += 1
        differing = [name for name in one.stated if one.stated[name] != old.stated.get(name)]
        posting = postings[old.posting_id]
        told = differing
        if posting.pk in leads:
            # One of several listings: the first of them speaks, and places and pay are united.
            batch.united[posting.pk] = None
            if leads[posting.pk] != old.pk:
                told = [name for name in differing if name in UNITED]
        names = frozenset(told) - set(posting.held)
        if told == differing:
            batch.drafts.append(Draft(posting, one, names))
        if told:
            batch.note(posting, Event.Kind.CHANGED, fields=told, reread=is_reread)
        old.stated, old.url, old.via, old.renewals = one.stated, one.offer.url, one.offer.via, 0
        for name, value in one.marks.items():
            setattr(old, name, value)
    batches.update(batch.drafts, Known([one.offer for _, one in changed]))
    note_conflicts([(draft.posting, draft.source.offer) for draft in batch.drafts])
    Listing.objects.bulk_update(
        [old for old, _ in changed],
        ["stated", "url", "via", "renewals", "likeness_key", "requisition", "sketch"],
    )
    matching.propose(batch.source, [old for old, _ in changed])


def _same_payload_or_not(there: Sequence[tuple[Listing, Prepared]]) -> None:
    """Keep the new hash of a payload, and the marks where an older version wrote none."""
    moved = []
    for old, one in there:
        if old.payload_hash != one.offer.payload_hash or old.likeness_key is None:
            old.payload_hash = one.offer.payload_hash
            for name, value in one.marks.items():
                setattr(old, name, value)
            moved.append(old)
    if moved:
        Listing.objects.bulk_update(
            moved, ["payload_hash", "likeness_key", "requisition", "sketch"]
        )


def _renewals(batch: Batch, there: Sequence[tuple[Listing, Prepared]]) -> None:
    """Note where a source has moved its date on while the text stayed; our own date does not."""
    moved = []
    for old, one in there:
        date, before = one.offer.posted_at, old.source_date
        if date is None or date == before:
            continue
        old.source_date = date
        moved.append(old)
        same_text = all(
            one.stated[name] == old.stated.get(name) for name in ("title", "description")
        )
        if before is None or date - before < RENEWAL or not same_text:
            continue
        old.renewals += 1
        if old.renewals == 1:
            batch.events.append(
                Event(
                    posting_id=old.posting_id,
                    kind=Event.Kind.REPOSTED,
                    at=batch.at,
                    detail={"stated": date.isoformat(), "before": before.isoformat()},
                )
            )
    if moved:
        Listing.objects.bulk_update(moved, ["source_date", "renewals"])


def _reappear(batch: Batch, posting: Posting) -> None:
    """A listing that had gone is back: its posting opens under its old address.

    What a person withdrew or rejected stays so.
    """
    batch.united[posting.pk] = None
    if posting.state == Posting.State.CLOSED:
        batches.reopen(posting, batch.at, batch.fresh)
        if posting.state == Posting.State.OPEN:
            batch.note(posting, Event.Kind.REOPENED)


# --- listings that are new ------------------------------------------------------------------------


def _add(batch: Batch, new: Sequence[Prepared]) -> None:
    """Write new listings, each into the posting of the same job or one of its own."""
    batch.counts["new"] += len(new)
    matches = matching.Matches(batch.source, new)
    drafts, listings, joined = [], [], []
    for one in new:
        offer = one.offer
        is_public = batch.hold == "public" or (batch.hold == "known" and offer.role is not None)
        found = matches.of(one, is_public=is_public, at=batch.at)
        posting = found.posting
        if posting is None:
            is_public = is_public and not found.held
            posting = _new_posting(batch, offer, is_public)
            drafts.append(Draft(posting, one, EVERY))
            batch.counts["held"] += not is_public
            batch.note(posting, Event.Kind.FIRST_SEEN)
        else:
            joined.append((posting, one))
        listing = Listing(
            posting=posting,
            source=batch.source,
            external_id=offer.external_id,
            url=offer.url,
            via=offer.via,
            payload_hash=offer.payload_hash,
            stated=one.stated,
            first_seen=batch.at,
            last_confirmed=batch.at,
            source_date=offer.posted_at,
            **one.marks,
        )
        matches.add(listing, posting)
        listings.append(listing)
    known = Known([one.offer for one in new])
    batch.made = batches.create(drafts, known)
    insert(listings)
    note_conflicts([(draft.posting, draft.source.offer) for draft in drafts], are_new=True)
    _join(batch, joined)
    matches.store()


def _new_posting(batch: Batch, offer: Offer, is_public: bool) -> Posting:
    return Posting(
        state=Posting.State.OPEN if is_public else Posting.State.PENDING,
        starts_at=batch.at if is_public else None,
        posted_at=min(offer.posted_at or batch.at, batch.at),
        stale_at=batch.fresh,
        via=[{"name": offer.via, "url": offer.url}] if offer.via and offer.url else [],
    )


def _join(batch: Batch, joined: Sequence[tuple[Posting, Prepared]]) -> None:
    """Tell of listings that came to postings which were there, and open those that had closed."""
    if not joined:
        return
    rows = Posting.objects.select_for_update().filter(pk__in={posting.pk for posting, _ in joined})
    postings = {row.pk: row for row in rows.order_by("pk")}
    drafts = []
    for found, one in joined:
        posting = postings[found.pk]
        if posting.state == Posting.State.WITHDRAWN:
            batch.counts["barred"] += 1
            continue
        batch.counts["merged"] += 1
        batch.united[posting.pk] = None
        posting.stale_at = max(posting.stale_at, batch.fresh)
        if posting.state == Posting.State.CLOSED:
            batches.reopen(posting, batch.at, batch.fresh)
            posting.expires_at = one.offer.expires_at
            drafts.append(Draft(posting, one, EVERY - set(posting.held)))
            batch.note(posting, Event.Kind.REOPENED)
            batch.note(posting, Event.Kind.REPOSTED, source=batch.source)
        else:
            batch.note(posting, Event.Kind.MERGED, source=batch.source)
    drafted = {draft.posting.pk for draft in drafts}
    batches.store(row for row in postings.values() if row.pk not in drafted)
    if drafts:
        batches.update(drafts, Known([draft.source.offer for draft in drafts]))
