"""A schema.org JobPosting as a record, in the many shapes that pages give it.

Pages are written by hand and by a thousand programs, so a field of another kind than it should be
says nothing; only a posting without title, employer or address is refused.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from extraction import employment
from imports.connectors import markup, pay, places, reading, words
from imports.connectors.reading import Job, Malformed
from imports.records import Pay, Record

_PERIODS = {"ANN": "year", "MON": "month", "WEE": "week", "DAY": "day", "HUR": "hour"}
_SECTIONS = (
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("skills", "Skills"),
    ("experienceRequirements", "Experience"),
    ("educationRequirements", "Education"),
    ("jobBenefits", "Benefits"),
    ("incentiveCompensation", "Incentives"),
    ("workHours", "Hours"),
)
_MOST_DEPTH = 30


def is_posting(value: Any) -> bool:
    """Whether a value is an object whose type is JobPosting."""
    if not isinstance(value, Mapping):
        return False
    kinds = value.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(k, str) and re.split(r"[/#:]", k)[-1] == "JobPosting" for k in named)


def postings(value: Any, depth: int = 0) -> Iterator[Job]:
    """Every JobPosting in a value, wherever it stands: in lists, graphs, pages."""
    if depth > _MOST_DEPTH:
        return
    if is_posting(value):
        yield value
    elif isinstance(value, (list, Mapping)):
        for one in value if isinstance(value, list) else value.values():
            yield from postings(one, depth + 1)


def nodes(value: Any, depth: int = 0) -> Iterator[tuple[str, Job]]:
    """Every object that has an id and says something more, for what only names that id."""
    if depth > _MOST_DEPTH:
        return
    if isinstance(value, Mapping):
        if isinstance(name := value.get("@id"), str) and len(value) > 1:
            yield name, value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from nodes(one, depth + 1)


def identity(job: Job, page: str = "") -> str:
    """The posting's own identifier, else its address, else a digest of what it says."""
    for value in _several(job.get("identifier")):
        given = value.get("value") if isinstance(value, Mapping) else value
        if isinstance(given, (str, int)) and not isinstance(given, bool) and str(given).strip():
            return reading.text_id({"identifier": str(given)}, "identifier")
    if url := _address(job):
        return url if len(url) <= reading.LONGEST_ID else _digest(url)
    said = [_text(job, "title") or _text(job, "name"), _employer(job), page]
    return _digest("\n".join([*said, *(text for text, _ in _sites(job))]))


def record(job: Job, name: str, *, page: str = "", company: str = "", language: str = "") -> Record:
    """The record of a posting on the page at `page`, of the employer `company` if it names none.

    Raises `Malformed` where it has no title, no employer or no address.
    """
    title = markup.without_tags(_text(job, "title") or _text(job, "name"))
    if not title:
        raise Malformed("title is missing or empty")
    if len(title) > reading.LONGEST_TITLE:
        raise Malformed(f"title is longer than {reading.LONGEST_TITLE} characters")
    by = _employer(job) or company
    if not by:
        raise Malformed(f"hiringOrganization is missing: “{title}” names no employer")
    url = _address(job) or page or _own_site(job)
    if not url:
        raise Malformed(f"url is missing: “{title}” has no address to apply at")
    sites = _sites(job)
    remote = any("TELECOMMUTE" in one.upper() for one in _texts(job.get("jobLocationType")))
    return Record(
        external_id=name,
        title=title,
        company=by,
        url=url,
        apply_url=url,
        html=_html(job),
        locations=places.unique(text for text, _ in sites),
        countries=places.unique(code for _, code in sites),
        workplace="remote" if remote else "",
        employment=employment.stated(*_texts(job.get("employmentType"))),
        pay=_pay(job),
        posted_at=_instant(job, "datePosted"),
        expires_at=_instant(job, "validThrough", end=True),
        language=_tag(job) or language,
        eligible=places.unique(
            _named(one) for one in _several(job.get("applicantLocationRequirements"))
        ),
    )


