"""Himalayas: a board of remote jobs in pages, which asks for a link to each where it is shown.

`{"totalCount": 1, "jobs": [{"guid": "…", "title": "…", "companyName": "…", …}]}`
"""

import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from extraction import employment
from imports.connectors import markup, pay, places, reading, shapes, words
from imports.connectors.addresses import path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request
from imports.records import Entry, Record

SYSTEM = "himalayas"
VIA = "Himalayas"
API = "https://himalayas.app/jobs/api"
PAGE = 20
MOST = 1_000  # of a hundred thousand: the newest
parse = reading.parse_json


def first(board: str) -> Request:
    """The question for the newest jobs; there is one board."""
    return Request(f"{API}?limit={PAGE}&offset=0")


def follow(request: Request, payload: Any) -> Iterable[Request]:
    """The next page, up to the newest thousand jobs."""
    if not recognises(payload) or not payload["jobs"]:
        return
    offset = re.search(r"[?&]offset=(\d{1,9})", request.url)
    seen = (int(offset[1]) if offset else 0) + len(payload["jobs"])
    total = payload.get("totalCount")
    if seen < MOST and isinstance(total, int) and seen < total:
        yield Request(f"{API}?limit={PAGE}&offset={seen}")


def board_of(url: str) -> str | None:
    """ "all" for an address of Himalayas; None for any other."""
    return "all" if path_of(url)[0] in ("himalayas.app", "www.himalayas.app") else None


def recognises(payload: Any) -> bool:
    """Whether a payload can be a page of Himalayas' jobs."""
    return shapes.fits(SYSTEM, payload)


def is_whole(payloads: Iterable[Any]) -> bool:
    """Never: the pages are the newest jobs, and an older one is not gone when it leaves them."""
    return False


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every job of the pages."""
    return reading.each_board(
        payloads, recognises, itemgetter("jobs"), _identity, _job, "a page of Himalayas' jobs"
    )


def _identity(job: Job) -> str:
    """The last part of the address, since the whole may be longer than an id."""
    guid = reading.text(job, "guid") or reading.text(job, "applicationLink")
    return reading.text_id({"guid": guid.rstrip("/").rpartition("/companies/")[2][-200:]}, "guid")


def _job(job: Job, name: str) -> Entry:
    title = reading.title(job, "title")
    url, _ = reading.urls(job, "guid" if job.get("guid") else "applicationLink")
    lands = [_place(one) for one in reading.items(job, "locationRestrictions")]
    amount = pay.stated(
        {name: job.get(name) for name in ("minSalary", "maxSalary", "currency", "salaryPeriod")},
        low="minSalary",
        high="maxSalary",
        currency="currency",
        period=words.period([reading.line(job, "salaryPeriod")]),
    )
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title,
        company=reading.company(job, "companyName"),
        url=url,
        apply_url=reading.web_address(job, "applicationLink") or url,
        html=markup.real_html(reading.text(job, "description")),
        locations=places.unique(lands),
        countries=places.unique(places.country(land) for land in lands),
        workplace="remote",
        employment=employment.stated(*reading.lines(job, "employmentType")),
        seniority=words.level(*reading.lines(job, "seniority")),
        pay=pay.unique([amount]),
        posted_at=reading.instant(job, "pubDate"),
        expires_at=reading.instant(job, "expiryDate", end=True),
        eligible=places.unique(lands) or ("Worldwide",),
        timezones=_zones(reading.items(job, "timezoneRestrictions")),
        via=VIA,
    )


def _place(value: Any) -> str:
    """A country by its name, or an object that has one."""
    if isinstance(value, dict):
        return reading.place(value, "name")
    return reading.place({"locationRestrictions": value}, "locationRestrictions")


def _zones(offsets: list[Any]) -> tuple[str, ...]:
    """Hours from UTC as runs: "UTC-10 to UTC-5"; none where every zone will do."""
    hours = sorted(
        {float(one) for one in offsets if isinstance(one, (int, float)) and abs(one) <= 14}
    )
    if len(hours) >= 24:
        return ()
    runs: list[list[float]] = []
    for hour in hours:
        if runs and hour - runs[-1][-1] <= 1:
            runs[-1].append(hour)
        else:
            runs.append([hour])
    return tuple(
        _zone(run[0]) if len(run) == 1 else f"{_zone(run[0])} to {_zone(run[-1])}" for run in runs
    )


def _zone(hours: float) -> str:
    whole, minutes = divmod(round(abs(hours) * 60), 60)
    sign = "-" if hours < 0 else "+"
    return f"UTC{sign}{whole}" + (f":{minutes:02}" if minutes else "")
