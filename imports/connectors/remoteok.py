"""Remote OK: a board of remote jobs, which asks for a followed link to each where it is shown.

`[{"legal": "…"}, {"id": "1", "position": "…", "company": "…", "url": "…", …}]`
"""

from collections.abc import Iterable, Iterator
from typing import Any

from imports.connectors import markup, pay, places, reading, shapes
from imports.connectors.addresses import path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request, nothing_more
from imports.records import Entry, Record, Skipped

SYSTEM = "remoteok"
VIA = "Remote OK"
parse = reading.parse_json
follow = nothing_more


def first(board: str) -> Request:
    """The question for the newest jobs; there is one board."""
    return Request("https://remoteok.com/api")


def board_of(url: str) -> str | None:
    """ "all" for an address of Remote OK; None for any other."""
    return "all" if path_of(url)[0] in ("remoteok.com", "www.remoteok.com", "remoteok.io") else None


def recognises(payload: Any) -> bool:
    """Whether a payload can be Remote OK's list."""
    return shapes.fits(SYSTEM, payload) and bool(payload)


def is_whole(payloads: Iterable[Any]) -> bool:
    """Never: the list is the newest jobs, and an older one is not gone when it leaves it."""
    return False


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every job of the list, and its notice."""
    return reading.each_board(payloads, recognises, iter, _identity, _job, "Remote OK's list")


def _identity(job: Job) -> str:
    if "legal" in job and "position" not in job:
        return "legal"
    return reading.number_id(job)


def _job(job: Job, name: str) -> Entry:
    if name == "legal":
        return Skipped(name, "legal notice")
    title = reading.title(job, "position")
    url, apply_url = reading.urls(job, "url", "apply_url")
    where = reading.place(job, "location").strip(" ,")
    # What it shows is in US dollars for a year.
    amount = pay.stated(
        {name: job.get(name) for name in ("salary_min", "salary_max")},
        low="salary_min",
        high="salary_max",
        code="USD",
        period="year",
    )
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title,
        company=reading.company(job, "company"),
        url=url,
        apply_url=apply_url,
        html=markup.real_html(reading.text(job, "description")),
        locations=places.unique([where]),
        workplace="remote",
        pay=pay.unique([amount]),
        posted_at=reading.instant(job, "date") or reading.instant(job, "epoch"),
        eligible=places.unique([where]),
        via=VIA,
    )
