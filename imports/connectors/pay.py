"""Pay from the fields of a payload, in units of its currency and as stated."""

import json
import math
import re
from collections.abc import Iterable
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
THOUSANDS = "a yearly pay under 1,000 is meant in thousands"
HOURLY = "a monthly pay under 100 is meant for an hour"

_AMOUNT = re.compile(
    r"\d{1,15}(?:\.\d{1,6})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,3}(?: \d{3})+", re.ASCII
)


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

    `currency` names the field of the currency's code; `code` is used where it has none.
    """
    minimum, maximum = (_amount(source, field, cents) for field in (low, high))
    if minimum is None and maximum is None:
        return None
    if minimum is not None and maximum is not None and minimum > maximum:
        return None
    said = currency_code(line(source, currency)) if currency else ""
    rule = ""
    if kind != "bonus":
        fitted = sensible(minimum, maximum, period)
        if fitted is None:
            return None
        minimum, maximum, period, rule = fitted
    return Pay(minimum, maximum, said or code, period, kind, wording or _numbers(source), rule)


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
    number fits neither.
    """
    top = high if high is not None else low
    assert top is not None
    if period == "year" and top < LEAST_YEARLY:
        if top < 20:
            return None
        return _thousandfold(low), _thousandfold(high), period, THOUSANDS
    if period == "year" and low is not None and low < LEAST_YEARLY:
        fits = low * 1000 <= top
        return (low * 1000 if fits else None), high, period, THOUSANDS if fits else ""
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


def _amount(source: Job, field: str, cents: bool) -> Decimal | None:
    given = get(source, field)
    if given is None or given == "":
        return None
    if isinstance(given, bool) or not isinstance(given, (int, float, str)):
        raise Malformed(f"{field} is {kind_of(given)}, not an amount")
    if not is_amount(given):
        raise Malformed(f"{field} is not an amount")
    digits = re.sub(r"[, ]", "", str(given).strip())
    amount = Decimal(digits) / (100 if cents else 1)
    if not 0 <= amount < MOST_MONEY:
        raise Malformed(f"{field} is not an amount that anybody is paid")
    return amount or None


def _numbers(source: Job) -> str:
    plain = {
        key: given
        for key, given in source.items()
        if isinstance(given, (int, float)) or (isinstance(given, str) and len(given) <= 80)
    }
    return json.dumps(plain, ensure_ascii=False)
