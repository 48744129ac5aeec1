"""Pay: its notation, its yearly value and its comparison, by the board's rules of truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, NamedTuple

from guides.stamps import kept
from jobs.scales import PayKind, Period

if TYPE_CHECKING:
    from jobs.models import PayRange

A_YEAR = {
    Period.HOUR: 2080,
    Period.DAY: 260,
    Period.WEEK: 52,
    Period.MONTH: 12,
    Period.YEAR: 1,
}
# Without a period, an amount from here on in one of these currencies is taken as yearly.
YEARLY_FROM = Decimal(10_000)
YEARLY_CURRENCIES = ("USD", "EUR", "GBP", "CHF", "CAD", "AUD")
NO_BREAK = "\N{NO-BREAK SPACE}"


def top(pay: PayRange) -> Decimal:
    """What a floor is held against: the maximum, or the minimum where none is stated."""
    amount = pay.maximum if pay.maximum is not None else pay.minimum
    assert amount is not None, "the database holds no range without an amount"
    return amount


def is_taken_as_yearly(pay: PayRange) -> bool:
    """Whether a range without a period is compared as yearly pay (and must be so marked)."""
    return not pay.period and pay.currency in YEARLY_CURRENCIES and top(pay) >= YEARLY_FROM


def yearly_cents(pay: PayRange) -> int | None:
    """The top of `pay` a year in hundredths of its currency; None if it is not comparable.

    Only base pay in a named currency is compared: on-target earnings, bonuses and estimates are
    shown and never compared.
    """
    if pay.kind != PayKind.BASE or not pay.currency:
        return None
    if pay.period:
        factor = A_YEAR[Period(pay.period)]
    elif is_taken_as_yearly(pay):
        factor = 1
    else:
        return None
    return int(top(pay) * factor * 100)


def rank(tops: Mapping[str, int], rates: Mapping[str, Decimal]) -> int | None:
    """The best of the yearly tops in cents of a euro; None where no currency has a rate."""
    return max((int(cents / rates[name]) for name, cents in tops.items() if name in rates),
               default=None)  # fmt: skip


class DatedRate(NamedTuple):
    """Units of a currency for one euro, and the day of that rate; the euro itself has no day."""

    per_euro: Decimal
    date: date | None


def dated_rates() -> dict[str, DatedRate]:
    """The rate of each known currency by its newest date; one statement."""
    from jobs.models import ExchangeRate

    rates = {"EUR": DatedRate(Decimal(1), None)}
    # The ORM has no join with a grouped query, and asks for each row of the table instead.
    for row in ExchangeRate.objects.raw(
        "SELECT rate.* FROM jobs_exchangerate rate JOIN "
        "(SELECT currency, MAX(date) AS date FROM jobs_exchangerate GROUP BY currency) newest "
        "ON newest.currency = rate.currency AND newest.date = rate.date ORDER BY rate.currency"
    ):
        rates[row.currency] = DatedRate(row.per_euro, row.date)
    return rates


def newest_rates() -> dict[str, Decimal]:
    """Units of each known currency for one euro, each by its newest date."""
    return {name: rate.per_euro for name, rate in dated_rates().items()}


def kept_rates(stamp: str) -> dict[str, DatedRate]:
    """`dated_rates()`, kept for as long as the stamp of postings stands; see jobs.stamps."""
    return kept("rates", (stamp,), dated_rates)


def floors(amount: Decimal, currency: str, rates: Mapping[str, Decimal]) -> dict[str, int]:
    """For each currency, the hundredths that a yearly pay must reach to meet the floor.

    The floor's own currency is compared as written; the others by their rate, rounded up to the
    next hundredth, which compares whole hundredths exactly as the unrounded value would.
    """
    own = rates[currency]
    return {
        name: int(
            (amount * 100 if name == currency else amount * 100 * rate / own).to_integral_value(
                ROUND_CEILING
            )
        )
        for name, rate in rates.items()
    }


def amount_text(amount: Decimal) -> str:
    """100000 as 100K, 44500 as 44.5K, 1200 as 1,200, 27.5 as 27.50; never rounded."""
    if amount >= 10_000 and amount % 100 == 0:
        thousands = (amount / 1_000).normalize()
        return f"{thousands:f}K"
    if amount == amount.to_integral_value():
        return f"{amount:,.0f}"
    return f"{amount:,.2f}"


def range_text(pay: PayRange) -> str:
    """USD 100K - 130K, "up to GBP 28K", "from EUR 60K", with the period unless it is a year."""
    low, high = pay.minimum, pay.maximum
    if low is None and high is not None:
        amounts, lead = amount_text(high), "up to "
    elif high is None and low is not None:
        amounts, lead = amount_text(low), "from "
    else:
        assert low is not None
        assert high is not None
        low_text, high_text = amount_text(low), amount_text(high)
        amounts, lead = (low_text if low == high else f"{low_text} - {high_text}"), ""
    text = lead + (f"{pay.currency}{NO_BREAK}" if pay.currency else "") + amounts
    if pay.period and pay.period != Period.YEAR:
        text += f" / {pay.period}"
    if pay.kind != PayKind.BASE:
        text += f" ({PayKind(pay.kind).label})"
    elif is_taken_as_yearly(pay):
        text += " (period not stated)"
    return text


def notation(ranges: Iterable[PayRange]) -> str:
    """The card's words for all stated pay, base first; empty where none is stated."""
    ordered = sorted(ranges, key=lambda pay: pay.kind != PayKind.BASE)
    texts = list(dict.fromkeys(range_text(pay) for pay in ordered))
    if len(texts) > 2:
        texts = [*texts[:2], f"{len(texts) - 2} more"]
    return " · ".join(texts)
