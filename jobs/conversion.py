"""Pay a year and in another currency, in words, with the rates and the days it was converted by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal

from django.conf import settings

from jobs.cards import Card
from jobs.filters import PostingFilter
from jobs.models import PayRange
from jobs.salary import (
    A_YEAR,
    A_YEAR_WORDS,
    NO_BREAK,
    DatedRate,
    Yearly,
    a_year,
    bounds_text,
    exact,
    short,
)
from jobs.scales import Period

# The bank publishes each working day; a currency this far behind the newest is quoted no more.
NO_LONGER_QUOTED = timedelta(days=14)


def convert(amount: Decimal, own: str, other: str, rates: Mapping[str, DatedRate]) -> Decimal:
    """`amount` of one known currency in another, unrounded."""
    return amount if own == other else amount * rates[other].per_euro / rates[own].per_euro


def about(amounts: Sequence[Decimal]) -> list[str]:
    """What a conversion shows: three digits, since a rate moves each day by more than the next."""
    three = Context(prec=3, rounding=ROUND_HALF_EVEN)
    return short([three.plus(amount) for amount in amounts])


def rate_text(name: str, rate: DatedRate) -> str:
    return f"{name}{NO_BREAK}{rate.per_euro.normalize():,f}"


# --- on the page of a posting ---------------------------------------------------------------------


def yearly_words(pay: PayRange) -> str:
    """ "GBP 130,000 a year (× 260 days)"; empty where it is stated yearly or not comparable."""
    yearly = a_year(pay)
    if yearly is None or pay.period in ("", Period.YEAR):
        return ""
    period = Period(pay.period)
    said = bounds_text(yearly.low, yearly.high, exact, pay.currency)
    return f"{said}{A_YEAR_WORDS} (× {A_YEAR[period]:,} {period.label}s)"


def converted_words(pay: PayRange, currency: str, rates: Mapping[str, DatedRate]) -> str:
    """The yearly value in another currency with the rate and its day; empty where there is none."""
    yearly = a_year(pay)
    if yearly is None or pay.currency == currency or pay.currency not in rates:
        return ""
    said = converted_range(yearly, currency, rates)
    used = [name for name in (pay.currency, currency) if name != "EUR"]
    return f"{said}, at EUR{NO_BREAK}1 = {factors(used, rates)}"


def factors(names: list[str], rates: Mapping[str, DatedRate]) -> str:
    """ "GBP 0.8338 = USD 1.1172 (30 October 2026)"; with a day each where they differ."""
    texts = [rate_text(name, rates[name]) for name in names]
    days = [day_words(rates[name], rates) for name in names]
    if len(set(days)) == 1:
        return f"{' = '.join(texts)} ({days[0]})"
    return " = ".join(f"{text} ({day})" for text, day in zip(texts, days, strict=True))


def day_words(rate: DatedRate, rates: Mapping[str, DatedRate]) -> str:
    """The day of a rate in words, and that it is old where its currency is quoted no more."""
    if rate.date is None:
        return ""
    text = f"{rate.date.day} {rate.date:%B %Y}"
    return text if is_quoted(rate, newest_day(rates)) else f"{text}, not quoted since"


def newest_day(rates: Mapping[str, DatedRate]) -> date | None:
    return max((one.date for one in rates.values() if one.date), default=None)


def is_quoted(rate: DatedRate, newest: date | None) -> bool:
    """Whether the bank still publishes it; `newest` is the newest day of all rates."""
    return not (rate.date and newest) or newest - rate.date <= NO_LONGER_QUOTED


def converted_range(yearly: Yearly, other: str, rates: Mapping[str, DatedRate]) -> str:
    low, high = (bound and convert(bound, yearly.currency, other, rates) for bound in yearly[:2])
    return bounds_text(low, high, about, f"about {other}") + A_YEAR_WORDS


# --- beside a floor -------------------------------------------------------------------------------

# Below these a floor is hardly meant a year: an hour's pay, else a month's.
HOURLY_BELOW = 500
MONTHLY_BELOW = 10_000


def yearly_floor(asked: PostingFilter) -> tuple[str, int] | None:
    """What a small floor may mean and makes a year: "USD 40 an hour is USD 83,200", 83200."""
    floor, currency = asked.values.get("salary_min"), asked.chosen_currency
    if not floor or floor >= MONTHLY_BELOW:
        return None
    period = Period.HOUR if floor < HOURLY_BELOW else Period.MONTH
    article, yearly = "an" if period == Period.HOUR else "a", floor * A_YEAR[period]
    own = f"{currency} {floor:,} {article} {period.label}"
    return f"{own} is {currency} {yearly:,} a year", yearly


def currencies(asked: PostingFilter) -> tuple[list[str], list[str]]:
    """What a floor can be named in: the currencies of open postings' pay, the most first, and
    others. One that is quoted no more is left out, unless it is asked for."""
    rates, newest = asked.rates, newest_day(asked.rates)
    live = {name for name, rate in rates.items() if is_quoted(rate, newest)}
    live |= {asked.chosen_currency} & rates.keys()
    often = {name: len(tops.ids) for name, tops in asked.columns.tops.items() if tops.ids}
    stated = sorted(live & often.keys(), key=lambda name: (-often[name], name))
    return stated, sorted(live - often.keys())


# --- in a list that compares pay ------------------------------------------------------------------


def compares_pay(asked: PostingFilter) -> bool:
    """Whether a list has a floor, names a currency or stands in the order of pay."""
    return bool({"salary_min", "currency"} & asked.data.keys()) or asked.chosen_sort == "salary"


def converted_pay(
    cards: Iterable[Card], currency: str, rates: Mapping[str, DatedRate]
) -> dict[int, str]:
    """For each card the yearly value in `currency` of the range that is compared.

    Left out is what the card says already, pay stated in this currency, and pay that no rate makes
    comparable.
    """
    said = {}
    for card in cards:
        known = [pay for pay in card.pay if pay.currency in rates]
        best = max(
            known, key=lambda pay: convert(pay.top, pay.currency, currency, rates), default=None
        )
        if best and best.currency != currency:
            said[card.pk] = converted_range(best, currency, rates)
    return said


@dataclass(frozen=True, slots=True)
class RatesSaid:
    """At which rates a list compares pay with a floor in `currency`.

    `rates` is a clause for each day, the one of most currencies first; `unknown` names the
    currencies without any rate.
    """

    currency: str
    rates: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def rates_said(asked: PostingFilter) -> RatesSaid | None:
    """What to say of the rates beside a list; None where it compares nothing.

    Said of the currencies in which open postings state pay, and of the one that is asked for.
    """
    if not compares_pay(asked):
        return None
    chosen = asked.chosen_currency
    stated = sorted(currency for currency, tops in asked.columns.tops.items() if tops.ids)
    return said_of(chosen, stated, asked.rates)


def said_of(chosen: str, stated: Iterable[str], rates: Mapping[str, DatedRate]) -> RatesSaid:
    others = [name for name in stated if name != chosen]
    if not others:
        return RatesSaid(chosen)
    by_day: dict[str, list[str]] = {}
    for name in [chosen, *others]:
        if name in rates and name != "EUR":
            by_day.setdefault(day_words(rates[name], rates), []).append(
                rate_text(name, rates[name])
            )
    days = sorted(by_day, key=lambda day: -len(by_day[day]))
    clauses = [f"EUR{NO_BREAK}1 = {' = '.join(by_day[day])} ({day})" for day in days]
    return RatesSaid(chosen, clauses, [name for name in others if name not in rates])


def site_currency() -> str:
    return str(settings.BOARD["CURRENCY"])
