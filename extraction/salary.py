"""Pay stated in a text: a pay field of one line or a whole posting.

`extract` answers what the text states and nothing else: numbers that are no pay
(funding, budgets, bonuses, head counts, hours, years) stay unread. In a short field a
lone amount of money counts as pay; in prose a pay word, a period or a plausible range
has to stand with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from extraction import payrules as words
from extraction.common import as_number, as_text, or_none
from extraction.money import PERIOD_AFTER, PERIOD_BEFORE, Amount, amounts, millions_are_pay

FIELD_LENGTH = 160
"""A text up to this many characters, without a sentence's end, is read as a pay field."""

MAX_RANGES = 20
MAX_LENGTH = 200_000
MAX_AMOUNTS = 1_000
"""Numbers looked at in one text; no posting has so many."""

_BREAK = re.compile(
    r"(?<!\blt)(?<!\bca)(?<!\bmax)(?<!\bmin)(?<!\binkl)(?<!\bincl)(?<!\bapprox)(?<!\bz\.B)"
    r"[.!?;]\s+(?=[^\W\d_a-z]|\()|\n|•|\|"
)
_PENSION = re.compile(r"40[13]\s?\(?[kKbB]\)?")


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


@dataclass(slots=True)
class _Candidate:
    first: Amount
    last: Amount
    low: Decimal | None
    high: Decimal | None
    currency: str
    money: bool
    period: str
    start: int
    end: int
    open_end: bool  # "from", "up to" or a plus sign

    @property
    def is_range(self) -> bool:
        return self.first is not self.last

    @property
    def top(self) -> Decimal:
        value = self.high if self.high is not None else self.low
        return value if value is not None else Decimal(0)


def extract(text: str) -> Salary:
    """What the text says about pay.

    Several base ranges of the first range's currency and period give the lowest
    minimum and the highest maximum; OTE and estimates answer only where no base pay
    is stated.
    """
    text = as_text(text)[:MAX_LENGTH]
    if not any(c.isdigit() for c in text):
        return NOTHING
    field = len(text) <= FIELD_LENGTH and not re.search(r"[a-z]\.\s+[A-Z]", text)
    ranges: list[Range] = []
    rule = ""
    found = _candidates(text)
    _share_list(text, found)
    for candidate in found:
        why = _pay_rule(text, candidate, field, bool(ranges))
        if not why:
            continue
        stated = Range(
            candidate.low,
            candidate.high,
            candidate.currency,
            candidate.period,
            _kind(text, candidate),
            text[candidate.start : candidate.end],
        )
        if any(_same(stated, other) for other in ranges):
            continue
        rule = rule or why
        ranges.append(stated)
        if len(ranges) == MAX_RANGES:
            break
    return _sum_up(ranges, rule) if ranges else NOTHING


def _sum_up(ranges: list[Range], rule: str) -> Salary:
    lead_kind = next(k for k in ("base", "ote", "estimate") if any(r.kind == k for r in ranges))
    group = [r for r in ranges if r.kind == lead_kind]
    lead = next((r for r in group if r.currency), group[0])
    group = [r for r in group if not _aside(r, lead)]
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


def _same(one: Range, other: Range) -> bool:
    return (
        (one.minimum, one.maximum) == (other.minimum, other.maximum)
        and (one.currency == other.currency or not one.currency or not other.currency)
        and (one.period == other.period or not one.period or not other.period)
    )


# --- candidates ----------------------------------------------------------------------


def _candidates(text: str) -> list[_Candidate]:
    """Amounts joined to ranges, with bounds, currency and period; judged by nobody yet."""
    result: list[_Candidate] = []
    waiting: Amount | None = None
    for amount in islice(amounts(text), MAX_AMOUNTS):
        if amount.glued and not amount.money:
            continue
        if waiting is not None:
            if _linked(text, waiting, amount):
                result.append(_range(text, waiting, amount))
                waiting = None
                continue
            if _hopeful(waiting):
                result.append(_single(text, waiting))
        waiting = amount
    if waiting is not None and _hopeful(waiting):
        result.append(_single(text, waiting))
    return result


def _hopeful(amount: Amount) -> bool:
    """Whether a number by itself can be pay; most numbers of a posting cannot."""
    return amount.money or bool(amount.factor) or (amount.value >= 5 and not amount.is_year)


