"""The page of one posting: it and everything that hangs on it, read with one statement."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from django.db import connection, models
from django.utils.safestring import SafeString

from guides.links import RoleLink, link_of, role_guides
from guides.models import Role, Skill
from guides.nearest import Comparison, nearest_comparisons
from guides.stamps import GUIDES, kept
from jobs.cards import Card
from jobs.models import Company, Event, Listing, PayRange, Place, Posting
from jobs.salary import DatedRate, kept_rates
from jobs.similar import similar_to
from jobs.stamps import RATES
from jobs.structured import job_posting
from lib.text import data_script

# More changes than these stand on no page.
HISTORY = 12


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what happened to a posting in public."""

    at: datetime
    text: str


@dataclass(slots=True)
class PostingPage:
    """What the page of an addressable posting shows beside the posting's own fields.

    `first_seen` and `last_confirmed` are None where nothing was recorded; `changes` come the
    newest first, and `earlier` of them are left out.
    """

    posting: Posting
    standing: str
    rates_stamp: str
    link: RoleLink | None
    comparison: Comparison | None
    first_seen: datetime | None
    last_confirmed: datetime | None
    places: list[Place] = field(default_factory=list)
    skills: list[Skill] = field(default_factory=list)
    pay: list[PayRange] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    earlier: int = 0
    similar: list[Card] = field(default_factory=list)
    evidence: list[dict[str, str]] = field(default_factory=list)

    @property
    def renewed(self) -> Listing | None:
        """The open listing whose date its source has moved on furthest while the text stayed."""
        moved = [one for one in self.listings if one.renewals and not one.closed_at]
        return max(moved, key=lambda one: one.source_date or one.first_seen, default=None)

    @property
    def rates(self) -> Mapping[str, DatedRate]:
        """The newest rate of each currency; one statement where they are not kept."""
        return kept_rates(self.rates_stamp)

    def structured(self) -> SafeString:
        """The posting for search engines, which are told of open ones alone."""
        if self.standing != "open":
            return SafeString()
        return data_script(job_posting(self.posting, self.places, self.pay), "application/ld+json")


def posting_page(
    posting: Posting, parts: Mapping[str, list[Any]], stamps: Mapping[str, str]
) -> PostingPage:
    """The page of a posting that `whole` gave with its parts; no statement.

    One if its similar postings' cards are not kept, one after a change of postings, and two after
    one of guides; and one for what its pay is in another currency, after a change of rates.
    """
    listings: list[Listing] = parts["listings"]
    events: list[Event] = parts["events"]
    skills: list[Skill] = parts["skills"]
    link, comparison = onwards(posting, stamps[GUIDES])
    changes = public_changes(posting, events)
    seen = [one.first_seen for one in listings]
    seen += [event.at for event in events if event.kind == Event.Kind.FIRST_SEEN]
    return PostingPage(
        posting=posting,
        standing=posting.standing(),
        rates_stamp=stamps[RATES],
        link=link,
        comparison=comparison,
        first_seen=min(seen, default=None),
        last_confirmed=max((one.last_confirmed for one in listings), default=None),
        places=parts["places"],
        skills=skills,
        pay=parts["pay"],
        listings=listings,
        changes=changes[:HISTORY],
        earlier=len(changes[HISTORY:]),
        similar=similar_to(posting, [skill.pk for skill in skills], stamps),
        evidence=evidence_rows(posting),
    )


def onwards(posting: Posting, stamp: str) -> tuple[RoleLink | None, Comparison | None]:
    """Where the role of a posting leads: its guide or page, and the comparison nearest to it."""
    if posting.role is None:
        return None, None
    guides = role_guides(stamp)
    near = kept("nearest", (stamp,), partial(nearest_comparisons, guides.pairs))
    return link_of(posting.role, guides.own), near.get(posting.role.pk)


# --- a posting and what hangs on it, in one statement --------------------------------------------

