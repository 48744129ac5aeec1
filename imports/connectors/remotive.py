"""Remotive: a board of remote jobs, which asks for a link to each where it is shown.

`{"job-count": 1, "jobs": [{"id": 1, "url": "…", "title": "…", "company_name": "…", …}]}`
"""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from extraction import employment
from imports.connectors import markup, pay, places, reading, shapes
from imports.connectors.addresses import board_name, checked_board, path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request, nothing_more
from imports.records import Entry, Record

SYSTEM = "remotive"
VIA = "Remotive"
parse = reading.parse_json
follow = nothing_more


def first(board: str) -> Request:
    """The question for all jobs, where the board is "all", or for those of a category."""
    url = "https://remotive.com/api/remote-jobs"
    return Request(url if board in ("all", SYSTEM) else f"{url}?category={checked_board(board)}")


def board_of(url: str) -> str | None:
    """The category that an address of Remotive shows, else "all"; None for any other address."""
    host, path = path_of(url)
    if host not in ("remotive.com", "www.remotive.com"):
        return None
    return (board_name(path[1:]) if path[:1] == ["remote-jobs"] else None) or "all"


def recognises(payload: Any) -> bool:
    """Whether a payload can be a list of Remotive's jobs."""
    return shapes.fits(SYSTEM, payload)


def is_whole(payloads: Iterable[Any]) -> bool:
    """Whether the list holds as many jobs as it says there are; `limit` cuts it."""
    lists = [one for one in payloads if recognises(one)]
    totals = [one.get("total-job-count") for one in lists]
    seen = sum(len(one["jobs"]) for one in lists)
    return bool(lists) and seen >= max((one for one in totals if type(one) is int), default=0)


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every job of the list."""
    return reading.each_board(
        payloads, recognises, itemgetter("jobs"), reading.number_id, _job, "a list of Remotive jobs"
    )


def _job(job: Job, name: str) -> Entry:
    title = reading.title(job, "title")
    url, _ = reading.urls(job, "url")
    where = reading.place(job, "candidate_required_location")
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title,
        company=reading.company(job, "company_name"),
        url=url,
        apply_url=url,
        html=markup.real_html(reading.text(job, "description")),
        locations=places.unique([where]),
        workplace="remote",
        employment=employment.stated(reading.line(job, "job_type")),
        pay=pay.said(reading.place(job, "salary")),
        posted_at=reading.instant(job, "publication_date"),
        eligible=places.unique([where]),
        via=VIA,
    )
