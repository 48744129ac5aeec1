"""What the open postings of a role say together: the one definition of every statistic.

A `Scope` says which postings; `statistics` answers with the `Statistics` of each scope, kept rows
where they are valid (market.keeping) and measured anew where not (market.measure). Pages, API and
exports all ask here. Nothing here is rounded: amounts are Decimal, a year, in `currency`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse
from django.utils import timezone

from guides.pages import RoleRef
from guides.stamps import stamps as stamps_now
from jobs.scales import Seniority, Workplace

# Shares and quartiles need so many postings of so many employers; counts are shown from 0.
LEAST_POSTINGS = 5
LEAST_EMPLOYERS = 2

Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """The public postings of a base role, at most of one seniority, country and workplace each.

    The values are those of the list's parameters: `senior`, `DE`, `remote`, `unknown`.
    """

    role: RoleRef
    seniority: str = ""
    country: str = ""
    workplace: str = ""

    @classmethod
    def of(
        cls, role: RoleRef, *, seniority: str = "", country: str = "", workplace: str = ""
    ) -> Scope:
        """The scope of any role: a view has the postings of its base at its seniority."""
        return cls(role.base or role, role.seniority or seniority, country, workplace)

    @property
    def query(self) -> Query:
        """The parameters of the list that holds exactly these postings."""
        pairs = [("role", self.role.slug)]
        pairs += [(name, text) for name in FACETS if (text := getattr(self, name))]
        return tuple(pairs)


FACETS = ("seniority", "country", "workplace")


class Sample(NamedTuple):
    """The postings that a figure rests on: how many, of how many employers, how fresh.

    `as_of` is the newest confirmation among them (None: there are none). `narrower` is what the
    list of the scope is narrowed by to hold exactly these.
    """

    n: int
    employers: int
    as_of: datetime | None
    narrower: Query = ()

    @property
    def enough(self) -> bool:
        """Whether shares and quartiles may be told of them."""
        return self.n >= LEAST_POSTINGS and self.employers >= LEAST_EMPLOYERS


class Quartiles(NamedTuple):
    """Of the stated pay a year, by linear interpolation; unrounded."""

    p25: Decimal
    median: Decimal
    p75: Decimal


class Cell(NamedTuple):
    """The postings of a scope with one value of a facet; `pay` is None if too few state any.

    `value` is the value of the parameter, "" for all of the scope. `open` is all of them, `paid`
    those with comparable pay.
    """

    value: str
    label: str
    open: Sample
    paid: Sample
    pay: Quartiles | None


class Part(NamedTuple):
    """How many postings of a scope have one value of a facet: a place, an employer, a skill."""

    value: str
    label: str
    n: int
    as_of: datetime | None


class Bar(NamedTuple):
    """How many postings have pay from `low` to below `high` (the last bar: to `high`)."""

    low: Decimal
    high: Decimal
    n: int


class Week(NamedTuple):
    """What the ledger says of the week that begins on the Monday `start` (UTC).

    `new` were first seen in it or came back, `closed` closed in it, `open` were open at its end.
    """

    start: date
    new: int
    closed: int
    open: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the events of the scope's postings say, open ones and closed ones.

    `events` is the sample of the weeks (n counts events), `closings` that of `days_open`, the
    median days from open to closed (None: too few closed).
    """

    weeks: list[Week]
    events: Sample
    closings: Sample
    days_open: Decimal | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """All that is known of a scope. Cells and parts with the most postings come first, scales in
    their order; values without a posting are left out."""

    scope: Scope
    currency: str
    all: Cell
    spread: list[Bar] = field(default_factory=list)
    seniority: list[Cell] = field(default_factory=list)
    country: list[Cell] = field(default_factory=list)
    workplace: list[Cell] = field(default_factory=list)
    places: list[Part] = field(default_factory=list)
    employers: list[Part] = field(default_factory=list)
    skills: list[Part] = field(default_factory=list)
    ledger: Ledger | None = None

    def cell(self, facet: str, value: str) -> Cell | None:
        """The cell of a value of seniority, workplace or country; None if no posting has it."""
        return next((one for one in getattr(self, facet) if one.value == value), None)

    def url(self, narrower: Query = ()) -> str:
        """The address of the list of the scope's postings, narrowed: exactly the n of a sample."""
        return _address(get_script_prefix(), (*self.scope.query, *narrower))


