"""Workable: the account's published jobs, as its widget reads them.

`{"name": "Acme", "jobs": [{"shortcode": "…", "title": "…", "url": "…", "locations": […]}]}`. A job
with several places may come once for each.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from extraction import employment
from imports.connectors import markup, places, reading, shapes, words
from imports.connectors.addresses import board_name, checked_board, path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request, always_whole, nothing_more
from imports.records import Entry, Record, Refused, Skipped

SYSTEM = "workable"
parse = reading.parse_json
follow = nothing_more
is_whole = always_whole

_UNLISTED = {"draft", "closed", "archived"}


def first(board: str) -> Request:
    """The question for an account's jobs; `ValueError` for what is no account's name."""
    name = checked_board(board)
    return Request(f"https://apply.workable.com/api/v1/widget/accounts/{name}?details=true")


def board_of(url: str) -> str | None:
    """The account that an address of Workable belongs to; None for any other address."""
    host, path = path_of(url)
    if host == "apply.workable.com":
        if path[:1] == ["api"]:
            path = path[path.index("accounts") + 1 :] if "accounts" in path else []
        # A job's short address, /j/ABC, names no account.
        return board_name(path) if path[:1] != ["j"] else None
    if host in ("www.workable.com", "workable.com"):
        return board_name(path[2:]) if path[:2] == ["api", "accounts"] else None
    account = host.removesuffix(".workable.com")
    return account if host.endswith(".workable.com") and "." not in account else None


def recognises(payload: Any) -> bool:
    """Whether a payload can be an account of Workable, an empty one included."""
    return shapes.fits(SYSTEM, payload)


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every job of an account."""
    for payload in payloads:
        if recognises(payload):
            company = reading.loose_line(payload, "name")
            yield from reading.each(
                payload["jobs"], _identity, lambda job, name, by=company: _job(job, name, by)
            )
        else:
            yield Refused("", "the payload is not a Workable account")


def _identity(job: Job) -> str:
    return reading.text_id(job, "shortcode")


def _job(job: Job, name: str, company: str) -> Entry:
    # `state` is a part of a country here, and what becomes of a job in another interface.
    if reading.flag(job, "isInternal") or reading.line(job, "state") in _UNLISTED:
        return Skipped(name, "not listed")
    title = reading.title(job, "title")
    page = "url" if job.get("url") else "shortlink"
    url, apply_url = reading.urls(job, page, "application_url")
    sites = [site for site in reading.objects(job, "locations") if not reading.flag(site, "hidden")]
    # The interface for partners has the place in one object.
    only = job.get("location")
    only = only if isinstance(only, Mapping) else {}
    sites = sites or ([] if job.get("locations") else [only or job])
    ways = [
        reading.line(one, field) for one in (job, only) for field in ("workplace_type", "workplace")
    ]
    remote = reading.flag(job, "telecommuting") or reading.flag(only, "telecommuting")
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title,
        company=company,
        url=url,
        apply_url=apply_url,
        html=markup.sections(
            (heading, reading.text(job, field))
            for field, heading in (
                ("description", ""),
                ("requirements", "Requirements"),
                ("benefits", "Benefits"),
            )
        ),
        locations=places.unique(_place(site) for site in sites),
        countries=places.unique(_country(site) for site in sites),
        workplace=words.workplace(*ways) or ("remote" if remote and not any(ways) else ""),
        employment=employment.stated(reading.line(job, "employment_type")),
        seniority=words.level(reading.line(job, "experience")),
        posted_at=reading.instant(job, "published_on") or reading.instant(job, "created_at"),
        language=reading.language(job, "language"),
    )


def _country(site: Job) -> str:
    code = reading.line(site, "countryCode") or reading.line(site, "country_code")
    return places.country(code or reading.line(site, "country"))


def _place(site: Job) -> str:
    region = reading.line(site, "region") or reading.line(site, "state")
    return places.address(reading.line(site, "city"), region, reading.line(site, "country"))
