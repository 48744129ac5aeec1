"""Where the work is done, and for remote work where its worker may live.

The location field is asked first, then the title, then the text. A bare "Remote" says
nothing about where one may live, so its eligibility is unknown, not worldwide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction import location as places
from extraction.common import as_text, or_none, squeeze

_REMOTE = re.compile(
    r"(?<!no )(?<!not )(?<!non-)(?<!non )\b(?:anywhere(?=\s+(?:in|within|across)\b)"
    r"|remote(?:ly)?(?:[\s-]+(?:first|friendly|ok|only"
    r"|based|optional|eligible))?"
    r"|telecommut\w+|telework\w*|work(?:ing)?\s+from\s+(?:home|anywhere)|wfh|home[\s-]?based"
    r"|home[\s-]?office(?!\s+stipend)"
    r"|distributed|remoto|remota|trabajo\s+a\s+distancia|t[ée]l[ée]travail|zdaln\w+"
    r"|lavoro\s+da\s+remoto|full\s+remote|da\s+remoto|100\s?%\s+t[ée]l[ée]travail|teletrabajo"
    r"|op\s+afstand|thuiswerk\w*"
    r"|virtual(?=\s*(?:$|[,;|(-])))\b",
    re.I,
)
_HYBRID = re.compile(
    r"\b(?:t[ée]l[ée]travail\s+(?:partiel|hybride|\d)|hybrid\w*|h[íi]brid[oa]|hybride|ibrid[oa]"
    r"|hybryd\w+|partially\s+remote"
    r"|part[\s-]?remote|teilweise\s+remote"
    r"|remote\s*/\s*on-?site|(?:[1-4]|one|two|three|four)(?:\s*[-–]\s*\d)?\s+days?\s+(?:a|per"
    r"|/)\s*week\s+(?:in|from|at)\s+(?:the\s+|our\s+)?office"
    r"|\d\s+days?\s+on-?site|\d\s+days?\s+(?:in|at)\s+(?:the\s+|our\s+)?office)\b",
    re.I,
)
_ONSITE = re.compile(
    r"\b(?:on[\s-]?site|in[\s-]?office|in[\s-]person|office[\s-]based|vor\s+ort|sur\s+site"
    r"|presencial|in\s+presenza"
    r"|no\s+remote|not\s+remote|non[\s-]remote|stacjonarn\w+|pr[ée]sentiel|op\s+locatie|in\s+sede"
    r"|kein\s+(?:remote|home\s*office))\b",
    re.I,
)
_HYBRID_PAIR = re.compile(r"\b(?:remote[\s/-]+hybrid|hybrid[\s/-]+remote)\b", re.I)
_FALSE_REMOTE = re.compile(
    r"\bremote[\s-]+(?:sensing|desktop|control\w*|monitoring|access|support|teams?|team\s+members"
    r"|diagnos\w+|server\w*|hands"
    r"|areas?|locations?|sites?|patient\w*|systems?|communit\w+|employees|workers|workforce"
    r"|stakeholders|offices|viewing"
    r"|colleagues|operations|collaboration|procedure|code|infrastructure|sens\w+|tools?|meetings?"
    r"|villages?|camera\w*|user\w*"
    r"|device\w*|management|customers?|sales)\b|\bdistributed\s+(?!team|company|workforce"
    r"|first)\w+|\bfirst[\s-]line\b",
    re.I,
)

_LABEL = re.compile(
    r"\b(?:work(?:ing)?[\s-]*(?:place|location|model|arrangement|mode|style|type"
    r"|setup)(?:\s+type)?|location(?:\s+type)?|workplace"
    r"|arbeitsmodell|arbeitsort|modalidad|mode\s+de\s+travail|modelo\s+de\s+trabalho"
    r"|local)\s*[:–-]\s*"
    r"(?P<value>[^\n.;]{3,60})",
    re.I,
)

# In prose only whole statements count, never the lone word.
_TEXT_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("hybrid", re.compile(r"#LI-Hybrid\b|#hybrid\b", re.I)),
    ("remote", re.compile(r"#LI-Remote\b", re.I)),
    ("onsite", re.compile(r"#LI-On-?site\b", re.I)),
    ("", _LABEL),
    (
        "hybrid",
        re.compile(
            r"\bhybrid\s+(?:work(?:ing|place)?\s*)?(?:role|position|model|schedule|environment"
            r"|job|setup|policy|opportunity|arrangement|work\w*)"
            r"|\b(?:role|position|job)\s+is\s+hybrid|\b(?:[1-4]|one|two|three|four)(?:\s*(?:[-–]|to"
            r"|or)\s*\w+)?\s+days?\s+(?:a|per|each|every)\s+week"
            r"\s+(?:in|from|at|on-?site)\b(?!\s+home)|\bhybride[sn]?\s+(?:arbeit\w*|modell)"
            r"|\bwork(?:ing)?\s+from\s+home\s+(?:for\s+)?(?:up\s+to\s+)?(?:[1-4]|one|two|three|four)"
            r"(?:\s*(?:[-–]|to|or)\s*\w+)?\s+days?|\b(?:[1-4]|one|two|three|four)\s+days?\s+"
            r"(?:(?:a|per|each)\s+week\s+)?(?:from|at)\s+home\b"
            r"|\b(?:[1-4]|zwei|drei|vier)\s+tage?n?\s+(?:(?:pro|die|in\s+der)\s+woche\s+)?"
            r"(?:im\s+)?home\s?-?office|\b[1-4]\s+jours?\s+de\s+t[ée]l[ée]travail"
            r"|\bmod[eè]le?\s+hybride|modalidad\s+h[íi]brida",
            re.I,
        ),
    ),
    (
        "remote",
        re.compile(
            r"(?<!\bnot )(?<!\bnot a )(?<!n't )(?<!n’t )\b(?:fully|100\s?%|completely|entirely"
            r"|full)[\s-]+remote(?:ly)?\b"
            r"|\bremote[\s-]+(?:role|position|job|opportunity|contract|work\s+from\s+anywhere)\b"
            r"|\bremote[\s-]first\b|\b(?:role|position|job|opportunity)\s+(?:is|can\s+be"
            r"|will\s+be)\s+(?:a\s+)?(?:fully\s+|100\s?%\s+|performed\s+)?remote(?:ly)?\b"
            r"|\bwork(?:ing)?\s+(?:fully\s+)?(?:remotely\s+)?from\s+(?:anywhere|wherever)\b"
            r"|\bwork\s+remotely\s+from\b|\bthis\s+is\s+a\s+(?:fully\s+)?remote\b"
            r"|\b(?:komplett|vollst[äa]ndig|zu\s+100\s?%)\s+remote"
            r"|\bpraca\s+w\s+pe[łl]ni\s+zdalna|\bt[ée]l[ée]travail\s+(?:complet|total)"
            r"|\b100\s?%\s+(?:en\s+)?remoto"
            r"|\bremote\s+within\s+\w+|\bremote\s+in\s+the\b",
            re.I,
        ),
    ),
    (
        "onsite",
        re.compile(
            r"\b(?:role|position|job)\s+(?:is|requires|will\s+be)\s+(?:fully\s+|100\s?%\s+"
            r"|a\s+)?(?:on-?site|in[\s-]office|in[\s-]person)"
            r"|\b(?:five|5)\s+days?\s+(?:a|per)\s+week\s+(?:in|at|on-?site)|\b(?:fully"
            r"|100\s?%)[\s-]+(?:on-?site|in[\s-]office)"
            r"|\bremote\s+work\s+is\s+not\b|\b(?:role|position|job)\s+(?:is|can)\s*not\s+(?:be\s+)?"
            r"remote\b|\bnot\s+(?:a\s+)?remote\s+(?:role|position|job)"
            r"|\bno\s+remote\b|\bcannot\s+be\s+(?:done\s+)?remote",
            re.I,
        ),
    ),
)

_WORLDWIDE = re.compile(
    r"\b(?:world[\s-]?wide|anywhere\s+(?:in|around|across|on)\s+(?:the\s+)?(?:world|globe|earth"
    r"|planet)|work\s+from\s+anywhere(?!\s+in\b)"
    r"|anywhere(?!\s+(?:in|within|across|from)\b)|global(?:ly)?(?=\s*(?:remote|$|[,;)|]))"
    r"|remote[\s,(–-]+global(?:ly)?|weltweit|partout\s+dans\s+le\s+monde"
    r"|en\s+cualquier\s+(?:lugar|parte)\s+del\s+mundo|qualquer\s+lugar\s+do\s+mundo"
    r"|location[\s-](?:independent|agnostic)|any\s+country|all\s+countries)\b",
    re.I,
)
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
    r"|from)|open\s+to\s+(?:candidates|applicants|residents|people"
    r"|remote\s+candidates|remote)\s+(?:\w+\s+){0,2}(?:in|within|from|across)"
    r"|(?:fully\s+|100\s?%\s+)?remote(?:ly)?[\s,]+(?:\w+\s+)?(?:within|in|across|from\s+within"
    r"|from)(?:\s+(?:any\w*|one\s+of))?(?:\s+in)?"
    r"|(?:only\s+)?(?:candidates|applicants)\s+(?:only\s+)?(?:in|within|from)"
    r"|(?:hire|hiring|hires|employ)\s+(?:remotely\s+)?(?:from\s+)?(?:anywhere|people"
    r"|remotely|candidates|talent)?\s*(?:in|within|across)"
    r"|work\s+(?:remotely\s+)?from\s+(?:anywhere|home)\s+(?:in|within|across)"
    r"|work\s+remotely\s+(?:from\s+)?(?:in|within|across)"
    r"|authori[sz]ed\s+to\s+work\s+(?:in|within)"
    r"|eligible\s+(?:to\s+work\s+)?(?:locations?|countries|states)\s*(?:are|:|include)"
    r"|(?:only\s+)?(?:available|open)\s+to\s+residents\s+of"
    r"|work\s+from\s+anywhere\s+(?:in|within))\s+(?P<where>[^.\n;!?]{2,120})",
    re.I,
)
_ONLY = re.compile(
    r"\b(?P<where>(?:[A-Z][\w.]*[\s/-]?){1,3})[\s-]+(?:only|based\s+only|residents\s+only)\b"
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

MAX_ZONES = 5


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Where a remote worker may live. Codes are ISO alpha-2 or regions of the gazetteer."""

    worldwide: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    timezones: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.worldwide or self.include or self.exclude or self.timezones)

    def as_dict(self) -> dict[str, object]:
        """The four parts, for JSON."""
        return {
            "worldwide": self.worldwide,
            "include": list(self.include),
            "exclude": list(self.exclude),
            "timezones": list(self.timezones),
        }


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
        bare = _WORLDWIDE.fullmatch(location.strip(" .()"))
        if bare and not bare.group().lower().startswith("global"):
            kind, evidence, name = "remote", bare.group(), "location-anywhere"
    if not kind:
        return Workplace()
    eligible = _eligible(title, location, text) if kind == "remote" else None
    return Workplace(kind, eligible, evidence, f"workplace.{kind}-in-{name}")


