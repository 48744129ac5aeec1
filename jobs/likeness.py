"""Whether two listings are one job: employer, title and words, without the database.

Precision first. Two listings are the same only if employer and title agree once spelling,
places and gender marks are taken away, nothing that they state tells them apart, and nearly all
of their words stand in the same order. What is only alike goes to a person; see `verdict`.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from lib import fulltext

# Words that stand side by side and are compared as one. Four tell boilerplate from text and
# bear a changed word in each twentieth.
SHINGLE = 4
# So many of the least hashes are kept of a text: the likeness is then right to 0.04.
SKETCH = 96
# Measured on the labelled pairs of tests/jobs/test_likeness.py: one job told twice, with another
# city, greeting or footer, shares 0.92 or more; one whose tasks are rewritten 0.63 to 0.72; another
# team of the same employer, with its frame around it, 0.30 or less.
SAME = 0.83
DOUBTFUL = 0.55
# A text of fewer says too little to tell two jobs apart; it has some fifty words.
FEWEST = 12

# Of one source two listings at once; when one of them goes, the other was its repetition.
TWICE = "One source shows both, at the same place: one job twice, or two to be filled."

LEGAL = {
    *("inc", "incorporated", "llc", "ltd", "limited", "plc", "corp", "corporation", "co"),
    *("company", "gmbh", "ag", "se", "kg", "ug", "mbh", "ohg", "sa", "sas", "sarl", "srl", "spa"),
    *("bv", "nv", "ab", "as", "oy", "oyj", "aps", "sl", "slu", "lda", "ltda", "pte", "pty", "kk"),
    *("zoo", "doo", "sro", "kft"),
}
GENDER = re.compile(
    r"\(\s*(?:[mwfdxvhng]|gn|all genders?|alle|any gender|h/f|f/h|k/m|m/k)"
    r"(?:\s*[/|,*]\s*[mwfdxvhngi*]+)*\s*\)|\b[mwf]\s*/\s*[wmf](?:\s*/\s*[dx])?\b",
    re.IGNORECASE,
)
# What a title says of the place of work, which the fields of a listing say too.
WHERE = {"remote", "hybrid", "onsite", "on", "site", "office", "homeoffice", "in", "at", "from"}
AND = {"and", "und", "et", "y", "e", "of", "the", "for", "de", "la", "fur", "a", "an"}
NUMBER = re.compile(r"[:#][ \t]*([a-z]{0,6}[-_/]?\d[\w/-]{2,20})", re.IGNORECASE)
# What stands before the number of a requisition.
NUMBERED = re.compile(
    r"\b(?:requisition|req|job|position|posting|vacancy|reference|ref|kennziffer|referenz|stellen)"
    r"\.?(?:[ \t-]*(?:id|no|nr|number|nummer|code|ref))?\.?[ \t]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Face:
    """What is compared of a listing. `stated` is `Offer.stated()`; `sketch` is of its text; `gone`
    where its source has let it go."""

    key: int
    sketch: bytes
    requisition: str
    source: str
    stated: Mapping[str, Any] = field(repr=False, default_factory=dict)
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`same`: merge them. `doubtful`: ask a person, for `reason`. Neither: two jobs."""

    same: bool = False
    doubtful: bool = False
    likeness: float = 0.0
    reason: str = ""


OTHER = Verdict()


def verdict(one: Face, two: Face) -> Verdict:
    """Whether two listings are the same job."""
    if one.key != two.key or _told_apart(one, two):
        return OTHER
    alike = likeness(one.sketch, two.sketch)
    if alike < DOUBTFUL:
        return OTHER
    if reason := _doubt(one, two, alike):
        return Verdict(doubtful=True, likeness=alike, reason=reason)
    return Verdict(same=True, likeness=alike)


def _told_apart(one: Face, two: Face) -> bool:
    if one.requisition and two.requisition and one.requisition != two.requisition:
        return True
    levels = {face.stated.get("seniority") or "" for face in (one, two)} - {""}
    terms = [set(face.stated.get("employment") or ()) for face in (one, two)]
    return len(levels) > 1 or (all(terms) and not terms[0] & terms[1])


def _doubt(one: Face, two: Face, alike: float) -> str:
    if alike < SAME:
        return "The texts differ in part."
    if min(len(one.sketch), len(two.sketch)) < FEWEST * 4:
        return "The texts are too short to tell."
    workplaces = {face.stated.get("workplace") or "" for face in (one, two)} - {""}
    if len(workplaces) > 1:
        return "The workplaces differ: " + " and ".join(sorted(workplaces)) + "."
    said = [face.stated.get("eligibility") for face in (one, two)]
    if said[0] != said[1] and not all(said):
        return "One of them says who may apply and the other does not."
    is_left = one.gone or two.gone
    if one.source == two.source and not is_left and not _elsewhere(one, two):
        return TWICE
    return ""


def _elsewhere(one: Face, two: Face) -> bool:
    """Whether both name places and none of them is the same."""
    places = [{tuple(place) for place in face.stated.get("places") or ()} for face in (one, two)]
    return all(places) and not places[0] & places[1]


def key_of(company: str, title: str, places: Iterable[str] = ()) -> int:
    """Employer and title as a number; the same for other spellings of both.

    Left out are the legal form of the employer, gender marks, and `places`, which are names that
    the listing states as its places. Level, team and numbers of a title stay.
    """
    names = [word for word in _words(company) if word not in LEGAL] or _words(company)
    gone = {word for place in places for word in _words(place)} | WHERE | AND
    words = _words(GENDER.sub(" ", title))
    kept = [word for word in words if word not in gone] or words
    text = " ".join(names) + "\0" + " ".join(kept)
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _words(text: str) -> list[str]:
    return fulltext.TOKEN.findall(fulltext.fold(text))


def requisition_of(text: str) -> str:
    """The number of the requisition that a text names; empty where it names none or several."""
    found = {
        match[1].casefold()
        for match in NUMBER.finditer(text)
        if NUMBERED.search(text[max(0, match.start() - 40) : match.start()])
    }
    return found.pop()[:100] if len(found) == 1 else ""


class _Hashes(dict[str, int]):
    """A number for each word; postings have most of their words in common."""

    def __missing__(self, word: str) -> int:
        found = crc32(word.encode())
        if len(self) < fulltext.MOST_WORDS:
            self[word] = found
        return found


HASHES = _Hashes()
# Odd numbers that mix the hashes of a shingle's words, each in its place.
MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
MASK = 0xFFFFFFFF


def sketch_of(tokens: Iterable[str]) -> bytes:
    """The least hashes of a text's shingles that begin with a word of each fourth hash, in order,
    four bytes each. So that shingles are chosen by their words, whatever stands around."""
    words = list(map(HASHES.__getitem__, tokens))
    one, two, three, four = MIX
    hashes = {
        ((a * one ^ b * two) + (c * three ^ d * four)) >> 24 & MASK
        for a, b, c, d in zip(words, words[1:], words[2:], words[3:], strict=False)
        if not a & 3
    }
    return array("I", sorted(hashes)[:SKETCH]).tobytes()


def likeness(one: bytes, two: bytes) -> float:
    """The share of the shingles of two texts that both have, estimated from their sketches."""
    if one == two:
        return 1.0 if one else 0.0
    first, second = array("I"), array("I")
    first.frombytes(one)
    second.frombytes(two)
    least = sorted({*first, *second})[:SKETCH]
    both = set(first) & set(second)
    return sum(1 for each in least if each in both) / len(least) if least else 0.0
