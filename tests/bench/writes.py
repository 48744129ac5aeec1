"""How fast an import writes: `python -m tests.bench.writes [--postings N]`.

Offers with their extraction answers go through `jobs.intake.take` as in an import; the making of
the offers is not counted. The very rows that came of it (postings, listings, events, pay, places,
skills, live rows) are then written once more by plain `bulk_create`, under other keys and without
full text; the two take turns. Printed are both rates, their ratio, how long transactions took and
the most memory that the process ever had.

The database is a file of its own, made anew; BENCH_DATABASE_URL names an empty PostgreSQL
database instead, or one that this script filled before.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import islice
from typing import Any

from tests.bench import database

SOURCE, PLAIN = "bench:taken", "bench:plain"
BATCH = 500
CHUNK = 1_000
# So many different postings there can be; employers grow with this number.
MOST = 1_000_000
MEGABYTE = 1024 * 1024


class Stopwatch:
    """Adds up the time and this process's CPU time that is spent inside `running()`."""

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        begun, used = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - begun
            self.cpu += time.process_time() - used


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.writes", description=__doc__)
    parser.add_argument("--postings", type=int, default=5_000)
    count = parser.parse_args(arguments).postings

    file = database.choose(count)
    if file:
        file = file.with_name("bench-writes.sqlite3")
        database.remove(file)
        file.parent.mkdir(exist_ok=True)
        os.environ["DATABASE_URL"] = f"sqlite:///{file}"
    import django

    django.setup()
    try:
        empty()
    except database.NotOurs as error:
        sys.exit(str(error))
    print(report(count))
    if file:
        from django.db import connections

        connections.close_all()
        database.remove(file)
    return 0


def empty(source: str = database.SOURCE) -> None:
    """The tables of the board with its content and without postings.

    Raises NotOurs if there are any but of sources that begin so.
    """
    from django.core.management import call_command
    from django.db import connection

    from jobs.stamps import changed

    if connection.vendor == "postgresql":
        database.check_ours(source)
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
    call_command("load_content", stdout=StringIO())
    changed()


def report(count: int) -> str:
    from django.db import connection

    run = Run()
    for start in range(0, count, CHUNK):
        run.take(min(CHUNK, count - start))
        run.write_plainly()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    taken, plain = run.taking, run.plainly
    return (
        f"{connection.vendor}, {count:,} new postings of 3 to 5 kB, {run.rows:,} rows:\n"
        f"  import            {count / taken.seconds:8,.0f} postings/s, "
        f"{taken.cpu / count * 1000:.1f} ms of our CPU each\n"
        f"  bulk_create       {count / plain.seconds:8,.0f} postings/s, "
        f"{plain.cpu / count * 1000:.1f} ms of our CPU each\n"
        f"  import / plain    {plain.seconds / taken.seconds:8.2f} by the clock, "
        f"{plain.cpu / taken.cpu:.2f} by CPU (0.25 or more is the goal)\n"
        f"  transactions      {middle(run.batches) * 1000:8.0f} ms in the middle, "
        f"{max(run.batches) * 1000:.0f} ms the longest, "
        f"{sum(one > 0.2 for one in run.batches)} of {len(run.batches)} above 200 ms\n"
        f"  most memory       {memory / MEGABYTE:8,.0f} MiB (500 or less is the goal)"
    )


def middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


class Run:
    """An import and its copy in turns, so that both meet the same machine."""

    def __init__(self) -> None:
        from tests.bench.corpus import SEED

        self.taking, self.plainly = Stopwatch(), Stopwatch()
        self.batches: list[float] = []
        self.rows, self.last = 0, 0
        self.offers = offers_of(SEED)

    def take(self, count: int) -> None:
        from django.utils import timezone

        from jobs import intake

        written = intake._take

        def timed(*args: Any, **kwargs: Any) -> Any:
            begun = time.perf_counter()
            try:
                return written(*args, **kwargs)
            finally:
                self.batches.append(time.perf_counter() - begun)

        offers = list(islice(self.offers, count))
        intake._take = timed
        try:
            with self.taking.running():
                counts = intake.take(SOURCE, offers, at=timezone.now())
        finally:
            intake._take = written
        if counts["new"] != count:
            sys.exit(f"{count} offers were taken, and counted as {dict(counts)}")

    def write_plainly(self) -> None:
        """Write the rows of the postings that were taken last once more, by `bulk_create`."""
        from django.db import transaction

        from jobs.models import Event, Listing, LivePosting, PayRange, Posting

        links = (Posting.places.through, Posting.skills.through)
        parts = (Listing, Event, PayRange, LivePosting, *links)
        mine = Posting.objects.order_by("pk")
        while postings := list(mine.filter(pk__gt=self.last)[:BATCH]):
            self.last = postings[-1].pk
            keys = [posting.pk for posting in postings]
            copies: list[tuple[Any, list[Any]]] = [(Posting, postings)]
            copies += [
                (part, list(part._default_manager.filter(posting__in=keys))) for part in parts
            ]
            for model, made in copies:
                for row in made:
                    move(model, row)
            self.rows += sum(len(made) for _, made in copies)
            with self.plainly.running(), transaction.atomic():
                for model, made in copies:
                    model._default_manager.bulk_create(made)


def offers_of(seed: int) -> Iterator[Any]:
    from guides.models import Skill
    from tests.bench.invented import specifications
    from tests.bench.writer import Offers

    skills = sorted(Skill.objects.values_list("slug", flat=True))
    make = Offers()
    for spec in specifications(seed, MOST, skills):
        yield make.of(spec)


def move(model: Any, row: Any) -> None:
    """Make a row a copy under another key: of a posting the negative of its own."""
    row._state.adding = True
    if model._meta.model_name == "posting":
        row.pk = -row.pk
        return
    row.posting_id = -row.posting_id
    if not model._meta.pk.remote_field:
        row.pk = None
    if model._meta.model_name == "listing":
        row.source = PLAIN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
