"""Skills named in a text, from a vocabulary the caller gives.

Names are compared as whole words, marks and case aside. Names that are also ordinary
words ("Go", "R", "Express", "Spring") count only where the text uses them as a skill:
written as a name and standing beside another skill or a word such as "developer".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extraction.common import as_text, fold, lower, or_none, word_set

MAX_LENGTH = 200_000

_TOKEN = re.compile(
    r"[^\W_]+(?:\+\+|#(?![^\W_]))?|(?<![^\W_])\.net(?![^\W_])|(?<=asp)\.net(?![^\W_])", re.I
)

# One letter or a plain word: a neighbour has to show that a skill is meant.
_STRICT = word_set(
    """access base box c case chi crystal d dash echo elm express factor fiber flow gin go
    io less make next notion outlook pages phoenix play project pure r rails rest sage
    salt sass scratch self sheets slides stata teams v word"""
)
# Names one does not write in lower case, but that may open a sentence as a plain word.
_LOOSE = word_set(
    """ada amplitude ant apex athena babel backbone beam bottle caddy caffe chef composer
    consul cypress dart delphi drill druid elixir ember envoy excel falcon glue groovy
    grunt gulp heat helm hive impala insomnia jest julia kinesis lambda linear lit
    looker luigi maven maya meteor mode monday nomad oracle pascal pig pinot polymer
    postman prefect presto puppet pyramid ray react redshift ruby rust samza scheme
    segment sketch slack snowflake solid spark spring stitch storm swift tornado unity
    vagrant vault zoom"""
)
_AFTER = re.compile(
    r"\s?-?(?:lang\b|language|programming|programmer|developer|engineer|development"
    r"|micro-?services|services|scripts?\b"
    r"|scripting|code\b|codebase|framework|back-?end|packages?\b|studio\b|shiny|markdown|stack"
    r"|applications?\b|experience"
    r"|\d|or\s+(?:python|java|sas|rust|r\b)|skills|entwickl|kenntnisse|d[ée]velopp)",
    re.I,
)
_BEFORE = re.compile(
    r"(?:\b(?:using|written\s+in|knowledge\s+of|proficien\w+\s+(?:in|with)|experience\s+(?:in"
    r"|with|using)|fluent\s+in|coding\s+in"
    r"|programming\s+in|languages?\s+(?:such\s+as|like)|e\.g\.|ms|microsoft|advanced"
    r"|kenntnisse\s+in|erfahrung\s+mit|expertise\s+in"
    r"|skills\s+in|skilled\s+in|develop\w*\s+in|build\w*\s+in))\s*[:(]?\s*\Z",
    re.I,
)
_LISTED = re.compile(
    r"[\s,/|;&()•·:+*–-]*(?:\b(?:and|or|und|oder|et|ou|y|e|i|as\s+well\s+as)\b)?[\s,/"
    r"|;&()•·:+*–-]*",
    re.I,
)
_SENTENCE_START = re.compile(r"(?:\A|[.!?:]\s+|\n\s*(?:[-*•·]\s*)?)\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """One skill and the words that named it first."""

    skill: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Skills:
    """The skills of a text, in the order of first mention."""

    found: tuple[Found, ...] = ()
    rule: str = ""

    @property
    def skills(self) -> tuple[str, ...]:
        """The slugs alone."""
        return tuple(f.skill for f in self.found)

    @property
    def evidence(self) -> str:
        """The first quote, empty where no skill is named."""
        return self.found[0].evidence if self.found else ""

    def __bool__(self) -> bool:
        return bool(self.found)

    def as_dict(self) -> dict[str, object]:
        """The answer of `manage.py extract skills`; `quotes` has one quote a skill."""
        return {
            "skills": list(self.skills),
            "evidence": or_none(self.evidence),
            "quotes": [{"skill": f.skill, "evidence": f.evidence} for f in self.found],
            "rule": or_none(self.rule),
        }


@dataclass(slots=True)
class _Hit:
    slug: str
    start: int
    end: int
    words: tuple[str, ...]
    sure: bool


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(m.group()) for m in _TOKEN.finditer(name))


_Longer = dict[str, list[tuple[tuple[str, ...], str]]]
"""Names of several words and their skills by their second word, longest first."""


class Vocabulary:
    """Skills with their names: `Vocabulary([("python", ["Python", "Python 3"]), …])`."""

    def __init__(self, skills: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._known: dict[str, tuple[str, _Longer]] = {}
        taken: set[tuple[str, ...]] = set()
        for slug, names in skills:
            for name in names:
                words = _words(name)
                if not words or words in taken:
                    continue
                taken.add(words)
                alone, longer = self._known.get(words[0], ("", {}))
                if len(words) == 1:
                    alone = slug
                else:
                    longer.setdefault(words[1], []).append((words, slug))
                    longer[words[1]].sort(key=lambda item: -len(item[0]))
                self._known[words[0]] = (alone, longer)

    def extract(self, text: str) -> Skills:
        """Every skill the text names, each once, with a verbatim quote."""
        text = as_text(text)[:MAX_LENGTH]
        hits = self._hits(text)
        _judge(text, hits)
        found: dict[str, Found] = {}
        for hit in hits:
            if hit.sure and hit.slug not in found:
                found[hit.slug] = Found(hit.slug, text[hit.start : hit.end])
        return Skills(tuple(found.values()), "skills.vocabulary" if found else "")

    def _hits(self, text: str) -> list[_Hit]:
        low, small = lower(text), text.islower()
        hits: list[_Hit] = []
        known = self._known
        end = 0
        for token in _TOKEN.finditer(low):
            word = token.group()
            if not word.isascii():
                word = fold(word)
            if word not in known or token.start() < end:
                continue
            slug, longer = known[word]
            found = _longest(low, token, longer) if longer else None
            if found:
                names, slug, end = found
            elif slug:
                names, end = (word,), token.end()
            else:
                continue
            hit = _Hit(slug, token.start(), end, names, False)
            hit.sure = _plain(text, hit, small)
            hits.append(hit)
        return hits


_APART = re.compile(r"[,;()\n]")


def _longest(
    text: str, first: re.Match[str], longer: _Longer
) -> tuple[tuple[str, ...], str, int] | None:
    """The longest name of several words that begins at a token, its slug and its end.

    The words stand together, with at most a hyphen, dot or slash between them.
    """
    tokens = [first]

    def reach(count: int) -> bool:
        while len(tokens) < count:
            at = tokens[-1].end()
            following = _TOKEN.search(text, at, at + 60)
            if following is None or following.start() - at > 3:
                return False
            if _APART.search(text, at, following.start()):
                return False
            tokens.append(following)
        return True

    if not reach(2):
        return None
    for names, slug in longer.get(fold(tokens[1].group()), ()):
        if reach(len(names)) and all(
            fold(token.group()) == name for token, name in zip(tokens[2:], names[2:], strict=False)
        ):
            return names, slug, tokens[len(names) - 1].end()
    return None


def is_plain_word(name: str) -> bool:
    """Whether a folded name of one word is as likely to mean something else."""
    return len(name) < 3 or name in _STRICT or name in _LOOSE


def _plain(text: str, hit: _Hit, lower: bool) -> bool:
    """Whether the name speaks for itself."""
    if len(hit.words) > 1:
        return True
    word = hit.words[0]
    if word in _STRICT:
        return False
    if word in _LOOSE:
        written = text[hit.start].isupper() or lower
        return written and not _SENTENCE_START.search(text[max(0, hit.start - 6) : hit.start])
    return True


def _judge(text: str, hits: list[_Hit]) -> None:
    """Decide the doubtful names by what stands beside them, from both sides of a list."""
    whole = len(hits) == 1 and text.strip() == text[hits[0].start : hits[0].end]
    for order in (hits, hits[::-1]):
        previous: _Hit | None = None
        for hit in order:
            if not hit.sure and _written_as_name(text, hit):
                hit.sure = whole or _beside(text, hit, previous) or _spoken_of(text, hit)
            previous = hit if hit.sure else None


def _written_as_name(text: str, hit: _Hit) -> bool:
    """In capitals where the text has any, and no part of "R&D" or "go-to"."""
    before, after = text[max(0, hit.start - 1) : hit.start], text[hit.end : hit.end + 2]
    if re.match(r"&\w|['’]|-\w", after) or (before in ("&", "-", "'", "’") and hit.start > 1):
        return False
    if re.match(r"\s?[-–]?\s?to\b", text[hit.end : hit.end + 6], re.I) and hit.words[0] == "go":
        return False
    return text[hit.start].isupper() or text.islower()


def _beside(text: str, hit: _Hit, other: _Hit | None) -> bool:
    if other is None:
        return False
    gap = text[other.end : hit.start] if other.end <= hit.start else text[hit.end : other.start]
    return 0 < len(gap) <= 12 and not gap.isspace() and bool(_LISTED.fullmatch(gap))


def _spoken_of(text: str, hit: _Hit) -> bool:
    return bool(
        _AFTER.match(text, hit.end) or _BEFORE.search(text[max(0, hit.start - 30) : hit.start])
    )
