"""Any page that describes its jobs as schema.org JobPosting in JSON-LD, or such a file alone.

A board is the address of the page without its scheme, or any name for a file.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from imports.connectors import pages, reading, schemaorg
from imports.connectors.addresses import path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request, always_whole, nothing_more
from imports.records import Entry, Refused

SYSTEM = "jsonld"
LONGEST_BOARD = 80
follow = nothing_more
is_whole = always_whole


def first(board: str) -> Request:
    """The question for the page; `ValueError` for what is no address."""
    url = page_of(board)
    if not url:
        raise ValueError(f"{board[:100]!r} is not the address of a page")
    return Request(url)


def board_of(url: str) -> str | None:
    """The address without its scheme; None for what is no web address or too long."""
    host, _ = path_of(url)
    bare = url.strip().partition("://")[2].partition("#")[0].rstrip("/")
    return bare if host and "." in host and len(bare) <= LONGEST_BOARD else None


def page_of(board: str) -> str:
    """The address of a board that is one; '' for a mere name."""
    host = board.partition("/")[0]
    if "." not in host or not path_of(f"https://{board}")[0]:
        return ""
    try:
        return reading.web_address({"board": f"https://{board}"}, "board")
    except reading.Malformed:
        return ""


def parse(text: bytes) -> pages.Page:
    """The JSON-LD of a page; `ValueError` with a sentence where it describes no job."""
    page = pages.read(text)
    if not page.broken and not any(True for _ in schemaorg.postings(page.values)):
        raise ValueError("It holds no schema.org JobPosting.")
    return page


def recognises(payload: Any) -> bool:
    """Whether a payload is a page that was read."""
    return isinstance(payload, pages.Page)


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every job of the pages."""
    for page in payloads:
        if not recognises(page):
            yield Refused("", "the payload is not a page with a JobPosting")
            continue
        known = dict(schemaorg.nodes(page.values))
        jobs = [_whole(job, known) for job in schemaorg.postings(page.values)]
        at = page_of(board) or _own(page)
        yield from reading.each(
            jobs, partial(schemaorg.identity, page=at), partial(_job, page=page, at=at)
        )
        for number, why in page.broken:
            yield Refused(f"block {number}", f"the JSON-LD cannot be read: {why}")


def _job(job: Job, name: str, *, page: pages.Page, at: str) -> Entry:
    tag = reading.language({"lang": page.language}, "lang")
    found = schemaorg.record(job, name, page=at, language=tag)
    return reading.skipped_title(name, found.title) or found


def _own(page: pages.Page) -> str:
    try:
        return reading.web_address({"url": page.url}, "url")
    except reading.Malformed:
        return ""


def _whole(job: Job, known: dict[str, Job]) -> Job:
    """The posting with the objects that it only names by their ids."""
    return {field: _resolved(value, known) for field, value in job.items()}


def _resolved(value: Any, known: dict[str, Job]) -> Any:
    if isinstance(value, list):
        return [_resolved(one, known) for one in value]
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        return known.get(value["@id"], value)
    return value
