"""Greenhouse: the job board API's list of jobs, with their content.

`{"jobs": [{"id": 1, "title": "…", "absolute_url": "…", "location": {"name": "…"}, …}]}`
"""

import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any
from urllib.parse import parse_qs, urlsplit

from extraction import employment
from imports.connectors import markup, pay, places, reading, shapes, words
from imports.connectors.addresses import board_name, checked_board, path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request, always_whole, nothing_more
from imports.records import Entry, Pay, Record, Skipped

SYSTEM = "greenhouse"
parse = reading.parse_json
follow = nothing_more
is_whole = always_whole

_BOARDS = re.compile(r"(?:job-)?boards(?:\.eu)?\.greenhouse\.io")
_APIS = re.compile(r"(?:boards-api(?:\.eu)?|api)\.greenhouse\.io")


def first(board: str) -> Request:
    """The question for a board's jobs; `ValueError` for what is no board's name."""
    return Request(
        f"https://boards-api.greenhouse.io/v1/boards/{checked_board(board)}/jobs?content=true"
    )


def board_of(url: str) -> str | None:
    """The board that an address of Greenhouse belongs to; None for any other address."""
    host, path = path_of(url)
    if _APIS.fullmatch(host):
        return board_name(path[2:3]) if path[:2] == ["v1", "boards"] else None
    if not _BOARDS.fullmatch(host):
        return None
    if path[:1] == ["embed"]:
        return board_name(parse_qs(urlsplit(url).query).get("for", []))
    return board_name(path)


def recognises(payload: Any) -> bool:
    """Whether a payload can be a Greenhouse board, an empty one included."""
    return shapes.fits(SYSTEM, payload)


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every job of a board."""
    return reading.each_board(
        payloads, recognises, itemgetter("jobs"), reading.number_id, _job, "a Greenhouse board"
    )


def _job(job: Job, name: str) -> Entry:
    title = reading.title(job, "title")
    if "internal_job_id" in job and job["internal_job_id"] is None:
        return Skipped(name, "open application")  # a post for prospects, which has no job behind it
    url, apply_url = reading.urls(job, "absolute_url")
    custom = _custom_fields(job)
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title,
        company=reading.line(job, "company_name"),
        url=url,
        apply_url=apply_url,
        html=markup.real_html(reading.text(job, "content")),
        locations=_locations(job),
        workplace=words.workplace(
            *(value for field, value in custom if words.names_workplace(field))
        ),
        employment=employment.stated(
            *(value for field, value in custom if words.names_employment(field))
        ),
        pay=_pay(job),
        posted_at=reading.instant(job, "first_published") or reading.instant(job, "updated_at"),
        expires_at=reading.instant(job, "application_deadline", end=True),
        language=reading.language(job, "language"),
        requisition=reading.loose_line(job, "requisition_id"),
    )


def _locations(job: Job) -> tuple[str, ...]:
    """The location's parts; the offices where it is empty."""
    stated = reading.place(job, "location.name")
    parts = places.unique(part.strip() for part in re.split(r"[;|•]", stated))
    with reading.inside("offices"):
        return parts or places.unique(
            reading.place(office, "location") or reading.line(office, "name")
            for office in reading.objects(job, "offices")
        )


def _custom_fields(job: Job) -> list[tuple[str, str]]:
    """Names and values of the employer's own fields, those with texts."""
    fields = []
    for entry in reading.objects(job, "metadata"):
        value = entry.get("value")
        with reading.inside("metadata"):
            name = reading.line(entry, "name")
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and len(one) <= reading.LONGEST_LINE:
                fields.append((name, one))
    return fields


def _pay(job: Job) -> tuple[Pay, ...]:
    """The stated ranges, which come in cents; else those of a custom field for pay."""
    with reading.inside("pay_input_ranges"):
        found = pay.unique(_range(entry) for entry in reading.objects(job, "pay_input_ranges"))
    with reading.inside("metadata"):
        return found or pay.unique(_custom_range(one) for one in reading.objects(job, "metadata"))


def _custom_range(field: Job) -> Pay | None:
    name = reading.line(field, "name")
    if reading.get(field, "value_type") != "currency_range" or not words.names_pay(name):
        return None
    return pay.stated(
        reading.obj(field, "value"),
        low="min_value",
        high="max_value",
        currency="unit",
        period=words.period([name]),
        kind=words.pay_kind(name),
    )


def _range(entry: Job) -> Pay | None:
    said = reading.line(entry, "title")
    return pay.stated(
        entry,
        low="min_cents",
        high="max_cents",
        currency="currency_type",
        period=words.period([said]) or words.period([reading.text(entry, "blurb")]),
        kind=words.pay_kind(said),
        wording="",
        cents=True,
    )
