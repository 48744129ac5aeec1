"""The pages that are measured, each with the addresses to rotate over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, cycle
from logging import getLogger
from random import Random
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guides.models import Guide, Role, Skill
from jobs.filters import PostingFilter
from jobs.models import Company, LivePosting, Place, Posting
from jobs.scales import country_of
from lib.text import plain
from tests.bench.corpus import SEED

FLOOR = "constant (/robots.txt)"
# Up to so many addresses of a page are all asked beforehand; of more, a few stand for the rest.
FEW, SAMPLE = 60, 12
IGNORED = re.compile(rb'data-ignored="([^"]*)"')
# The goals of the design, in ms: a list up to so many postings, and any page above them.
LIST_MS = {10_000: 16.0, 100_000: 20.0}
MOST_MS = 120.0


@dataclass(frozen=True, slots=True)
class Page:
    """`statements`: the fewest and the most SQL statements of one reply.

    `ms`: the goal of its time and CPU by the size of the corpus; `most_statements`: that of its
    SQL. Before each reply of an `aged` page one posting is written anew, so that nothing which
    was kept of postings is of use.
    """

    name: str
    addresses: list[str]
    ms: Mapping[int, float] = field(default_factory=dict)
    most_statements: int | None = None
    aged: bool = False
    statements: tuple[int, int] = (0, 0)

    def goal(self, postings: int) -> float | None:
        """Milliseconds; beyond the largest size with a goal of its own, the one of every page."""
        sizes = [size for size in self.ms if size >= postings]
        return self.ms[min(sizes)] if sizes else MOST_MS if postings > 100_000 else None


def candidates() -> list[Page]:
    """Every page, by addresses from the corpus; some may not answer yet."""
    listing = reverse("jobs:list")

    def ask(name: str, asked: Iterable[Mapping[str, Any]], **goals: Any) -> Page:
        return Page(name, [f"{listing}?{urlencode(one)}" for one in asked], **goals)

    roles = list(Role.objects.bases().values_list("slug", flat=True))
    every = [f"{one}-vs-{other}" for one, other in combinations(sorted(roles), 2)]
    pairs = Random(SEED).sample(every, min(FEW // 2, len(every)))  # few enough to ask each
    texts = some_texts()
    new = new_words(texts)
    common = common_words(texts)
    busy = {name: busiest(name) for name in ("place", "company", "skill", "country")}
    guides = [guide.get_absolute_url() for guide in Guide.objects.public()]
    size, limit = settings.BOARD["PAGE_SIZE"], settings.BOARD["PAGE_LIMIT"]
    last = min(limit, -(-len(PostingFilter().narrow()) // size))
    as_list: dict[str, Any] = {"ms": LIST_MS, "most_statements": 6}
    as_search: dict[str, Any] = {"ms": {100_000: 25}, "most_statements": 6}
    postings = [posting.get_absolute_url() for posting in some_postings()]
    return [
        Page(FLOOR, ["/robots.txt"]),
        Page("home", [reverse("home")]),
        Page("list", [listing], **as_list),
        Page("list, a write before each", [listing], aged=True, **as_list),
        ask("list, pages 2 to 10", ({"page": n} for n in range(2, 11)), **as_list),
        ask(f"list, page {last}", [{"page": last}], **as_list),
        ask("by pay", [{"sort": "salary"}], **as_list),
        ask(
            "city, remote",
            ({"place": slug, "workplace": "remote"} for slug in busy["place"]),
            ms={100_000: 12},
            most_statements=6,
        ),
        ask(
            "role, seniority, pay floor",
            (
                {"role": role, "seniority": level, "salary_min": floor, "currency": currency}
                for role in roles[:5]
                for level, floor in (("mid", 70_000), ("senior", 95_000))
                for currency in ("EUR", "USD")
            ),
            **as_list,
        ),
        ask("eligible", [{"eligible": code} for code in ("DE", "US", "FR", "IN")], **as_list),
        ask("skills, country, workplace, age", combined(busy), **as_list),
        ask("keyword, new each time", ({"q": word} for word in new), **as_search),
        ask("two keywords", ({"q": f"{a} {b}"} for a, b in pairs_of(texts)), **as_search),
        ask("phrase", ({"q": f'"{phrase}"'} for phrase in phrases(texts)), **as_search),
        ask("frequent keyword", ({"q": word} for word in common), **as_search),
        ask(
            "keyword, workplace, seniority",
            (
                {"q": word, "workplace": workplace, "seniority": level}
                for word, workplace, level in zip(
                    new[::-1], cycle(["remote", "hybrid"]), cycle(["senior", "mid", "entry"])
                )
            ),
            **as_search,
        ),
        Page("values of a facet", [f"/jobs/values/{name}/" for name in ("place", "company")]),
        Page("posting", postings, {100_000: 6}, 5),
        Page("role", [reverse("guides:role", args=[slug]) for slug in roles]),
        Page("company", [f"/companies/{slug}/" for slug in busy["company"]]),
        Page("skill", [f"/skills/{slug}/" for slug in busy["skill"]]),
        Page("place", [f"/places/{slug}/" for slug in busy["place"]]),
        Page("guide", guides, {}, 8),
        Page("guide, a write before each", guides, aged=True),
        Page("salaries", [reverse("market:salaries")], {}, 8),
        Page("salaries of a role", [f"/salaries/?role={slug}" for slug in roles], {}, 8),
        Page("compare", [reverse("guides:compare", args=[pair]) for pair in pairs]),
    ]


def combined(busy: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """Addresses with most kinds of filters at once."""
    random = Random(f"{SEED} combined")
    return [
        {
            "skill": random.choice(busy["skill"]),
            "country": random.choice(busy["country"]),
            "workplace": random.choice(["remote", "hybrid", "onsite"]),
            "employment": "full_time",
            "posted_within": random.choice([7, 14, 30]),
            "with_salary": 1,
        }
        for _ in range(FEW)
    ]


def busiest(facet: str, limit: int = 12) -> list[str]:
    """The values of a facet, as in an address, with the most open postings; of places, cities."""
    asked = PostingFilter()
    counts = asked.columns.count(facet, asked.narrow())
    order = sorted(counts, key=lambda number: (-counts[number], number))
    if facet == "country":
        return [country_of(number) for number in order[:limit]]
    rows: Any = {
        "place": Place.objects.filter(kind=Place.Kind.CITY),
        "company": Company.objects.all(),
        "skill": Skill.objects.all(),
    }[facet]
    slugs = dict(rows.values_list("pk", "slug"))
    return [slugs[number] for number in order if number in slugs][:limit]


def some_texts(limit: int = 2_000) -> list[list[str]]:
    """The words of some open postings, each from its title to its end."""
    rows = Posting.objects.public().order_by("pk").values_list("title", "description_html")
    return [
        re.findall(r"[a-z]{3,}", f"{title} {plain(html)}".casefold())
        for title, html in rows[:limit]
    ]


def frequencies(texts: Sequence[Sequence[str]]) -> Counter[str]:
    """In how many texts each word is."""
    return Counter(word for text in texts for word in set(text))


def new_words(texts: Sequence[Sequence[str]]) -> list[str]:
    """Rare and frequent words mixed, each once."""
    shuffled = sorted(frequencies(texts))
    Random(SEED).shuffle(shuffled)
    return shuffled


def common_words(texts: Sequence[Sequence[str]], limit: int = 60) -> list[str]:
    """Those that the most texts have."""
    found = frequencies(texts)
    return sorted(found, key=lambda word: (-found[word], word))[:limit]


def pairs_of(texts: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Two words of one posting."""
    random = Random(f"{SEED} pairs")
    return [tuple(random.sample(text, 2)) for text in texts if len(text) > 1]


