"""The pages that are measured, each with the addresses to rotate over."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from random import Random
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guides.models import Guide, Role
from jobs.filters import PostingFilter
from jobs.models import LivePosting, Place, Posting
from lib.text import plain
from tests.bench.corpus import SEED

FLOOR = "constant (/robots.txt)"
# Up to so many addresses of a page are all asked beforehand; of more, a few stand for the rest.
FEW, SAMPLE = 60, 12


@dataclass(frozen=True, slots=True)
class Page:
    """`statements`: the fewest and the most SQL statements of one reply."""

    name: str
    addresses: list[str]
    statements: tuple[int, int] = (0, 0)


def candidates() -> list[Page]:
    """Every page, by addresses from the corpus; some may not answer yet."""
    listing = reverse("jobs:list")
    roles = list(Role.objects.bases().values_list("slug", flat=True))
    every = [f"{one}-vs-{other}" for one, other in combinations(sorted(roles), 2)]
    pairs = Random(SEED).sample(every, min(FEW // 2, len(every)))  # few enough to ask each
    return [
        Page(FLOOR, ["/robots.txt"]),
        Page("home", [reverse("home")]),
        Page("list", [listing, *(f"{listing}?page={number}" for number in range(2, 11))]),
        Page(
            "city, remote",
            [f"{listing}?place={slug}&workplace=remote" for slug in busy_cities()],
        ),
        Page(
            "role, seniority, pay floor",
            [
                f"{listing}?"
                + urlencode(
                    {"role": role, "seniority": level, "salary_min": floor, "currency": currency}
                )
                for role in roles[:5]
                for level, floor in (("mid", 70_000), ("senior", 95_000))
                for currency in ("EUR", "USD")
            ],
        ),
        Page("keyword", [f"{listing}?{urlencode({'q': word})}" for word in words()]),
        Page("posting", [posting.get_absolute_url() for posting in some_postings()]),
        Page("role", [reverse("guides:role", args=[slug]) for slug in roles]),
        Page("guide", [guide.get_absolute_url() for guide in Guide.objects.public()]),
        Page("compare", [reverse("guides:compare", args=[pair]) for pair in pairs]),
    ]


def busy_cities(limit: int = 12) -> list[str]:
    """Slugs of the cities with the most open postings."""
    asked = PostingFilter()
    counts = asked.columns.count("place", asked.narrow())
    cities = Place.objects.filter(kind=Place.Kind.CITY).values_list("pk", "slug")
    return [slug for _, slug in sorted((-counts.get(pk, 0), slug) for pk, slug in cities)[:limit]]


def words() -> list[str]:
    """Words of the open postings, rare and frequent ones mixed, in a seeded order."""
    rows = Posting.objects.public().order_by("pk")
    found: Counter[str] = Counter()
    for title, html, company in rows.values_list("title", "description_html", "company__name")[
        :2_000
    ]:
        text = f"{title} {plain(html)} {company}".casefold()
        found.update(set(re.findall(r"[a-z]{3,}", text)))
    shuffled = sorted(found)
    Random(SEED).shuffle(shuffled)
    return shuffled


def some_postings(limit: int = 200) -> list[Posting]:
    ids = list(LivePosting.objects.public().order_by("pk").values_list("pk", flat=True))
    chosen = Random(SEED).sample(ids, min(limit, len(ids)))
    return list(Posting.objects.filter(pk__in=chosen).order_by("pk"))


def answering() -> tuple[list[Page], list[str]]:
    """The pages that answer, their statements counted, and notes about what does not.

    Addresses are asked in this process, so that counting does not touch what is timed.
    """
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    client.get("/")  # what is read once in a process is not a page's own statement
    pages, notes = [], []
    for page in candidates():
        good, counted = [], []
        for address in page.addresses:
            if len(page.addresses) > FEW and len(counted) == SAMPLE:
                good.append(address)
                continue
            with CaptureQueriesContext(connection) as captured:
                reply = client.get(address)
            if reply.status_code == 200:
                good.append(address)
                counted.append(len(captured))
            elif reply.status_code >= 400:
                notes.append(f"left out of {page.name}: {address} answers {reply.status_code}")
        if counted:
            pages.append(Page(page.name, good, (min(counted), max(counted))))
        else:
            notes.append(f"skipped: no address of {page.name} answers")
    return pages, notes
