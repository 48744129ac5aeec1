"""Recruitee: a company's published offers.

`{"offers": [{"id": 1, "title": "…", "careers_url": "…", "locations": […], "salary": {…}, …}]}`.
Amounts come as texts, and hourly pay is often called monthly.
"""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from extraction import employment
from imports.connectors import markup, pay, places, reading, shapes, words
from imports.connectors.addresses import checked_host, name_under, path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request, always_whole, nothing_more
from imports.records import Entry, Pay, Record, Skipped

SYSTEM = "recruitee"
HOST = "recruitee.com"
parse = reading.parse_json
follow = nothing_more
is_whole = always_whole

# "experienced" and "manager" may be mid or senior, so they say neither.
_LEVELS = {
    "student_school": "entry",
    "student_college": "entry",
    "entry_level": "entry",
    "mid_level": "mid",
    "executive": "executive",
    "senior_executive": "executive",
}


def first(board: str) -> Request:
    """The question for a company's offers; a board with a point is a host of the company's own.

    `ValueError` for what is neither.
    """
    return Request(
        f"https://{checked_host(board, HOST)}/api/offers/", headers=(("Accept-Language", "en"),)
    )


def board_of(url: str) -> str | None:
    """The company that an address of Recruitee belongs to; None for any other address."""
    return name_under(path_of(url)[0], HOST)


def recognises(payload: Any) -> bool:
    """Whether a payload can be the offers of a company, none included."""
    return shapes.fits(SYSTEM, payload)


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every offer of a company."""
    return reading.each_board(
        payloads,
        recognises,
        itemgetter("offers"),
        reading.number_id,
        _job,
        "a list of Recruitee offers",
    )


def _job(job: Job, name: str) -> Entry:
    if reading.line(job, "status") not in ("", "published"):
        return Skipped(name, "not listed")
    title = reading.title(job, "title")
    url, apply_url = reading.urls(job, "careers_url", "careers_apply_url")
    sites = reading.objects(job, "locations") or [job]
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title,
        company=reading.line(job, "company_name"),
        url=url,
        apply_url=apply_url,
        html=markup.sections(
            [("", reading.text(job, "description")), ("", reading.text(job, "requirements"))]
        ),
        locations=places.unique(_place(site) for site in sites),
        countries=places.unique(
            places.country(reading.line(site, "country_code") or reading.line(site, "country"))
            for site in sites
        ),
        workplace=_workplace(job),
        employment=employment.stated(reading.line(job, "employment_type_code")),
        seniority=_LEVELS.get(reading.line(job, "experience_code"), ""),
        pay=_pay(reading.obj(job, "salary")),
        posted_at=reading.instant(job, "published_at") or reading.instant(job, "created_at"),
        expires_at=reading.instant(job, "close_at", end=True),
        language=_language(job, title),
    )


def _workplace(job: Job) -> str:
    """The one of three flags that is set; an offer of several ways is hybrid if it says so."""
    flags = {"remote": "remote", "hybrid": "hybrid", "on_site": "onsite"}
    chosen = [value for field, value in flags.items() if reading.flag(job, field)]
    return chosen[0] if len(chosen) == 1 else "hybrid" if "hybrid" in chosen else ""


def _place(site: Job) -> str:
    """The address; the label that the company gave it only where it has none."""
    state = reading.line(site, "state") or reading.line(site, "state_name")
    said = places.address(reading.line(site, "city"), state, reading.line(site, "country"))
    return said or reading.place(site, "name") or reading.place(site, "location")


def _pay(salary: Job) -> tuple[Pay, ...]:
    with reading.inside("salary"):
        return pay.unique(
            [
                pay.stated(
                    salary,
                    low="min",
                    high="max",
                    currency="currency",
                    period=words.period([reading.line(salary, "period")]),
                )
            ]
        )


def _language(job: Job, title: str) -> str:
    """The language of the translation that the offer is shown in."""
    said = reading.obj(job, "translations")
    shown = [
        code
        for code in said
        if len(said) == 1 or reading.line(reading.obj(said, code), "title") == title
    ]
    return reading.language({"code": shown[0]}, "code") if len(shown) == 1 else ""