def _field(source: str) -> tuple[str, str]:
    """Workplace and quote from a title or location field."""
    if not source:
        return "", ""
    clear = _FALSE_REMOTE.sub(lambda m: " " * len(m.group()), source)
    pair = _HYBRID_PAIR.search(clear)
    if pair:
        return "hybrid", source[pair.start() : pair.end()]
    remote, hybrid, onsite = (p.search(clear) for p in (_REMOTE, _HYBRID, _ONSITE))
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
    found: dict[str, str] = {}
    for kind, pattern in _TEXT_RULES:
        match = pattern.search(text)
        if match is None:
            continue
        if kind:
            if text[match.start() : match.end()].startswith("#"):
                return kind, match.group()
            found.setdefault(kind, match.group())
            continue
        named, _ = _field(match["value"])
        if named:
            return named, match.group().strip()
    if "hybrid" in found:
        found.pop("onsite", None)
    if len(found) != 1:
        return "", ""
    return next(iter(found.items()))


# --- eligibility ---------------------------------------------------------------------

_SPLIT = re.compile(
    r"[;|•\n](?![^()]*\))|\s/\s(?![^()]*\))"
    r"|\s+or\s+(?=(?:fully\s+)?remote)|(?<=remote)\s+or\s+(?!hybrid|on-?site)",
    re.I,
)