PARTS: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "posting": (
        Posting,
        (
            *("id", "title", "slug", "company_id", "role_id", "seniority", "workplace"),
            *("employment", "eligibility", "description_html", "apply_url", "apply_email", "state"),
            *("posted_at", "starts_at", "expires_at", "stale_at", "closed_at", "close_reason"),
            *("held", "evidence", "place_line", "pay_line", "via"),
        ),
    ),
    "company": (Company, ("id", "name", "slug", "url")),
    "role": (Role, ("id", "name", "slug")),
    "places": (Place, ("id", "name", "slug", "kind", "country", "region")),
    "skills": (Skill, ("id", "name", "slug")),
    "pay": (PayRange, ("id", "minimum", "maximum", "currency", "period", "kind", "text")),
    "listings": (
        Listing,
        (
            *("id", "source", "url", "first_seen", "last_confirmed", "closed_at"),
            *("source_date", "renewals"),
        ),
    ),
    "events": (Event, ("id", "kind", "at", "detail")),
}
# The table that names the posting and the row, where the row itself does not name it.
POSTINGS_TABLE = Posting._meta.db_table
LINKS = {
    "posting": (POSTINGS_TABLE, "id", "id"),
    "company": (POSTINGS_TABLE, "id", "company_id"),
    "role": (POSTINGS_TABLE, "id", "role_id"),
    "places": (Posting.places.through._meta.db_table, "posting_id", "place_id"),
    "skills": (Posting.skills.through._meta.db_table, "posting_id", "skill_id"),
}
ORDER: dict[str, Any] = {
    "places": lambda place: (place.name, place.country),
    "skills": lambda skill: skill.name.casefold(),
    "listings": lambda one: (one.first_seen, one.pk),
    "events": lambda event: (event.at, event.pk),
}


def whole(pk: int) -> tuple[Posting, dict[str, list[Any]]] | None:
    """The posting that has its page under this number, with company and role, and what hangs on
    it; None where it has none, or has it elsewhere now. One statement."""
    parts = parts_of_all([pk], tuple(PARTS))[pk]
    if not parts["posting"]:
        return None
    [posting], [posting.company] = parts["posting"], parts["company"]
    posting.role = next(iter(parts["role"]), None)
    return None if posting.standing() == "hidden" else (posting, parts)


def parts_of_all(pks: Sequence[int], names: tuple[str, ...]) -> dict[int, dict[str, list[Any]]]:
    """The parts `names` of each of some postings, each in its order; one statement.

    A part is a row of its model with the fields of `PARTS`; another field is read when it is asked.
    """
    found: dict[int, dict[str, list[Any]]] = {pk: {name: [] for name in names} for pk in pks}
    with connection.cursor() as cursor:
        cursor.execute(_statement(names, len(pks)), [*pks] * len(names))
        for name, pk, *texts in cursor.fetchall():
            model, columns = PARTS[name]
            values = [
                text if text is None or read is None else read(text)
                for read, text in zip(_readers(name), texts, strict=False)
            ]
            found[pk][name].append(model.from_db(connection.alias, columns, values))
    return {
        pk: {name: sorted(rows, key=ORDER.get(name, _by_key)) for name, rows in parts.items()}
        for pk, parts in found.items()
    }


@cache
def _statement(names: tuple[str, ...], postings: int) -> str:
    """A union of the parts of so many postings. All columns are text, so that rows of unlike
    models fit into one and an amount keeps each of its digits."""
    width = max(len(PARTS[name][1]) for name in names)
    selects = []
    those = f"IN ({', '.join(['%s'] * postings)})"
    for name in names:
        model, columns = PARTS[name]
        table = model._meta.db_table
        casts = [f"CAST(part.{column} AS text)" for column in columns]
        casts += ["NULL"] * (width - len(columns))
        if name in LINKS:
            between, owner, key = LINKS[name]
            rows = f"{between} link JOIN {table} part ON part.id = link.{key}"
            owner = f"link.{owner}"
        else:
            rows, owner = f"{table} part", "part.posting_id"
        values = f"'{name}', {owner}, {', '.join(casts)}"
        selects.append(f"SELECT {values} FROM {rows} WHERE {owner} {those}")  # noqa: S608
    return " UNION ALL ".join(selects)