def _linked(text: str, one: Amount, two: Amount) -> bool:
    """Whether two amounts are the ends of one range."""
    gap = two.start - one.end
    if gap <= 0 or gap > 45 or two.glued:
        return False
    begin = one.end
    while True:
        link = words.RANGE_LINK.fullmatch(text, begin, two.start)
        if link:
            break
        joined = words.AND_LINK.fullmatch(text, begin, two.start)
        if joined and words.BETWEEN.search(text[max(0, one.start - 40) : one.start]):
            break
        period = PERIOD_AFTER.match(text, begin, two.start)
        if not period or begin != one.end:
            return False
        begin = period.end()
    differ = one.currency and two.currency and one.currency != two.currency
    if differ and "$" not in text[one.start : one.number_start]:
        return False  # "$100k - 120k CAD" names one currency twice, "100 USD - 90 EUR" two
    low, high = _scaled(one, two)
    if one.is_year and two.is_year:
        return False
    if not low:
        return one.money and two.money and high > 0
    return low <= high <= low * 60


def _scaled(one: Amount, two: Amount) -> tuple[Decimal, Decimal]:
    """Both ends in whole units; a multiplier at one end counts for the other."""
    low, high = one.scaled, two.scaled
    if two.factor and not one.factor and one.value < 1000 and low * 20 < high:
        low = one.value * (two.scaled / two.value if two.value else 1)
    elif one.factor and not two.factor and two.value < 1000 and high < low:
        high = two.value * (one.scaled / one.value if one.value else 1)
    elif not one.factor and not two.factor and 10 <= one.value < 1000 and high >= 10_000:
        low = low * 1000 if low * 1000 <= high else low  # "€40-65,000"
    return low, high


def _range(text: str, one: Amount, two: Amount) -> _Candidate:
    low: Decimal | None
    low, high = _scaled(one, two)
    low = low or None  # "$0 - $25 an hour" states no minimum
    code_after = "" if one.currency and _plain_dollar(text, two) else two.currency
    currency = code_after or one.currency or two.currency
    start, period, end = one.start, "", two.end
    found = PERIOD_AFTER.match(text, two.end)
    plus = words.PLUS.match(text, two.end)
    if found:
        period, end = _period_name(found), found.end()
    elif plus:
        found = PERIOD_AFTER.match(text, plus.end())
        if found:
            period, end = _period_name(found), found.end()
    if not period:
        inner = PERIOD_AFTER.match(text, one.end, two.start)
        period = _period_name(inner) if inner else _period_at(text, start, two)
    return _Candidate(
        one, two, low, high, currency, one.money or two.money, period, start, end, False
    )


def _plain_dollar(text: str, amount: Amount) -> bool:
    """Whether only a bare "$" names the currency; which dollar it is, another end may say."""
    return amount.currency == "USD" and "us" not in text[amount.start : amount.end].lower()


def _single(text: str, amount: Amount) -> _Candidate:
    low: Decimal | None = amount.scaled
    high: Decimal | None = amount.scaled
    start, end, period = amount.start, amount.end, ""
    before = text[max(0, start - 40) : start]
    up_to = words.UP_TO.search(before)
    bound = up_to or words.FROM.search(before)
    if bound:
        start -= len(before) - bound.start()
        if up_to:
            low = None
        else:
            high = None
    plus = words.PLUS.match(text, end)
    found = PERIOD_AFTER.match(text, plus.end() if plus else end)
    if plus:
        high, low = (None, amount.scaled) if low is not None else (high, low)
        end = plus.end()
    if found:
        period, end = _period_name(found), found.end()
    if not plus and not bound:
        late = words.PLUS.match(text, end)
        if late:
            high, end = None, late.end()
    if not period:
        period = _period_at(text, amount.start, amount)
    return _Candidate(
        amount, amount, low, high, amount.currency, amount.money, period, start, end,
        bool(bound or plus),
    )  # fmt: skip


def _period_name(found: re.Match[str]) -> str:
    return str(found.lastgroup)


