"""Amounts of a text joined to ranges, with their bounds, currency and period.

Nobody has judged them yet: whether a candidate is pay is decided by `extraction.payjudge`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise

from extraction import payrules as words
from extraction.money import Amount, amounts, currency_after, dollar_after
from extraction.periods import PERIOD_AFTER, PERIOD_BEFORE, PERIOD_STEMS

MAX_AMOUNTS = 1_000
"""Numbers looked at in one text; no posting has so many."""

WIDE = 4
ALIKE = 5
"""How many times larger the same pay is in another currency at most."""

_BREAK = re.compile(r"[.!?;]\s+(?=[^\W\d_a-z]|\()|\n|•|\|")
_SHORTENED = re.compile(r"\b(?:lt|ca|max|min|inkl|incl|approx|z\.B)\Z")


def _breaks(window: str) -> Iterator[re.Match[str]]:
    """The ends of sentences in a window; a dot behind an abbreviation is none."""
    for found in _BREAK.finditer(window):
        at = found.start()
        if window[at] != "." or not _SHORTENED.search(window[max(0, at - 7) : at]):
            yield found


@dataclass(slots=True)
class Candidate:
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
    def wide(self) -> bool:
        """Whether its ends lie further apart than those of the pay of one post do."""
        return bool(self.low and self.high and self.high > WIDE * self.low)

    @property
    def top(self) -> Decimal:
        value = self.high if self.high is not None else self.low
        return value if value is not None else Decimal(0)


def candidates(text: str) -> list[Candidate]:
    """Amounts joined to ranges, with bounds, currency and period; judged by nobody yet."""
    result: list[Candidate] = []
    waiting: Amount | None = None
    for amount in islice(amounts(text), MAX_AMOUNTS):
        if amount.glued and not amount.money:
            continue
        if waiting is not None:
            if _linked(text, waiting, amount):
                result.append(_range(text, waiting, amount))
                waiting = None
                continue
            alone = _single(text, waiting) if _hopeful(waiting) else None
            if alone:
                result.append(alone)
        waiting = amount
    alone = _single(text, waiting) if waiting is not None and _hopeful(waiting) else None
    if alone:
        result.append(alone)
    return result


def _hopeful(amount: Amount) -> bool:
    """Whether a number by itself can be pay; most numbers of a posting cannot."""
    return amount.money or bool(amount.factor) or (amount.value >= 5 and not amount.is_year)


_SHARED = re.compile("[$¥￥]")
"""Signs of several currencies, which a code at the other end makes exact."""


def _linked(text: str, one: Amount, two: Amount) -> bool:
    """Whether two amounts are the ends of one range."""
    gap = two.start - one.end
    if gap <= 0 or gap > 45 or two.glued:
        return False
    begin = one.end
    if gap == 1 and text[begin] == "/" and two.factor == "thousand":  # "38/45k"
        return not one.money and not one.factor and 10 <= one.value < two.value < 1000
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
    if differ and not _SHARED.search(text, one.start, one.end):
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


def _range(text: str, one: Amount, two: Amount) -> Candidate:
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
    elif currency == "USD" and _plain_dollar(text, two):
        named, end = dollar_after(text, end)  # "$25,000 - $30,000 a month MXN"
        currency = named or currency
    return Candidate(
        one, two, low, high, currency, one.money or two.money, period, start, end, False
    )


def _plain_dollar(text: str, amount: Amount) -> bool:
    """Whether only a bare "$" names the currency; which dollar it is, another end may say."""
    return amount.currency == "USD" and "us" not in text[amount.start : amount.end].lower()


def _single(text: str, amount: Amount) -> Candidate | None:
    """The candidate of one amount; None for a small bare number that names no period."""
    start, end = amount.start, amount.end
    plus = words.PLUS.match(text, end)
    currency, money = amount.currency, amount.money
    if plus:
        end = plus.end()
        if not money:
            currency, end = currency_after(text, end)  # "100k+ USD"
            money = bool(currency)
    found = PERIOD_AFTER.match(text, end)
    period = _period_name(found) if found else _period_at(text, start, amount)
    if not (money or amount.factor or period or amount.value >= 10_000):
        return None
    low: Decimal | None = amount.scaled
    high: Decimal | None = amount.scaled
    before = text[max(0, start - 75) : start]
    up_to = words.UP_TO.search(before)
    bound = up_to or words.FROM.search(before)
    if bound:
        start -= len(before) - bound.start()
        low, high = (None, high) if up_to else (low, None)
    elif plus:
        high = None
    if found:
        end = found.end()
        late = None if plus or bound else words.PLUS.match(text, end)
        if late:
            high, end = None, late.end()
        if currency == "USD" and _plain_dollar(text, amount):
            named, end = dollar_after(text, end)
            currency = named or currency
    most = None if bound or plus else words.AT_MOST.match(text, end)
    if most:
        low, end = None, most.end()
    return Candidate(
        amount, amount, low, high, currency, money, period, start, end, bool(bound or plus)
    )


def _period_name(found: re.Match[str]) -> str:
    return str(found.lastgroup)


_ASCII_STEMS = tuple(stem for stem in PERIOD_STEMS if stem.isascii())


def _period_at(text: str, start: int, last: Amount) -> str:
    """A period inside the amount ("LPA") or earlier in the sentence ("annual salary of")."""
    if last.factor == "lakh" and text[: last.end].lower().endswith("lpa"):
        return "year"
    window = text[max(0, start - 90) : start].lower()
    stems = _ASCII_STEMS if window.isascii() else PERIOD_STEMS
    if not any(stem in window for stem in stems):
        return ""
    context = context_before(text, start, 90)
    named = list(PERIOD_BEFORE.finditer(context))
    if not named:
        return ""
    nearest = named[-1]
    between = context[nearest.end() :]
    if any(c.isdigit() for c in between) or words.OTHER_BEFORE.search(between):
        return ""
    return str(nearest.lastgroup)


def share_periods(text: str, found: list[Candidate]) -> None:
    """Give the period of the last item of "A / B per hour" to the items before it, and that of
    the first to the same pay in other currencies: "a weekly 2,000 USD / 1,500 GBP"."""
    for one, two in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if one.period or not two.period or not (one.money and two.money):
            continue
        if _listed(text, one, two):
            one.period = two.period
    for one, two in pairwise(found):
        if two.period or not one.period or not (one.money and two.money):
            continue
        alike = two.top <= ALIKE * one.top and one.top <= ALIKE * two.top
        if alike and one.currency != two.currency and _listed(text, one, two):
            two.period = one.period


def _listed(text: str, one: Candidate, two: Candidate) -> bool:
    gap = text[one.end : two.start]
    return len(gap) < 20 and bool(words.LISTED_AFTER.fullmatch(gap))


def context_before(text: str, start: int, length: int = 120) -> str:
    """The sentence before `start`; a heading on the line above belongs to it."""
    window = text[max(0, start - length) : start]
    cut = 0
    for found in _breaks(window):
        if found.group() == "\n":
            line_start = window.rfind("\n", 0, found.start()) + 1
            line = window[line_start : found.start()].strip()
            rest = window[found.end() :]
            heading = len(line) <= 60 and not line.endswith((".", ";", ","))
            opening = words.HEADING.match(line) and _few_words(rest)
            if (heading and (opening or rest.strip() == "")) or not line:
                continue
        cut = found.end()
    return window[cut:]


def _few_words(rest: str) -> bool:
    """Whether only words such as "circa" or "up to" stand before the amount of a line."""
    return len(rest.split()) <= 3 and not words.OTHER_BEFORE.search(rest)


def context_after(text: str, end: int, length: int = 60) -> str:
    window = text[end : end + length]
    found = next(_breaks(window), None)
    return window[: found.start()] if found else window
