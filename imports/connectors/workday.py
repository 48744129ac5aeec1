"""Workday: a site's search in pages, and the detail of each job.

`{"total": 1, "jobPostings": [{"title": "…", "externalPath": "/job/…", "locationsText": "…",
"postedOn": "Posted Today", …}]}` and `{"jobPostingInfo": {"title": "…", "jobDescription": "…",
"externalUrl": "…", …}, "hiringOrganization": {"name": "…"}}`. A board is `tenant.wd5/Site`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from extraction import employment
from imports.connectors import markup, places, reading, shapes, words
from imports.connectors.addresses import path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request
from imports.records import Entry, Record, Refused, Skipped

SYSTEM = "workday"
PAGE = 20
MOST = 2_000  # jobs that a search ever shows
parse = reading.parse_json

_BOARD = re.compile(r"([\w-]{1,60})\.(wd\d{1,4}(?:-impl)?)/([\w .%-]{1,60})", re.ASCII)
_HOST = re.compile(r"([\w-]+)\.(wd\d{1,4}(?:-impl)?)\.myworkday(?:jobs|site)\.com", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2}-[A-Z]{2}")
_AGO = re.compile(r"(\d{1,4})\+?\s+days?\s+ago", re.IGNORECASE)
# "DEU Wiesbaden - Army Airfield (APC180)": a site of the employer's own follows its town.
_SITE_CODE = re.compile(r"\s*\((?=[^()]*[A-Z\d])[A-Z\d _-]{2,12}\)")
_PREFIXED = re.compile(r"([A-Z]{2,3})[ .]([A-Z]{2})[ .]([^\W\d_][\w .'’-]+)")


def first(board: str) -> Request:
    """The search for all jobs of a site; `ValueError` for what is no site's name."""
    return _search(_api(board), 0)


def follow(request: Request, payload: Any) -> Iterable[Request]:
    """The next page, and the detail of each job of this one.

    Only the first page says the total, so a full page is followed by another.
    """
    if request.body is None or not shapes.fits(SYSTEM, payload):
        return
    api = request.url.removesuffix("/jobs")
    jobs = payload["jobPostings"]
    for job in jobs:
        if isinstance(job, Mapping) and isinstance(path := job.get("externalPath"), str) and path:
            yield Request(f"{api}/{quote(path.strip('/'), safe='/')}")
    seen = request.body["offset"] + len(jobs)
    total = payload.get("total")
    ends = isinstance(total, int) and 0 < total <= seen
    if len(jobs) >= PAGE and seen < MOST and not ends:
        yield _search(api, seen)


def board_of(url: str) -> str | None:
    """The site that an address of Workday belongs to, as `tenant.wd5/Site`; or None."""
    host, path = path_of(url)
    found = _HOST.fullmatch(host)
    if not found:
        return None
    tenant, cell = found.groups()
    if path[:2] == ["wday", "cxs"]:
        path = path[3:]
    path = [part for part in path if not _LANGUAGE.fullmatch(part)]
    board = f"{tenant}.{cell}/{path[0]}" if path else ""
    return board if _BOARD.fullmatch(board) else None


def tenant_of(board: str) -> str:
    """The employer's account: "acme" of acme.wd5/Careers."""
    return board.partition(".")[0]


def recognises(payload: Any) -> bool:
    """Whether a payload can be a page of a site's search, or the detail of one job."""
    return shapes.fits(SYSTEM, payload) or _is_detail(payload)


def is_whole(payloads: Iterable[Any]) -> bool:
    """Whether the pages hold as many jobs as their site says it has."""
    pages = [one for one in payloads if shapes.fits(SYSTEM, one)]
    total = max((one["total"] for one in pages if isinstance(one.get("total"), int)), default=0)
    seen = sum(len(one["jobPostings"]) for one in pages)
    return bool(pages) and total <= seen < MOST


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every job of a site, with what its detail says where that is there."""
    jobs: list[Any] = []
    details: dict[str, Job] = {}
    for payload in payloads:
        if shapes.fits(SYSTEM, payload):
            jobs += payload["jobPostings"]
        elif _is_detail(payload):
            detail = _detail(payload)
            key = _key(detail.get("jobPostingId")) or _key(detail.get("externalUrl"))
            details.setdefault(key or f"#{len(details)}", detail)
        else:
            yield Refused("", "the payload is no answer of Workday")
    site = _site(board, details.values())
    # The one employer whom the details name is that of the jobs without a detail, too.
    employers = {detail.get("company", "") for detail in details.values()} - {""}
    company = {"company": employers.pop()} if len(employers) == 1 else {}
    found: list[Any] = []
    for job in jobs:
        whole = isinstance(job, Mapping)
        key = _key(job.get("externalPath")) if whole else ""
        found.append({**company, **job, **details.get(key, {})} if whole else job)
    listed = {_key(job.get("externalPath")) for job in jobs if isinstance(job, Mapping)}
    found += [detail for key, detail in details.items() if key not in listed]
    yield from reading.each(found, _identity, lambda job, name: _job(job, name, site))


def _detail(payload: Job) -> Job:
    """What a detail says of its job, with the employer's name where it has one."""
    by = payload.get("hiringOrganization")
    name = reading.loose_line(by, "name") if isinstance(by, Mapping) else ""
    return {**payload["jobPostingInfo"], **({"company": name} if name else {})}


