"""Where a remote worker may live, as a posting's fields or text say it.

A bare "Remote" says nothing about it, so its eligibility is unknown, not worldwide.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from extraction import gazetteer
from extraction import location as places
from extraction import workwords as words
from extraction.common import near, squeeze

_EXCEPT = re.compile(
    r"\b(?:except(?:\s+for)?|excluding|excludes?|excl\.?|other\s+than|but\s+not(?:\s+in)?"
    r"|not\s+(?:available|open|eligible)\s+(?:in|to|for)"
    r"|outside(?:\s+of)?|au[ßs]er|sauf|excepto|exceto|not\s+in|not\s+including|we\s+(?:cannot"
    r"|can't|do\s+not)\s+(?:hire|accept\s+\w+)\s+(?:in|from))\b",
    re.I,
)
_ELIGIBLE_TEXT = re.compile(
    r"\b(?:(?:must|need\s+to|should|has\s+to|have\s+to)\s+(?:be\s+)?(?:currently\s+)?(?:based"
    r"|located|residing|reside|live|living|resident)\s+(?:in|within)"
    r"|(?:candidates?|applicants?|people|talent|individuals|anyone)\s+(?:who\s+(?:are\s+)?)?"
    r"(?:must\s+be\s+)?(?:based|located|living|residing|live|reside|resident)\s+(?:in|within"
    r"|from)|open\s+to\s+(?:candidates|applicants|residents|people|anyone|everyone|talent"
    r"|remote\s+candidates|remote)\s+(?:\w+\s+){0,2}(?:in|within|from|across)"
    r"|(?:you|candidates?|applicants?)\s+(?:can|may|could)\s+(?:be|live|reside|work|sit)\s+"
    r"(?:based\s+|located\s+|remotely\s+)?(?:from\s+)?(?:anywhere\s+)?(?:with)?in(?!\s+(?:an?|our)\b)"
    r"|(?:fully\s+|100\s?%\s+)?remot(?:e(?:ly)?|[oa])[\s,]+(?:\w+\s+)?(?:within|in|across|from\s+within"
    r"|from|innerhalb|aus|desde|depuis|vanuit)(?:\s+(?:any\w*|one\s+of))?(?:\s+in)?"
    r"|(?:only\s+)?(?:candidates|applicants)\s+(?:only\s+)?(?:in|within|from)"
    r"|(?:hire|hiring|hires|employ)\s+(?:remotely\s+)?(?:from\s+)?(?:anywhere|people"
    r"|remotely|candidates|talent)?\s*(?:in|within|across)"
    r"|work\s+(?:remotely\s+)?from\s+(?:anywhere|home)\s+(?:in|within|across)"
    r"|work\s+remotely\s+(?:from\s+)?(?:in|within|across)"
    r"|authori[sz]ed\s+to\s+work\s+(?:in|within)"
    r"|eligible\s+(?:to\s+work\s+)?(?:locations?|countries|states)\s*(?:are|:|include)"
    r"|(?:only\s+)?(?:available|open)\s+to\s+residents\s+of"
    r"|(?:wohnsitz|ans[äa]ssig|wohnhaft|woonachtig|residenza)\s+in|r[ée]sid(?:er|ant|ez)\s+en"
    r"|(?:residir|residentes?|vivir|morar)\s+(?:en|em|no|na)"
    r"|work\s+from\s+anywhere\s+(?:in|within))\s+(?P<where>[^.\n;!?]{2,120})",
    re.I,
)
_ONLY = re.compile(
    r"\b(?P<where>(?:[A-Z][\w.]*[\s/-]?){1,3})[\s-]+(?:based\s+)?"
    r"(?:(?:candidates?|applicants?|residents?|citizens?|talent)\s+)?only\b"
)
_ZONE = re.compile(
    r"(?:\b(?:(?:with)?in\s+)?(?:\+/-|±|\+|-|plus/minus\s+)?\s?\d{1,2}\s?(?:[-–]\s?\d\s?)?(?:h"
    r"|hrs?|hours?)\s+(?:of|from|overlap\s+with|difference\s+(?:to|with|from))\s+)?"
    r"(?<![\w])(?:(?:UTC|GMT)(?:\s?[+−–±-]\s?\d{1,2}(?::?\d{2})?)?|CET|CEST|EST|EDT|PST|PDT|CST"
    r"|CDT|MST|BST|IST|AEST|SGT|JST|EET|WET"
    r"|(?:Eastern|Pacific|Central|Mountain|European|EU|Europe|EMEA|US|North\s+American?|Americas?"
    r"|American|LATAM|APAC|Asian?|UK|U\.S\.)\s+(?:Standard\s+)?(?:time(?:\s?zones?)?|hours))(?![\w])"
    r"(?:\s?(?:\+/-|±|\+|−|–|-)\s?\d{1,2}(?::\d{2})?(?:\s?(?:h|hrs?|hours?)\b)?)?"
    r"(?:\s*(?:to|and|through|[-–/])\s*(?:(?:UTC|GMT)\s?[+−–±-]\s?\d{1,2}|CET|EST|PST|EET"
    r"|(?:Eastern|Pacific|Central)\s+time))?"
)

# A wish is no limit: "Remote (Toronto preferred)".
_PREFERRED = re.compile(r"[^,;|(]{2,40}\b(?:is\s+)?(?:preferred|a\s+plus|ideally)\b", re.I)

MAX_ZONES = 5
MAX_LENGTH = 50_000


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Where a remote worker may live. Codes are ISO alpha-2 or regions of the gazetteer."""

    worldwide: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    timezones: tuple[str, ...] = ()
    evidence: str = field(default="", compare=False)

    def __bool__(self) -> bool:
        return bool(self.worldwide or self.include or self.exclude or self.timezones)

    def covers(self, codes: Collection[str]) -> bool:
        """Whether each of some countries may apply, and of each region some country."""
        may = _countries(self.include)
        return self.worldwide or all(may & _countries([code]) for code in codes)

    def as_dict(self) -> dict[str, object]:
        """The four parts, for JSON."""
        return {
            "worldwide": self.worldwide,
            "include": list(self.include),
            "exclude": list(self.exclude),
            "timezones": list(self.timezones),
        }


