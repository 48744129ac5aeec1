"""Which posting a new listing belongs to, and which ones a person should compare it with.

A listing joins a posting only if it is the same job as every listing of it (`jobs.likeness`), and
if there is one such posting. Whatever is less sure becomes a `Pair` for the review queue.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from jobs.batches import Prepared
from jobs.likeness import OTHER, TWICE, Face, Verdict, verdict
from jobs.models import Listing, Pair, Posting

State = Posting.State
# Of one employer and title; a person has other means for a board that says one thing so often.
MOST = 100
SEVERAL = "It is the same job as two postings here."


@dataclass(frozen=True, slots=True)
class Found:
    """The posting to join, or none; `held`: it is too like one that is barred to be public."""

    posting: Posting | None = None
    held: bool = False


class Matches:
    """Postings of the employers and titles of some new listings; one statement."""

    def __init__(self, source: str, new: Sequence[Prepared]) -> None:
        self.source = source
        self._seen: dict[int, list[tuple[Posting, list[Listing]]]] = {}
        self._doubts: list[tuple[Posting, Verdict]] = []
        self._pairs: list[tuple[Posting, Posting, Verdict]] = []
        for row in listings_like({one.marks["likeness_key"] for one in new}):
            self._remember(row, row.posting)

    def _remember(self, listing: Listing, posting: Posting) -> None:
        groups = self._seen.setdefault(listing.likeness_key or 0, [])
        for known, rows in groups:
            if known is posting or (posting.pk and known.pk == posting.pk):
                rows.append(listing)
                return
        groups.append((posting, [listing]))

    def of(self, one: Prepared, *, is_public: bool, at: datetime) -> Found:
        """Where the new listing belongs; say with `add` what became of it."""
        face = Face(
            one.marks["likeness_key"],
            one.marks["sketch"],
            one.marks["requisition"],
            self.source,
            one.stated,
        )
        same: list[tuple[Posting, Verdict]] = []
        doubts: list[tuple[Posting, Verdict]] = []
        for posting, rows in self._seen.get(face.key, ())[:MOST]:
            found = worst(verdict(face, face_of(row)) for row in rows)
            if not (found.same or found.doubtful) or not _counts(posting, rows, at):
                continue
            is_same = found.same or (posting.barred and found.reason == TWICE)
            joins = is_same and _may_join(posting, is_public)
            (same if joins else doubts).append((posting, found))
        barred = [pair for pair in same if pair[0].barred]
        if barred or len(same) == 1:
            return Found((barred or same)[0][0])
        if same:
            doubts = [(same[0][0], Verdict(False, True, same[0][1].likeness, SEVERAL))]
        self._doubts = doubts[:1]
        return Found(held=any(posting.barred for posting, _ in doubts))

    def add(self, listing: Listing, posting: Posting) -> None:
        """Remember a new listing for those that follow, and its doubts for the review."""
        self._remember(listing, posting)
        self._pairs += [(other, posting, found) for other, found in self._doubts]
        self._doubts = []

    def store(self) -> int:
        """Write the doubts, once all postings have their numbers; returns how many."""
        return store_pairs(self._pairs)


def _counts(posting: Posting, rows: Sequence[Listing], at: datetime) -> bool:
    """Whether another appearance of this posting matters: it is open, held or barred, or its
    source had let it go not long ago."""
    if posting.state == State.CLOSED:
        since = at - timedelta(days=settings.BOARD["REPOST_DAYS"])
        is_recent = posting.closed_at is not None and posting.closed_at >= since
        return is_recent and all(row.closed_at for row in rows)
    return posting.state in (State.OPEN, State.PENDING) or posting.barred


def _may_join(posting: Posting, is_public: bool) -> bool:
    """What waits for approval must not come to be seen through a public posting, nor hide one."""
    if posting.barred:
        return True
    return is_public == (posting.state != State.PENDING)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on a posting from those on its listings: the least sure one."""
    return min(verdicts, key=lambda one: (one.same, one.doubtful, one.likeness), default=OTHER)


def face_of(row: Listing) -> Face:
    return Face(
        row.likeness_key or 0,
        bytes(row.sketch),
        row.requisition,
        row.source,
        row.stated,
        row.closed_at is not None,
    )


def listings_like(keys: Iterable[int | None]) -> Iterable[Listing]:
    """Listings with these keys and their postings, the oldest first."""
    rows = Listing.objects.filter(likeness_key__in=[key for key in keys if key is not None])
    rows = rows.exclude(posting__state__in=(State.REJECTED, State.MERGED))
    return (
        rows.select_related("posting")
        .defer(
            "posting__description",
            "posting__description_html",
            "posting__description_text",
            "posting__evidence",
        )
        .order_by("first_seen", "pk")
    )


def propose(source: str, changed: Sequence[Listing]) -> None:
    """After a change: what has become like another posting goes to the review, never further."""
    rows = list(listings_like({row.likeness_key for row in changed}))
    pairs = []
    for one in changed:
        others = [row for row in rows if row.posting_id != one.posting_id]
        here = next((row.posting for row in rows if row.pk == one.pk), None)
        for other in others[:MOST] if here and here.state in (State.OPEN, State.PENDING) else ():
            found = verdict(face_of(one), face_of(other))
            is_here = other.posting.state in (State.OPEN, State.PENDING)
            if is_here and here and (found.same or found.doubtful):
                reason = found.reason or "They have become the same."
                pairs.append((here, other.posting, Verdict(False, True, found.likeness, reason)))
                break
    store_pairs(pairs)


def store_pairs(pairs: Iterable[tuple[Posting, Posting, Verdict]]) -> int:
    """Write pairs that are not known; what a person has said of one stays."""
    rows = {}
    for one, two, found in pairs:
        older, younger = sorted((one.pk, two.pk))
        if older != younger:
            rows[older, younger] = Pair(
                older_id=older,
                younger_id=younger,
                likeness=found.likeness,
                reason=found.reason,
            )
    if rows:
        Pair.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return len(rows)
