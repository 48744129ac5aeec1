"""Small tools that several readers share: folding text and cutting tidy quotes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

_SPECIAL = str.maketrans(
    {
        "ß": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae",
        "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i", "þ": "th", "ð": "d", "’": "'", "ʼ": "'",
        "`": "'", "´": "'", "‘": "'",
    }
)  # fmt: skip


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The text in lower case without marks: "Kraków" and "KRAKOW" become "krakow".

    The length may change ("ß" becomes "ss"), so positions of the result are not
    positions of the input.
    """
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.translate(_SPECIAL))
    return "".join(c for c in spread if not unicodedata.combining(c)).casefold()


def lower(text: str) -> str:
    """The text in lower case at the very positions it has; as it is where none has room."""
    low = text.lower()
    return low if len(low) == len(text) else text


_SPACES = re.compile(r"\s+")


def squeeze(text: str) -> str:
    """The text with every run of white space as one blank and none at its ends."""
    return _SPACES.sub(" ", text).strip()


def as_number(value: Decimal | None) -> int | float | None:
    """A Decimal as the JSON number that reads the same: whole numbers as int."""
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value else float(value)


def or_none(value: str) -> str | None:
    """An empty text as None, for JSON, where "not said" is null."""
    return value or None


def as_text(value: object) -> str:
    """What a caller gave for a text field: a str as it is, anything else as empty."""
    return value if isinstance(value, str) else ""


def word_set(listed: str) -> frozenset[str]:
    """The words of a list written with blanks."""
    return frozenset(listed.split())


def near(text: str, stems: Iterable[str], reach: int) -> list[tuple[int, int]]:
    """The stretches of a text within `reach` characters of any stem, merged and in order.

    Stems are in lower case. Searching these stretches instead of a whole posting is what
    makes the many statements of a kind cheap to look for.
    """
    low = lower(text)
    spots = []
    for stem in stems:
        at = low.find(stem)
        while at >= 0:
            spots.append(at)
            at = low.find(stem, at + 1)
    result: list[tuple[int, int]] = []
    for at in sorted(spots):
        begin, end = max(0, at - reach), min(len(text), at + reach)
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], end)
        else:
            result.append((begin, end))
    return result
