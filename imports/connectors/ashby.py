"""Ashby: the public job board API, with compensation.

`{"jobs": [{"id": "…", "title": "…", "jobUrl": "…", "isListed": true, …}], "apiVersion": "1"}`
"""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from extraction import employment, location, workplace
from imports.connectors import markup, pay, places, reading, shapes, words
from imports.connectors.addresses import board_name, checked_board, path_of
from imports.connectors.reading import Job
from imports.connectors.requests import Request, always_whole, nothing_more
from imports.records import Entry, Pay, Record, Skipped

SYSTEM = "ashby"
parse = reading.parse_json
follow = nothing_more
is_whole = always_whole

_INTERVALS = {
    "1 YEAR": "year",
    "1 MONTH": "month",
    "1 WEEK": "week",
    "1 DAY": "day",
    "1 HOUR": "hour",
    "NONE": "",
    "": "",
}
_BONUS = {"Bonus", "Commission"}


def first(board: str) -> Request:
    """The question for a board's jobs; `ValueError` for what is no board's name."""
    name = checked_board(board)
    return Request(f"https://api.ashbyhq.com/posting-api/job-board/{name}?includeCompensation=true")


def board_of(url: str) -> str | None:
    """The board that an address of Ashby belongs to; None for any other address."""
    host, path = path_of(url)
    if host == "api.ashbyhq.com":
        return board_name(path[2:]) if path[:2] == ["posting-api", "job-board"] else None
    return board_name(path) if host == "jobs.ashbyhq.com" else None


def recognises(payload: Any) -> bool:
    """Whether a payload can be an Ashby board, an empty one included."""
    return shapes.fits(SYSTEM, payload)


def read(payloads: Iterable[Any], board: str = "") -> Iterator[Entry]:
    """Every job of a board."""
    return reading.each_board(
        payloads, recognises, itemgetter("jobs"), reading.text_id, _job, "an Ashby board"
    )


def _job(job: Job, name: str) -> Entry:
    if reading.flag(job, "isListed") is False:
        return Skipped(name, "not listed")
    title = reading.title(job, "title")
    url, apply_url = reading.urls(job, "jobUrl", "applyUrl")
    sites = [job, *reading.objects(job, "secondaryLocations")]
    hidden = reading.flag(job, "shouldDisplayCompensationOnJobPostings") is False
    text = reading.text(job, "descriptionHtml") or reading.text(job, "descriptionPlain")
    return reading.skipped_title(name, title) or Record(
        external_id=name,
        title=title,
        company="",
        url=url,
        apply_url=apply_url,
        html=markup.real_html(text),
        locations=places.unique(_place(site) for site in sites),
        countries=places.unique(_country(site) for site in sites),
        workplace=_workplace(job),
        employment=employment.stated(reading.line(job, "employmentType")),
        pay=() if hidden else _pay(reading.obj(job, "compensation")),
        pay_hidden=hidden,
        posted_at=reading.instant(job, "publishedAt"),
    )


def _place(site: Job) -> str:
    """The label that the company gave a place; its address where the label names none ("HQ")."""
    label = reading.place(site, "location")
    if location.extract(label) or workplace.extract("", label).workplace:
        return label
    city, region, land = (
        reading.line(site, f"address.postalAddress.{part}")
        for part in ("addressLocality", "addressRegion", "addressCountry")
    )
    return places.address(city, region, land) if city else label


def _country(place: Job) -> str:
    """The country of an address; none for what is no country ("European Union")."""
    return places.country(reading.line(place, "address.postalAddress.addressCountry"))


def _workplace(job: Job) -> str:
    """`workplaceType`, else what `isRemote` says: it is also true for hybrid jobs."""
    stated = reading.line(job, "workplaceType")
    remote = reading.flag(job, "isRemote")
    return words.workplace(stated) or ("remote" if remote and not stated else "")


def _pay(compensation: Job) -> tuple[Pay, ...]:
    """The ranges of all tiers; their summary only where the tiers state none."""
    with reading.inside("compensation"):
        ranges = [
            _component(component, reading.line(tier, "tierSummary"))
            for tier in reading.objects(compensation, "compensationTiers")
            for component in reading.objects(tier, "components")
        ]
        if not any(ranges):
            summary = reading.line(compensation, "compensationTierSummary")
            ranges = [
                _component(component, summary)
                for component in reading.objects(compensation, "summaryComponents")
            ]
    return pay.unique(ranges)


def _component(component: Job, summary: str) -> Pay | None:
    """One part of a tier; None for equity, a percentage and an interval that is no period here."""
    kind = reading.line(component, "compensationType")
    interval = reading.line(component, "interval")
    if kind not in {"Salary", *_BONUS} or interval not in _INTERVALS:
        return None
    own = reading.line(component, "summary")
    if "%" in own:
        return None  # of the base pay, and no amount
    # The tier's summary lists its parts between bullets: ask the one about this component.
    parts = [part for part in summary.split("•") if own and own in part] or [summary]
    says = {words.pay_kind(wording) for wording in (own, *parts)}
    return pay.stated(
        component,
        low="minValue",
        high="maxValue",
        currency="currencyCode",
        period=_INTERVALS[interval],
        kind="bonus" if kind in _BONUS else "ote" if "ote" in says else "base",
        wording=own or summary,
    )
