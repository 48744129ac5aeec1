"""We Work Remotely: feeds of remote jobs, to be linked to where they are shown.

`<rss><channel><item><title>Acme: Data Engineer</title><region>…</region>…</item></channel></rss>`
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from extraction import employment
from imports.connectors import markup, places, reading
from imports.connectors.addresses import checked_board, path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request, nothing_more
from imports.records import Entry, Record, Refused
from lib.xmlin import Element

SYSTEM = "weworkremotely"
VIA = "We Work Remotely"
parse = reading.parse_xml
follow = nothing_more

_SITE = "https://weworkremotely.com"


def first(board: str) -> Request:
    """The feed of all jobs, where the board is "all", or that of a category."""
    if board in ("all", SYSTEM):
        return Request(f"{_SITE}/remote-jobs.rss")
    return Request(f"{_SITE}/categories/{checked_board(board)}.rss")


def board_of(url: str) -> str | None:
    """The category that an address of We Work Remotely shows, else "all"; or None."""
    host, path = path_of(url)
    if host not in ("weworkremotely.com", "www.weworkremotely.com"):
        return None
    category = path[1].removesuffix(".rss") if path[:1] == ["categories"] and path[1:] else ""
    return category if re.fullmatch(r"[a-z0-9-]{1,80}", category) else "all"


def recognises(payload: Any) -> bool:
    """Whether a payload can be a feed of We Work Remotely."""
    if not isinstance(payload, Element) or payload.name != "rss":
        return False
    channel = payload.child("channel")
    links = [one.text for one in channel.children if one.name == "link"] if channel else []
    return any("weworkremotely.com" in link for link in links)


def is_whole(payloads: Iterable[Any]) -> bool:
    """Never: a feed is the newest jobs, and an older one is not gone when it leaves it."""
    return False


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every job of the feeds."""
    for payload in payloads:
        channel = payload.child("channel") if recognises(payload) else None
        if channel is None:
            yield Refused("", "the payload is not a feed of We Work Remotely")
        else:
            items = [item.texts() for item in channel.all("item")]
            yield from reading.each(items, _identity, _job)


def _identity(job: Job) -> str:
    """The last part of the address, which stands in the guid."""
    guid = reading.text(job, "guid") or reading.text(job, "link")
    return reading.text_id({"guid": guid.strip().rstrip("/").rpartition("/")[2][-200:]}, "guid")


def _job(job: Job, name: str) -> Entry:
    company, colon, title = reading.title(job, "title").partition(": ")
    if not (colon and company.strip() and title.strip()):
        raise reading.Malformed("title does not name an employer and a job: “Acme: Data Engineer”")
    url, _ = reading.urls(job, "link")
    region, country = reading.place(job, "region"), reading.place(job, "country")
    state = reading.place(job, "state")
    narrow = places.address("", state, country)
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title.strip(),
        company=company.strip(),
        url=url,
        apply_url=url,
        html=markup.real_html(reading.text(job, "description")),
        locations=places.unique([narrow or region]),
        countries=places.unique([places.country(country)]),
        workplace="remote",
        employment=employment.stated(reading.line(job, "type")),
        posted_at=reading.instant(job, "pubDate"),
        expires_at=reading.instant(job, "expires_at", end=True),
        eligible=places.unique([country or region]),
        via=VIA,
    )