# --- values of any shape -----------------------------------------------------------------------


def _several(value: Any) -> list[Any]:
    """A value as a list of values."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _tolerant(read: Callable[..., Any], *given: Any, otherwise: Any = "", **how: Any) -> Any:
    """What `read` says; `otherwise` where the field is of another kind."""
    try:
        return read(*given, **how)
    except Malformed:
        return otherwise


def _line(value: Any) -> str:
    """A text or number on one line; of several the first; '' for anything else."""
    for one in _several(value):
        if isinstance(one, (int, float)) and not isinstance(one, bool):
            return str(one)
        if isinstance(one, str) and one.strip():
            return str(_tolerant(reading.place, {"value": one}, "value"))
    return ""


def _text(job: Job, field: str) -> str:
    return _line(job.get(field))


def _texts(value: Any) -> list[str]:
    return [text for one in _several(value) if (text := _line(one))]


def _named(value: Any) -> str:
    """The name of a thing, or the text that stands for it; an address by its parts."""
    if not isinstance(value, Mapping):
        return _line(value)
    if "address" in value or "addressCountry" in value:
        return _place(value, by_name=False)[0] or _line(value.get("name"))
    return _line(value.get("name")) or _line(value.get("value"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


# --- fields ------------------------------------------------------------------------------------


def _employer(job: Job) -> str:
    for one in _several(job.get("hiringOrganization")):
        if isinstance(one, Mapping):
            name = _line(one.get("name")) or _line(one.get("legalName"))
        else:
            name = _line(one)
        if name and not name.startswith(("http://", "https://")):
            return name[: reading.LONGEST_LINE]
    return ""


def _address(job: Job) -> str:
    """The posting's own address, by the fields that name it."""
    page = job.get("mainEntityOfPage")
    others = [page.get("@id"), page.get("url")] if isinstance(page, Mapping) else [page]
    return _web(job.get("url"), job.get("sameAs"), *others, job.get("@id"))


def _own_site(job: Job) -> str:
    """The employer's own site, for a posting that says nothing nearer to apply at."""
    for one in _several(job.get("hiringOrganization")):
        if isinstance(one, Mapping):
            bare = _line(one.get("url"))
            if re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", bare):
                bare = f"https://{bare}"
            if found := _web(bare, one.get("sameAs")):
                return found
    return ""


def _web(*values: Any) -> str:
    for value in values:
        for one in _several(value):
            found = _tolerant(reading.web_address, {"url": one}, "url")
            if found:
                return str(found)
    return ""


def _instant(job: Job, field: str, *, end: bool = False) -> datetime | None:
    for one in _several(job.get(field)):
        at = _tolerant(reading.instant, {field: one}, field, end=end, otherwise=None)
        if isinstance(at, datetime):
            return at
    return None


def _tag(job: Job) -> str:
    """The language, which may come as an object."""
    named = job.get("inLanguage")
    code = named.get("alternateName") or named.get("name") if isinstance(named, Mapping) else named
    return reading.language({"inLanguage": _line(code)}, "inLanguage")


def _html(job: Job) -> str:
    """The description, and beside it what the page says in fields of their own."""
    parts = [("", _body(job.get("description")))]
    parts += [(heading, _body(job.get(field))) for field, heading in _SECTIONS]
    return markup.sections(parts)


def _body(value: Any) -> str:
    """A text as it stands; several as a list; things by what they are called."""
    texts = []
    for one in _several(value):
        if isinstance(one, Mapping):
            one = one.get("description") or one.get("name")
        if isinstance(one, str) and one.strip():
            texts.append(markup.without_data(one)[: reading.LONGEST_TEXT])
    if len(texts) < 2:
        return "".join(texts)
    return "<ul>" + "".join(f"<li>{markup.real_html(text)}</li>" for text in texts) + "</ul>"


# --- places ------------------------------------------------------------------------------------


