"""The market of roles as pages show it: pieces of HTML, kept until the data changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from guides.pages import RoleRef
from guides.stamps import GUIDES, kept, kept_newest
from jobs.scales import UNKNOWN, Seniority
from jobs.stamps import NAMES, POSTINGS, RATES
from market import charts
from market.charts import RangeBar, RangeGroup, Series, ShareRow
from market.figures import (
    DAYS,
    EVENTS,
    PAY,
    SHARE,
    Figure,
    count_of,
    events_url,
    figure,
    pay_of,
    share_of,
)
from market.keeping import rows_of
from market.markup import Item
from market.overlap import ASKED_FROM, SkillGroup, overlap
from market.statistics import (
    LEAST_EMPLOYERS,
    LEAST_POSTINGS,
    Cell,
    Part,
    Scope,
    Statistics,
    label_of,
)

# Places and employers that are named.
PLACES, EMPLOYERS = 3, 6
WORKPLACES = ("remote", "hybrid", "onsite", "unknown")


@dataclass(frozen=True, slots=True)
class Shown:
    """`heads` names the roles over the columns of `glance`, rows of a table; `section` is all
    that stands below the text."""

    heads: SafeString
    glance: SafeString
    section: SafeString


@dataclass(frozen=True, slots=True)
class Side:
    """One role of a page."""

    role: RoleRef
    series: Series
    found: Statistics

    @property
    def open(self) -> Figure:
        return figure(self.found, "open")


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in one line of a table for one role."""

    side: Side
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, with a column for each role."""

    label: str
    columns: list[Column]


@dataclass(frozen=True, slots=True)
class PayLine:
    """The pay of a role at one level; `quartiles` have no text where too few state any."""

    level: str
    side: Side
    quartiles: list[Figure]


@dataclass(frozen=True, slots=True)
class Weeks:
    side: Side
    chart: SafeString
    url: str
    days_open: Figure
    lately: list[Figure]


@dataclass(frozen=True, slots=True)
class SkillTable:
    heading: str
    chart: SafeString
    rows: list[Row]
    more: int


def market(roles: Sequence[RoleRef], stamps: Mapping[str, str]) -> Shown:
    """What the postings of the roles say, one beside the other; kept while their statistics are.

    No statement while the `stamps` are these. After a write to postings of other roles one, and
    those of a measurement where the statistics are gone.
    """
    by = [stamps[name] for name in (GUIDES, POSTINGS, RATES, NAMES)]
    scopes = [Scope.of(role) for role in roles]
    rows = cache(lambda: rows_of(scopes, stamps, timezone.now()))
    # The stamps lead to the identities, and these to the HTML: it is large, and most writes are
    # to other roles.
    identities = kept(
        "market-rows",
        (list(roles), *by),
        lambda: [rows()[scope].identity or by for scope in scopes],
    )
    return kept_newest(
        "market",
        (list(roles), stamps[GUIDES], stamps[NAMES]),
        identities,
        lambda: _market(roles, {scope: row.read() for scope, row in rows().items()}),
    )


def _market(roles: Sequence[RoleRef], found: Mapping[Scope, Statistics]) -> Shown:
    scopes = [Scope.of(role) for role in roles]
    sides = [
        Side(role, Series(number, role.name), found[scope])
        for number, (role, scope) in enumerate(zip(roles, scopes, strict=True))
    ]
    context: dict[str, Any] = {
        "sides": sides,
        "several": len(sides) > 1,
        "rows": at_a_glance(sides),
    }
    heads = render_to_string("market/_heads.html", context)
    glance = render_to_string("market/_glance.html", context)
    lines = pay_lines(sides)
    context |= {
        "pay_chart": pay_chart(sides),
        "pay_lines": lines,
        "spreads": spreads(sides),
        "weeks": [weeks for side in sides if (weeks := weeks_of(side))],
        "workplaces": workplaces(sides),
        "workplace_chart": workplace_chart(sides),
        "skills": skill_tables(sides),
        "enough": all(side.found.all.open.enough for side in sides),
        "employers": [
            (
                side,
                [
                    Item(count_of(side.found, "company", one), one.label)
                    for one in side.found.employers[:EMPLOYERS]
                ],
            )
            for side in sides
        ],
        "places": [
            (
                side,
                [Item(count_of(side.found, "place", one), one.label) for one in side.found.places],
            )
            for side in sides
        ],
        "methods": [PAY, SHARE, EVENTS, DAYS],
        "least_postings": LEAST_POSTINGS,
        "least_employers": LEAST_EMPLOYERS,
        "asked_from": f"{ASKED_FROM * 100:.0f}%",
    }
    return Shown(heads, glance, render_to_string("market/_section.html", context))


def at_a_glance(sides: Sequence[Side]) -> list[Row]:
    """Openings, pay, pay by seniority, the remote share, the first places, what moved lately."""

    def row(label: str, of: Callable[[Side], list[Item]]) -> Row:
        return Row(label, [Column(side, of(side)) for side in sides])

    def one(key: str, noun: str = "") -> Callable[[Side], list[Item]]:
        return lambda side: [Item(figure(side.found, key), noun=noun)]

    rows = [
        row("Open postings", one("open", "open")),
        row("Median stated pay", one("median-pay")),
        row("Median by seniority", _medians),
        row("Remote", lambda side: [*one("remote-share")(side), *one("remote", "remote")(side)]),
        row("Most postings in", _places),
        Row("In four weeks", [Column(side, _lately(side)) for side in sides]),
    ]
    return [row for row in rows if any(column.items for column in row.columns)]


def _medians(side: Side) -> list[Item]:
    cells = [one for one in side.found.seniority if one.pay and one.value != UNKNOWN]
    return [Item(pay_of(side.found, cell)[1], cell.label) for cell in cells]


def _lately(side: Side) -> list[Item]:
    return [Item(figure(side.found, kind), noun=kind) for kind in ("new", "closed")]


def _places(side: Side) -> list[Item]:
    shown = side.found.places[:PLACES]
    return [Item(count_of(side.found, "place", one), one.label) for one in shown]


# --- pay ------------------------------------------------------------------------------------------


def levels_of(sides: Sequence[Side]) -> list[tuple[str, list[tuple[Side, Cell]]]]:
    """All levels together, then each level that any role has postings of, with its cells."""
    found = [("All levels", [(side, side.found.all) for side in sides])]
    for name in (*Seniority.values, UNKNOWN):
        cells = [(side, cell) for side in sides if (cell := side.found.cell("seniority", name))]
        if cells:
            found.append((label_of("seniority", name), cells))
    return found


def pay_lines(sides: Sequence[Side]) -> list[PayLine]:
    return [
        PayLine(label, side, pay_of(side.found, cell))
        for label, cells in levels_of(sides)
        for side, cell in cells
    ]


def pay_chart(sides: Sequence[Side]) -> SafeString | None:
    """The range bars; None where no level of any role has enough stated pay."""
    groups = [
        RangeGroup(
            label,
            [RangeBar(side.series, cell.pay, cell.paid.n) for side, cell in cells if cell.pay],
        )
        for label, cells in levels_of(sides)
    ]
    shown = [group for group in groups if group.bars]
    if not shown:
        return None
    currency = sides[0].found.currency
    title = f"Stated pay a year in {currency}: the middle half, with the median"
    return charts.range_bars("chart-pay", title, shown, currency)


def spreads(sides: Sequence[Side]) -> list[tuple[Side, SafeString, Figure]]:
    """The distribution of each role's stated pay on one scale, with what it rests on."""
    shown = [side for side in sides if side.found.spread]
    if not shown:
        return []
    scale = charts.shared_scale([side.found.spread for side in shown])
    return [
        (
            side,
            charts.histogram(
                f"chart-spread-{side.series.number}",
                f"{side.role.name}: postings by stated pay a year in {side.found.currency}",
                side.found.spread,
                side.found.currency,
                side.series,
                scale,
            ),
            figure(side.found, "with-pay"),
        )
        for side in shown
    ]