_SPLIT = re.compile(
    r"[;|•\n](?![^()]*\))|\s/\s(?![^()]*\))"
    r"|\s+or\s+(?=(?:fully\s+)?remote)|(?<=remote)\s+or\s+(?!hybrid|on-?site)",
    re.I,
)


def eligibility(title: str, location: str, text: str) -> Eligibility | None:
    """Where a remote worker may live by location, title or text, in this order; None unsaid.

    A location "Anywhere" is narrowed by a title that names where: "Remote (US only)". A text that
    leaves the job's own place out speaks of others: "applicants residing in California: see".
    """
    read = [(source, _read(source)) for source in (_remote_part(location), _remote_part(title))]
    said = [(source, found) for source, found in read if found]
    for source, found in sorted(said, key=lambda pair: _is_anywhere(pair[1])):
        return replace(found, evidence=source.partition("; ")[0].strip())
    told, here = in_text(text), _from_place(location)
    return told if told and (here is None or told.covers(here.include)) else here


def _countries(codes: Collection[str]) -> set[str]:
    return set(codes).union(*(gazetteer.members(code) for code in codes))


def _is_anywhere(said: Eligibility) -> bool:
    return said.worldwide and not said.exclude and not said.timezones


def _from_place(location: str) -> Eligibility | None:
    """Remote work at a named place: its country may apply.

    An office beside a bare remote offer ("London; Remote") says nothing about the offer;
    countries beside it do ("Germany | Remote").
    """
    named = places.extract(location)
    beside = bool(words.REMOTE.search(location))
    if not named or (beside and any(p.kind == "city" for p in named.places)):
        return None
    codes = tuple(dict.fromkeys([*named.areas, *named.countries]))
    return Eligibility(False, codes, evidence=named.evidence)


def _remote_part(source: str) -> str:
    """The parts of a field that speak of remote work; all of it where none is apart."""
    return "; ".join(part for part in _parts(source) if _is_remote(part))


def _is_remote(part: str) -> bool:
    return bool(words.REMOTE.search(part) or words.WORLDWIDE.search(part))


def _parts(source: str) -> list[str]:
    """The offers of a field; "Remote - US / Canada" is one, "Remote (US) / London" are two."""
    parts = [""]
    end, joined = 0, False
    for cut in [*_SPLIT.finditer(source), None]:
        part = source[end : cut.start() if cut else len(source)]
        if joined and _lists_lands(parts[-1]) and _lists_lands(part):
            parts[-1] += source[end - len(" / ") : end] + part
        else:
            parts.append(part)
        if cut:
            end, joined = cut.end(), cut.group() == " / "
    return parts


def _lists_lands(part: str) -> bool:
    """Whether a part of a field names whole countries or areas, and those without a bracket."""
    if "(" in part or words.HYBRID.search(part) or words.ONSITE.search(part):
        return False
    named = places.extract(part)
    return bool(named) and all(p.kind == "country" for p in named.places)


def _codes(source: str) -> tuple[str, ...]:
    named = places.extract(source)
    return tuple(dict.fromkeys([*named.areas, *named.countries]))