def _eligible(title: str, location: str, text: str) -> Eligibility | None:
    for source in (_remote_part(location), _remote_part(title)):
        eligible = _read(source)
        if eligible:
            return eligible
    return _from_text(text) or _from_place(location)


def _from_place(location: str) -> Eligibility | None:
    """Remote work at a named place: its country may apply.

    An office beside a bare remote offer ("London; Remote") says nothing about the offer;
    countries beside it do ("Germany | Remote").
    """
    named = places.extract(location)
    beside = bool(_REMOTE.search(location))
    if not named or (beside and any(p.kind == "city" for p in named.places)):
        return None
    return Eligibility(False, tuple(dict.fromkeys([*named.areas, *named.countries])))


def _remote_part(source: str) -> str:
    """The parts of a field that speak of remote work; all of it where none is apart."""
    parts = [p for p in _SPLIT.split(source) if _REMOTE.search(p) or _WORLDWIDE.search(p)]
    return "; ".join(parts)


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
    excluded: tuple[str, ...] = ()
    cut = _EXCEPT.search(source)
    included = source
    if cut:
        excluded, included = _whole(source[cut.end() :]), source[: cut.start()]
    zones = _zones(source)
    world = bool(_WORLDWIDE.search(included))
    include = _codes(_ZONE.sub(" ", included))
    if not include and not excluded and not world and not zones:
        return None
    return Eligibility(world and not include, include, excluded, zones)


def _zones(source: str) -> tuple[str, ...]:
    found = [squeeze(m.group()) for m in _ZONE.finditer(source)]
    return tuple(dict.fromkeys(z for z in found if z))[:MAX_ZONES]


def _from_text(text: str) -> Eligibility | None:
    """Eligibility a posting states in whole sentences."""
    if not text:
        return None
    for label in _LABEL.finditer(text):
        eligible = _read(_remote_part(label["value"]))
        if eligible:
            return eligible
    world = re.search(
        r"\b(?:work\s+(?:remotely\s+)?from\s+)?anywhere\s+in\s+the\s+world\b"
        r"|\bworldwide\b(?=\s*(?:remote|[.,)]))",
        text,
        re.I,
    )
    for match in _ELIGIBLE_TEXT.finditer(text):
        eligible = _read(match["where"])
        if eligible and (eligible.include or eligible.worldwide):
            return eligible
    for match in _ONLY.finditer(text):
        include = _codes(match["where"])
        if include:
            return Eligibility(False, include, (), ())
    if world and re.search(r"\bremote", text, re.I):
        return Eligibility(True, (), (), ())
    return None
