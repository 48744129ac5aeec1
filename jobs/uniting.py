"""A posting with several listings: the first open one speaks, places and pay are their union."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from extraction import gazetteer
from jobs.batches import close_in_order, key_of, place_rows, store
from jobs.models import Event, Listing, PayRange, Posting
from jobs.offers import PAY

# Fields that all open listings of a posting have their part in.
UNITED = ("places", "pay", "eligibility", "expires_at", "apply_url")


def listings_of(ids: Iterable[int]) -> dict[int, list[Listing]]:
    """The listings of each posting, the first seen first; one statement."""
    found: dict[int, list[Listing]] = {}
    rows = Listing.objects.filter(posting__in=list(ids)).defer("sketch")
    for row in rows.order_by("first_seen", "pk"):
        found.setdefault(row.posting_id, []).append(row)
    return found


def leading(ids: Iterable[int]) -> dict[int, int]:
    """Of each posting with several open listings the one whose title and text it shows."""
    found = {}
    for key, rows in listings_of(ids).items():
        present = [row.pk for row in rows if row.closed_at is None]
        if len(present) > 1:
            found[key] = present[0]
    return found


def unite(
    ids: Iterable[int], *, at: datetime | None = None, tell: bool = False, always: bool = False
) -> None:
    """Bring postings in line with their open listings, inside a transaction; the caller reindexes.

    Places, pay, who may apply and the closing date are the union; how to apply is the first
    listing's. Fields that a person holds stay. Postings of one listing that is all they ever had
    are left alone, unless `always`. `tell` writes down what changed.
    """
    fewest = 1 if always else 2
    groups = {key: rows for key, rows in listings_of(ids).items() if len(rows) >= fewest}
    if not groups:
        return
    postings = Posting.objects.select_for_update().filter(pk__in=groups).order_by("pk")
    postings = postings.prefetch_related("places", "pay_ranges")
    changed = []
    for posting in postings:
        present = [row for row in groups[posting.pk] if row.closed_at is None]
        if present and (fields := _unite(posting, present)):
            changed.append(posting)
            if tell:
                posting.events.create(
                    kind=Event.Kind.CHANGED,
                    at=at or timezone.now(),
                    detail={"fields": fields, "reread": False},
                )
    store(changed)


def _unite(posting: Posting, present: Sequence[Listing]) -> list[str]:
    """Set what the listings say together; the names of the fields that differ now."""
    stated = [row.stated for row in present if row.stated]
    if not stated:
        return []
    wanted: dict[str, Any] = {
        "apply_url": stated[0].get("apply_url") or posting.apply_url,
        "expires_at": united_end(stated),
        "eligibility": united_eligibility(stated, posting.eligibility),
    }
    fields = []
    for name, value in wanted.items():
        if name not in posting.held and getattr(posting, name) != value:
            setattr(posting, name, value)
            fields.append(name)
    dates = [row.first_seen for row in present] + [
        row.source_date for row in present if row.source_date
    ]
    if min(dates) < posting.posted_at:
        posting.posted_at = min(dates)
        fields.append("posted_at")
    close_in_order(posting)
    if "places" not in posting.held:
        wanted_places = places_of(stated)
        named = {key_of(one.kind, one.name, one.country, one.region) for one in wanted_places}
        before = {
            key_of(row.kind, row.name, row.country, row.region.partition("-")[2])
            for row in posting.places.all()
        }
        if named != before:
            posting.places.set(place_rows(wanted_places).values())
            fields.append("places")
    if "pay" not in posting.held and _set_pay(posting, stated):
        fields.append("pay")
    return fields


def _set_pay(posting: Posting, stated: Sequence[Mapping[str, Any]]) -> bool:
    wanted = list({tuple(row): None for one in stated for row in one.get("pay") or ()})
    ranges = [PayRange(posting=posting, **pay_fields(row)) for row in wanted]
    before = {_amounts(row) for row in posting.pay_ranges.all()}
    if {_amounts(row) for row in ranges} == before:
        return False
    posting.pay_ranges.all().delete()
    PayRange.objects.bulk_create(ranges)
    return True


def _amounts(row: PayRange) -> tuple[Any, ...]:
    return (row.minimum, row.maximum, row.currency, row.period, row.kind, row.text)


def pay_fields(row: Sequence[str]) -> dict[str, Any]:
    """The fields of a range from its form in `Offer.stated()`."""
    fields: dict[str, Any] = dict(zip(PAY, row, strict=False))
    for name in ("minimum", "maximum"):
        fields[name] = Decimal(fields[name]) if fields.get(name) else None
    fields["kind"] = fields.get("kind") or "base"
    return fields


def places_of(stated: Iterable[Mapping[str, Any]]) -> set[gazetteer.Place]:
    """The places that listings name; a country beside one of its own cities adds nothing."""
    found = {
        gazetteer.Place(None, name, kind, country, region)
        for one in stated
        for kind, name, country, region in one.get("places") or ()
    }
    within = {place.country for place in found if place.kind != "country"}
    return {place for place in found if place.kind != "country" or place.country not in within}


def united_end(stated: Sequence[Mapping[str, Any]]) -> datetime | None:
    """The last closing date; none where one listing states none."""
    ends = [parse_datetime(one["expires_at"]) for one in stated if one.get("expires_at")]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(stated) else None


def united_eligibility(
    stated: Sequence[Mapping[str, Any]], before: dict[str, Any] | None
) -> dict[str, Any] | None:
    """Who may apply by any of the listings; as it was where one of them does not say."""
    said = [one.get("eligibility") for one in stated]
    known = [one for one in said if one]
    if len(known) != len(said) or not known:
        return before if known else None
    if all(one == known[0] for one in known):
        return known[0]
    everywhere = any(one.get("worldwide") for one in known)
    included = {code for one in known for code in one.get("include") or ()}
    excluded = set.intersection(*(set(one.get("exclude") or ()) for one in known))
    zones = dict.fromkeys(zone for one in known for zone in one.get("timezones") or ())
    return {
        "worldwide": everywhere,
        "include": [] if everywhere else sorted(included),
        "exclude": sorted(excluded),
        "timezones": list(zones),
    }