def _api(board: str) -> str:
    found = _BOARD.fullmatch(board)
    if not found:
        raise ValueError(f"{board[:100]!r} is not a Workday site, such as acme.wd5/Careers")
    tenant, cell, site = found.groups()
    return f"https://{tenant}.{cell}.myworkdayjobs.com/wday/cxs/{tenant}/{quote(site)}"


def _search(api: str, offset: int) -> Request:
    body = {"appliedFacets": {}, "limit": PAGE, "offset": offset, "searchText": ""}
    return Request(f"{api}/jobs", "POST", body)


def _site(board: str, details: Iterable[Job]) -> str:
    """The address that a job's path is appended to: of the board, else of the details."""
    for found in (board, *(board_of(str(one.get("externalUrl"))) for one in details)):
        if found and (parts := _BOARD.fullmatch(found)):
            return f"https://{parts[1]}.{parts[2]}.myworkdayjobs.com/{quote(parts[3])}"
    return ""


def _is_detail(payload: Any) -> bool:
    return isinstance(payload, Mapping) and isinstance(payload.get("jobPostingInfo"), Mapping)


def _key(path: Any) -> str:
    """What search and detail call a job alike: the last part of its address."""
    return path.rstrip("/").rpartition("/")[2] if isinstance(path, str) else ""


def _identity(job: Job) -> str:
    """The number of the requisition, which stays when the title in the address changes."""
    last = _key(job.get("externalPath")) or _key(job.get("jobPostingId"))
    last = last or _key(job.get("externalUrl"))
    return reading.text_id({"externalPath": last.rpartition("_")[2] or last}, "externalPath")


def _job(job: Job, name: str, site: str) -> Entry:
    if reading.flag(job, "canApply") is False or reading.flag(job, "posted") is False:
        return Skipped(name, "not listed")
    title = reading.title(job, "title")
    url = reading.web_address(job, "externalUrl")
    path = reading.line(job, "externalPath")
    if not url and not site:
        raise reading.Malformed("the job has no address: name its site, such as acme.wd5/Careers")
    url = url or reading.web_address({"externalPath": site + quote(path)}, "externalPath")
    sites = [reading.place(job, "location"), *reading.places(job, "additionalLocations")]
    sites = sites if any(sites) else [reading.place(job, "locationsText")]
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title,
        company=reading.line(job, "company"),
        url=url,
        apply_url=url,
        html=markup.real_html(reading.text(job, "jobDescription")),
        locations=places.unique(_place(one) for one in sites),
        countries=places.unique([_country(job)] if len(sites) == 1 else []),
        workplace=words.workplace(reading.line(job, "remoteType")),
        employment=employment.stated(reading.line(job, "timeType")),
        posted_at=reading.instant(job, "startDate"),
        expires_at=reading.instant(job, "endDate", end=True),
        requisition=reading.loose_line(job, "jobReqId"),
        days_old=_days_old(reading.line(job, "postedOn")),
    )


def _country(job: Job) -> str:
    """The country of the only place; each further one may lie in another."""
    for field in ("jobRequisitionLocation.country", "country"):
        land = reading.obj(job, field)
        if code := places.country(reading.line(land, "alpha2Code")):
            return code
        if code := places.country(reading.line(land, "descriptor")):
            return code
    return ""


def _place(text: str) -> str:
    """A place as people write it; none for "2 Locations"."""
    if re.fullmatch(r"\d+ locations?", text, re.IGNORECASE):
        return ""
    text = _SITE_CODE.sub("", text)
    found = _PREFIXED.fullmatch(text)
    if found and places.country(found[1]):
        return f"{found[3]}, {found[2]}, {found[1]}"
    return text


def _days_old(wording: str) -> int | None:
    """Days since it was posted, at least; None for a wording that says no such thing."""
    folded = wording.casefold()
    if "today" in folded or "yesterday" in folded:
        return int("yesterday" in folded)
    found = _AGO.search(folded)
    return int(found[1]) if found else None
