"""Postings and what hangs on them, each set read with one statement.

A union written here, since the ORM takes longer to build one query of a posting with its company
and role than a database to answer them all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection, models

from guides.models import Role, Skill
from jobs.models import Company, Event, Listing, PayRange, Place, Posting
from lib import prepared

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
    "card": (
        Posting,
        (
            *("id", "title", "slug", "company_id", "role_id", "seniority", "employment"),
            *("posted_at", "place_line", "pay_line", "via"),
        ),
    ),
    "confirmed": (Listing, ("id", "last_confirmed")),
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
HANGING = ("places", "skills", "pay", "listings", "events")
# Where a row of the first table names the posting, by the first column, and by the second the part.
OWN = Posting._meta.db_table
LINKS = {
    "company": (OWN, "id", "company_id"),
    "role": (OWN, "id", "role_id"),
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
    if pk > models.BigIntegerField.MAX_BIGINT:
        return None  # the ORM knows that no row can have it, a database refuses it
    parts = parts_of_all([pk], ("posting", "company", "role", *HANGING))[pk]
    posting = _named("posting", parts)
    return (posting, parts) if posting and posting.standing() != "hidden" else None


def for_cards(pks: Sequence[int]) -> dict[int, tuple[Posting, datetime | None, list[PayRange]]]:
    """The postings with company and role and the fields that a card shows, when each was last
    confirmed, and its pay, by id, without those that are gone; one statement."""
    parts = parts_of_all(pks, ("card", "company", "role", "confirmed", "pay"))
    return {
        pk: (
            posting,
            max((one.last_confirmed for one in some["confirmed"]), default=None),
            some["pay"],
        )
        for pk, some in parts.items()
        if (posting := _named("card", some))
    }


def _named(own: str, parts: Mapping[str, list[Any]]) -> Posting | None:
    """The posting out of its parts, with company and role at hand."""
    posting: Posting | None = next(iter(parts[own]), None)
    if posting:
        [posting.company] = parts["company"]
        posting.role = next(iter(parts["role"]), None)
    return posting


def parts_of_all(pks: Sequence[int], names: tuple[str, ...]) -> dict[int, dict[str, list[Any]]]:
    """The parts `names` of each of some postings, each in its order; one statement.

    A part is a row of its model with the fields of `PARTS`; another field is read when it is asked.
    """
    found: dict[int, dict[str, list[Any]]] = {pk: {name: [] for name in names} for pk in pks}
    with connection.cursor() as cursor:
        prepared.execute(cursor, _statement(names, len(pks)), [*pks] * len(names))
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
        rows, owner = f"{table} part", "part.id" if model is Posting else "part.posting_id"
        if name in LINKS:
            between, posting, key = LINKS[name]
            rows = f"{between} link JOIN {table} part ON part.id = link.{key}"
            owner = f"link.{posting}"
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
