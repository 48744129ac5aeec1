"""Places with open postings, by what somebody begins to type."""

from __future__ import annotations

from dataclasses import dataclass

from extraction import gazetteer
from jobs.filters import PostingFilter
from jobs.models import Place
from jobs.places import spellings


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """`where` names the places around it; `also` is the other spelling that was met, if any."""

    place: Place
    count: int
    where: str
    also: str = ""


def search(text: str) -> list[FoundPlace]:
    """Places with open postings that have a spelling which begins with `text`, else a word of one.

    Case and accents do not count. Without text all of them; the most postings first. Two
    statements.
    """
    counts = open_counts()
    rows = {row.pk: row for row in Place.objects.all().order_by()}
    words = gazetteer.key(text)
    if text.strip() and not words:
        return []
    found = []
    for key, count in counts.items():
        if (row := rows.get(key)) is None:
            continue
        rank, also = met(row, words)
        if rank is not None:
            one = FoundPlace(row, count, around(row, rows), also)
            # A city stands before the region of its name.
            found.append(((rank, -count, row.name, row.kind, row.pk), one))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def met(row: Place, words: str) -> tuple[int | None, str]:
    """How well a place is met by the key `words`, lower is better, and by which other spelling."""
    best: int | None = None
    by = ""
    for spelling in spellings(row):
        key = gazetteer.key(spelling)
        rank = 0 if key.startswith(words) else 1 if f" {words}" in key else None
        if rank is not None and (best is None or rank < best):
            best, by = rank, spelling
    return best, "" if by == row.name else by


def around(row: Place, rows: dict[int, Place]) -> str:
    """The names of the places that hold this one: "Bayern, Germany"; "region in Germany".

    A country is "country", and a city says what it is where one of them has its name.
    """
    if row.kind == Place.Kind.COUNTRY:
        return "country"
    names, outer = [], row
    while outer.parent_id and outer.parent_id in rows:
        outer = rows[outer.parent_id]
        names.append(outer.name)
    says_kind = row.kind == Place.Kind.REGION or row.name in names
    return f"{row.kind} in " * says_kind + ", ".join(names)


def open_counts() -> dict[int, int]:
    """The open postings of every place that has any."""
    asked = PostingFilter()
    return asked.columns.count("place", asked.narrow())
