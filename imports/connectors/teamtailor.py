"""Teamtailor: the open jobs of a career site, as a JSON feed or as RSS.

`{"title": "Acme", "items": [{"id": "…", "title": "…", "url": "…", "_jobposting": {…}}]}` with a
schema.org JobPosting each, or `<rss><channel><title>Acme</title><item>…<remoteStatus>…`
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from extraction import employment
from imports.connectors import markup, places, reading, schemaorg, shapes
from imports.connectors.addresses import checked_host, name_under, path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request, nothing_more
from imports.records import Entry, Record, Refused
from lib.xmlin import Element

SYSTEM = "teamtailor"
HOST = "teamtailor.com"
follow = nothing_more

_REMOTE = {"fully": "remote", "hybrid": "hybrid", "temporary": "", "none": "onsite"}


def first(board: str) -> Request:
    """The feed of a career site; a board with a point is a host of the company's own.

    `ValueError` for what is neither.
    """
    return Request(f"https://{checked_host(board, HOST)}/jobs.rss")


def board_of(url: str) -> str | None:
    """The company that an address of Teamtailor belongs to, regional ones by their host."""
    host, _ = path_of(url)
    if account := name_under(host, HOST):
        return account
    regional = host.endswith(f".{HOST}") and host.count(".") == 3
    return host if regional else None


def parse(text: bytes) -> Any:
    """A feed of either kind; `ValueError` with a sentence for what is none."""
    is_xml = text[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return reading.parse_xml(text) if is_xml else reading.parse_json(text)


def recognises(payload: Any) -> bool:
    """Whether a payload can be a feed of a career site."""
    return shapes.fits(SYSTEM, payload) or _channel(payload) is not None


def is_whole(payloads: Iterable[Any]) -> bool:
    """Whether a page is among them that no other follows."""
    return any(
        isinstance(one, Element) or not (isinstance(one, Mapping) and one.get("next_url"))
        for one in payloads
    )


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every job of a career site."""
    for payload in payloads:
        channel = _channel(payload)
        if channel is not None:
            by = reading.loose_line(channel.texts(), "title")
            items = [item.texts() | {"item": item} for item in channel.all("item")]
            yield from reading.each(items, _guid, lambda job, name, by=by: _from_rss(job, name, by))
        elif shapes.fits(SYSTEM, payload):
            by = reading.loose_line(payload, "title")
            yield from reading.each(
                payload["items"],
                reading.text_id,
                lambda job, name, by=by: _from_json(job, name, by),
            )
        else:
            yield Refused("", "the payload is not a Teamtailor feed")


def _channel(payload: Any) -> Element | None:
    """The channel of an RSS feed that is Teamtailor's, told by the names that it adds."""
    if not isinstance(payload, Element) or payload.name != "rss":
        return None
    channel = payload.child("channel")
    if channel is None:
        return None
    told = any("teamtailor.com" in one.namespace for one in payload.walk())
    links = " ".join(one.text for one in channel.all("link"))
    told = (
        told
        or "teamtailor.com" in links
        or any(one.child("remoteStatus") for one in channel.children)
    )
    return channel if told else None


def _guid(job: Job) -> str:
    return reading.text_id(job, "guid" if job.get("guid") else "link")


def _from_json(job: Job, name: str, company: str) -> Entry:
    posting = dict(reading.obj(job, "_jobposting"))
    posting["title"] = posting.get("title") or job.get("title")
    posting["url"] = job.get("url") or posting.get("url")
    posting["description"] = (
        posting.get("description") or job.get("content_html") or job.get("content_text")
    )
    found = schemaorg.record(posting, name, company=company)
    posted = found.posted_at or reading.instant(job, "date_published")
    tag = found.language or reading.language(job, "language")
    found = replace(found, posted_at=posted, language=tag)
    return reading.skipped_title(name, found.title) or found


def _from_rss(job: Job, name: str, company: str) -> Entry:
    title = reading.title(job, "title")
    url, _ = reading.urls(job, "link")
    item: Element = job["item"]
    sites = [site.texts() for group in item.all("locations") for site in group.all("location")]
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title,
        company=company,
        url=url,
        apply_url=url,
        html=markup.real_html(reading.text(job, "description")),
        locations=places.unique(
            places.address(reading.line(site, "city"), "", reading.line(site, "country"))
            or reading.place(site, "name")
            for site in sites
        ),
        countries=places.unique(places.country(reading.line(site, "country")) for site in sites),
        workplace=_REMOTE.get(reading.line(job, "remoteStatus"), ""),
        employment=employment.stated(reading.line(job, "employmentType")),
        posted_at=reading.instant(job, "pubDate"),
    )
