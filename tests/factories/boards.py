"""The boards of the invented employers: payloads as their systems give them, fetch by fetch."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils.text import slugify

from tests.factories.adverts import Advert, Section, adverts
from tests.factories.demo import EMPLOYERS
from tests.factories.showcase import SHOWCASE

SITE = "https://careers.example.org"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# How many days ago a board was asked, the oldest first; each board some hours after that.
FETCHED = (20, 11, 4)
# Whose postings wait for approval, and whose board has not answered for a month.
HELD = ("Tidewrack Salvage", "a salvor of lost containers")
SILENT = ("Marram Hotels", "a keeper of four hotels by the sea")
# A board of many employers, which shows again what it found at theirs.
AGAIN = "Harrow Lane Jobs"
MAPPING = {
    "jobs": "jobs",
    "fields": {
        "id": "number",
        "title": "title",
        "company": "employer",
        "url": "link",
        "location": "where",
        "description": "text",
        "posted": "date",
    },
    "via": AGAIN,
}


@dataclass(frozen=True, slots=True)
class Board:
    """What one source shows, and when it was asked: so long before the demo was loaded."""

    name: str
    system: str
    adverts: Sequence[tuple[int, Advert]]
    fetched: Sequence[timedelta]
    rule: str = "public"

    @property
    def account(self) -> str:
        """Its account, which nobody has at the real system."""
        own = f"{slugify(self.name)}-invented"
        return f"{own}.example.org/jobs.json" if self.system == "json" else own

    def payload(self, ago: timedelta, now: datetime) -> Any:
        """What it answered so long ago; None where it showed nothing."""
        shown = [
            (number, one)
            for number, one in self.adverts
            if one.age >= ago and (one.gone is None or one.gone < ago)
        ]
        return self.showing(shown, now) if shown else None

    def showing(self, adverts: Sequence[tuple[int, Advert]], now: datetime) -> Any:
        """A payload of its system with these."""
        job, site = SYSTEMS[self.system], f"{SITE}/{slugify(self.name)}"
        jobs = [job(f"{site}/{number}", number, one, now) for number, one in adverts]
        return jobs if self.system == "lever" else {"jobs": jobs}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many postings of each standing there are, beside those of the showcase."""

    open: int = 316
    closed: int = 22
    held: int = 8
    expired: int = 4
    silent: int = 4


SIZES = Sizes()


def boards(seed: int, sizes: Sizes) -> Iterator[Board]:
    """Every board, the same for the same seed."""
    random = Random(seed)
    drawn = list(adverts(seed, sizes.open + sizes.closed))
    living = [*SHOWCASE, *drawn[: sizes.open]]
    closed = [
        replace(earlier(one), gone=random.randrange(5 * 24, 15 * 24) * HOUR)
        for one in drawn[sizes.open :]
    ]
    expired = [
        replace(earlier(one), ends=random.randrange(30, 100) * HOUR)
        for one in adverts(seed + 1, sizes.expired, DATED)
    ]
    employers: dict[str, list[tuple[int, Advert]]] = {}
    for number, one in enumerate([*living, *closed, *expired], 1):
        employers.setdefault(one.employer, []).append((number, one))
    for employer in sorted(employers):
        # Two fetches that do not show a posting close it; the other boards need no more than two.
        is_closing = any(one.gone for _, one in employers[employer])
        days_ago = FETCHED if is_closing else random.sample(FETCHED, 1)
        asked = [days * DAY - random.randrange(60) * HOUR for days in days_ago]
        yield Board(employer, system_of(employer), employers[employer], [*asked, 0 * DAY])
    held = list(enumerate(adverts(seed + 2, sizes.held, [HELD]), 1))
    yield Board(HELD[0], "lever", held, [0 * DAY], rule="hold")
    gone_quiet = adverts(seed + 3, sizes.silent, [SILENT])
    silent = [replace(one, age=one.age + 33 * DAY) for one in gone_quiet]
    yield Board(SILENT[0], "greenhouse", list(enumerate(silent, 1)), [40 * DAY, 33 * DAY])
    again = [one for one in living if one.age > 6 * DAY and len(one.text) > 2]
    yield Board(AGAIN, "json", list(enumerate(again[:6], 1)), [2 * DAY, 0 * DAY])


def earlier(one: Advert) -> Advert:
    """The same posted before its board was first asked, so that it was seen open."""
    return replace(one, age=FETCHED[0] * DAY + one.age / 4)


def system_of(employer: str) -> str:
    return "greenhouse" if len(employer) % 2 else "lever"


# Employers whose system has closing dates.
DATED = [one for one in EMPLOYERS if system_of(one[0]) == "greenhouse"]


def greenhouse(url: str, number: int, one: Advert, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "internal_job_id": number,
        "title": one.title,
        "absolute_url": url,
        "location": {"name": one.location},
        "content": html.escape("\n".join(map(marked_up, one.text))),
        "first_published": (now - one.age).isoformat(),
        "application_deadline": one.ends and (now - one.ends).isoformat(),
        "metadata": [{"name": "Workplace Type", "value": one.workplace or None}],
    }


def lever(url: str, number: int, one: Advert, now: datetime) -> dict[str, Any]:
    first, *others = one.text
    return {
        "id": str(number),
        "text": one.title,
        "hostedUrl": url,
        "applyUrl": f"{url}/apply",
        "categories": {"location": one.location},
        "workplaceType": one.workplace,
        "createdAt": int((now - one.age).timestamp() * 1_000),
        "descriptionBody": marked_up(first),
        "lists": [
            {"text": part.heading, "content": lines(part, "li")} for part in others if part.listed
        ],
        "additional": "\n".join(marked_up(part) for part in others if not part.listed),
    }


def other(url: str, number: int, one: Advert, now: datetime) -> dict[str, Any]:
    return {
        "number": number,
        "title": one.title,
        "employer": one.employer,
        "link": url,
        "where": one.location,
        "text": "\n".join([*map(marked_up, one.text), f"<p>Found by {AGAIN}.</p>"]),
        "date": (now - one.age).date().isoformat(),
    }


SYSTEMS = {"greenhouse": greenhouse, "lever": lever, "json": other}


def marked_up(part: Section) -> str:
    heading = f"<h3>{html.escape(part.heading)}</h3>" if part.heading else ""
    return heading + (f"<ul>{lines(part, 'li')}</ul>" if part.listed else lines(part, "p"))


def lines(part: Section, tag: str) -> str:
    return "".join(f"<{tag}>{html.escape(line)}</{tag}>" for line in part.lines)
