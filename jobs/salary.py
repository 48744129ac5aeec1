"""Pay: its notation, its yearly value and its comparison, by the board's rules of truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, NamedTuple, Protocol

from guides.stamps import kept_here
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
# What a column can hold. No pay of 12 digits comes near it, even by the hour, so a floor that is
# cut down to it still is met by none.
LARGEST = 2**63 - 1
NO_BREAK = "\N{NO-BREAK SPACE}"
# Between pieces of one line, which never begins with it.
DOT = f"{NO_BREAK}· "
A_YEAR_WORDS = f"{NO_BREAK}a{NO_BREAK}year"


class Stated(Protocol):
    """A range of pay as it is stated: a PayRange, or its columns."""

    @property
    def minimum(self) -> Decimal | None: ...
    @property
    def maximum(self) -> Decimal | None: ...
    @property
    def currency(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def kind(self) -> str: ...


def top(pay: Stated) -> Decimal:
    """What a floor is held against: the maximum, or the minimum where none is stated."""
    amount = pay.maximum if pay.maximum is not None else pay.minimum
    assert amount is not None, "the database holds no range without an amount"
    return amount


def is_taken_as_yearly(pay: Stated) -> bool:
    """Whether a range without a period is compared as yearly pay (and must be so marked)."""
    return not pay.period and pay.currency in YEARLY_CURRENCIES and top(pay) >= YEARLY_FROM


def yearly_cents(pay: Stated) -> int | None:
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
    in_euros = [int(cents / rates[name]) for name, cents in tops.items() if name in rates]
    return min(max(in_euros), LARGEST) if in_euros else None


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
    """`dated_rates()`, kept for as long as their stamp stands; see jobs.stamps."""
    return kept_here("rates", (stamp,), dated_rates)


def floors(amount: Decimal, currency: str, rates: Mapping[str, Decimal]) -> dict[str, int]:
    """For each currency, the hundredths that a yearly pay must reach to meet the floor.

    The floor's own currency is compared as written; the others by their rate, rounded up to the
    next hundredth, which compares whole hundredths exactly as the unrounded value would.
    """
    own = rates[currency]

    def hundredths(name: str, rate: Decimal) -> int:
        floor = amount * 100 if name == currency else amount * 100 * rate / own
        return min(int(floor.to_integral_value(ROUND_CEILING)), LARGEST)

    return {name: hundredths(name, rate) for name, rate in rates.items()}


def short(amounts: Sequence[Decimal]) -> list[str]:
    """Amounts side by side, in one notation and never rounded: 44.5K and 61K, 2.12M and 2.64M,
    52,000 and 64,480."""
    least = min(amounts)
    for floor, unit, digit, name in ((1_000_000, 1_000_000, 1_000, "M"), (10_000, 1_000, 100, "K")):
        if least >= floor and not any(amount % digit for amount in amounts):
            return [f"{(amount / unit).normalize():,f}{name}" for amount in amounts]
    return exact(amounts)


def exact(amounts: Sequence[Decimal]) -> list[str]:
    """1,200 and 1,500; 27.50 and 35.00."""
    places = 2 if any(amount % 1 for amount in amounts) else 0
    return [f"{amount:,.{places}f}" for amount in amounts]


def amount_text(amount: Decimal) -> str:
    """100000 as 100K, 44500 as 44.5K, 1200 as 1,200, 27.5 as 27.50; never rounded."""
    return short([amount])[0]


def range_text(pay: PayRange) -> str:
    """USD 100K - 130K, "up to GBP 28K", "from EUR 60K", with the period unless it is a year."""
    text = bounds_text(pay.minimum, pay.maximum, short, pay.currency)
    if pay.period and pay.period != Period.YEAR:
        text += f"{NO_BREAK}/{NO_BREAK}{pay.period}"
    marks = [] if pay.kind == PayKind.BASE else [str(PayKind(pay.kind).label)]
    if not pay.period:
        marks.append("period not stated")
    if yearly_cents(pay) is not None and not pay.period:
        marks.append("taken as yearly")
    return f"{text} ({', '.join(marks)})" if marks else text


class Yearly(NamedTuple):
    """Comparable pay a year, unrounded."""

    low: Decimal | None
    high: Decimal | None
    currency: str

    @property
    def top(self) -> Decimal:
        found = self.low if self.high is None else self.high
        assert found is not None, "the database holds no range without an amount"
        return found


def a_year(pay: Stated) -> Yearly | None:
    """Pay as it is compared; None where it is not comparable."""
    if yearly_cents(pay) is None:
        return None
    factor = A_YEAR[Period(pay.period or Period.YEAR)]
    low, high = pay.minimum, pay.maximum
    return Yearly(low and low * factor, high and high * factor, pay.currency)


def bounds_text(
    low: Decimal | None,
    high: Decimal | None,
    texts: Callable[[Sequence[Decimal]], list[str]],
    unit: str = "",
) -> str:
    """ "USD 100K - 130K", "up to USD 130K", "from USD 100K"; without a unit the amounts alone.

    Its no-break spaces keep a range together (`unbroken` where it has a hyphen)."""
    unit = f"{unit}{NO_BREAK}" if unit else ""
    if low is None and high is not None:
        return f"up to {unit}{texts([high])[0]}"
    if high is None and low is not None:
        return f"from {unit}{texts([low])[0]}"
    assert low is not None
    assert high is not None
    return unit + f"{NO_BREAK}-{NO_BREAK}".join(dict.fromkeys(texts([low, high])))


def card_text(pay: PayRange) -> str:
    """The range as stated, with its yearly value where it is stated for another period."""
    text = range_text(pay)
    yearly = a_year(pay)
    if yearly is None or pay.period in ("", Period.YEAR):
        return text
    return f"{text} ({bounds_text(yearly.low, yearly.high, short)}{A_YEAR_WORDS})"


def notation(ranges: Iterable[PayRange], text: Callable[[PayRange], str] = range_text) -> str:
    """The words for all stated pay, base first; empty where none is stated."""
    ordered = sorted(ranges, key=lambda pay: pay.kind != PayKind.BASE)
    texts = list(dict.fromkeys(text(pay) for pay in ordered))
    if len(texts) > 2:
        texts = [*texts[:2], f"{len(texts) - 2} more"]
    return DOT.join(texts)
