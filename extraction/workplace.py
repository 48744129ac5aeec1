"""Where the work is done: on site, hybrid or remote.

The location field is asked first, then the title, then the text. For remote work
`extraction.eligibility` reads where its worker may live.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction import workwords as words
from extraction.common import as_text, near, or_none
from extraction.eligibility import Eligibility, eligibility

REACH = 90
"""Characters around a word of the workplace in which a statement is looked for."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """onsite, hybrid, remote or empty, and for remote work its eligibility where stated."""

    workplace: str = ""
    eligible: Eligibility | None = None
    evidence: str = ""
    rule: str = ""

    def __bool__(self) -> bool:
        return bool(self.workplace)

    def as_dict(self) -> dict[str, object]:
        """The answer of `manage.py extract workplace`."""
        return {
            "workplace": or_none(self.workplace),
            "eligible": self.eligible.as_dict() if self.eligible else None,
            "evidence": or_none(self.evidence),
            "rule": or_none(self.rule),
        }


def extract(title: str, location: str = "", text: str = "") -> Workplace:
    """How the posting's fields state the workplace.

    A place offered beside remote work ("London; Remote") makes the posting remote; the
    countries named with the remote offer itself are where one may live.
    """
    title, location = as_text(title)[:500], as_text(location)[:3000]
    text = as_text(text)[:50_000]
    kind, evidence, name = *_field(location), "location"
    if not kind:
        kind, evidence, name = *_field(title), "title"
    if not kind:
        kind, evidence, name = *_prose(text), "text"
    if not kind:
        bare = words.WORLDWIDE.fullmatch(location.strip(" .()"))
        if bare and not bare.group().lower().startswith("global"):
            kind, evidence, name = "remote", bare.group(), "location-anywhere"
    if not kind:
        return Workplace()
    eligible = eligibility(title, location, text) if kind == "remote" else None
    return Workplace(kind, eligible, evidence, f"workplace.{kind}-in-{name}")


def _field(source: str) -> tuple[str, str]:
    """Workplace and quote from a title or location field."""
    if not source:
        return "", ""
    clear = words.FALSE_FRIENDS.sub(lambda m: " " * len(m.group()), source)
    pair = words.HYBRID_PAIR.search(clear)
    if pair:
        return "hybrid", source[pair.start() : pair.end()]
    remote, hybrid, onsite = (p.search(clear) for p in (words.REMOTE, words.HYBRID, words.ONSITE))
    choice = (
        remote and remote.group().lower() != "distributed" and re.search(r"\bor\b|;|\|", source)
    )
    if hybrid and remote and choice:
        return "remote", source[remote.start() : remote.end()]
    for kind, found in (("hybrid", hybrid), ("remote", remote), ("onsite", onsite)):
        if found:
            return kind, source[found.start() : found.end()]
    return "", ""


def _prose(text: str) -> tuple[str, str]:
    """Workplace from statements in running text; statements that disagree say nothing."""
    tags = {m.lastgroup: m.group() for m in words.HASHTAG.finditer(text)} if "#" in text else {}
    if len(tags) == 1:
        kind, quote = next(iter(tags.items()))
        return str(kind), quote
    windows = near(text, words.STEMS, REACH)
    for begin, end in windows:
        label = words.LABEL.search(text, begin, end)
        named = _field(label["value"])[0] if label else ""
        if label and named:
            return named, label.group().strip()
    low = [text[begin:end].lower() for begin, end in windows]
    for rules in (words.STATED, words.SAID):
        found: dict[str, str] = {}
        for kind, stems, pattern in rules:
            for (begin, end), window in zip(windows, low, strict=True):
                if any(stem in window for stem in stems):
                    match = pattern.search(text, begin, end)
                    if match:
                        found.setdefault(kind, match.group())
                        break
        if "hybrid" in found:
            found.pop("onsite", None)
        if len(found) == 1:
            return next(iter(found.items()))
        if found:
            return "", ""
    return "", ""
