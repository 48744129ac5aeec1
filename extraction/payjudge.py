"""Whether an amount is pay, by the words around it, and of which kind."""

from __future__ import annotations

import re
from decimal import Decimal

from extraction import payrules as words
from extraction.money import PERIOD_AFTER, millions_are_pay
from extraction.payranges import Candidate, context_after, context_before

_PENSION = re.compile(r"40[13]\s?\(?[kKbB]\)?")


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends, or -1."""
    return max((found.end() for found in pattern.finditer(text)), default=-1)


def pay_rule(text: str, candidate: Candidate, field: bool, more: bool) -> str:
    """The name of the rule by which the candidate is pay, or "" when it is not."""
    if not _plausible(text, candidate):
        return ""
    after = context_after(text, candidate.end)
    before = context_before(text, candidate.start)
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


def _money_rule(candidate: Candidate, field: bool, before: str, after: str, pay: int) -> str:
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


def _bare_rule(text: str, candidate: Candidate, field: bool, after: str, pay: int) -> str:
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


def _alone(text: str, candidate: Candidate) -> bool:
    """Whether the field says hardly more than this amount."""
    return bool(_ONLY.fullmatch(text[: candidate.start])) and bool(
        _ONLY.fullmatch(text[candidate.end :])
    )


def _plausible(text: str, candidate: Candidate) -> bool:
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


def _plausible_money(candidate: Candidate) -> bool:
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


def kind_of(text: str, candidate: Candidate) -> str:
    """base, ote or estimate, by the words at the amount."""
    after = text[candidate.end : candidate.end + 28]
    before = context_before(text, candidate.start, 70)
    if words.ESTIMATE.match(after) or words.ESTIMATE_BEFORE.search(before):
        return "estimate"
    lead = after.lstrip(" (,-–:")
    named = words.OTE.match(lead) or re.match(r"\w+\s+OTE\b", lead)
    if named and not re.match(r"\s*(?:of|:)?\s*(?:up to)?\s*[£$€\d]", lead[named.end() :]):
        return "ote"
    ote, base = _last(words.OTE, before), _last(words.BASE, before)
    return "ote" if ote >= 0 and ote > base else "base"
