"""Postings written many at a time, with what hangs on them.

A batch is one transaction of the caller, who reindexes its postings at the end (`jobs.index`).
Statements are counted by tables, not by postings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connections, router
from django.db.models import Q

from extraction import gazetteer
from jobs import likeness
from jobs.index import Whole
from jobs.models import Company, PayRange, Place, Posting
from jobs.models.postings import rendered
from jobs.models.writing import create_names
from jobs.offers import Offer
from jobs.places import make_places, region_code
from lib import fulltext
from lib.rows import insert

# What an offer may set of a posting, by the names of `Offer.stated()`.
PLAIN = ("title", "description", "apply_url", "expires_at", "seniority", "workplace")
# Pairs of ids in one statement; SQLite takes 999 parameters in its oldest versions.
STATEMENT = 400
EVERY = frozenset(
    (*PLAIN, "company", "role", "employment", "eligibility", "places", "skills", "pay")
)


class Prepared:
    """An offer with what is derived of it alone, so that no transaction waits for it."""

    def __init__(self, offer: Offer) -> None:
        self.offer = offer

    @cached_property
    def stated(self) -> dict[str, Any]:
        return self.offer.stated()

    @cached_property
    def rendered(self) -> tuple[str, str]:
        return rendered(Posting.Markup.HTML, self.offer.description)

    @cached_property
    def tokens(self) -> list[str]:
        return fulltext.tokens(self.rendered[1])

    @cached_property
    def marks(self) -> dict[str, Any]:
        """The columns of a listing by which another appearance of the job is found."""
        offer = self.offer
        places = [place.name for place in offer.places]
        places += [gazetteer.country_name(place.country) for place in offer.places]
        text = self.rendered[1]
        return {
            "likeness_key": likeness.key_of(offer.company, offer.title, places),
            "requisition": offer.requisition.casefold()[:100]
            or likeness.requisition_of(f"{offer.title}\n{text}"),
            "sketch": likeness.sketch_of(self.tokens),
        }


@dataclass(slots=True)
class Draft:
    """A posting that takes the fields `names` of an offer."""

    posting: Posting
    source: Prepared
    names: frozenset[str]


class Known:
    """The rows of companies and places that a batch names; missing ones are made."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        names = {offer.company for offer in offers}
        self.companies = {one.name: one for one in Company.objects.filter(name__in=names)}
        made = [Company(name=name, slug=name) for name in sorted(names - self.companies.keys())]
        create_names(made)
        self.companies |= {one.name: one for one in made}
        self.places = place_rows({place for offer in offers for place in offer.places})

    def places_of(self, offer: Offer) -> list[Place]:
        """The rows of its places, in the order of the model."""
        found = {self.places[place].pk: self.places[place] for place in offer.places}
        return sorted(found.values(), key=lambda place: (place.name, place.country))


def place_rows(wanted: Iterable[gazetteer.Place]) -> dict[gazetteer.Place, Place]:
    """The row of each place; one statement where all are there, a few more where some are not."""
    found = set(wanted)
    if not found:
        return {}
    rows = _by_key(
        Place.objects.filter(
            Q(name__in={place.name for place in found})
            | Q(kind=Place.Kind.COUNTRY, country__in={place.country for place in found})
        )
    )
    if missing := {place for place in found if _key_of(place) not in rows}:
        rows |= _by_key(make_places(missing))
    return {place: rows[_key_of(place)] for place in found}


def _by_key(rows: Iterable[Place]) -> dict[tuple[str, ...], Place]:
    return {key_of(row.kind, row.name, row.country, row.region): row for row in rows}


def _key_of(place: gazetteer.Place) -> tuple[str, ...]:
    return key_of(place.kind, place.name, place.country, region_code(place))


def key_of(kind: str, name: str, country: str, region: str) -> tuple[str, ...]:
    """What tells places apart; a country is known by its code, whatever it is called."""
    return (kind, country) if kind == Place.Kind.COUNTRY else (kind, name, country, region)


def create(drafts: Sequence[Draft], known: Known) -> list[Whole]:
    """Insert the postings of the drafts, each with all fields of its offer."""
    made = []
    for draft in drafts:
        apply(draft, known)
        one = _whole(draft, known)
        one.tokens = draft.source.tokens
        # What the index would write with a statement of its own.
        one.set_lines()
        made.append(one)
    insert([draft.posting for draft in drafts])
    _link([(one, EVERY) for one in made])
    return made


