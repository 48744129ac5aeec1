"""Which money a sign that several countries share means, by the country of the work.

By itself "$" is read as the US dollar and "kr" as no certain currency. On a posting of one
country that writes its own money so, it is that country's; where its worker sits at home, or the
text tells of other countries too, it may be either and stays open.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extraction import gazetteer
from extraction.salary import Range, Salary

NEAR = 200
"""Characters around a range in which another country makes its sign doubtful."""

_US = re.compile(r"\b(?:US|USA|U\.S\.(?:A\.)?|United\s+States|America\w*)(?!\w)")
# The sign, what it is read as by itself, and the currency of each country that writes it. An
# empty one may as well be the other: employers there pay in US dollars too.
_SIGNS: tuple[tuple[re.Pattern[str], str, dict[str, str]], ...] = (
    (
        re.compile(r"[$＄]|\bdollars?\b", re.I),
        "USD",
        {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "", "MX": "",
         "AR": "", "CL": "", "CO": "", "UY": ""},
    ),
    (re.compile(r"kr\b", re.I), "", {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"}),
    (re.compile(r"[¥￥]"), "JPY", {"CN": "CNY"}),
    (re.compile(r"\brs\b", re.I), "INR", {"PK": "PKR", "LK": "LKR", "NP": "NPR"}),
    (
        re.compile(r"\bpesos\b", re.I),
        "MXN",
        {"AR": "ARS", "CL": "CLP", "CO": "COP", "UY": "UYU", "PH": "PHP", "DO": "DOP"},
    ),
)  # fmt: skip


def in_country(answer: Salary, country: str, text: str, *, remote: bool) -> Salary:
    """The answer with its shared signs read as a posting whose places lie in `country` does.

    Nothing changes where another range names its currency beyond doubt, since a plain sign is
    then meant apart from it ("CA$130k in Toronto, $150k in the US").
    """
    signs = [_sign(stated, country) for stated in answer.ranges]
    if not any(signs) or not all(signs):
        return answer
    told = text if len(signs) > 1 else _around(text, answer.evidence)
    elsewhere = remote or bool(_US.search(told))
    ranges = tuple(
        replace(stated, currency="" if elsewhere and by_itself else own)
        for stated, (by_itself, own) in zip(answer.ranges, filter(None, signs), strict=True)
    )
    return replace(
        answer,
        ranges=ranges,
        currency=ranges[0].currency,
        rule=f"{answer.rule}; {_told(country, ranges[0].currency)}",
    )


def _told(country: str, currency: str) -> str:
    name = gazetteer.country_name(country)
    return f"a sign of the money of {name}" if currency else f"a sign of {name} and of others"


def _around(text: str, quote: str) -> str:
    at = text.find(quote)
    return text[max(0, at - NEAR) : at + len(quote) + NEAR]


def _sign(stated: Range, country: str) -> tuple[str, str] | None:
    """What a range's sign means by itself and in a country; None where no other country's is it."""
    for sign, by_itself, homes in _SIGNS:
        plain = stated.currency == by_itself and country in homes and sign.search(stated.evidence)
        named = by_itself[:2] in stated.evidence.upper() if by_itself else False
        if plain and not named:
            return by_itself, homes[country]
    return None
