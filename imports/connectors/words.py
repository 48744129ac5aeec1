"""Words that employers put into free fields: workplace, level, period, open applications.

An unrecognised wording yields nothing; a wording counts only when every word of it is known.
"""

import re
from collections.abc import Iterable

_WORKPLACE = {
    "remote": "remote|fully remote|full remote|100 remote|100% remote|remote only|work from home"
    "|home office|homeoffice|telecommute|wfh",
    "hybrid": "hybrid|hybrid remote|partially remote|hybrid work",
    "onsite": "onsite|on site|in office|office|in person|office based|onsite only|on premises",
}
_PLACES_OF_WORK = {
    phrase: value for value, phrases in _WORKPLACE.items() for phrase in phrases.split("|")
}

_LEVELS = {
    phrase: value
    for value, phrases in {
        "entry": "entry|entry level|junior|internship|intern|graduate|student|trainee|apprentice",
        "mid": "mid|mid level|intermediate|medior",
        "senior": "senior|senior level|lead|staff|principal|expert",
        "executive": "director|executive|executive level|vp|c level|head",
    }.items()
    for phrase in phrases.split("|")
}

_WORKPLACE_FIELD = re.compile(
    r"\b(?:work ?place|location type|remote|remote status|on ?site"
    r"|work(?:ing)? (?:model|mode|arrangement|location type|setting|style))\b"
)
_EMPLOYMENT_FIELD = re.compile(
    r"\b(?:(?:employment|employee|contract|job|position|worker|time) (?:type|status)|commitment"
    r"|type of employment|employment)\b"
)
_PAY_FIELD = re.compile(r"\b(?:salary|pay|compensation|wage|bonus|ote|on target earnings)\b")

_SEPARATOR = re.compile(r"\s[-/]\s|[–—|:,;()\[\]•·?!]")
_OPEN = re.compile(
    r"(?:(?:submit|send)(?: us)? (?:a|an|your) )?"
    r"(?:open|general|spontaneous|speculative|unsolicited|proactive|initiative)"
    r"(?: job| career)? (?:application|applicant|submission)s?(?: form)?"
    r"(?: (?:for|at|to|in|with|as) .+)?"
    r"|(?:(?!(?:head|lead|director|manager|vp|of)\b)[\w&]+ ){0,3}"
    r"talent (?:pool|community|network|bank|pipeline)"
    r"(?: (?:for|at|of) .+)?"
    r"|(?:general|express|expressions? of|register(?: your)?) interest(?: form)?"
    r"|(?:future|general) (?:job |career )?(?:opportunit(?:y|ies)|openings?)(?: (?:at|with) .+)?"
    r"|(?:do not|don't|dont|didn't|did not|can't|cannot|can not|not) (?:see|find|seeing|finding)"
    r" (?:your|the|a|an|what|anything|something)\b.*"
    r"|open sollicitatie.*|offene bewerbung.*|(?:apenho|oppen|apen) (?:ansokan|soknad)"
)
_OPEN_ANYWHERE = re.compile(
    r"\b(?:initiativ|spontan|blind)bewerbung(?:en)?\b"
    r"|\b(?:candidatures?|sollicitations?) (?:spontanees?|libres?)\b"
    r"|\bcandidatura (?:espontanea|spontanea|aberta|abierta)\b"
    r"|\bspontanansokan\b|\buopfordret ansogning\b|\bavoin hakemus\b"
)
_MARKS = str.maketrans("áàâãäåéèêëíìîïóòôõöøúùûüçñ’ʼ", "aaaaaaeeeeiiiioooooouuuucn''")


def is_open_application(title: str) -> bool:
    """Whether a title invites applications in general and offers no particular job.

    The wording must fill a whole part of the title: "Data Engineer (Talent Pool)" does, "Talent
    Community Manager" does not.
    """
    folded = " ".join(title.casefold().translate(_MARKS).split())
    if _OPEN_ANYWHERE.search(folded.replace("-", " ")) or _OPEN_ANYWHERE.search(folded):
        return True
    parts = (part.replace("-", " ").strip(" .\"'*") for part in _SEPARATOR.split(folded))
    return any(_OPEN.fullmatch(" ".join(part.split())) for part in parts if part)


def workplace(*wordings: str) -> str:
    """onsite, hybrid or remote when the wordings name exactly one of them, else ''."""
    values = {_PLACES_OF_WORK.get(" ".join(_words(wording)), "") for wording in wordings} - {""}
    return values.pop() if len(values) == 1 else ""


def level(*wordings: str) -> str:
    """A level of the seniority scale when a wording of a level field names exactly one.

    "Mid-Senior level" is two of them, and "Associate" any: both say nothing here.
    """
    values = {_LEVELS.get(" ".join(_words(wording)), "") for wording in wordings} - {""}
    return values.pop() if len(values) == 1 else ""


def names_workplace(field: str) -> bool:
    """Whether a custom field's name says that it holds a workplace."""
    return bool(_WORKPLACE_FIELD.search(" ".join(_words(field))))


def names_employment(field: str) -> bool:
    """Whether a custom field's name says that it holds a type of employment."""
    return bool(_EMPLOYMENT_FIELD.search(" ".join(_words(field))))


def names_pay(field: str) -> bool:
    """Whether a custom field's name says that it holds pay."""
    return bool(_PAY_FIELD.search(" ".join(_words(field))))


def period(wordings: Iterable[str]) -> str:
    """hour, day, week, month or year when the wordings name exactly one of them, else ''."""
    values = {
        unit
        for wording in wordings
        for unit, pattern in _PERIODS.items()
        if pattern.search(wording.casefold())
    }
    return values.pop() if len(values) == 1 else ""


_PERIODS = {
    "hour": re.compile(r"\bhour(?:ly|s)?\b|/ ?h(?:ou)?r\b"),
    "day": re.compile(r"\bdaily\b|\bper day\b|\bday rate\b|/ ?day\b|\A\s*days?\s*\Z"),
    "week": re.compile(r"\bweekly\b|\bper week\b|/ ?week\b|\A\s*weeks?\s*\Z"),
    "month": re.compile(r"\bmonth(?:ly)?\b"),
    "year": re.compile(r"\bannual(?:ly|ized)?\b|\byear(?:ly)?\b|\bannum\b|\bp\.a\."),
}


def pay_kind(wording: str) -> str:
    """base, ote or bonus, as a range's own wording says; base where it says nothing."""
    folded = wording.casefold()
    if re.search(r"\bote\b|\bon[ -]target\b|\btotal target\b", folded):
        return "ote"
    base = re.search(r"\bbase\b|\bsalary\b|\bwage\b|\bhourly\b", folded)
    if not base and re.search(r"\b(?:bonus|commission|incentive|variable)\b", folded):
        return "bonus"
    return "base"


def _words(text: str) -> list[str]:
    folded = text.casefold().translate(_MARKS)
    return re.sub(r"[^\w%']+|_", " ", folded).split()