def phrases(texts: Sequence[Sequence[str]]) -> list[str]:
    """Two words that stand side by side in a posting."""
    random = Random(f"{SEED} phrases")
    places = [(text, random.randrange(len(text) - 1)) for text in texts if len(text) > 1]
    return [" ".join(text[place : place + 2]) for text, place in places]


def some_postings(limit: int = 200) -> list[Posting]:
    ids = list(LivePosting.objects.public().order_by("pk").values_list("pk", flat=True))
    chosen = Random(SEED).sample(ids, min(limit, len(ids)))
    return list(Posting.objects.filter(pk__in=chosen).order_by("pk"))


def answering() -> tuple[list[Page], list[str]]:
    """The pages that answer, their statements counted, and notes about what does not.

    Addresses are asked in this process, so that counting does not touch what is timed.
    """
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    getLogger("django.request").setLevel("CRITICAL")  # the notes say what does not answer
    client.get("/")  # what is read once in a process is not a page's own statement
    pages, notes = [], []
    for page in candidates():
        good, counted = [], []
        refused = Counter[str]()
        for address in page.addresses:
            if len(page.addresses) > FEW and len(counted) == SAMPLE:
                good.append(address)
                continue
            with CaptureQueriesContext(connection) as captured:
                reply = client.get(address)
            if reply.status_code != 200:
                refused[f"answer {reply.status_code}"] += 1
            elif ignored := IGNORED.search(reply.content):
                refused[f"leave {ignored[1].decode()} out"] += 1
            else:
                good.append(address)
                counted.append(len(captured))
        for reason, number in refused.items():
            skipped = "" if counted else "skipped, does not answer yet: "
            notes.append(
                f"{skipped}{page.name}, {number} addresses of {len(page.addresses)} {reason}"
            )
        if counted:
            pages.append(replace(page, addresses=good, statements=(min(counted), max(counted))))
    return pages, notes
