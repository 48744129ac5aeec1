"""SmartRecruiters: a company's postings in pages, and the text of each in its detail.

`{"totalFound": 1, "content": [{"id": "…", "name": "…", "location": {…}, …}]}` and
`{"id": "…", "name": "…", "jobAd": {"sections": {…}}, "applyUrl": "…", …}`
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from extraction import employment
from imports.connectors import markup, pay, places, reading, shapes, words
from imports.connectors.addresses import board_name, checked_board, path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request
from imports.records import Entry, Record, Refused, Skipped

SYSTEM = "smartrecruiters"
PAGE = 100
parse = reading.parse_json

_API = "https://api.smartrecruiters.com/v1/companies/{}/postings"
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


def first(board: str) -> Request:
    """The question for the first page; `ValueError` for what is no company's name."""
    return Request(f"{_API.format(checked_board(board))}?limit={PAGE}&offset=0")


def follow(request: Request, payload: Any) -> Iterable[Request]:
    """The next page, and the detail of each posting of this one."""
    if not shapes.fits(SYSTEM, payload):
        return
    base, _, query = request.url.partition("?")
    for job in payload["content"]:
        if isinstance(job, Mapping) and (name := _id(job)):
            yield Request(f"{base}/{quote(name, safe='')}")
    offset = re.search(r"(?:^|&)offset=(\d{1,9})", query)
    seen = (int(offset[1]) if offset else 0) + len(payload["content"])
    total = payload.get("totalFound")
    if payload["content"] and isinstance(total, int) and seen < total:
        yield Request(f"{base}?limit={PAGE}&offset={seen}")


def board_of(url: str) -> str | None:
    """The company that an address of SmartRecruiters belongs to; None for any other address."""
    host, path = path_of(url)
    if host == "api.smartrecruiters.com":
        return board_name(path[2:]) if path[:2] == ["v1", "companies"] else None
    if host in ("jobs.smartrecruiters.com", "careers.smartrecruiters.com"):
        return board_name(path) if path[:1] != ["oneclick-ui"] else board_name(path[2:])
    return None


def recognises(payload: Any) -> bool:
    """Whether a payload can be a page of a company's postings, or the detail of one."""
    return shapes.fits(SYSTEM, payload) or _is_detail(payload)


def is_whole(payloads: Iterable[Any]) -> bool:
    """Whether the pages hold as many postings as their company says it has."""
    pages = [one for one in payloads if shapes.fits(SYSTEM, one)]
    totals = [one["totalFound"] for one in pages if isinstance(one.get("totalFound"), int)]
    return bool(pages) and sum(len(one["content"]) for one in pages) >= max(totals, default=0)


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every posting of a company, with the text of its detail where that is there."""
    jobs: list[Any] = []
    details: list[Job] = []
    for payload in payloads:
        if shapes.fits(SYSTEM, payload):
            jobs += payload["content"]
        elif _is_detail(payload):
            details.append(payload)
        else:
            yield Refused("", "the payload is no answer of SmartRecruiters")
    found, alone = _matched(jobs, details)
    yield from reading.each(
        [*jobs, *alone],
        reading.text_id,
        lambda job, name: _job({**job, **found.get(name, {})}, name, board),
    )


def _is_detail(payload: Any) -> bool:
    return isinstance(payload, Mapping) and isinstance(payload.get("jobAd"), Mapping)


def _matched(jobs: list[Any], details: list[Job]) -> tuple[dict[str, Job], list[Job]]:
    """Details by the id of their posting, and those that no page lists.

    One that was kept without its id belongs to the only posting whose title its text names.
    """
    listed = {name: job for job in jobs if isinstance(job, Mapping) and (name := _id(job))}
    found: dict[str, Job] = {}
    alone: list[Job] = []
    for detail in details:
        if own := _id(detail):
            fits = [own] if own in listed else []
        else:
            said = " ".join(re.sub(r"<[^<>]*>", " ", _html(detail)).casefold().split())
            fits = [name for name, job in listed.items() if _title(job) and _title(job) in said]
        if len(fits) == 1:
            found.setdefault(fits[0], detail)
        else:
            alone.append(detail)
    return found, alone


def _id(job: Job) -> str:
    try:
        return reading.text_id(job)
    except reading.Malformed:
        return ""


def _title(job: Job) -> str:
    name = job.get("name")
    return " ".join(name.casefold().split()) if isinstance(name, str) else ""


def _job(job: Job, name: str, board: str) -> Entry:
    title = reading.title(job, "name")
    if (
        reading.line(job, "visibility").upper() not in ("", "PUBLIC")
        or reading.flag(job, "active") is False
    ):
        return Skipped(name, "not listed")
    account = reading.line(job, "company.identifier") or board
    page = f"https://jobs.smartrecruiters.com/{quote(account, safe='')}/{quote(name, safe='')}"
    url = reading.web_address(job, "postingUrl") or page
    site = reading.obj(job, "location")
    remote, hybrid = reading.flag(site, "remote"), reading.flag(site, "hybrid")
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title,
        company=reading.line(job, "company.name"),
        url=url,
        apply_url=reading.web_address(job, "applyUrl") or url,
        html=_html(job),
        locations=places.unique([_place(site)]),
        countries=places.unique([places.country(reading.line(site, "country"))]),
        workplace="hybrid" if hybrid else "remote" if remote else "",
        employment=employment.stated(
            reading.line(job, "typeOfEmployment.label"), reading.line(job, "typeOfEmployment.id")
        ),
        seniority=words.level(reading.line(job, "experienceLevel.id")),
        pay=pay.unique([_pay(reading.obj(job, "compensation"))]),
        posted_at=reading.instant(job, "releasedDate"),
        language=reading.language(job, "language.code"),
        requisition=reading.loose_line(job, "refNumber"),
    )


def _place(site: Job) -> str:
    """The address by its parts; the whole of it as one text where those are missing."""
    city, region = reading.line(site, "city"), reading.line(site, "region")
    parts = places.address(city, region, reading.line(site, "country"))
    return parts if city or region else reading.place(site, "fullLocation") or parts


def _html(job: Job) -> str:
    sections = reading.obj(job, "jobAd.sections")
    parts = [reading.obj(sections, name) for name in _SECTIONS]
    return markup.sections(
        (reading.line(part, "title"), reading.text(part, "text")) for part in parts
    )


def _pay(source: Job) -> Any:
    return pay.stated(
        source,
        low="min",
        high="max",
        currency="currency",
        period=words.period([reading.line(source, "period")]),
    )
