"""What postings state as pay, a year and in one currency, and its quartiles; all in Decimal."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from django.conf import settings

from jobs.conversion import convert
from jobs.salary import DatedRate, a_year
from market.statistics import Bar, Quartiles

BARS = 12


class Stated(NamedTuple):
    """A range of pay as it is stored."""

    minimum: Decimal | None
    maximum: Decimal | None
    currency: str
    period: str
    kind: str


def currency_of(rates: Mapping[str, DatedRate]) -> str:
    """The currency that statistics are told in: the site's, if it has a rate, else the euro."""
    site = str(settings.BOARD["CURRENCY"])
    return site if site in rates else "EUR"


def stated_pay(
    ranges: Iterable[Stated], currency: str, rates: Mapping[str, DatedRate]
) -> Decimal | None:
    """The pay a year of a posting: the mean over its comparable ranges of their midpoints; a
    single bound stands for itself. None if no range is comparable."""
    amounts = [
        convert(midpoint(yearly.low, yearly.high), pay.currency, currency, rates)
        for pay in ranges
        if pay.currency in rates and (yearly := a_year(pay)) is not None
    ]
    return sum(amounts, Decimal(0)) / len(amounts) if amounts else None


def midpoint(low: Decimal | None, high: Decimal | None) -> Decimal:
    if low is None or high is None:
        amount = high if low is None else low
        assert amount is not None, "a range states a bound"
        return amount
    return (low + high) / 2


def quantile(
    ordered: Sequence[Any], share: Decimal, amount: Callable[[Any], Decimal] = Decimal
) -> Decimal:
    """The value below which `share` of an ordered sample lies, by linear interpolation.

    `amount` is what a member of the sample stands for.
    """
    place = (len(ordered) - 1) * share
    below = int(place)
    low = amount(ordered[below])
    if below + 1 == len(ordered):
        return low
    return low + (amount(ordered[below + 1]) - low) * (place - below)


def quartiles(ordered: Sequence[Any], amount: Callable[[Any], Decimal] = Decimal) -> Quartiles:
    """Of an ordered sample; see `quantile`."""
    return Quartiles(*(quantile(ordered, Decimal(quarter) / 4, amount) for quarter in (1, 2, 3)))


def spread(ordered: Sequence[Any], amount: Callable[[Any], Decimal] = Decimal) -> list[Bar]:
    """The distribution of an ordered sample in at most BARS bars of a round width.

    What lies further out than one and a half times the middle half is in the outermost bars.
    `amount` as in `quantile`.
    """
    middle = quartiles(ordered, amount)
    lowest, highest = amount(ordered[0]), amount(ordered[-1])
    reach = (middle.p75 - middle.p25) * Decimal("1.5")
    least, most = max(lowest, middle.p25 - reach), min(highest, middle.p75 + reach)
    width = round_width((most - least) / BARS)
    first = (least / width).to_integral_value(ROUND_FLOOR) * width
    count = max(1, int(((most - first) / width).to_integral_value(ROUND_CEILING)))
    edges = [first + width * number for number in range(count + 1)]
    places = [bisect_left(ordered, edge, key=amount) for edge in edges]
    places[0], places[-1] = 0, len(ordered)
    edges[0], edges[-1] = min(edges[0], lowest), max(edges[-1], highest)
    return [
        Bar(low, high, until - since)
        for (low, since), (high, until) in pairwise(zip(edges, places, strict=True))
    ]


def round_width(least: Decimal) -> Decimal:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that reaches `least`; 1,000 or more."""
    power = Decimal(1_000)
    while True:
        for step in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5)):
            if power * step >= least:
                return power * step
        power *= 10