def _period_at(text: str, start: int, last: Amount) -> str:
    """A period inside the amount ("LPA") or earlier in the sentence ("annual salary of")."""
    if last.factor == "lakh" and text[: last.end].lower().endswith("lpa"):
        return "year"
    context = _context_before(text, start, 90)
    named = list(PERIOD_BEFORE.finditer(context))
    if not named:
        return ""
    nearest = named[-1]
    between = context[nearest.end() :]
    if any(c.isdigit() for c in between) or words.OTHER_BEFORE.search(between):
        return ""
    return str(nearest.lastgroup)


def _share_list(text: str, found: list[_Candidate]) -> None:
    """Give the period of the last item of "A / B per hour" to the items before it."""
    for one, two in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if one.period or not two.period or not (one.money and two.money):
            continue
        gap = text[one.end : two.start]
        if len(gap) < 20 and words.LISTED_AFTER.fullmatch(gap):
            one.period = two.period


# --- is it pay? ----------------------------------------------------------------------


def _context_before(text: str, start: int, length: int = 120) -> str:
    """The sentence before `start`; a heading on the line above belongs to it."""
    window = text[max(0, start - length) : start]
    cut = 0
    for found in _BREAK.finditer(window):
        if found.group() == "\n":
            line_start = window.rfind("\n", 0, found.start()) + 1
            line = window[line_start : found.start()].strip()
            rest = window[found.end() :]
            heading = len(line) <= 60 and not line.endswith((".", ";", ","))
            if (heading and rest.strip() == "") or not line:
                continue
        cut = found.end()
    return window[cut:]


