"""Pay from the fields of a payload, in units of its currency and as stated."""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from extraction import salary
from imports.connectors.reading import Job, Malformed, get, kind_of, line
from imports.records import Pay

MOST_PAY = 50
MOST_MONEY = Decimal(10**12)
# Below these nobody is paid for a year or a month, in any currency that postings name.
LEAST_YEARLY = 1_000
LEAST_MONTHLY = 100
MOST_THOUSANDS = 300
THOUSANDS = "a yearly pay under 1,000 is meant in thousands"
MOST_HOURLY = 10_000
NOT_HOURLY = "an hourly pay of 10,000 or more is for a time that is not said"
HOURLY = "a monthly pay under 100 is meant for an hour"

_AMOUNT = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+|(?:[ '’\u00a0\u202f]\d{3})+)|\d{1,15})"
    r"(?:[.,](?P<part>\d{1,20}))?",
    re.ASCII,
)

_NOTHING = Pay(None, None, "", "", "base", "")


def stated(
    source: Job,
    *,
    low: str,
    high: str,
    currency: str = "",
    period: str = "",
    kind: str = "base",
    wording: str = "",
    cents: bool = False,
    code: str = "",
) -> Pay | None:
    """A range of pay from its fields; None where no amount is stated or the two contradict.

    `currency` names the field of the currency's code; `code` is used where it has none, and else
    the sign that stands at an amount ("€50k"), as does the period.
    """
    bounds = [_bound(source, field, cents) for field in (low, high)]
    minimum, maximum = (bound.minimum for bound in bounds)
    if minimum is None and maximum is None:
        return None
    if minimum is not None and maximum is not None and minimum > maximum:
        return None
    said = currency_code(line(source, currency)) if currency else ""
    said = said or code or next((one.currency for one in bounds if one.currency), "")
    period = period or next((one.period for one in bounds if one.period), "")
    rule = ""
    if kind != "bonus":
        fitted = sensible(minimum, maximum, period)
        if fitted is None:
            return None
        minimum, maximum, period, rule = fitted
    return Pay(minimum, maximum, said, period, kind, wording or _numbers(source), rule)


def said(wording: str, *, code: str = "", period: str = "", kind: str = "") -> tuple[Pay, ...]:
    """The ranges that a pay field's own wording states ("$90 - $150 /hour"); what it does not
    say is taken from `code` and `period`."""
    return unique(
        Pay(
            found.minimum,
            found.maximum,
            found.currency or code,
            found.period or period,
            kind or found.kind or "base",
            wording,
        )
        for found in salary.extract(wording).ranges
    )


def sensible(
    low: Decimal | None, high: Decimal | None, period: str
) -> tuple[Decimal | None, Decimal | None, str, str] | None:
    """The two bounds and the period as they must be meant, with the rule that was needed.

    A year's pay of 75 to 95 is in thousands, a month's pay of 15 is an hour's. None where such a
    number fits neither: a year's pay of 350 may be a day's. Pages write "hour" beside a year's pay.
    """
    top = high if high is not None else low
    assert top is not None
    if period == "year" and top < LEAST_YEARLY:
        if not 20 <= top <= MOST_THOUSANDS:
            return None
        return _thousandfold(low), _thousandfold(high), period, THOUSANDS
    if period == "year" and low is not None and low < LEAST_YEARLY:
        fits = low * 1000 <= top
        return (low * 1000 if fits else None), high, period, THOUSANDS if fits else ""
    if period == "hour" and (low or top) >= MOST_HOURLY:
        return low, high, "", NOT_HOURLY
    if period == "month" and top < LEAST_MONTHLY:
        return (low, high, "hour", HOURLY) if top >= 5 else None
    return low, high, period, ""


def _thousandfold(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount * 1000


def unique(ranges: Iterable[Pay | None]) -> tuple[Pay, ...]:
    """The stated ranges, each once, in order."""
    return tuple(dict.fromkeys(one for one in ranges if one))[:MOST_PAY]


def currency_code(wording: str) -> str:
    """An ISO 4217 code in capitals; '' for anything else."""
    wording = wording.strip().upper()
    return wording if re.fullmatch(r"[A-Z]{3}", wording) else ""


def is_amount(given: Any) -> bool:
    """Whether a value is a number, or a text that is nothing but one."""
    if isinstance(given, str):
        return bool(_AMOUNT.fullmatch(given.strip()))
    return isinstance(given, (int, float)) and not isinstance(given, bool) and math.isfinite(given)


def states_amount(given: Any) -> bool:
    """Whether a value is a number, or a text that states a single one: "$50k"."""
    return is_amount(given) or (isinstance(given, str) and _worded(given) is not None)


def _worded(text: str) -> Pay | None:
    found = said(text[:100])
    return found[0] if len(found) == 1 and found[0].minimum == found[0].maximum else None


def _bound(source: Job, field: str, cents: bool) -> Pay:
    """An amount with what its wording says of currency and period."""
    given = get(source, field)
    if given is None or given == "":
        return _NOTHING
    if isinstance(given, bool) or not isinstance(given, (int, float, str)):
        raise Malformed(f"{field} is {kind_of(given)}, not an amount")
    bound = _NOTHING
    if not is_amount(given):
        worded = _worded(given) if isinstance(given, str) else None
        if worded is None:
            raise Malformed(f"{field} is not an amount")
        bound, amount = worded, worded.minimum
    else:
        amount = _number(given)
    assert amount is not None
    amount = amount / 100 if cents else amount
    if not 0 <= amount < MOST_MONEY:
        raise Malformed(f"{field} is not an amount that anybody is paid")
    return replace(bound, minimum=amount or None)


def _number(given: int | float | str) -> Decimal:
    found = _AMOUNT.fullmatch(given.strip()) if isinstance(given, str) else None
    if found is None:
        return Decimal(str(given))
    whole, part = re.sub(r"\D", "", found["whole"]), found["part"]
    return Decimal(f"{whole}.{part}" if part else whole)


def _numbers(source: Job) -> str:
    plain = {
        key: given
        for key, given in source.items()
        if isinstance(given, (int, float)) or (isinstance(given, str) and len(given) <= 80)
    }
    return json.dumps(plain, ensure_ascii=False)