def update(drafts: Sequence[Draft], known: Known) -> None:
    """Write the postings of the drafts, which the caller has locked, with the named fields."""
    for draft in drafts:
        apply(draft, known)
    store([draft.posting for draft in drafts])
    for name, parts in LINKS.items():
        ids = {draft.posting.pk for draft in drafts if name in draft.names}
        if ids:
            parts._default_manager.filter(posting__in=ids).delete()
    _link([(_whole(draft, known), draft.names) for draft in drafts])


def _whole(draft: Draft, known: Known) -> Whole:
    posting, offer = draft.posting, draft.source.offer
    pay = [PayRange(posting=posting, **row) for row in offer.pay]
    skills = list(dict.fromkeys(offer.skills))
    return Whole(posting, known.places_of(offer), skills, pay)


LINKS: dict[str, Any] = {
    "places": Posting.places.through,
    "skills": Posting.skills.through,
    "pay": PayRange,
}
COLUMNS = [field.name for field in Posting._meta.concrete_fields if not field.primary_key]


def store(postings: Iterable[Posting]) -> None:
    """Write rows that are there, every column; `bulk_update` compares each row with each case."""
    distinct = {posting.pk: posting for posting in postings}
    Posting.objects.bulk_create(
        distinct.values(), update_conflicts=True, unique_fields=["id"], update_fields=COLUMNS
    )


def _link(made: Sequence[tuple[Whole, frozenset[str]]]) -> None:
    """Insert what hangs on the postings under these names."""
    for name, column in (("places", "place_id"), ("skills", "skill_id")):
        pairs = [
            (one.posting.pk, row.pk)
            for one, names in made
            if name in names
            for row in getattr(one, name)
        ]
        _insert_links(LINKS[name]._meta.db_table, column, pairs)
    insert([row for one, names in made if "pay" in names for row in one.pay])


def _insert_links(table: str, column: str, pairs: Sequence[tuple[int, int]]) -> None:
    """(posting, other) pairs; without the ORM, which makes an object of each."""
    with connections[router.db_for_write(Posting)].cursor() as cursor:
        for start in range(0, len(pairs), STATEMENT):
            some = pairs[start : start + STATEMENT]
            cursor.execute(
                f"INSERT INTO {table} (posting_id, {column}) VALUES "  # noqa: S608
                + ", ".join(["(%s, %s)"] * len(some)),
                [key for pair in some for key in pair],
            )


def apply(draft: Draft, known: Known) -> None:
    """Set the named fields; the rows that hang on the posting are not touched."""
    posting, offer, names = draft.posting, draft.source.offer, draft.names
    for name in names.intersection(PLAIN):
        setattr(posting, name, getattr(offer, name))
    if "description" in names:
        posting.markup = Posting.Markup.HTML
        posting.description_html, posting.description_text = draft.source.rendered
    if "company" in names:
        posting.company = known.companies[offer.company]
    if "role" in names:
        posting.role = offer.role
    if "employment" in names:
        posting.employment = sorted(offer.employment)
    if "eligibility" in names:
        posting.eligibility = offer.eligibility
    posting.derive_slug()
    close_in_order(posting)
    held = {name: entry for name, entry in posting.evidence.items() if name in posting.held}
    posting.evidence = {**offer.evidence, **held}


def close_in_order(posting: Posting) -> None:
    """A closing date that was moved before our first sight: closed from the start."""
    if posting.expires_at and posting.expires_at <= posting.posted_at:
        posting.expires_at = posting.posted_at + timedelta(seconds=1)


def reopen(posting: Posting, at: datetime, stale_at: datetime) -> None:
    """Open a closed row in memory; one that never was public waits for approval again.

    Its closing date stays: a person who reopens means it, a source that still states a date
    which has passed does not.
    """
    is_known = posting.starts_at is not None
    posting.state = Posting.State.OPEN if is_known else Posting.State.PENDING
    posting.closed_at, posting.close_reason = None, ""
    posting.stale_at = max(posting.stale_at, stale_at)
