"""Personio: a company's open positions as XML.

`<workzag-jobs><position><id>1</id><name>…</name><office>…</office>…</position></workzag-jobs>`
"""

from collections.abc import Iterable, Iterator
from typing import Any

from extraction import employment
from imports.connectors import markup, places, reading
from imports.connectors.addresses import checked_host, name_under, path_of
from imports.connectors.requests import Request, always_whole, nothing_more
from imports.records import Entry, Record, Refused
from lib.xmlin import Element

SYSTEM = "personio"
ROOT = "workzag-jobs"
HOST = "jobs.personio.de"
OTHER = "jobs.personio.com"
parse = reading.parse_xml
follow = nothing_more
is_whole = always_whole

# "experienced" may be mid or senior, so it says neither.
_LEVELS = {"entry-level": "entry", "student": "entry", "executive": "executive"}
_SCHEDULES = {"full-or-part-time": "full time, part time"}


def first(board: str) -> Request:
    """The question for a company's positions; a board with a point is a host.

    `ValueError` for what is neither.
    """
    return Request(f"https://{checked_host(board, HOST)}/xml")


def board_of(url: str) -> str | None:
    """The company that an address of Personio belongs to, by its host outside .de; or None."""
    host, _ = path_of(url)
    return name_under(host, HOST) or (host if name_under(host, OTHER) else None)


def recognises(payload: Any) -> bool:
    """Whether a payload can be the positions of a company, none included."""
    return isinstance(payload, Element) and payload.name == ROOT


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every position of a company."""
    for payload in payloads:
        if recognises(payload):
            positions = [one.texts() | {"position": one} for one in payload.all("position")]
            yield from reading.each(
                positions, reading.number_id, lambda job, name: _job(job, name, board)
            )
        else:
            yield Refused("", "the payload is not a Personio feed")


def _job(job: reading.Job, name: str, board: str) -> Entry:
    position: Element = job["position"]
    title = reading.title(job, "name")
    try:
        # The name of a captured file stands for the account, which has no underscore.
        url = f"https://{checked_host(board.replace('_', '-'), HOST)}/job/{name}"
    except ValueError as error:
        raise reading.Malformed(f"the job has no address: {error}") from None
    schedule = reading.line(job, "schedule")
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title,
        company=reading.line(job, "subcompany"),
        url=url,
        apply_url=f"{url}#apply",
        html=_html(position),
        locations=places.unique(_offices(position)),
        employment=employment.stated(
            _SCHEDULES.get(schedule, schedule), reading.line(job, "employmentType")
        ),
        seniority=_LEVELS.get(reading.line(job, "seniority"), ""),
        posted_at=reading.instant(job, "createdAt"),
    )


def _offices(position: Element) -> Iterator[str]:
    """The office, and those that stand beside it."""
    for office in position.all("office"):
        yield reading.place({"office": office.text}, "office")
    for others in position.all("additionalOffices"):
        for office in others.all("office"):
            yield reading.place({"office": office.text}, "office")


def _html(position: Element) -> str:
    """The descriptions, each under its own heading."""
    parts = [
        one.texts()
        for list_ in position.all("jobDescriptions")
        for one in list_.all("jobDescription")
    ]
    return markup.sections(
        (reading.line(part, "name"), reading.text(part, "value")) for part in parts
    )