# --- the ledger -----------------------------------------------------------------------------------


def weeks_of(side: Side) -> Weeks | None:
    ledger = side.found.ledger
    if ledger is None or not ledger.weeks:
        return None
    title = f"{side.role.name}: postings open, new and closed by week"
    return Weeks(
        side,
        charts.time_series(f"chart-weeks-{side.series.number}", title, ledger.weeks, side.series),
        events_url(side.found),
        figure(side.found, "days-open"),
        [figure(side.found, "new"), figure(side.found, "closed")],
    )


# --- where and what -------------------------------------------------------------------------------


def workplaces(sides: Sequence[Side]) -> list[Row]:
    return [
        Row(
            label_of("workplace", value),
            [Column(side, _part(side, "workplace", value, cell)) for side, cell in cells],
        )
        for value in WORKPLACES
        for cells in [[(side, side.found.cell("workplace", value)) for side in sides]]
        if any(cell for _, cell in cells)
    ]


def _part(side: Side, facet: str, value: str, part: Part | Cell | None) -> list[Item]:
    """The share of a role's postings that have a value, and how many these are."""
    n = 0 if part is None else part.open.n if isinstance(part, Cell) else part.n
    name = "skill" if facet == "skill" else value
    items = [Item(share_of(side.found, name, value, n))]
    if part is not None:
        items.append(Item(count_of(side.found, facet, part)))
    return items


def workplace_chart(sides: Sequence[Side]) -> SafeString | None:
    told = [side for side in sides if side.found.all.open.enough]
    rows = [
        ShareRow(label_of("workplace", value), [(side.series, share) for side in told
                 for cell in [side.found.cell("workplace", value)]
                 for share in [share_of(side.found, value, "", cell.open.n if cell else 0).value]])
        for value in WORKPLACES
        if any(side.found.cell("workplace", value) for side in told)
    ]  # fmt: skip
    if not rows:
        return None
    return charts.share_bars("chart-workplace", "Open postings by workplace", rows)


def skill_tables(sides: Sequence[Side]) -> list[SkillTable]:
    return [
        _skill_table(f"chart-skills-{number}", sides, group)
        for number, group in enumerate(overlap([side.found for side in sides]))
    ]


def _skill_table(key: str, sides: Sequence[Side], group: SkillGroup) -> SkillTable:
    heading = heading_of(sides, group.askers)
    rows = [
        Row(
            one.name,
            [
                Column(side, _part(side, "skill", one.slug, part))
                for side, part in zip(sides, one.parts, strict=True)
            ],
        )
        for one in group.rows
    ]
    bars = [
        ShareRow(one.name, list(zip((side.series for side in sides), one.shares, strict=True)))
        for one in group.rows
    ]
    title = f"{heading}: share of the postings that name each skill"
    return SkillTable(heading, charts.share_bars(key, title, bars), rows, group.more)


def heading_of(sides: Sequence[Side], askers: Sequence[int]) -> str:
    names = [sides[place].role.name for place in askers]
    if len(sides) == 1:
        return "What its postings ask for"
    if len(names) == len(sides):
        return "What both ask for" if len(sides) == 2 else "What all ask for"
    return f"What only {' and '.join(names)} postings ask for"
