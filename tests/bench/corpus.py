"""A seeded board of any size, written in bulk and indexed as every posting is."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from extraction import gazetteer
from guides.models import Role, Skill
from jobs.index import reindex
from jobs.models import Company, Listing, PayRange, Place, Posting
from jobs.places import place_for
from tests.factories.demo import Market, specifications

SEED = 20_261_123
SOURCE = "bench"
BATCH = 1_000
# The invented employers are few; a board of any size has about this many postings for each.
POSTINGS_A_COMPANY = 25
# The corpus is kept between runs, and its open postings must still be open then.
CONFIRMED_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class Written:
    """How many postings there are and how many of them are open; seconds for rows and index."""

    postings: int
    live: int
    rows_seconds: float
    index_seconds: float


def write(
    count: int, live_share: float = 0.15, *, seed: int = SEED, now: datetime | None = None
) -> Written:
    """Write `count` postings, `live_share` of them open and the rest closed, and index them.

    The same for the same seed and instant. Companies and places are made where missing; roles
    and skills are those of `load_content`, which must have run.
    """
    writer = Writer(seed, count, now or timezone.now())
    is_live = set(Random(seed).sample(range(count), live_of(count, live_share)))
    specs = specifications(seed, count)
    rows_seconds = index_seconds = 0.0
    while batch := list(islice(specs, BATCH)):
        started = time.perf_counter()
        with transaction.atomic():
            made = writer.write(batch, is_live)
        written = time.perf_counter()
        reindex(posting.pk for posting in made)
        rows_seconds += written - started
        index_seconds += time.perf_counter() - written
    return Written(count, len(is_live), rows_seconds, index_seconds)


def live_of(count: int, live_share: float = 0.15) -> int:
    """How many of `count` postings are open."""
    return round(count * live_share)


class Writer:
    """Writes batches of specifications; keeps the rows that postings share."""

    def __init__(self, seed: int, count: int, now: datetime) -> None:
        self.random = Random(f"{seed} rows")
        self.now = now
        self.houses = max(1, count // (POSTINGS_A_COMPANY * 40))
        self.roles = {role.slug: role for role in Role.objects.bases()}
        self.skills = dict(Skill.objects.values_list("slug", "pk"))
        self.companies: dict[str, Company] = {}
        self.places: dict[Market, Place] = {}

    def write(self, specs: Sequence[dict[str, Any]], is_live: set[int]) -> list[Posting]:
        """The rows of one batch, without the index."""
        made = [self.posting(spec, is_open=spec["number"] in is_live) for spec in specs]
        Posting.objects.bulk_create(made)
        pairs = list(zip(made, specs, strict=True))
        Posting.places.through.objects.bulk_create(
            Posting.places.through(posting_id=posting.pk, place_id=place.pk)
            for posting, spec in pairs
            for place in self.places_of(spec)
        )
        Posting.skills.through.objects.bulk_create(
            Posting.skills.through(posting_id=posting.pk, skill_id=self.skills[slug])
            for posting, spec in pairs
            for slug in spec["skills"]
            if slug in self.skills
        )
        PayRange.objects.bulk_create(
            PayRange(posting_id=posting.pk, **row) for posting, spec in pairs for row in spec["pay"]
        )
        Listing.objects.bulk_create(self.listing(posting, spec) for posting, spec in pairs)
        return made

    def posting(self, spec: dict[str, Any], *, is_open: bool) -> Posting:
        lifetime = timedelta() if is_open else timedelta(days=self.random.randrange(5, 90))
        gone = timedelta() if is_open else timedelta(days=self.random.randrange(1, 360))
        posted = self.now - spec["age"] - lifetime - gone
        role = self.roles.get(spec["role"])
        read = {"evidence": spec["title"], "rule": "title"}
        posting = Posting(
            title=spec["title"],
            company=self.company(spec["employer"]),
            role=role,
            seniority=spec["seniority"],
            workplace=spec["workplace"],
            eligibility=spec["eligibility"],
            employment=spec["employment"],
            description=spec["description"],
            apply_url=f"https://careers.example.org/{spec['number']}",
            state=Posting.State.OPEN if is_open else Posting.State.CLOSED,
            posted_at=posted,
            starts_at=posted,
            stale_at=self.now + timedelta(days=CONFIRMED_DAYS),
            closed_at=None if is_open else self.now - gone,
            close_reason="" if is_open else "filled",
            evidence={
                **({"role": read} if role else {}),
                **({"seniority": read} if spec["seniority"] else {}),
            },
        )
        posting.derive()
        return posting

    def company(self, employer: str) -> Company:
        house = self.random.randrange(self.houses)
        name = f"{employer} {house + 1}" if house else employer
        if name not in self.companies:
            self.companies[name] = Company.objects.get_or_create(name=name)[0]
        return self.companies[name]

    def places_of(self, spec: dict[str, Any]) -> list[Place]:
        found = []
        for market in dict.fromkeys(one for one in (spec["market"], spec["also"]) if one):
            if market not in self.places:
                cities = gazetteer.find_city(market.city, market.country, market.region)
                self.places[market] = place_for(cities[0])
            found.append(self.places[market])
        return found

    def listing(self, posting: Posting, spec: dict[str, Any]) -> Listing:
        key = str(spec["number"])
        return Listing(
            posting_id=posting.pk,
            source=SOURCE,
            external_id=key,
            url=posting.apply_url,
            payload_hash=hashlib.sha256(key.encode()).hexdigest(),
            first_seen=posting.posted_at,
            last_confirmed=posting.closed_at or self.now,
            closed_at=posting.closed_at,
        )
