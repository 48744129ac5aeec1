"""An import that goes on while pages are asked: `python -m tests.bench.writer 50`.

Boards take turns: each second one of them is imported as `imports.run` does, with as many new,
changed and closed postings as the rate says, and as many seen again as they were. It says "ready"
once its boards are filled, ends when its input does, and prints what it wrote as JSON. All of its
postings are of sources of its own, so that `database.delete_postings` can put the corpus back.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count, islice
from typing import Any

import django

BOARDS, OPEN = 8, 80
NEW, CLOSED = 0.4, 0.2  # of what is written; the rest has changed


class Board:
    """One employer's board: the offers that it shows now."""

    def __init__(self, source: str, specs: Iterator[dict[str, Any]]) -> None:
        self.source, self.specs = source, specs
        self.make = Offers()
        self.offers: list[Any] = []
        self.versions = count(1)

    def visit(self, new: int, changed: int, closed: int) -> Counter[str]:
        """One import of the board after that much has happened on it."""
        from django.conf import settings
        from django.utils import timezone

        from jobs.intake import close_missing, take

        at = timezone.now()
        self.offers = self.offers[closed:]
        for place in range(min(changed, len(self.offers))):
            self.offers[place] = self.again(self.offers[place])
        self.offers += [self.make.of(spec) for spec in islice(self.specs, new)]
        # What has changed is not what closes first the next time.
        self.offers = self.offers[changed:] + self.offers[:changed]
        counts = take(self.source, self.offers, at=at)
        present = [offer.external_id for offer in self.offers]
        earlier = at - timedelta(hours=settings.BOARD["ABSENCE_HOURS"] + 1)
        for instant in (earlier, at):
            counts += close_missing(self.source, present, at=instant)
        return counts

    def again(self, offer: Any) -> Any:
        number = next(self.versions)
        title = f"{offer.title.partition(' (')[0]} ({number})"
        workplace = ("remote", "hybrid", "onsite")[number % 3]
        hashed = digest(f"{offer.external_id} {number}")
        return replace(offer, title=title, workplace=workplace, payload_hash=hashed)


class Offers:
    """Makes offers of specifications, with roles and skills at hand."""

    def __init__(self) -> None:
        from guides.models import Role, Skill

        self.roles = {role.slug: role for role in Role.objects.all()}
        self.skills = {skill.slug: skill for skill in Skill.objects.all()}

    def of(self, spec: dict[str, Any]) -> Any:
        from extraction import gazetteer
        from jobs.intake import Offer
        from tests.bench.invented import text_of

        market, key = spec["market"], str(spec["number"])
        html = text_of(spec["lead"], spec["blocks"])[1]
        return Offer(
            external_id=key,
            payload_hash=digest(key),
            url=f"https://careers.example.org/{key}",
            title=spec["title"],
            company=spec["employer"],
            description=html,
            apply_url=f"https://careers.example.org/{key}/apply",
            role=self.roles.get(spec["role"]),
            seniority=spec["seniority"],
            workplace=spec["workplace"],
            employment=tuple(spec["employment"]),
            eligibility=spec["eligibility"],
            places=gazetteer.find_city(market.city, market.country, market.region)[:1],
            skills=tuple(self.skills[slug] for slug in spec["skills"] if slug in self.skills),
            pay=tuple(spec["pay"]),
            evidence={"role": {"evidence": spec["title"], "rule": "title"}},
            description_hash=digest(html),
        )


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def main(rate: int) -> None:
    from guides.models import Skill
    from tests.bench.corpus import SEED
    from tests.bench.database import WRITER_SOURCE
    from tests.bench.invented import specifications

    skills = sorted(Skill.objects.values_list("slug", flat=True))
    specs = specifications(SEED + 1, 1_000_000, skills)
    boards = [Board(f"{WRITER_SOURCE}:{number}", specs) for number in range(BOARDS)]
    for board in boards:
        board.visit(OPEN, 0, 0)
    print("ready", flush=True)

    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    new, closed = round(rate * NEW), round(rate * CLOSED)
    counts: Counter[str] = Counter()
    begun = time.monotonic()
    for turn in count():
        if ended.wait(max(0.0, begun + turn - time.monotonic())):
            break
        counts += boards[turn % BOARDS].visit(new, rate - new - closed, closed)
    print(json.dumps({"seconds": time.monotonic() - begun, **counts}), flush=True)


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