def _sites(job: Job) -> list[tuple[str, str]]:
    """Text and country of each place.

    Some pages repeat one address and tell their places apart by name alone: then the names hold.
    """
    sites = _several(job.get("jobLocation"))
    names = {_line(one.get("name")) for one in sites if isinstance(one, Mapping)} - {""}
    addresses = {repr(one.get("address")) for one in sites if isinstance(one, Mapping)}
    by_name = len(names) > 1 and len(addresses) == 1
    return [_place(one, by_name=by_name) for one in sites]


def _place(value: Any, *, by_name: bool) -> tuple[str, str]:
    if not isinstance(value, Mapping):
        return _line(value), ""
    name = _line(value.get("name"))
    found = value.get("address", value)
    found = found[0] if isinstance(found, list) and found else found
    if not isinstance(found, Mapping):
        return _line(found) or name, ""
    land = found.get("addressCountry")
    land = land[0] if isinstance(land, list) and land else land
    said = _named(land) if isinstance(land, Mapping) else _line(land)
    code = places.country(said)
    if by_name and name:
        return name, code
    text = places.address(
        _line(found.get("addressLocality")), _line(found.get("addressRegion")), said
    )
    return text or name, code


# --- pay ---------------------------------------------------------------------------------------


def _pay(job: Job) -> tuple[Pay, ...]:
    currency = pay.currency_code(_text(job, "salaryCurrency"))
    ranges: list[Pay | None] = []
    for field, kind in (("baseSalary", "base"), ("estimatedSalary", "estimate")):
        for one in _several(job.get(field)):
            ranges += _tolerant(_ranges, one, kind, currency, otherwise=[])
    return pay.unique(ranges)


def _ranges(source: Any, kind: str, currency: str) -> list[Pay | None]:
    return list(_each_range(source, kind, currency))


def _each_range(source: Any, kind: str, currency: str) -> Iterator[Pay | None]:
    if not isinstance(source, Mapping):
        yield from _amount(source, kind, currency, "", source)
        return
    code = (
        pay.currency_code(_text(source, "currency") or _text(source, "priceCurrency")) or currency
    )
    value = source.get("value", source)
    for one in _several(value):
        if isinstance(one, Mapping):
            period = _period(one) or _period(source)
            low, high = _bounds(one)
            yield _range(low, high, code, period, kind, one)
            if low is None and high is None:
                yield from _amount(one.get("value"), kind, code, period, one)
        else:
            yield from _amount(one, kind, code, _period(source), source)


def _bounds(source: Job) -> tuple[Any, Any]:
    if "percentile10" in source or "percentile90" in source or "median" in source:
        median = source.get("median")
        return source.get("percentile10", median), source.get("percentile90", median)
    return source.get("minValue"), source.get("maxValue")


def _amount(value: Any, kind: str, code: str, period: str, source: Any) -> Iterator[Pay | None]:
    """A single amount, or a wording that states pay."""
    if pay.is_amount(value):
        yield _range(value, value, code, period, kind, source)
    elif isinstance(value, str):
        yield from pay.said(
            value[:500], code=code, period=period, kind="" if kind == "base" else kind
        )


def _range(low: Any, high: Any, code: str, period: str, kind: str, source: Any) -> Pay | None:
    bounds = {"minValue": low, "maxValue": high}
    known = {name: one for name, one in bounds.items() if pay.states_amount(one)}
    wording = str(source) if isinstance(source, (str, int, float)) else ""
    shown = dict(source) | known if isinstance(source, Mapping) else known
    shown = {name: one for name, one in shown.items() if name not in bounds} | known
    return pay.stated(
        shown, low="minValue", high="maxValue", code=code, period=period, kind=kind, wording=wording
    )


def _period(source: Job) -> str:
    for field in ("unitText", "unitCode", "duration"):
        said = _text(source, field)
        if found := words.period([said]) or _PERIODS.get(said.upper()[:3], ""):
            return found
        if lasting := re.fullmatch(r"PT?1([YMWDH])", said.upper()):
            return {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}[lasting[1]]
    return ""
