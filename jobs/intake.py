"""How offers from a source become listings and postings.

An offer is one posting as a source has it, its fields read and normalised. `take` upserts by
(source, external id); a field that a person set stays theirs, and what the source says of it is
kept in the listing. `close_missing` closes by absence, by the rules of the freshness ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from extraction import gazetteer
from guides.models import Role, Skill
from jobs.index import confirm, reindex
from jobs.models import Company, Event, Listing, PayRange, Posting
from jobs.places import place_for

BATCH = 50


@dataclass(frozen=True, slots=True)
class Offer:
    """One posting as one source has it, in the board's own terms.

    `payload_hash` is of the record itself, without its timestamps, order and white space: where
    it stays and `stated()` differs, it is our reading that changed, not the source. `via` names a
    board of many employers that asks for a link to the posting there, at `url`.
    """

    external_id: str
    payload_hash: str
    url: str
    title: str
    company: str
    description: str
    apply_url: str
    posted_at: datetime | None = None
    expires_at: datetime | None = None
    role: Role | None = None
    seniority: str = ""
    workplace: str = ""
    employment: tuple[str, ...] = ()
    eligibility: dict[str, Any] | None = None
    places: tuple[gazetteer.Place, ...] = ()
    skills: tuple[Skill, ...] = ()
    pay: tuple[dict[str, Any], ...] = ()
    evidence: dict[str, Any] = field(default_factory=dict)
    description_hash: str = ""
    via: str = ""

    def stated(self) -> dict[str, Any]:
        """The normalised public fields, as JSON; two offers that say the same are equal."""
        return {
            "title": self.title,
            "company": self.company,
            "description": self.description_hash,
            "apply_url": self.apply_url,
            "expires_at": self.expires_at.isoformat() if self.expires_at else None,
            "role": self.role.slug if self.role else None,
            "seniority": self.seniority,
            "workplace": self.workplace,
            "employment": sorted(self.employment),
            "eligibility": self.eligibility,
            "places": sorted([p.kind, p.name, p.country, p.region] for p in self.places),
            "skills": sorted(skill.slug for skill in self.skills),
            "pay": sorted(
                ["" if value is None else str(value) for value in row.values()] for row in self.pay
            ),
        }


def take(
    source: str, offers: Sequence[Offer], *, at: datetime, hold: str = "public"
) -> Counter[str]:
    """Upsert `offers` of `source`; counts of new, changed, reread, unchanged and held.

    `hold` is the source's rule for what is new: `public` at once, `hold` all, or `known` roles
    only. Each batch is one transaction, so a run that dies is finished by running it again.
    """
    counts: Counter[str] = Counter()
    for start in range(0, len(offers), BATCH):
        batch = offers[start : start + BATCH]
        try:
            counts += _take(source, batch, at, hold)
        except IntegrityError:
            # Another run of this source wrote one of them first; now it is found.
            counts += _take(source, batch, at, hold)
    return counts


@transaction.atomic
def _take(source: str, offers: Sequence[Offer], at: datetime, hold: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    known = {
        listing.external_id: listing
        for listing in Listing.objects.filter(
            source=source, external_id__in=[offer.external_id for offer in offers]
        ).select_related("posting")
    }
    written: list[int] = []
    confirmed: list[int] = []
    seen: list[int] = []
    for offer in offers:
        listing = known.get(offer.external_id)
        if listing is None:
            posting = _new(source, offer, at, hold)
            counts["new"] += 1
            counts["held"] += posting.state == Posting.State.PENDING
            written.append(posting.pk)
            continue
        seen.append(listing.pk)
        stated = offer.stated()
        reappeared = _reappeared(listing, at)
        if stated == listing.stated:
            counts["unchanged"] += 1
            (written if reappeared else confirmed).append(listing.posting_id)
        else:
            same_payload = offer.payload_hash == listing.payload_hash
            counts["reread" if same_payload else "changed"] += 1
            _change(listing, offer, stated, at, reread=same_payload)
            written.append(listing.posting_id)
        if offer.payload_hash != listing.payload_hash:
            Listing.objects.filter(pk=listing.pk).update(payload_hash=offer.payload_hash)
    Listing.objects.filter(pk__in=seen).update(last_confirmed=at, missing_since=None)
    fresh = at + timedelta(days=settings.BOARD["FRESH_DAYS"])
    Posting.objects.filter(pk__in=written, stale_at__lt=fresh).update(stale_at=fresh)
    reindex(written)
    confirm(confirmed, fresh)
    return counts


def _new(source: str, offer: Offer, at: datetime, hold: str) -> Posting:
    is_public = hold == "public" or (hold == "known" and offer.role is not None)
    posted_at = min(offer.posted_at or at, at)
    posting = Posting(
        state=Posting.State.OPEN if is_public else Posting.State.PENDING,
        starts_at=at if is_public else None,
        posted_at=posted_at,
        stale_at=at + timedelta(days=settings.BOARD["FRESH_DAYS"]),
    )
    _apply(posting, offer, list(offer.stated()))
    Listing.objects.create(
        posting=posting,
        source=source,
        external_id=offer.external_id,
        url=offer.url,
        via=offer.via,
        payload_hash=offer.payload_hash,
        stated=offer.stated(),
        first_seen=at,
        last_confirmed=at,
    )
    Event.objects.create(posting=posting, kind=Event.Kind.FIRST_SEEN, at=at)
    return posting


def _change(
    listing: Listing, offer: Offer, stated: dict[str, Any], at: datetime, *, reread: bool
) -> None:
    differing = [name for name in stated if stated[name] != listing.stated.get(name)]
    posting = listing.posting
    _apply(posting, offer, [name for name in differing if name not in posting.held])
    listing.stated, listing.url, listing.via = stated, offer.url, offer.via
    listing.save(update_fields=["stated", "url", "via"])
    Event.objects.create(
        posting=posting,
        kind=Event.Kind.CHANGED,
        at=at,
        detail={"fields": differing, "reread": reread},
    )


def _reappeared(listing: Listing, at: datetime) -> bool:
    """Whether a listing that had gone is back; its posting opens under its old address."""
    if listing.closed_at is None:
        return False
    listing.closed_at = None
    listing.save(update_fields=["closed_at"])
    if listing.posting.state != Posting.State.CLOSED:
        return False  # a person withdrew or rejected it; that stays
    closing_date = listing.posting.expires_at
    listing.posting.reopen(at)
    if closing_date and closing_date <= at:
        # A person who reopens means it; a source that still states the date does not.
        listing.posting.expires_at = closing_date
        listing.posting.save()
    return True


def _apply(posting: Posting, offer: Offer, names: Iterable[str]) -> None:
    """Write the fields `names` of the offer to its posting; the caller indexes it."""
    wanted = set(names)
    plain = {"title", "description", "apply_url", "expires_at", "seniority", "workplace"}
    for name in plain & wanted:
        setattr(posting, name, getattr(offer, name))
    if "description" in wanted:
        posting.markup = Posting.Markup.HTML
    if "company" in wanted:
        posting.company = Company.objects.get_or_create(name=offer.company)[0]
    if "role" in wanted:
        posting.role = offer.role
    if "employment" in wanted:
        posting.employment = sorted(offer.employment)
    if "eligibility" in wanted:
        posting.eligibility = offer.eligibility
    if posting.expires_at and posting.expires_at <= posting.posted_at:
        # A closing date that was moved before our first sight: closed from the start.
        posting.expires_at = posting.posted_at + timedelta(seconds=1)
    held = {name: entry for name, entry in posting.evidence.items() if name in posting.held}
    posting.evidence = {**offer.evidence, **held}
    posting.store()
    if "places" in wanted:
        posting.places.set([place_for(found) for found in offer.places])
    if "skills" in wanted:
        posting.skills.set(offer.skills)
    if "pay" in wanted:
        posting.pay_ranges.all().delete()
        PayRange.objects.bulk_create(PayRange(posting=posting, **row) for row in offer.pay)


def close_missing(source: str, present: Iterable[str], *, at: datetime) -> Counter[str]:
    """After a healthy fetch: note what it did not show, and close what two did not show.

    The two must be ABSENCE_HOURS apart. More closings than the larger of CLOSINGS_COUNT and
    CLOSINGS_SHARE of the board's open listings wait for a person: they are counted as
    `waiting` and nothing closes. Counts of `closed` and `waiting`.
    """
    rules = settings.BOARD
    board = Listing.objects.filter(source=source, closed_at=None)
    absent = board.exclude(external_id__in=list(present))
    due = list(
        absent.filter(missing_since__lte=at - timedelta(hours=rules["ABSENCE_HOURS"]))
        .select_related("posting")
        .order_by("pk")
    )
    absent.filter(missing_since=None).update(missing_since=at)
    bound = max(rules["CLOSINGS_COUNT"], rules["CLOSINGS_SHARE"] * board.count())
    if len(due) > bound:
        return Counter(waiting=len(due))
    closed = 0
    for listing in due:
        with transaction.atomic():
            listing.closed_at = at
            listing.save(update_fields=["closed_at"])
            posting = listing.posting
            is_last = not posting.listings.filter(closed_at=None).exists()
            if is_last and posting.state == Posting.State.OPEN:
                posting.close("no longer on the employer's board", at)
                closed += 1
    return Counter(closed=closed)
