"""A seeded board of any size, written in bulk and indexed as every posting is."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice
from random import Random
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.text import slugify

from extraction import gazetteer
from guides.models import Role, Skill
from jobs.index import reindex
from jobs.models import Company, Listing, PayRange, Place, Posting
from jobs.places import place_for, place_line
from jobs.salary import notation
from lib.text import plain
from tests.bench.database import SOURCE
from tests.bench.invented import employer_names, specifications, text_of
from tests.factories.demo import Market

SEED = 20_261_123
BATCH = 2_000
# The corpus is kept between runs, and its open postings must still be open then.
CONFIRMED_DAYS = 3_650
CLOSED_DAYS = 720
WRITTEN = (
    *(Posting, Listing, PayRange),
    *(Posting.places.through, Posting.skills.through),
)


@dataclass(frozen=True, slots=True)
class Written:
    """How many postings there are and how many of them are open; seconds for rows and index."""

    postings: int
    live: int
    rows_seconds: float
    index_seconds: float


def write(
    count: int,
    live_share: float = 0.15,
    *,
    seed: int = SEED,
    now: datetime | None = None,
    told: Callable[[str], None] = lambda line: None,
) -> Written:
    """Write `count` postings, `live_share` of them open and the rest closed, and index them.

    The same for the same seed and instant. Companies and places are made where missing; roles
    and skills are those of `load_content`, which must have run. Open postings have descriptions
    of 3 to 5 kB; of closed ones, which no list reads, the first sentence stands alone.
    """
    now = now or timezone.now()
    is_live = set(Random(seed).sample(range(count), live_of(count, live_share)))
    writer = Writer(seed, count, now)
    skills = sorted(writer.skills)
    specs = specifications(seed, count, skills)
    rows_seconds = index_seconds = 0.0
    done, said = 0, time.monotonic()
    while True:
        started = time.perf_counter()
        if not (batch := list(islice(specs, BATCH))):
            break
        with transaction.atomic():
            live = writer.write(batch, is_live)
            written = time.perf_counter()
            reindex(live)
        rows_seconds += written - started
        index_seconds += time.perf_counter() - written
        done += len(batch)
        if time.monotonic() - said > 30:
            said = time.monotonic()
            told(f"  {done:,} rows {rows_seconds:.0f} s, index {index_seconds:.0f} s")
    for sql in connection.ops.sequence_reset_sql(no_style(), list(WRITTEN)):
        with connection.cursor() as cursor:
            cursor.execute(sql)
    return Written(count, len(is_live), rows_seconds, index_seconds)


def live_of(count: int, live_share: float = 0.15) -> int:
    """How many of `count` postings are open."""
    return round(count * live_share)


class Table:
    """Rows of a model in bulk, as tuples of the columns `names`; the other columns have defaults.

    Past the ORM, whose objects cost more than the database: executemany on SQLite, COPY on
    PostgreSQL.
    """

    def __init__(self, model: type[models.Model], names: str, now: datetime) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self.names = names.split()
        given = [fields.pop(name) for name in self.names]
        rest = [field for field in fields.values() if not isinstance(field, models.AutoField)]
        self.prepare = [preparation(field) for field in given]
        self.defaults = tuple(
            field.get_db_prep_save(
                now if getattr(field, "auto_now", False) else field.get_default(), connection
            )
            for field in rest
        )
        quote = connection.ops.quote_name
        columns = [field.column for field in (*given, *rest)]
        self.target = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
        self.marks = ", ".join(["%s"] * len(columns))

    def insert(self, rows: Iterable[Sequence[Any]]) -> None:
        ready = [
            tuple(
                value if prepare is None or value is None else prepare(value)
                for prepare, value in zip(self.prepare, row, strict=True)
            )
            + self.defaults
            for row in rows
        ]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.target} FROM STDIN") as copy:
                    for row in ready:
                        copy.write_row(row)
            else:
                cursor.executemany(f"INSERT INTO {self.target} VALUES ({self.marks})", ready)


def preparation(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """What makes a value of the field one of the database; None where it is one already."""
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, models.DateTimeField | models.DecimalField):
        return lambda value: field.get_db_prep_save(value, connection)
    return None


class Writer:
    """Writes batches of specifications; keeps the rows that postings share."""

    def __init__(self, seed: int, count: int, now: datetime) -> None:
        self.random = Random(f"{seed} rows")
        self.now = now
        self.stale_at = now + timedelta(days=CONFIRMED_DAYS)
        self.next_pk = (Posting.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
        self.roles = dict(Role.objects.bases().values_list("slug", "pk"))
        self.skills = dict(Skill.objects.values_list("slug", "pk"))
        self.companies = companies(employer_names(count))
        self.places: dict[Market, Place] = {}
        self.lines: dict[tuple[Any, ...], str] = {}
        self.postings = Table(
            Posting,
            "id title slug company_id role_id seniority workplace eligibility employment "
            "description description_html description_text apply_url state posted_at starts_at "
            "stale_at closed_at close_reason evidence place_line pay_line",
            now,
        )
        self.listings = Table(
            Listing,
            "posting_id source external_id url payload_hash first_seen last_confirmed closed_at",
            now,
        )
        self.pay = Table(PayRange, "posting_id minimum maximum currency period", now)
        self.posting_places = Table(Posting.places.through, "posting_id place_id", now)
        self.posting_skills = Table(Posting.skills.through, "posting_id skill_id", now)

    def write(self, specs: Sequence[dict[str, Any]], is_live: set[int]) -> list[int]:
        """The rows of one batch; the ids of the open ones, which are to be indexed."""
        postings, listings, live = [], [], []
        ranges, in_places, with_skills = [], [], []
        for spec in specs:
            pk, self.next_pk = self.next_pk, self.next_pk + 1
            is_open = spec["number"] in is_live
            places = self.places_of(spec)
            row = self.posting(pk, spec, places, is_open=is_open)
            postings.append(row)
            listings.append(self.listing(pk, spec, row))
            in_places += [(pk, place.pk) for place in places]
            with_skills += [
                (pk, self.skills[slug]) for slug in spec["skills"] if slug in self.skills
            ]
            ranges += [
                (pk, pay["minimum"], pay["maximum"], pay["currency"], pay["period"])
                for pay in spec["pay"]
            ]
            if is_open:
                live.append(pk)
        self.postings.insert(postings)
        self.listings.insert(listings)
        self.pay.insert(ranges)
        self.posting_places.insert(in_places)
        self.posting_skills.insert(with_skills)
        return live

    def posting(
        self, pk: int, spec: dict[str, Any], places: list[Place], *, is_open: bool
    ) -> tuple[Any, ...]:
        posted = self.now - spec["age"]
        closed = None
        text, html = text_of(spec["lead"], spec["blocks"] if is_open else [])
        if not is_open:
            closed = self.now - timedelta(minutes=self.random.randrange(60, CLOSED_DAYS * 1440))
            posted = closed - spec["age"]
        read = {"evidence": spec["title"], "rule": "title"}
        role = self.roles.get(spec["role"])
        return (
            pk,
            spec["title"],
            slug_of(spec["title"]),
            self.companies[spec["employer"]],
            role,
            spec["seniority"],
            spec["workplace"],
            spec["eligibility"],
            spec["employment"],
            text,
            html,
            plain(html),
            f"https://careers.example.org/{spec['number']}",
            Posting.State.OPEN.value if is_open else Posting.State.CLOSED.value,
            posted,
            posted,
            self.stale_at,
            closed,
            "filled" if closed else "",
            {name: read for name in ("role", "seniority") if spec[name]},
            # Those of open postings are written with their index.
            "" if is_open else self.place_line(spec, places),
            "" if is_open else notation(PayRange(**pay) for pay in spec["pay"]),
        )

    def place_line(self, spec: dict[str, Any], places: list[Place]) -> str:
        key = (spec["workplace"], repr(spec["eligibility"]), *(place.pk for place in places))
        if key not in self.lines:
            said = Posting(workplace=spec["workplace"], eligibility=spec["eligibility"])
            self.lines[key] = place_line(said, places)[:300]
        return self.lines[key]

    def places_of(self, spec: dict[str, Any]) -> list[Place]:
        found = {}
        for market in (spec["market"], spec["also"]):
            if market and market not in self.places:
                cities = gazetteer.find_city(market.city, market.country, market.region)
                self.places[market] = place_for(cities[0])
            if market:
                found[self.places[market].pk] = self.places[market]
        return list(found.values())

    def listing(self, pk: int, spec: dict[str, Any], row: tuple[Any, ...]) -> tuple[Any, ...]:
        key = str(spec["number"])
        names = self.postings.names
        posted, closed = row[names.index("posted_at")], row[names.index("closed_at")]
        digest = hashlib.sha256(key.encode()).hexdigest()
        url = row[names.index("apply_url")]
        return pk, SOURCE, key, url, digest, posted, closed or self.now, closed


slug_of = lru_cache(maxsize=None)(lambda title: slugify(title)[:200].strip("-") or "posting")


def companies(names: Sequence[str]) -> dict[str, int]:
    """The ids of these employers by name, made where missing."""
    known = dict(Company.objects.values_list("name", "pk"))
    missing = [name for name in names if name not in known]
    Company.objects.bulk_create(Company(name=name, slug=slugify(name)) for name in missing)
    return dict(Company.objects.values_list("name", "pk"))
