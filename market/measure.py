"""Measures scopes anew: sets of postings from `jobs.columns`, pay and events from the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from heapq import nsmallest

from django.db.models import Max, TextChoices, TextField
from django.db.models.functions import Cast
from pyroaring import BitMap

from guides.stamps import kept
from jobs.columns import current
from jobs.models import Listing, Place
from jobs.naming import naming
from jobs.places import country_name
from jobs.salary import kept_rates
from jobs.scales import (
    UNKNOWN,
    Seniority,
    Workplace,
    code,
    country_code,
    country_of,
    value,
)
from jobs.stamps import NAMES, POSTINGS, RATES
from market.ledger import Spans, ledger_of
from market.pay import currency_of, pay_a_year, quartiles, spread
from market.statistics import (
    FACETS,
    Cell,
    Part,
    Query,
    Sample,
    Scope,
    Statistics,
    label_of,
)

SCALES: dict[str, type[TextChoices]] = {"seniority": Seniority, "workplace": Workplace}
# Places and employers of a scope; skills are all kept, so that two roles can be compared.
TOP = 10
PARTS = {"places": "place", "employers": "company", "skills": "skill"}
# Up to so many postings are looked at one by one for the newest of them.
FEW = 64


class Reading:
    """The live postings of some roles, read once for all scopes of them.

    At most ten statements, however many roles and postings there are.
    """

    def __init__(self, roles: Sequence[int], stamps: Mapping[str, str], at: datetime) -> None:
        self.stamps, self.at = stamps, at
        self.columns = current(stamps[POSTINGS])
        self.of_roles = {role: self.columns.having("role", [role]) for role in roles}
        every = BitMap.union(BitMap(), *self.of_roles.values())
        self.public = self.columns.public(at) & every
        rates = kept_rates(stamps[RATES])
        self.currency = currency_of(rates)
        self.pay = pay_a_year(roles, self.currency, rates)
        self.confirmed = self._confirmed(roles)
        self.newest_first = sorted(self.public, key=self.confirmed.__getitem__, reverse=True)
        self.spans = Spans(roles, self.columns, at)

    def _confirmed(self, roles: Sequence[int]) -> dict[int, datetime]:
        """The newest confirmation of each public posting; without any listing, its start."""
        newest = Cast(Max("last_confirmed"), TextField())
        seen = Listing.objects.filter(posting__live__role__in=roles).order_by()
        confirmed = {pk: self.columns.rows[pk].starts_at for pk in self.public}
        for pk, text in seen.values_list("posting_id").annotate(newest=newest):
            if pk in confirmed:
                confirmed[pk] = moment_of(text)
        return confirmed

    def valid_until(self, role: int) -> datetime | None:
        """The next instant at which a posting of the role starts or ends by the clock."""
        rows = (self.columns.rows[pk] for pk in self.of_roles[role])
        instants = (instant for row in rows for instant in (row.starts_at, row.ends_at))
        return min((instant for instant in instants if instant > self.at), default=None)

    def measure(self, scopes: Sequence[Scope]) -> list[Statistics]:
        """The statistics of scopes of the roles that were read, in their order."""
        sets = [self._ids(scope) for scope in scopes]
        counts = [{name: self._counts(facet, ids) for name, facet in PARTS.items()} for ids in sets]
        wanted: dict[str, set[int]] = {facet: set() for facet in PARTS.values()}
        for one in counts:
            for name, facet in PARTS.items():
                wanted[facet].update(one[name])
        names = naming.of(wanted, self.stamps)
        return [
            self._statistics(scope, ids, one, names)
            for scope, ids, one in zip(scopes, sets, counts, strict=True)
        ]

    def _ids(self, scope: Scope) -> BitMap:
        ids = self.public & self.of_roles[scope.role.pk]
        for facet in FACETS:
            if text := getattr(scope, facet):
                ids &= self.columns.having(facet, [number_of(facet, text)])
        return ids

    def _counts(self, facet: str, ids: BitMap) -> list[int]:
        """The values of a facet by their number of postings, the most first."""
        counts = self.columns.count(facet, ids)
        if facet == "place":
            cities = kept("cities", (self.stamps[NAMES],), _cities)
            counts = {pk: n for pk, n in counts.items() if pk in cities}
        limit = len(counts) if facet == "skill" else TOP
        return nsmallest(limit, counts, key=lambda pk: (-counts[pk], pk))

    def _statistics(
        self,
        scope: Scope,
        ids: BitMap,
        counts: Mapping[str, list[int]],
        names: Mapping[tuple[str, int], tuple[str, str]],
    ) -> Statistics:
        every = self._cell(ids, "", "", ())
        parts: dict[str, list[Part]] = {}
        for name, facet in PARTS.items():
            parts[name] = [
                Part(*names[facet, pk], len(having), self.newest(having))
                for pk in counts[name]
                if (facet, pk) in names
                for having in [ids & self.columns.facets[facet][pk]]
            ]
        ledger = None
        if not scope.country:
            ledger = ledger_of(self.spans.of(scope), every.open.as_of)
        return Statistics(
            scope,
            self.currency,
            every,
            spread(self._paid(ids)) if every.pay else [],
            seniority=self._cells(scope, "seniority", ids),
            country=self._cells(scope, "country", ids),
            workplace=self._cells(scope, "workplace", ids),
            places=parts["places"],
            employers=parts["employers"],
            skills=parts["skills"],
            ledger=ledger,
        )

    def _cells(self, scope: Scope, facet: str, ids: BitMap) -> list[Cell]:
        if getattr(scope, facet):
            return []
        counts = self.columns.count(facet, ids)
        scale = facet in SCALES
        order = sorted(counts, key=lambda n: (n == 0, n) if scale else (-counts[n], n))
        cells = []
        for number in order:
            text = value(SCALES[facet], number) if scale else country_of(number)
            label = label_of(facet, text) if scale else country_name(text)
            cells.append(
                self._cell(ids & self.columns.facets[facet][number], text, label, ((facet, text),))
            )
        return cells

    def _cell(self, ids: BitMap, text: str, label: str, narrower: Query) -> Cell:
        paid = ids & self.columns.with_pay
        sample = self._sample(paid, (*narrower, ("with_salary", "1")))
        return Cell(
            text,
            label,
            self._sample(ids, narrower),
            sample,
            quartiles(self._paid(ids)) if sample.enough else None,
        )

    def _paid(self, ids: BitMap) -> list[Decimal]:
        """The pay of those that state it, in order."""
        paid = ids & self.columns.with_pay
        return sorted(self.pay[pk] for pk in paid if pk in self.pay)

    def _sample(self, ids: BitMap, narrower: Query) -> Sample:
        employers = {self.columns.rows[pk].company for pk in ids}
        return Sample(len(ids), len(employers), self.newest(ids), narrower)

    def newest(self, ids: BitMap) -> datetime | None:
        """The newest confirmation among the postings."""
        if len(ids) < FEW:
            return max((self.confirmed[pk] for pk in ids), default=None)
        return self.confirmed[next(pk for pk in self.newest_first if pk in ids)]


def number_of(facet: str, text: str) -> int:
    """The stored value of a parameter's value."""
    if facet == "country":
        return country_code(text)
    return code(SCALES[facet], "" if text == UNKNOWN else text)


def moment_of(text: str) -> datetime:
    """An instant as a database writes it; the ORM takes ten times as long to read one."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _cities() -> frozenset[int]:
    return frozenset(Place.objects.filter(kind=Place.Kind.CITY).values_list("pk", flat=True))