# A page that is made anew has the addresses that it had before.
@lru_cache(maxsize=4_000)
def _address(prefix: str, query: Query) -> str:
    return f"{reverse('jobs:list')}?{urlencode(query)}"


def statistics(
    scopes: Sequence[Scope], stamps: Mapping[str, str] | None = None, at: datetime | None = None
) -> dict[Scope, Statistics]:
    """The statistics of each scope at the instant `at` (now), by the `stamps` of the answer.

    One statement where all are kept; those that are not are measured together and kept.
    """
    from market.keeping import rows_of

    rows = rows_of(scopes, stamps or stamps_now(), at or timezone.now())
    return {scope: row.read() for scope, row in rows.items()}


def label_of(facet: str, value: str) -> str:
    """The words for a value of seniority or workplace."""
    scale = {"seniority": Seniority, "workplace": Workplace}[facet]
    return str(scale(value).label) if value in scale.values else "Not stated"


# --- as text --------------------------------------------------------------------------------------


def dumps(found: Statistics) -> str:
    """The statistics without their scope, as JSON; amounts and instants as text."""
    ledger = found.ledger
    data = {
        "all": _cell(found.all),
        "spread": [[str(bar.low), str(bar.high), bar.n] for bar in found.spread],
        **{facet: [_cell(cell) for cell in getattr(found, facet)] for facet in FACETS},
        **{
            name: [[part.value, part.label, part.n, _instant(part.as_of)] for part in parts]
            for name in PARTS
            for parts in [getattr(found, name)]
        },
        "ledger": ledger
        and [
            [[str(one.start), one.new, one.closed, one.open] for one in ledger.weeks],
            _sample(ledger.events),
            _sample(ledger.closings),
            None if ledger.days_open is None else str(ledger.days_open),
        ],
    }
    return json.dumps(data, separators=(",", ":"))


def loads(text: str, scope: Scope, currency: str) -> Statistics:
    """What `dumps` wrote."""
    data = json.loads(text)
    ledger = None
    if data["ledger"]:
        weeks, events, closings, days = data["ledger"]
        ledger = Ledger(
            [Week(date.fromisoformat(start), *numbers) for start, *numbers in weeks],
            _read_sample(events),
            _read_sample(closings),
            None if days is None else Decimal(days),
        )
    return Statistics(
        scope,
        currency,
        _read_cell(data["all"]),
        [Bar(Decimal(low), Decimal(high), n) for low, high, n in data["spread"]],
        seniority=[_read_cell(one) for one in data["seniority"]],
        country=[_read_cell(one) for one in data["country"]],
        workplace=[_read_cell(one) for one in data["workplace"]],
        places=[_read_part(one) for one in data["places"]],
        employers=[_read_part(one) for one in data["employers"]],
        skills=[_read_part(one) for one in data["skills"]],
        ledger=ledger,
    )


PARTS = ("places", "employers", "skills")


def _cell(cell: Cell) -> list[Any]:
    pay = cell.pay and [str(cell.pay.p25), str(cell.pay.median), str(cell.pay.p75)]
    return [cell.value, cell.label, _sample(cell.open), _sample(cell.paid), pay]


def _read_cell(data: Sequence[Any]) -> Cell:
    value, label, every, paid, pay = data
    quartiles = Quartiles(*map(Decimal, pay)) if pay else None
    return Cell(value, label, _read_sample(every), _read_sample(paid), quartiles)


def _read_part(data: Sequence[Any]) -> Part:
    value, label, n, as_of = data
    return Part(value, label, n, _moment(as_of))


def _sample(sample: Sample) -> list[Any]:
    return [sample.n, sample.employers, _instant(sample.as_of), list(sample.narrower)]


def _read_sample(data: Sequence[Any]) -> Sample:
    n, employers, as_of, narrower = data
    return Sample(n, employers, _moment(as_of), _pairs(narrower))


def _pairs(pairs: Iterable[Sequence[str]]) -> Query:
    return tuple(map(tuple, pairs))  # type: ignore[arg-type]


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
