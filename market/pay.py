"""What postings state as pay, a year and in one currency, and its quartiles; all in Decimal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from django.conf import settings

from jobs.conversion import convert
from jobs.models import PayRange
from jobs.salary import DatedRate, a_year
from jobs.scales import PayKind
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


def pay_a_year(
    roles: Collection[int], currency: str, rates: Mapping[str, DatedRate]
) -> dict[int, Decimal]:
    """The pay of each live posting of the roles that states comparable pay; one statement.

    The mean over its comparable ranges of their midpoints; a single bound stands for itself.
    """
    rows = PayRange.objects.filter(kind=PayKind.BASE, posting__live__role__in=roles).order_by("pk")
    found: dict[int, list[Decimal]] = defaultdict(list)
    for pk, *stated in rows.values_list("posting_id", *Stated._fields):
        pay = Stated(*stated)
        yearly = a_year(pay)
        if yearly is not None and pay.currency in rates:
            found[pk].append(convert(midpoint(*yearly), pay.currency, currency, rates))
    return {pk: sum(amounts, Decimal(0)) / len(amounts) for pk, amounts in found.items()}


def midpoint(low: Decimal | None, high: Decimal | None) -> Decimal:
    if low is None or high is None:
        amount = high if low is None else low
        assert amount is not None, "a range states a bound"
        return amount
    return (low + high) / 2


def quantile(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    """The value below which `share` of an ordered sample lies, by linear interpolation."""
    place = (len(ordered) - 1) * share
    below = int(place)
    low = ordered[below]
    if below + 1 == len(ordered):
        return low
    return low + (ordered[below + 1] - low) * (place - below)


def quartiles(ordered: Sequence[Decimal]) -> Quartiles:
    return Quartiles(*(quantile(ordered, Decimal(quarter) / 4) for quarter in (1, 2, 3)))


def spread(ordered: Sequence[Decimal]) -> list[Bar]:
    """The distribution of an ordered sample in at most BARS bars of a round width.

    What lies further out than one and a half times the middle half is in the outermost bars.
    """
    middle = quartiles(ordered)
    reach = (middle.p75 - middle.p25) * Decimal("1.5")
    least, most = max(ordered[0], middle.p25 - reach), min(ordered[-1], middle.p75 + reach)
    width = round_width((most - least) / BARS)
    first = (least / width).to_integral_value(ROUND_FLOOR) * width
    count = max(1, int(((most - first) / width).to_integral_value(ROUND_CEILING)))
    numbers = [0] * count
    for amount in ordered:
        numbers[min(count - 1, max(0, int((amount - first) / width)))] += 1
    edges = [first + width * number for number in range(count + 1)]
    edges[0], edges[-1] = min(edges[0], ordered[0]), max(edges[-1], ordered[-1])
    return [Bar(low, high, n) for low, high, n in zip(edges, edges[1:], numbers, strict=False)]


def round_width(least: Decimal) -> Decimal:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that reaches `least`; 1,000 or more."""
    power = Decimal(1_000)
    while True:
        for step in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5)):
            if power * step >= least:
                return power * step
        power *= 10
