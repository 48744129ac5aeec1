"""Which skills the postings of several roles ask for: all of the roles, or only some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from market.figures import share
from market.statistics import Part, Statistics

# A role asks for a skill if so many of its postings do.
ASKED_FROM = Decimal("0.10")
# So many skills of each group are shown.
MOST = 8


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill with the share of each role's postings that name it; `parts` None: none does."""

    slug: str
    name: str
    shares: list[Decimal]
    parts: list[Part | None]


@dataclass(frozen=True, slots=True)
class SkillGroup:
    """Skills that exactly the roles `askers` (places in the list of roles) ask for."""

    askers: tuple[int, ...]
    rows: list[SkillRow]
    more: int


def overlap(found: Sequence[Statistics]) -> list[SkillGroup]:
    """The skills asked for by all, then by each role alone, then by some; the most asked first.

    Empty if one of the roles has too few postings for shares.
    """
    if not all(one.all.open.enough for one in found):
        return []
    parts = [{part.value: part for part in one.skills} for one in found]
    groups: dict[tuple[int, ...], list[SkillRow]] = {}
    for slug in dict.fromkeys(slug for each in parts for slug in each):
        having = [each.get(slug) for each in parts]
        shares = [
            share(part.n if part else 0, one.all.open) or Decimal(0)
            for part, one in zip(having, found, strict=True)
        ]
        askers = tuple(place for place, one in enumerate(shares) if one >= ASKED_FROM)
        if askers:
            name = next(part.label for part in having if part)
            groups.setdefault(askers, []).append(SkillRow(slug, name, shares, having))
    order = sorted(groups, key=lambda who: (len(who) != len(found), len(who), who))
    return [SkillGroup(who, *_first(groups[who])) for who in order]


def _first(rows: list[SkillRow]) -> tuple[list[SkillRow], int]:
    ordered = sorted(rows, key=lambda row: (-sum(row.shares), row.name.casefold()))
    return ordered[:MOST], max(0, len(ordered) - MOST)
