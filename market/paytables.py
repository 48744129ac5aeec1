"""The tables of the salaries: what the page shows and what its exports hold are the same rows.

A table is of one source. `stated-by-…` is what open postings of this board state, `survey-by-…`
what people reported in a survey; no row and no figure has something of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from guides.pages import RoleRef
from jobs.conversion import convert, factors, site_currency
from jobs.places import country_name
from market.asking import SENIORITIES, Asked
from market.charts import RangeBar, RangeGroup, Series, range_bars
from market.figures import PAY, whole
from market.models import Survey
from market.reported import CURRENCY, LEAST_ANSWERS, METHOD, Group, Reported, reported
from market.statistics import (
    LEAST_EMPLOYERS,
    LEAST_POSTINGS,
    Cell,
    Quartiles,
    Scope,
    Statistics,
    statistics,
)

LABELS = dict(SENIORITIES)
STATED = ("role", "seniority", "country")
REPORTED = (*STATED, "year")
TITLES = {
    "role": "By role",
    "seniority": "By seniority",
    "country": "By country",
    "year": "By year of the answer",
}
ROWS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class PayRow:
    """The pay of one group. `n` counts the postings or answers behind it, `url` lists them.

    `of` is the employers of the postings, or how many of the answers differ. `pay` and `once` (each
    different answer once) are in the currency of the table; None where there are too few.
    """

    role: RoleRef | None
    seniority: str
    country: str
    year: int | None
    n: int
    of: int
    as_of: date | datetime | None
    pay: Quartiles | None
    once: Quartiles | None
    url: str

    def label(self, facet: str) -> str:
        """What the row is called in a table by `facet`."""
        if facet == "role":
            return self.role.name if self.role else ""
        if facet == "seniority":
            return str(LABELS.get(self.seniority, ""))
        return country_name(self.country) if facet == "country" else str(self.year or "")

    @property
    def quartiles(self) -> list[tuple[str, str]]:
        """Each quartile with the key of its figure, the median first, in whole units."""
        if self.pay is None:
            return []
        names = ("median", "p25", "p75")
        return [(f"{name}-pay", f"{whole(getattr(self.pay, name)):,}") for name in names]

    @property
    def median_once(self) -> str:
        return f"{whole(self.once.median):,}" if self.once else ""


@dataclass(frozen=True, slots=True)
class PayTable:
    """One table: `by` is what its rows are told apart by."""

    name: str
    by: tuple[str, ...]
    title: str
    currency: str
    method: str
    licence: str
    rows: list[PayRow] = field(default_factory=list)
    survey: Survey | None = None

    @property
    def facet(self) -> str:
        """What the rows of one role are told apart by."""
        return self.by[-1]

    @property
    def told(self) -> list[tuple[str, PayRow]]:
        """The rows of the page that have quartiles, each with its name."""
        return [(row.label(self.facet), row) for row in self._shown if row.pay]

    @property
    def untold(self) -> list[tuple[str, PayRow]]:
        """The rows of the page that are too few."""
        return [(row.label(self.facet), row) for row in self._shown if not row.pay]

    @property
    def chart(self) -> SafeString | None:
        """The middle half of the pay of each row; None where there are not two to compare."""
        if len(self.told) < 2:
            return None
        series = (
            Series(1, "reported by people") if self.survey else Series(0, "stated by employers")
        )
        groups = [
            RangeGroup(label, [RangeBar(series, row.pay, row.n)])
            for label, row in self.told
            if row.pay
        ]
        title = f"{self.title}: pay a year in {self.currency}, the middle half with the median"
        return range_bars(f"{self.name}-chart", title, groups, self.currency)

    @property
    def _shown(self) -> list[PayRow]:
        """An export has all."""
        return self.rows[:ROWS_SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.rows) - ROWS_SHOWN)

    @property
    def counted(self) -> str:
        """The key of the figure that its n is."""
        return "answers" if self.survey else "with-pay"

    @property
    def too_few(self) -> str:
        """What a row without quartiles lacks."""
        if self.survey:
            return f"{LEAST_ANSWERS} different answers are needed"
        return f"{LEAST_POSTINGS} postings of {LEAST_EMPLOYERS} employers are needed"


class Tables:
    """Every table that an address asks for; each is made when it is wanted."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    def get(self, name: str) -> PayTable | None:
        """The table of that name; None where there is none, or no survey."""
        source, _, facet = name.partition("-by-")
        if source == "stated" and facet in STATED:
            return self._stated(name, facet)
        if source == "survey" and facet in REPORTED and self.asked.survey:
            return self._survey(name, facet, self.asked.survey)
        return None

    # -- stated by postings

    @cached_property
    def found(self) -> list[Statistics]:
        """The statistics of each role at the seniority that is asked for."""
        roles = [self.asked.role] if self.asked.role else self.asked.roles.values()
        return self._of(Scope.of(role, seniority=self.asked.seniority) for role in roles)

    def _of(self, scopes: Iterable[Scope]) -> list[Statistics]:
        return list(statistics(list(scopes), self.asked.stamps).values())

    @property
    def own_currency(self) -> str:
        """That of the statistics."""
        return next((one.currency for one in self.found), CURRENCY)

    def _stated(self, name: str, facet: str) -> PayTable:
        found, country = self.found, self.asked.country
        if facet == "seniority" and country and not self.asked.seniority:
            # Only the statistics of a level know its countries.
            found = self._of(
                Scope.of(one.scope.role, seniority=cell.value)
                for one in found
                for cell in one.seniority
            )
        rows = [
            self._row(one, cell, seniority or one.scope.seniority, place or country)
            for one in found
            for cell, seniority, place in self._cells(one, facet)
            if cell.open.n
        ]
        own = self.own_currency
        return PayTable(
            name,
            tuple(dict.fromkeys(("role", facet))),
            self._title(facet),
            self._display(own),
            self._method(PAY, own),
            settings.BOARD["DATA_LICENCE"],
            in_order(rows, facet),
        )

    def _cells(self, found: Statistics, facet: str) -> Iterable[tuple[Cell, str, str]]:
        """The cells of a scope for a table, each with the seniority or country that it is of."""
        country = self.asked.country
        if facet == "country":
            return [(one, "", one.value) for one in found.country if country in ("", one.value)]
        if country:
            here = found.cell("country", country)
            return [(here, "", "")] if here else []
        if facet == "seniority" and not found.scope.seniority:
            return [(one, one.value, "") for one in found.seniority]
        return [(found.all, "", "")]

    def _row(self, found: Statistics, cell: Cell, seniority: str, country: str) -> PayRow:
        paid = cell.paid
        return PayRow(
            found.scope.role,
            seniority,
            country,
            None,
            paid.n,
            paid.employers,
            paid.as_of,
            self._shown(cell.pay, found.currency),
            None,
            found.url(paid.narrower),
        )

    # -- reported in a survey

    def _survey(self, name: str, facet: str, survey: Survey) -> PayTable:
        by = ("year",) if facet == "year" else tuple(dict.fromkeys(("role", facet)))
        groups = reported(survey, by, self.asked.narrowing, self.asked.stamps)
        roles = {role.pk: role for role in self.asked.roles.values()}
        rows = [
            self._answer_row(survey, roles, key, group)
            for key, group in groups.items()
            if key[0] is None or key[0] in roles
        ]
        return PayTable(
            name,
            by,
            self._title(facet),
            self._display(CURRENCY),
            self._method(METHOD, CURRENCY),
            settings.BOARD["DATA_LICENCE"],
            in_order(rows, facet),
            survey,
        )

    def _answer_row(
        self, survey: Survey, roles: Mapping[int, RoleRef], key: Group, group: Reported
    ) -> PayRow:
        asked = self.asked
        role = roles[key[0]] if key[0] else asked.role
        seniority, country = key[1] or asked.seniority, key[2] or asked.country
        year = key[3] or asked.values.get("work_year")
        pairs = {
            "survey": survey.slug,
            "role": role.slug if role else "",
            "seniority": seniority,
            "country": country,
            "work_year": str(year or ""),
        }
        query = urlencode({name: value for name, value in pairs.items() if value})
        return PayRow(
            role,
            seniority,
            country,
            year,
            group.n,
            group.distinct,
            survey.as_of,
            self._shown(group.pay, CURRENCY),
            self._shown(group.once, CURRENCY),
            f"{reverse('market:answers', args=['csv'])}?{query}",
        )

    def _title(self, facet: str) -> str:
        return "Altogether" if facet == "role" and self.asked.role else TITLES[facet]

    # -- the currency of display

    def _display(self, own: str) -> str:
        """The currency that amounts of `own` are shown in: the chosen one, else the site's, if
        there is a rate."""
        chosen = str(self.asked.values.get("currency") or site_currency())
        return chosen if {own, chosen} <= self.asked.rates.keys() else own

    def _shown(self, pay: Quartiles | None, own: str) -> Quartiles | None:
        other = self._display(own)
        if pay is None or other == own:
            return pay
        amounts = (pay.p25, pay.median, pay.p75)
        return Quartiles(*(convert(one, own, other, self.asked.rates) for one in amounts))

    def _method(self, method: str, own: str) -> str:
        """The method, with the rate where the table is shown in another currency than `own`."""
        shown = self._display(own)
        if shown == own:
            return method
        used = [name for name in (own, shown) if name != "EUR"]
        return f"{method} Shown in {shown} at EUR 1 = {factors(used, self.asked.rates)}."


def in_order(rows: list[PayRow], facet: str) -> list[PayRow]:
    """Roles by their median, countries by their number, scales and years in their order."""
    scale = list(LABELS)
    keys: dict[str, Callable[[PayRow], tuple[Any, ...]]] = {
        "role": lambda row: (row.pay is None, -(row.pay.median if row.pay else 0), -row.n),
        "seniority": lambda row: (scale.index(row.seniority),),
        "country": lambda row: (-row.n, row.country),
        "year": lambda row: (-(row.year or 0),),
    }

    def name(row: PayRow) -> str:
        return row.role.name.casefold() if row.role else ""

    if facet == "role":
        return sorted(rows, key=lambda row: (*keys[facet](row), name(row)))
    return sorted(rows, key=lambda row: (name(row), *keys[facet](row)))