def _by_key(row: models.Model) -> int:
    return int(row.pk)


@cache
def _readers(name: str) -> list[Callable[[str], Any] | None]:
    """For each column of a part what reads its text; None where the text is the value."""
    model, columns = PARTS[name]
    return [_reader(model._meta.get_field(column)) for column in columns]


def _reader(column: Any) -> Callable[[str], Any] | None:
    if isinstance(column, models.JSONField):
        return json.loads
    if isinstance(column, models.DateTimeField):
        return _instant
    if isinstance(column, models.CharField | models.TextField):
        return None
    reader: Callable[[str], Any] = column.to_python
    return reader


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    # SQLite writes instants without their zone.
    return found if found.tzinfo else found.replace(tzinfo=UTC)


# --- what happened to it -------------------------------------------------------------------------

FIELD_WORDS = {
    "title": "title",
    "company": "company",
    "description": "description",
    "apply_url": "how to apply",
    "apply_email": "how to apply",
    "expires_at": "closing date",
    "role": "role",
    "seniority": "seniority",
    "workplace": "workplace",
    "employment": "employment",
    "eligibility": "who may apply",
    "worldwide": "who may apply",
    "included": "who may apply",
    "excluded": "who may apply",
    "places": "places",
    "skills": "skills",
    "pay": "pay",
}


def public_changes(posting: Posting, events: Sequence[Event]) -> list[Change]:
    """What readers could see happen, the newest first; who did it is never told."""
    found = []
    for event in events:
        text = _words(posting, event)
        if text and posting.starts_at and event.at >= posting.starts_at:
            found.append(Change(event.at, text))
    return found[::-1]


def _words(posting: Posting, event: Event) -> str:
    if event.kind == Event.Kind.CHANGED:
        names = event.detail.get("fields") or []
        if "by" not in event.detail:
            # What a source says of a field that a person set stays with the source.
            names = [name for name in names if name not in posting.held]
        words = ", ".join(dict.fromkeys(FIELD_WORDS[name] for name in names if name in FIELD_WORDS))
        if not words:
            return ""
        return (
            f"Read again by newer rules: {words}"
            if event.detail.get("reread")
            else (f"Changed: {words}")
        )
    if event.kind == Event.Kind.CLOSED:
        reason = event.detail.get("reason")
        return f"Closed: {reason}" if reason else "Closed"
    if event.kind == Event.Kind.REPOSTED and "stated" in event.detail:
        return "The source gave it a new date; its text is the same"
    return {
        Event.Kind.REPOSTED.value: "Posted again",
        Event.Kind.REOPENED.value: "Opened again",
        Event.Kind.MERGED.value: "Joined with the same job seen elsewhere",
        Event.Kind.SPLIT.value: "Told apart from another job",
    }.get(event.kind, "")


# --- why it says so ------------------------------------------------------------------------------

EVIDENCE_LABELS = {
    "pay": "Pay",
    "seniority": "Seniority",
    "workplace": "Workplace",
    "eligibility": "Who may apply",
    "places": "Places",
    "employment": "Employment",
    "role": "Role",
    "skills": "Skills",
}


def evidence_rows(posting: Posting) -> list[dict[str, str]]:
    """Label, quote and rule of each derived field, in the order of the page."""
    rows = []
    for name, label in EVIDENCE_LABELS.items():
        entry = posting.evidence.get(name)
        if entry and entry.get("evidence"):
            rows.append({"label": label, "quote": entry["evidence"], "rule": entry["rule"]})
    return rows
