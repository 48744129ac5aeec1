"""Measures scopes anew: counts of sets of postings, what they state and when they came and went."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from heapq import nlargest
from itertools import chain

from django.db.models import TextChoices
from pyroaring import BitMap

from guides.stamps import kept
from jobs.columns import current
from jobs.liverows import instant, moment
from jobs.models import Place
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
from market.facts import facts_of
from market.ledger import Lately, ledger_of, spans_of
from market.pay import currency_of, quartiles, spread
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
# Where fewer than one in so many of the paid postings are asked for, these are put in order anew.
MANY = 8


class Reading:
    """The live postings of some roles, read once for all scopes of them.

    At most nine statements, however many roles and postings there are.
    """

    def __init__(self, roles: Sequence[int], stamps: Mapping[str, str], at: datetime) -> None:
        self.stamps, self.at = stamps, at
        self.columns = current(stamps[POSTINGS])
        self.of_roles = {role: self.columns.having("role", [role]) for role in roles}
        every = BitMap.union(BitMap(), *self.of_roles.values())
        self.public = self.columns.public(at) & every
        rates = kept_rates(stamps[RATES])
        self.currency = currency_of(rates)
        self.facts = facts_of(roles, self.columns, rates, stamps[RATES])
        self.company: dict[int, int] = {}
        self.confirmed: dict[int, int] = {}
        self.pay: dict[int, Decimal] = {}
        for one in self.facts.values():
            self.company.update(zip(one.ids, one.company, strict=True))
            self.confirmed.update(zip(one.ids, one.confirmed, strict=True))
            pairs = zip(one.ids, one.pay, strict=True)
            self.pay.update((pk, pay) for pk, pay in pairs if pay is not None)
        # A run confirms all that it saw at one instant.
        self.latest = max((self.confirmed[pk] for pk in self.public), default=0)
        self.seen_last = BitMap([pk for pk in self.public if self.confirmed[pk] == self.latest])
        self.by_pay = in_order(self.pay)
        self.with_pay = self.columns.with_pay & BitMap(self.by_pay)

    @cached_property
    def spans(self) -> dict[int, Lately]:
        return spans_of(self.facts, self.at)

    @cached_property
    def newest_first(self) -> list[int]:
        return sorted(self.public, key=self.confirmed.__getitem__, reverse=True)

    @cached_property
    def cities(self) -> Collection[int]:
        return kept("cities", (self.stamps[NAMES],), _cities)

    def valid_until(self, role: int) -> datetime | None:
        """The next instant at which a posting of the role starts or ends by the clock."""
        now, facts = moment(self.at), self.facts[role]
        later = [one for one in chain(facts.starts, facts.ends) if one > now]
        return instant(min(later)) if later else None

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
        if facet == "company":
            counts: Mapping[int, int] = Counter(map(self.company.__getitem__, ids))
        else:
            counts = self.columns.count(facet, ids)
        if facet == "place":
            counts = {pk: n for pk, n in counts.items() if pk in self.cities}
        if facet != "skill" and len(counts) > TOP:
            least = nlargest(TOP, counts.values())[-1]
            counts = {pk: n for pk, n in counts.items() if n >= least}
        order = sorted(counts, key=lambda pk: (-counts[pk], pk))
        return order if facet == "skill" else order[:TOP]

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
            ledger = ledger_of(self.spans[scope.role.pk].of(scope), every.open.as_of)
        return Statistics(
            scope,
            self.currency,
            every,
            spread(self._paid(ids), self.pay.__getitem__) if every.pay else [],
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
            quartiles(self._paid(ids), self.pay.__getitem__) if sample.enough else None,
        )

    def _paid(self, ids: BitMap) -> list[int]:
        """Those that state their pay, in its order."""
        paid = ids & self.with_pay
        if len(paid) * MANY < len(self.by_pay):
            return sorted(paid, key=self.pay.__getitem__)
        return [pk for pk in self.by_pay if pk in paid]

    def _sample(self, ids: BitMap, narrower: Query) -> Sample:
        employers = set(map(self.company.__getitem__, ids))
        return Sample(len(ids), len(employers), self.newest(ids), narrower)

    def newest(self, ids: BitMap) -> datetime | None:
        """The newest confirmation among the postings."""
        if not ids:
            return None
        if ids.intersect(self.seen_last):
            return instant(self.latest)
        if len(ids) ** 2 < len(self.public):
            return instant(max(map(self.confirmed.__getitem__, ids)))
        return instant(self.confirmed[next(pk for pk in self.newest_first if pk in ids)])


def in_order(pay: Mapping[int, Decimal]) -> list[int]:
    """The postings by their pay; amounts are compared once, since many postings share them."""
    having: dict[int, list[int]] = defaultdict(list)
    for pk, amount in pay.items():
        having[id(amount)].append(pk)
    amounts = {id(amount): amount for amount in pay.values()}
    return [pk for one in sorted(having, key=amounts.__getitem__) for pk in having[one]]


def number_of(facet: str, text: str) -> int:
    """The stored value of a parameter's value."""
    if facet == "country":
        return country_code(text)
    return code(SCALES[facet], "" if text == UNKNOWN else text)


def _cities() -> frozenset[int]:
    return frozenset(Place.objects.filter(kind=Place.Kind.CITY).values_list("pk", flat=True))
