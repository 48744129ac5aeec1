"""Whether an amount is pay, by the words around it, and of which kind."""

from __future__ import annotations

import re
from decimal import Decimal

from extraction import payrules as words
from extraction.money import few_millions_are_pay, millions_are_pay
from extraction.payranges import Candidate, context_after, context_before
from extraction.periods import PERIOD_AFTER

_PENSION = re.compile(r"40[13]\s?\(?[kKbB]\)?")


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends, or -1."""
    return max((found.end() for found in pattern.finditer(text)), default=-1)


def pay_rule(text: str, candidate: Candidate, field: bool, more: bool) -> str:
    """The name of the rule by which the candidate is pay, or "" when it is not.

    `field` says that the text is a pay field, `more` that pay was read before it.
    """
    if not _plausible(text, candidate):
        return ""
    after = context_after(text, candidate.end)
    glued = bool(candidate.period) and after[:1].isupper()  # "$ /yearBonus 5%"
    glued = glued or (
        candidate.is_range
        and candidate.period == "year"
        and candidate.top >= 15_000
        and bool(_PERK_NEXT.match(after))
    )
    if not glued and _names_other(after) and not _stipend(candidate, after):
        return ""
    before = context_before(text, candidate.start)
    pay, other = _last_words(before)
    if words.PAY_WORD.search(text, candidate.start, candidate.first.start):
        before = before + text[candidate.start : candidate.first.start]  # "Mindestgehalt: € 3.200"
        pay = len(before)
    if other <= before.rfind("+"):
        other = -1
    if 0 <= other >= pay and not words.OTE.search(before):
        good_range = candidate.is_range and candidate.money and candidate.top >= 10_000
        good_range = good_range and not candidate.wide
        if pay < 0 or not good_range or words.EXTRA_NAMED.search(before):
            return ""
    if words.THIRD_PARTY.search(before) or _meal_card(candidate, before):
        return ""
    if words.EXTRA_BEFORE.search(before) and more and not candidate.is_range:
        tail = after[:25]
        if not words.OTE.search(tail) and not candidate.period and pay < 0:
            return ""
    if candidate.money:
        if _too_small(candidate) and not (field and pay >= 0):
            return ""
        if field and pay < 0 and _small_change(text, candidate):
            return ""
        return _money_rule(text, candidate, field, before, after, pay)
    return _bare_rule(text, candidate, field, pay)


_PERK_NEXT = re.compile(r"\s*(?:pension|bonus|car|commission|profit|shares|equity)\b", re.I)
_OWN_AMOUNT = re.compile(r"\s*(?:of|:|up\s+to|is)?\s*[£$€]?\d")


def _names_other(after: str) -> bool:
    """Whether the words behind an amount name it as other money than pay.

    In a bracket of its own that name may be of the amount that follows: "(weighting £3,000)".
    """
    named = words.OTHER_AFTER.match(after)
    if not named or words.OTE.match(after.lstrip(" (")):
        return False
    return after.lstrip()[:1] not in "(," or not _OWN_AMOUNT.match(after, named.end())


def _last_words(before: str) -> tuple[int, int]:
    """Where the last pay word and the last word of other money end, each -1 where none is.

    A pay word inside the name of other money counts for that alone: "relocation package".
    """
    if not before or before.isspace():
        return -1, -1
    pay = other = -1
    spans = []
    clear = words.JOB_NAME.sub(_blank, before)
    for found in words.OTHER_BEFORE.finditer(clear):
        other = found.end()
        spans.append(found.span())
    for found in words.PAY_WORD.finditer(before):
        if not any(a <= found.start() < b for a, b in spans):
            pay = found.end()
    return pay, other


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


_MEAL_CARD = re.compile(r"\bv[ar]\b\W*(?:de\s+)?\Z", re.I)


def _meal_card(candidate: Candidate, before: str) -> bool:
    """Whether it is the meal card of a Brazilian posting: "VR R$ 1.000,00"."""
    return candidate.currency == "BRL" and bool(_MEAL_CARD.search(before))


def _money_rule(
    text: str, candidate: Candidate, field: bool, before: str, after: str, pay: int
) -> str:
    """Rules for amounts with a currency."""
    shape = "range" if candidate.is_range else "amount"
    strong = pay >= 0 and (candidate.top >= 10_000 or bool(words.STRONG_PAY.search(before)))
    if candidate.period:
        short = candidate.period in ("hour", "day", "week")
        yearly = candidate.period == "year" and candidate.top >= 20_000
        inside = before.endswith("(")
        leads = field and (shape == "range" or pay >= 0 or _leads(text, candidate))
        if leads or short or strong or (yearly and not inside):
            return f"salary.{shape}-with-period"
        if candidate.is_range and candidate.top >= 1000:
            return "salary.range-with-period"
        if candidate.period == "month" and candidate.top >= 1000 and _fills_part(text, candidate):
            return "salary.amount-in-part"
    if (
        field
        and _leads(text, candidate)
        and not (candidate.wide and pay < 0 and _about(text, candidate))
    ):
        return f"salary.{shape}-in-field"
    if strong or (candidate.is_range and pay >= 0 and candidate.top >= 8):
        return f"salary.{shape}-after-pay-word"
    lead = after.lstrip(" (,")
    if words.STRONG_PAY.match(lead) or words.OTE.match(lead) or words.PAY_AFTER.match(lead):
        return f"salary.{shape}-before-pay-word"
    if candidate.is_range and candidate.low and candidate.low >= 10_000 and not candidate.wide:
        return "salary.plausible-range"
    if candidate.top >= 20_000 and _fills_part(text, candidate):
        return f"salary.{shape}-in-part"
    return ""


def _bare_rule(text: str, candidate: Candidate, field: bool, pay: int) -> str:
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
        if _NAMED.match(text, candidate.end):
            return f"salary.{shape}-before-pay-word-no-currency"
        if candidate.is_range and candidate.top >= 20_000 and _fills_part(text, candidate):
            return f"salary.{shape}-in-part-no-currency"
    elif (
        pay >= 0
        and candidate.top >= 10_000
        and (field or candidate.is_range or _LABEL_END.search(text[: candidate.first.start][-25:]))
    ):
        return f"salary.{shape}-after-pay-word-no-currency"
    elif field and candidate.top >= 10_000 and _alone(text, candidate):
        return f"salary.{shape}-in-field-no-currency"
    return ""


_LABEL_END = re.compile(
    r"(?:salary|compensation|pay|wage|gehalt)(?:\s+(?:min|max)\w*)?:\s?\Z", re.I
)
_NAMED = re.compile(r"\s+(?:base|basic|fix(?:ed|e)?|gross|brut(?:to|o|s)?)\b", re.I)
_ONLY = re.compile(
    r"\s*(?:\(?\s*(?:doe|between|entre|zwischen|de|von|tra|min(?:imum)?\.?|max(?:imum)?\.?|dep\w*\s+on\s+exp\w*|neg(?:otiable)?|gross|brutto|brut|bruts|brut[oi]s?|nett?[oi]|net|lord[oi]"
    r"|b2b|uop|vat|basic|base|plus"
    r"|\+|&|and|circa|ca?\.?"
    r"|approx\.?|around|about|bonus(?:es)?|benefits?|bens?|equity|commission|pension|car|package"
    r"|excellent|great|tc|tax\s+free|[·.]\s?\d\d薪|[\d.]+\s?[-–]\s?[\d.]+\s?%|k|usd|eur|gbp"
    r"|up\s?to|from|starting|ote|salary|pay|per|year|p\.?a\.?|-|,|\.|/|\)|~|\d+%)\s*)*",
    re.I,
)


def _alone(text: str, candidate: Candidate) -> bool:
    """Whether the field says hardly more than this amount."""
    return bool(_ONLY.fullmatch(text[: candidate.start])) and bool(
        _ONLY.fullmatch(text[candidate.end :])
    )


_PART_ENDS = re.compile(r"\s*[|•\n]\s*")


def _fills_part(text: str, candidate: Candidate) -> bool:
    """Whether the amount is all that stands between two bars: "NYC | 120-160K | Remote"."""
    line = text.rfind("\n", 0, candidate.start) + 1
    begin = max(line, *(text.rfind(bar, line, candidate.start) + 1 for bar in "|•"))
    ending = _PART_ENDS.search(text, candidate.end)
    end = ending.start() if ending else len(text)
    return bool(_ONLY.fullmatch(text[begin : candidate.start])) and bool(
        _ONLY.fullmatch(text[candidate.end : end])
    )


_WORD = re.compile(r"[^\W\d_]{2,}")
MAX_LEADING_WORDS = 3
MAX_FIELD_WORDS = 6


def _leads(text: str, candidate: Candidate) -> bool:
    """Whether a short text is a pay field and no sentence: its amount comes early.

    "£30k + car + pension" does, "We give each new hire a $3,000 laptop" does not; what
    stands before a bar, dash or colon is a heading ("Sales Manager - £40k").
    """
    head = re.split(r"[|:\n•–—]|\s-|-\s|,\s", text[: candidate.start])[-1]
    head = words.PAY_WORD.sub(" ", words.JOB_NAME.sub(" ", head))
    if len(_WORD.findall(head)) <= MAX_LEADING_WORDS:
        return True
    return len(_WORD.findall(text)) <= MAX_FIELD_WORDS


def _plausible(text: str, candidate: Candidate) -> bool:
    """Whether the number can be pay at all, before any word is asked."""
    first, last = candidate.first, candidate.last
    if candidate.top <= 0 or candidate.top > Decimal(10) ** 10:
        return False
    if first.glued and not first.money:
        return False
    if "million" in (first.factor, last.factor) and not _in_millions(candidate):
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


A_FEW_MILLIONS = 20_000_000


def _in_millions(candidate: Candidate) -> bool:
    """Whether pay in its currency can run to as many millions."""
    few = few_millions_are_pay(candidate.currency) and candidate.top <= A_FEW_MILLIONS
    return few or millions_are_pay(candidate.currency)


_STRONG = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD"})


def _plausible_money(candidate: Candidate) -> bool:
    """Amounts no employer pays for that period: a cent an hour, a billion a year."""
    if candidate.currency not in _STRONG:
        return True
    ceiling = {"hour": 2_000, "day": 20_000, "week": 60_000, "month": 300_000}
    if candidate.top > ceiling.get(candidate.period, 5_000_000):
        return False
    if candidate.period == "year" and candidate.top < 50:
        return False
    return candidate.top >= 3


_LEAST = {"year": 5_000, "month": 300, "week": 75, "day": 25}


def _too_small(candidate: Candidate) -> bool:
    """Less than any job of a posting pays for the period: a perk ("$150 a month")."""
    return candidate.currency in _STRONG and candidate.top < _LEAST.get(candidate.period, 0)


_STIPEND = re.compile(r"\s*(?:monthly\s+)?stipends?\b(?!\s+(?:for|to)\b)", re.I)


def _stipend(candidate: Candidate, after: str) -> bool:
    """Whether it is the stipend that an intern lives on: "₹15,000/month stipend"."""
    return (
        candidate.period in ("week", "month")
        and candidate.top >= 1000
        and bool(_STIPEND.match(after))
    )


SMALL_AMOUNT, SMALL_RANGE = 5_000, 2_000


def _small_change(text: str, candidate: Candidate) -> bool:
    """Whether a small sum without a period stands among words of neither pay nor a job.

    "£500 for a friend you bring" is a perk, "£500" and "Java Developer - £500" are pay.
    """
    if candidate.period or candidate.currency not in _STRONG:
        return False
    if candidate.top >= (SMALL_RANGE if candidate.is_range else SMALL_AMOUNT):
        return False
    return _about(text, candidate)


def _about(text: str, candidate: Candidate) -> bool:
    """Whether words of neither pay nor a job stand beside the amount in its part of a field."""
    begin = max(text.rfind(bar, 0, candidate.start) for bar in "|•\n") + 1
    ending = _PART_ENDS.search(text, candidate.end)
    end = ending.start() if ending else len(text)
    head, tail = text[begin : candidate.start], text[candidate.end : end]
    if _ONLY.fullmatch(head) and _ONLY.fullmatch(tail):
        return False
    around = head + tail
    return not words.JOB_NOUN.search(around) and not words.PAY_WORD.search(around)


def kind_of(text: str, candidate: Candidate) -> str:
    """base, ote or estimate, by the words at the amount."""
    after = text[candidate.end : candidate.end + 28]
    before = context_before(text, candidate.start, 70)
    if words.ESTIMATE.match(after) or words.ESTIMATE_BEFORE.search(before):
        return "estimate"
    lead = after.removeprefix("+").lstrip(" (,-–:")
    named = words.OTE.match(lead) or re.match(r"\w+\s+OTE\b", lead)
    if named and not re.match(
        r"\s*(?:of|:|between|from|is)?\s*(?:up to)?\s*[£$€\d]", lead[named.end() :]
    ):
        return "ote"
    if re.match(r"(?:as\s+)?(?:a\s+)?(?:base|basic|fix)\b(?!:?\s*[£$€\d])", lead, re.I):
        return "base"
    ote, base = _last(words.OTE, before), _last(words.BASE, before)
    return "ote" if ote >= 0 and ote > base else "base"
