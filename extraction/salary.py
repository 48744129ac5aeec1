"""Pay stated in a text: a pay field of one line or a whole posting.

`extract` answers what the text states and nothing else: numbers that are no pay
(funding, budgets, bonuses, head counts, hours, years) stay unread. In a short field a
lone amount of money counts as pay; in prose a pay word, a period or a plausible range
has to stand with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from extraction.common import as_number, as_text, or_none
from extraction.money import CURRENCIES
from extraction.payjudge import kind_of, pay_rule
from extraction.payranges import candidates, share_periods

FIELD_LENGTH = 160
"""A text up to this many characters, without a sentence's end, is read as a pay field."""

MAX_RANGES = 20
MAX_LENGTH = 200_000


@dataclass(frozen=True, slots=True)
class Range:
    """One stated range. Texts are empty where the posting does not say."""

    minimum: Decimal | None
    maximum: Decimal | None
    currency: str
    period: str
    kind: str
    evidence: str

    def as_dict(self) -> dict[str, object]:
        """The range with JSON numbers and null for what is not said."""
        return {
            "min": as_number(self.minimum),
            "max": as_number(self.maximum),
            "currency": or_none(self.currency),
            "period": or_none(self.period),
            "kind": or_none(self.kind),
            "evidence": or_none(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Salary:
    """All that a text states about pay; false when it states nothing."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str = ""
    period: str = ""
    kind: str = ""
    ranges: tuple[Range, ...] = ()
    evidence: str = ""
    rule: str = ""

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def as_dict(self) -> dict[str, object]:
        """The answer of `manage.py extract salary`."""
        return {
            "min": as_number(self.minimum),
            "max": as_number(self.maximum),
            "currency": or_none(self.currency),
            "period": or_none(self.period),
            "kind": or_none(self.kind),
            "ranges": [r.as_dict() for r in self.ranges],
            "evidence": or_none(self.evidence),
            "rule": or_none(self.rule),
        }


NOTHING = Salary()
_DIGIT = re.compile(r"\d")
_CURRENCY = re.compile(r"\bcurrency\W{1,4}([A-Z]{3})\b", re.I)


def extract(text: str) -> Salary:
    """What the text says about pay.

    Several base ranges of the first range's currency and period give the lowest
    minimum and the highest maximum; OTE and estimates answer only where no base pay
    is stated.
    """
    text = as_text(text)[:MAX_LENGTH]
    if not _DIGIT.search(text):
        return NOTHING
    field = len(text) <= FIELD_LENGTH and not re.search(r"[a-z]\.\s+[A-Z][a-z]", text)
    ranges: list[Range] = []
    rule = around = ""
    found = candidates(text)
    share_periods(text, found)
    for candidate in found:
        why = pay_rule(text, candidate, field, bool(ranges))
        if not why:
            continue
        stated = Range(
            candidate.low,
            candidate.high,
            candidate.currency,
            candidate.period,
            kind_of(text, candidate),
            text[candidate.start : candidate.end],
        )
        if any(_same(stated, other) for other in ranges):
            continue
        rule = rule or why
        if not ranges:
            around = text[max(0, candidate.start - 300) : candidate.end + 60]
        ranges.append(stated)
        if len(ranges) == MAX_RANGES:
            break
    if not ranges:
        return NOTHING
    if not any(stated.currency for stated in ranges):
        ranges = _in_named_currency(text, ranges)
    if not any(stated.period for stated in ranges) and _yearly(around, ranges[0]):
        ranges = [replace(stated, period="year") for stated in ranges]
    return _sum_up(ranges, rule)


_ANNUAL = re.compile(
    r"\b(?:annual(?:i[sz]ed)?|yearly)\s+(?:\w+\s+){0,3}?(?:salar\w+|pay\b|compensation|wages?)",
    re.I,
)


def _yearly(around: str, stated: Range) -> bool:
    """Whether the words around call pay annual: "Annual base pay by zone:\nZone A: $140,000"."""
    return (stated.maximum or stated.minimum or 0) >= 15_000 and bool(_ANNUAL.search(around))


def _in_named_currency(text: str, ranges: list[Range]) -> list[Range]:
    """The ranges in the currency of a field of its own: "Min: 80000, Currency: USD"."""
    named = _CURRENCY.search(text)
    if named is None or named[1].upper() not in CURRENCIES:
        return ranges
    return [replace(stated, currency=named[1].upper()) for stated in ranges]


def _sum_up(ranges: list[Range], rule: str) -> Salary:
    lead_kind = next(k for k in ("base", "ote", "estimate") if any(r.kind == k for r in ranges))
    group = [r for r in ranges if r.kind == lead_kind]
    lead = next((r for r in group if r.currency), group[0])
    group = [r for r in group if not _aside(r, lead) and not _other_work(r, lead)]
    period = next((r.period for r in group if r.period and r.currency == lead.currency), "")
    group = [
        r
        for r in group
        if r.currency in (lead.currency, "") and r.period in (lead.period, period, "")
    ]
    if lead.period and lead.period != period:
        group = [lead]
    lows = [r.minimum for r in group if r.minimum is not None]
    highs = [r.maximum for r in group if r.maximum is not None]
    low = min(lows) if lows else None
    high = max(highs) if highs else None
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Salary(
        low, high, lead.currency, lead.period or period, lead_kind, tuple(ranges),
        lead.evidence, rule,
    )  # fmt: skip


def _aside(stated: Range, lead: Range) -> bool:
    """Whether a lone small amount is an allowance beside the pay: "£40k (weighting £3,000)"."""
    base = lead.minimum or lead.maximum or Decimal(0)
    return stated.minimum == stated.maximum and (stated.maximum or base) * 4 < base


def _other_work(stated: Range, lead: Range) -> bool:
    """Whether it is the salary beside a rate: "Freelance: 400 €/day. Employed: 45-52k €"."""
    least, most = stated.minimum or stated.maximum or Decimal(0), lead.maximum or lead.minimum
    return not stated.period and lead.period in ("hour", "day") and least > 20 * (most or least)


def _same(one: Range, other: Range) -> bool:
    return (
        (one.minimum, one.maximum) == (other.minimum, other.maximum)
        and (one.currency == other.currency or not one.currency or not other.currency)
        and (one.period == other.period or not one.period or not other.period)
    )