def _context_after(text: str, end: int, length: int = 60) -> str:
    window = text[end : end + length]
    found = _BREAK.search(window)
    return window[: found.start()] if found else window


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends, or -1."""
    return max((found.end() for found in pattern.finditer(text)), default=-1)


def _pay_rule(text: str, candidate: _Candidate, field: bool, more: bool) -> str:
    """The name of the rule by which the candidate is pay, or "" when it is not."""
    if not _plausible(text, candidate):
        return ""
    after = _context_after(text, candidate.end)
    before = _context_before(text, candidate.start)
    pay, other = _last(words.PAY_WORD, before), _last(words.OTHER_BEFORE, before)
    if words.PAY_WORD.search(text, candidate.start, candidate.first.start):
        before = before + text[candidate.start : candidate.first.start]  # "Mindestgehalt: € 3.200"
        pay = len(before)
    if other <= before.rfind("+"):
        other = -1
    good_range = candidate.is_range and candidate.money and candidate.top >= 10_000
    if words.OTHER_AFTER.match(after) and not words.OTE.match(after.lstrip(" (")):
        return ""
    if 0 <= other >= pay and not words.OTE.search(before) and not (good_range and pay >= 0):
        return ""
    if words.EXTRA_BEFORE.search(before) and more and not candidate.is_range:
        tail = after[:25]
        if not words.OTE.search(tail) and not candidate.period and pay < 0:
            return ""
    if candidate.money:
        return _money_rule(candidate, field, before, after, pay)
    return _bare_rule(text, candidate, field, after, pay)


def _money_rule(candidate: _Candidate, field: bool, before: str, after: str, pay: int) -> str:
    """Rules for amounts with a currency."""
    shape = "range" if candidate.is_range else "amount"
    strong = pay >= 0 and (candidate.top >= 10_000 or bool(words.STRONG_PAY.search(before)))
    if candidate.period:
        short = candidate.period in ("hour", "day", "week")
        yearly = candidate.period == "year" and candidate.top >= 20_000
        inside = before.endswith("(")
        if field or short or strong or (yearly and not inside):
            return f"salary.{shape}-with-period"
        if candidate.is_range and candidate.top >= 1000:
            return "salary.range-with-period"
    if field:
        return f"salary.{shape}-in-field"
    if strong or (candidate.is_range and pay >= 0 and candidate.top >= 8):
        return f"salary.{shape}-after-pay-word"
    lead = after.lstrip(" (,")
    if words.STRONG_PAY.match(lead) or words.OTE.match(lead) or re.match(r"(?:base|gross)\b", lead):
        return f"salary.{shape}-before-pay-word"
    if candidate.is_range and candidate.low and candidate.low >= 10_000:
        return "salary.plausible-range"
    return ""


def _bare_rule(text: str, candidate: _Candidate, field: bool, after: str, pay: int) -> str:
    """Rules for numbers without a currency: a period or pay word has to stand there."""
    shape = "range" if candidate.is_range else "amount"
    floor = {"year": 5000, "month": 400, "week": 100, "day": 50, "hour": 5}
    factor = candidate.first.factor or candidate.last.factor
    if candidate.period and candidate.top >= floor[candidate.period] and (field or pay >= 0):
        return f"salary.{shape}-with-period-no-currency"
    if factor == "thousand" and candidate.top >= 10_000:
        if pay >= 0:
            return f"salary.{shape}-after-pay-word-no-currency"
        if field and _alone(text, candidate):
            return f"salary.{shape}-in-field-no-currency"
    elif pay >= 0 and candidate.top >= 10_000 and (field or candidate.is_range):
        return f"salary.{shape}-after-pay-word-no-currency"
    elif field and candidate.top >= 10_000 and _alone(text, candidate):
        return f"salary.{shape}-in-field-no-currency"
    return ""


_ONLY = re.compile(
    r"\s*(?:\(?\s*(?:doe|dep\w*\s+on\s+exp\w*|neg(?:otiable)?|gross|brutto|brut|basic|base|plus"
    r"|\+|&|and|circa|ca?\.?"
    r"|approx\.?|around|about|bonus(?:es)?|benefits?|bens?|equity|commission|pension|car|package"
    r"|excellent|great"
    r"|up\s?to|from|starting|ote|salary|pay|per|year|p\.?a\.?|-|,|\.|/|\)|~|\d+%)\s*)*",
    re.I,
)


def _alone(text: str, candidate: _Candidate) -> bool:
    """Whether the field says hardly more than this amount."""
    return bool(_ONLY.fullmatch(text[: candidate.start])) and bool(
        _ONLY.fullmatch(text[candidate.end :])
    )


def _plausible(text: str, candidate: _Candidate) -> bool:
    """Whether the number can be pay at all, before any word is asked."""
    first, last = candidate.first, candidate.last
    if candidate.top <= 0 or candidate.top > Decimal(10) ** 10:
        return False
    if first.glued and not first.money:
        return False
    if "million" in (first.factor, last.factor) and not millions_are_pay(candidate.currency):
        return False
    if _PENSION.match(text, first.number_start) or _PENSION.match(text, last.number_start):
        return False
    if words.PIECE_AFTER.match(text, candidate.end):
        return False
    if text[last.end : last.end + 2].lstrip().startswith("%"):
        return False
    if candidate.money:
        return _plausible_money(candidate)
    if first.is_year and last.is_year and not PERIOD_AFTER.match(text, last.end):
        return False
    following = text[last.end : last.end + 1]
    if following.isalpha() and not PERIOD_AFTER.match(text, last.end):
        return False
    if words.NOUN_AFTER.match(text, last.end):
        return False
    if re.match(r"[:/.,-]\d", text[last.end : last.end + 2]):
        return False
    left = text[max(0, first.start - 2) : first.start]
    return not re.search(r"\d[:/.,-]\Z|[+(]\Z", left) or bool(first.factor)


def _plausible_money(candidate: _Candidate) -> bool:
    """Amounts no employer pays for that period: a cent an hour, a billion a year."""
    strong = candidate.currency in ("USD", "EUR", "GBP", "CHF", "CAD", "AUD")
    if not strong:
        return True
    ceiling = {"hour": 2_000, "day": 20_000, "week": 60_000, "month": 300_000}
    if candidate.top > ceiling.get(candidate.period, 5_000_000):
        return False
    if candidate.period == "year" and candidate.top < 50:
        return False
    return candidate.top >= 3


def _kind(text: str, candidate: _Candidate) -> str:
    """base, ote or estimate, by the words at the amount."""
    after = text[candidate.end : candidate.end + 28]
    before = _context_before(text, candidate.start, 70)
    if words.ESTIMATE.match(after) or words.ESTIMATE_BEFORE.search(before):
        return "estimate"
    lead = after.lstrip(" (,-–:")
    named = words.OTE.match(lead) or re.match(r"\w+\s+OTE\b", lead)
    if named and not re.match(r"\s*(?:of|:)?\s*(?:up to)?\s*[£$€\d]", lead[named.end() :]):
        return "ote"
    ote, base = _last(words.OTE, before), _last(words.BASE, before)
    return "ote" if ote >= 0 and ote > base else "base"
