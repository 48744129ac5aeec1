"""The language a text is written in, by its little words or its script.

Counted are words that one language uses all the time and the others hardly ever. A text
with too few of them, such as a title, and one that mixes two languages, has no answer.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extraction.common import as_text, or_none

DATA = Path(__file__).parent / "data"
LENGTH = 1_500
"""Characters looked at: enough to tell, and the end of a posting is often a legal notice."""
LEAST = 3
"""Little words a text needs."""
CLEARLY = 1.6
"""How many times more of them than of the next language."""
SLIGHTLY = 1.15
"""The same for languages that share nearly all of them."""
_SISTERS = ({"da", "no"},)

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)


@dataclass(frozen=True, slots=True)
class Language:
    """An ISO 639-1 code, empty where the text does not tell."""

    language: str = ""
    evidence: str = ""
    rule: str = ""

    def __bool__(self) -> bool:
        return bool(self.language)

    def as_dict(self) -> dict[str, object]:
        """The answer of `manage.py extract language`."""
        return {
            "language": or_none(self.language),
            "evidence": or_none(self.evidence),
            "rule": or_none(self.rule),
        }


NONE = Language()


@cache
def _weights() -> dict[str, list[tuple[str, float]]]:
    """The languages of each little word; one that several share says less of each."""
    lines = (DATA / "little_words.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    listed = {code: set(words.split()) for code, words in rows}
    shared = Counter(word for words in listed.values() for word in words)
    return {
        word: [(code, 1 / count) for code, words in listed.items() if word in words]
        for word, count in shared.items()
    }


def extract(text: str) -> Language:
    """The language of most of the text; the quote is its first few words that told."""
    text = as_text(text)[:LENGTH]
    if not text.isascii():
        found = _by_script(text)
        if found:
            return found
    points: dict[str, float] = {}
    seen: Counter[str] = Counter()
    weights = _weights()
    words = [m.group() for m in _WORD.finditer(text.lower())]
    for word, count in Counter(words).items():
        for code, weight in weights.get(word, ()):
            points[code] = points.get(code, 0.0) + weight * count
            seen[code] += count
    ranked = sorted(points.items(), key=lambda item: -item[1])[:2]
    if not ranked or seen[ranked[0][0]] < LEAST or ranked[0][1] < 0.08 * len(words):
        return NONE
    if len(ranked) > 1:
        near = {ranked[0][0], ranked[1][0]} in _SISTERS
        if ranked[0][1] < (SLIGHTLY if near else CLEARLY) * ranked[1][1]:
            return NONE
    return Language(ranked[0][0], _quote(text, ranked[0][0]), "language.little-words")


def _quote(text: str, code: str) -> str:
    """The text from the first little word of the language to the third one."""
    spots: list[tuple[int, int]] = []
    for found in _WORD.finditer(text):
        if any(c == code for c, _ in _weights().get(found.group().lower(), ())):
            spots.append(found.span())
            if len(spots) == LEAST:
                break
    return text[spots[0][0] : spots[-1][1]] if spots else ""


def _by_script(text: str) -> Language:
    letters = sum(c.isalpha() for c in text)
    for code, script in _SCRIPTS:
        found = script.findall(text)
        if found and len(found) * (8 if code == "ja" else 3) > letters:
            first = script.search(text)
            begin = first.start() if first else 0
            return Language(code, text[begin : begin + 20].strip(), "language.script")
    return NONE