def _whole(source: str) -> tuple[str, ...]:
    """Countries and areas named as such: "except California" excludes no country."""
    named = places.extract(source)
    lands = (p.country for p in named.places if p.kind == "country")
    return tuple(dict.fromkeys([*named.areas, *lands]))


def _read(source: str) -> Eligibility | None:
    """Eligibility said in a field or a clause."""
    if not source:
        return None
    source = _PREFERRED.sub("", source)
    excluded: tuple[str, ...] = ()
    cut = _EXCEPT.search(source)
    included = source
    if cut:
        excluded, included = _whole(source[cut.end() :]), source[: cut.start()]
    zones = _zones(source)
    world = bool(words.WORLDWIDE.search(included))
    include = _codes(_ZONE.sub(" ", included))
    if not include and not excluded and not world and not zones:
        return None
    return Eligibility(world and not include, include, excluded, zones)


def _zones(source: str) -> tuple[str, ...]:
    found = [squeeze(m.group()) for m in _ZONE.finditer(source)]
    return tuple(dict.fromkeys(z for z in found if z))[:MAX_ZONES]


# Customers and offices are all over the world, too: only who works or applies counts.
_ANYWHERE = re.compile(
    r"\b(?:(?:(?P<who>remote(?:ly)?|we\s+hire|open\s+to(?:\s+\w+)?|candidates|applicants|applications)"
    r"|work(?:ing)?(?:\s+remotely)?|live|be(?:\s+(?:based|located))?)"
    r"(?:\s+(?:based|located|living))?[\s,]+(?:from\s+)?(?:anywhere\s+in\s+the\s+world"
    rf"|(?(who)worldwide|(?!)))|worldwide\s+remote)\b{words.FOR_SOME_TIME}",
    re.I,
)
_NEGATED = re.compile(
    r"(?:\b(?:cannot|can\s?not|not|never|unable|no\s+longer)|n['’]t)\s+(?:[\w-]+\s+){0,4}\Z",
    re.I,
)
# Colleagues and customers are no applicants: "you work with people located in India".
_OTHERS = re.compile(r"\b(?:with|of|our|serv\w+|help\w*|support\w*)\s+(?:[\w-]+\s+)?\Z", re.I)
_NOTICE = re.compile(
    r"\b(?:salary|pay|range|compensation|privacy|notice|polic(?:y|ies)|gdpr|ccpa|rights|laws?)\b",
    re.I,
)
_ADDRESSED = re.compile(
    r"(?:candidates?|applicants?|people|individuals|anyone)\b(?!.*\bmust\b)", re.I
)


def _is_notice(match: re.Match[str]) -> bool:
    """Whether a sentence tells some of pay or law: "Applicants in the EU: see our notice"."""
    return bool(_ADDRESSED.match(match.group()) and _NOTICE.search(match["where"]))


# Every statement of eligibility holds one of these.
_STEMS = (
    "based", "located", "resid", "living", "live ", "remot", "candidates", "applicants", "hire",
    "hiring", "authori", "eligib", "anywhere", "from home", "employ", "wohn", "ansässig", "résid",
    "woon", "vivir", "morar", "you can", "you may", "you could", "open to",
)  # fmt: skip
REACH = 170


def in_text(text: str) -> Eligibility | None:
    """Eligibility a posting states in whole sentences."""
    text = text[:MAX_LENGTH]
    if not text:
        return None
    windows = near(text, _STEMS, REACH)
    for begin, end in windows:
        for label in words.LABEL.finditer(text, begin, end):
            eligible = _read(_remote_part(label["value"]))
            if eligible:
                return replace(eligible, evidence=label.group().strip())
    for begin, end in windows:
        for match in _ELIGIBLE_TEXT.finditer(text, begin, end):
            before = text[max(0, match.start() - 50) : match.start()]
            if _NEGATED.search(before) or _OTHERS.search(before) or _is_notice(match):
                continue
            eligible = _read(match["where"])
            if eligible and (eligible.include or eligible.worldwide):
                return replace(eligible, evidence=match.group().strip())
    for begin, end in near(text, (" only",), 50):
        for match in _ONLY.finditer(text, begin, end):
            include = _codes(match["where"])
            if include:
                return Eligibility(False, include, evidence=match.group())
    for begin, end in near(text, ("anywhere", "worldwide"), 80):
        world = _ANYWHERE.search(text, begin, end)
        before = text[max(0, world.start() - 50) : world.start()] if world else ""
        if world and not _NEGATED.search(before) and not _OTHERS.search(before):
            return Eligibility(True, evidence=world.group())
    return None
