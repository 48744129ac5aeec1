"""A seeded board of any size, written in bulk and indexed as every posting is."""

from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from extraction import gazetteer
from guides.models import Role, Skill
from jobs.index import reindex
from jobs.models import Company, PayRange, Place, Posting
from jobs.places import place_for
from lib.text import render
from tests.factories.demo import Market, specifications

SEED = 20_261_123
BATCH = 1_000


def write(count: int, live_share: float = 0.15) -> int:
    """Write `count` postings, `live_share` of them open and the rest closed; returns the open.

    Companies, places, roles and skills are made where missing; roles and skills come from
    `load_content`, which must have run.
    """
    random = Random(SEED)
    now = timezone.now()
    roles = {role.slug: role.pk for role in Role.objects.bases()}
    skills = dict(Skill.objects.values_list("slug", "pk"))
    companies: dict[str, Company] = {}
    places: dict[Market, Place] = {}
    specs = specifications(SEED, count, oldest_days=29)
    live = 0
    while batch := list(islice(specs, BATCH)):
        with transaction.atomic():
            made = []
            for spec in batch:
                if spec["employer"] not in companies:
                    companies[spec["employer"]] = Company.objects.get_or_create(
                        name=spec["employer"]
                    )[0]
                is_open = random.random() < live_share
                live += is_open
                made.append(posting(spec, roles, companies, now, is_open=is_open))
            Posting.objects.bulk_create(made)
            link(made, batch, places, skills)
            reindex(one.pk for one in made)
    return live


def posting(
    spec: dict[str, Any],
    roles: dict[str, int],
    companies: dict[str, Company],
    now: Any,
    *,
    is_open: bool,
) -> Posting:
    posted = now - spec["age"] - (timedelta() if is_open else timedelta(days=60))
    return Posting(
        title=spec["title"],
        slug=slugify(spec["title"]),
        company=companies[spec["employer"]],
        role_id=roles.get(spec["role"]),
        seniority=spec["seniority"],
        workplace=spec["workplace"],
        eligibility=spec["eligibility"],
        employment=spec["employment"],
        description=spec["description"],
        description_html=render(spec["description"]).html,
        apply_url=f"https://careers.example.org/{spec['number']}",
        state=Posting.State.OPEN if is_open else Posting.State.CLOSED,
        posted_at=posted,
        starts_at=posted,
        stale_at=now + timedelta(days=3_650),
        closed_at=None if is_open else now - timedelta(days=20),
    )


def link(
    made: list[Posting],
    specs: list[dict[str, Any]],
    places: dict[Market, Place],
    skills: dict[str, int],
) -> None:
    """Places, skills and pay of postings that have their ids."""
    in_place, in_skill, pay = [], [], []
    for one, spec in zip(made, specs, strict=True):
        for market in {spec["market"], spec["also"]} - {None}:
            if market not in places:
                found = gazetteer.find_city(market.city, market.country, market.region)
                places[market] = place_for(found[0])
            in_place.append(Posting.places.through(posting_id=one.pk, place_id=places[market].pk))
        in_skill += [
            Posting.skills.through(posting_id=one.pk, skill_id=skills[slug])
            for slug in spec["skills"]
        ]
        pay += [PayRange(posting_id=one.pk, **row) for row in spec["pay"]]
    Posting.places.through.objects.bulk_create(in_place)
    Posting.skills.through.objects.bulk_create(in_skill)
    PayRange.objects.bulk_create(pay)
