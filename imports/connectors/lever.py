"""Lever: the public postings of a site.

`[{"id": "…", "text": "the title", "hostedUrl": "…", "categories": {…}, "createdAt": 1, …}]`
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from extraction import employment
from imports.connectors import markup, pay, places, reading, shapes, words
from imports.connectors.addresses import board_name, checked_board, path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request, always_whole, nothing_more
from imports.records import Entry, Pay, Record

SYSTEM = "lever"
parse = reading.parse_json
follow = nothing_more
is_whole = always_whole
EUROPE = "eu:"  # before the name of a site that Lever keeps in Europe, on hosts of its own


def first(board: str) -> Request:
    """The question for a site's postings; `ValueError` for what is no site's name."""
    site = checked_board(board.removeprefix(EUROPE))
    host = "api.eu.lever.co" if board.startswith(EUROPE) else "api.lever.co"
    return Request(f"https://{host}/v0/postings/{site}?mode=json")


def board_of(url: str) -> str | None:
    """The site that an address of Lever belongs to, "eu:" before a European one; or None."""
    host, path = path_of(url)
    europe = EUROPE if host in ("jobs.eu.lever.co", "api.eu.lever.co") else ""
    if host in ("api.lever.co", "api.eu.lever.co"):
        path = path[2:] if path[:2] == ["v0", "postings"] else []
    elif host not in ("jobs.lever.co", "jobs.eu.lever.co"):
        return None
    site = board_name(path)
    return site and europe + site


def recognises(payload: Any) -> bool:
    """Whether a payload can be a Lever site, an empty one included."""
    return shapes.fits(SYSTEM, payload)


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every posting of a site."""
    return reading.each_board(
        payloads, recognises, iter, reading.text_id, _job, "a list of Lever postings"
    )


def _job(job: Job, name: str) -> Entry:
    title = reading.title(job, "text")
    url, apply_url = reading.urls(job, "hostedUrl", "applyUrl")
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title,
        company="",
        url=url,
        apply_url=apply_url,
        html=_html(job),
        locations=places.unique(
            [
                reading.place(job, "categories.location"),
                *reading.places(job, "categories.allLocations"),
            ]
        ),
        countries=places.unique([places.country(reading.line(job, "country"))]),
        workplace=words.workplace(reading.line(job, "workplaceType")),
        employment=employment.stated(reading.line(job, "categories.commitment")),
        pay=_pay(job),
        posted_at=reading.instant(job, "createdAt"),
    )


def _html(job: Job) -> str:
    """The whole text in the order of Lever's own page.

    `description` is opening and body in one, so it stands in only where those two are missing; a
    plain text stands in for the markup.
    """
    parts = [_text(job, "opening"), _text(job, "descriptionBody")]
    if not any(part.strip() for part in parts):
        parts = [_text(job, "description")]
    for entry in reading.objects(job, "lists"):
        with reading.inside("lists"):
            heading = reading.line(entry, "text")
            content = _listed(reading.text(entry, "content"))
        parts.append((f"<h3>{html.escape(heading)}</h3>\n" if heading else "") + content)
    parts += [_text(job, "salaryDescription"), _text(job, "additional")]
    kept = dict.fromkeys(markup.real_html(part) for part in parts)
    return "\n".join(part for part in kept if part)


def _text(job: Job, field: str) -> str:
    return reading.text(job, field) or reading.text(job, f"{field}Plain")


def _listed(content: str) -> str:
    """A list's content, whose items Lever gives without the list around them."""
    first = re.search(r"<(li|ul|ol)\b", content, re.IGNORECASE)
    if not first or first[1].lower() != "li":
        return content
    inner = re.sub(r"\A\s*<div>(.*)</div>\s*\Z", r"\1", content, flags=re.DOTALL)
    return f"<ul>{inner.strip()}</ul>"


def _pay(job: Job) -> tuple[Pay, ...]:
    """The salary range; none where its interval is one that we have no period for."""
    interval = reading.line(job, "salaryRange.interval").lower()
    unit = re.match(r"per-(hour|day|week|month|year)\b", interval)
    if interval and not unit:
        return ()
    with reading.inside("salaryRange"):
        stated = pay.stated(
            reading.obj(job, "salaryRange"),
            low="min",
            high="max",
            currency="currency",
            period=unit[1] if unit else "",
            kind="base",
            wording="",
        )
    return pay.unique([stated])
