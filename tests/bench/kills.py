"""An import that is killed at random points and run again: `python -m tests.bench.kills`.

A board of POSTINGS open listings is imported; then an import is run that shows UPDATED of them
changed, leaves out GONE that an earlier fetch did not show either, and brings new ones. It is
killed (`kill -9`) at a random instant, what the database then holds is looked at, and it is run
again to its end. That is done --kills times, each time from the same state, and counted is whatever
was wrong: half-written, twice, lost, wrongly closed, moved to another address or first seen anew,
and searched rows that differ from what deriving them again gives.

The database is a file of its own; BENCH_DATABASE_URL names a PostgreSQL database instead, beside
which another one of the same name with "_kept" behind it is made.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.bench import database, writes

POSTINGS, UPDATED, GONE, NEW = 4_000, 500, 300, 1_000
BEGUN = datetime(2026, 11, 1, 9, tzinfo=UTC)
MISSED = BEGUN + timedelta(hours=1)
NOW = BEGUN + timedelta(hours=15)
AGAIN = NOW + timedelta(hours=1)
SYSTEM, BOARD = "greenhouse", "bench-kills"
CHILD = "BENCH_KILLS_CHILD"


def payload(first: int, last: int, changed: range = range(0)) -> dict[str, Any]:
    """A board with the jobs from `first` to before `last` (the ids begin with 1), those in
    `changed` with a new title."""
    cities = ("Berlin, Germany", "Lyon, France", "Austin, TX, United States", "Remote, US")
    roles = ("Data Engineer", "Data Scientist", "Gardener", "Machine Learning Engineer")
    return {
        "jobs": [
            {
                "id": number + 1,
                "title": f"{roles[number % 4]} {number}" + (" II" if number in changed else ""),
                "absolute_url": f"https://job-boards.greenhouse.io/{BOARD}/jobs/{number}",
                "company_name": "Bench Kills",
                "location": {"name": cities[number % 4]},
                "content": f"&lt;p&gt;Work number {number} with SQL and Python, paid "
                f"USD {100 + number % 90}K - {200 + number % 90}K a year.&lt;/p&gt;",
                "first_published": "2026-10-20T08:00:00Z",
                "metadata": [],
                "departments": [],
                "offices": [],
            }
            for number in range(first, last)
        ],
        "meta": {"total": last - first},
    }


def import_board(shown: dict[str, Any], at: datetime) -> Counter[str]:
    """The import as it is, but that a record which was read before is not read again."""
    from imports import run
    from imports.models import Source
    from imports.run import import_payloads

    file = database.ROOT / "data" / "bench-kills.read"
    read = run.read
    offers = pickle.loads(file.read_bytes()) if file.exists() else {}
    had = len(offers)

    def once(record: Any, *rest: Any, **told: Any) -> Any:
        key = (record.external_id, record.title)
        if key not in offers:
            offers[key] = read(record, *rest, **told)
        return offers[key]

    run.read = once
    source, _ = Source.objects.get_or_create(system=SYSTEM, board=BOARD, slug=BOARD)
    try:
        return import_payloads(source, [shown], at=at).counts
    finally:
        run.read = read
        if len(offers) > had:
            file.write_bytes(pickle.dumps(offers))


def tested(at: datetime) -> Counter[str]:
    """The import that is killed: 300 are gone, 500 changed, 1,000 new, the rest as it was."""
    shown = payload(GONE, POSTINGS + NEW, range(GONE, GONE + UPDATED))
    return import_board(shown, at)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20_261_126)
    options = parser.parse_args(arguments)
    file = database.choose(0)
    if file:
        file = file.with_name("bench-kills.sqlite3")
        database.remove(file)
        os.environ["DATABASE_URL"] = f"sqlite:///{file}"
    (database.ROOT / "data").mkdir(exist_ok=True)
    (database.ROOT / "data" / "bench-kills.read").unlink(missing_ok=True)
    import django

    django.setup()
    try:
        writes.empty(f"{SYSTEM}:{BOARD}")
    except database.NotOurs as error:
        sys.exit(str(error))
    import_board(payload(0, POSTINGS), BEGUN)
    import_board(payload(GONE, POSTINGS), MISSED)
    started = known()
    keep(file)

    before = state()
    run_child(None)  # which reads what is new
    put_back(file)
    begun = time.monotonic()
    run_child(None)
    seconds = time.monotonic() - begun
    whole = state()
    wrong: Counter[str] = Counter()
    wrong["out of step"] = out_of_step()
    put_back(file)
    draw = random.Random(options.seed)
    ended = 0
    for number in range(options.kills):
        ended += run_child(draw.uniform(0, seconds))
        half = +looked_at(started, before, whole, is_done=False)
        found = known()
        done = sum(row == whole[key] != before.get(key) for key, row in state().items())
        run_child(None)
        end = +looked_at(found, before, whole, is_done=True)
        wrong += half + end
        told = dict(half + end) or "nothing wrong"
        print(f"{number + 1}: killed after {done:,} of {changes(before, whole):,}: {told}",
              flush=True)  # fmt: skip
        put_back(file)
    from django.db import connection

    print(
        f"{connection.vendor}: {options.kills} kills within {seconds:.1f} s of an import of "
        f"{POSTINGS + NEW - GONE:,} postings ({UPDATED} changed, {GONE} closed, {NEW} new); "
        f"{ended} had ended before they were killed.\n"
        f"Wrong: {dict(+wrong) or 'nothing'}"
    )
    return int(bool(+wrong))


def changes(before: Seen, after: Seen) -> int:
    return sum(row != before.get(key) for key, row in after.items())


def run_child(after: float | None) -> bool:
    """Run the import in a process of its own; True if it came to its end.

    With `after` it is killed so many seconds after it began to read.
    """
    from django.db import connections

    connections.close_all()
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.kills"],
        env=os.environ | {CHILD: (NOW if after is not None else AGAIN).isoformat()},
        cwd=database.ROOT,
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    child.stdout.readline()  # "ready"
    try:
        child.wait(after)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
    child.stdout.close()
    return child.wait() == 0


def known() -> Seen:
    """Of each listing its posting's address and when it was first seen."""
    from jobs.models import Listing

    rows = Listing.objects.values_list(
        "external_id", "posting_id", "first_seen", "posting__posted_at"
    )
    return {key: tuple(rest) for key, *rest in rows}


Seen = dict[str, tuple[Any, ...]]


def state() -> Seen:
    """All that the board keeps and shows of each job, without numbers and instants of the run."""
    from django.db import connection
    from django.db.models import BooleanField, ExpressionWrapper, Q

    from jobs.models import Event, Listing, PayRange, Posting

    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        text = "rowid, title, body" if is_sqlite else "rowid, jobs_textindex::text"
        cursor.execute(f"SELECT {text} FROM jobs_textindex")
        texts = {row[0]: row[1:] for row in cursor.fetchall()}
    parts: dict[int, Counter[Any]] = {}
    for rows in (
        Event.objects.values_list("posting_id", "kind"),
        PayRange.objects.values_list("posting_id", "minimum", "maximum", "currency"),
        Posting.objects.filter(places__isnull=False).values_list("pk", "places__slug"),
        Posting.objects.filter(skills__isnull=False).values_list("pk", "skills__slug"),
    ):
        for pk, *rest in rows:
            parts.setdefault(pk, Counter())[tuple(rest)] += 1
    is_gone = ExpressionWrapper(Q(closed_at__isnull=False), BooleanField())
    found = Listing.objects.annotate(is_gone=is_gone).values_list(
        "external_id", "posting_id", "posting__title", "posting__state", "posting__slug",
        "posting__description_text", "posting__place_line", "posting__pay_line",
        "posting__role__slug", "posting__close_reason", "posting__workplace", "stated",
        "payload_hash", "is_gone", "posting__live__role", "posting__live__company",
        "posting__live__workplace", "posting__live__seniority", "posting__live__pay_rank",
        "posting__live__terms",
    )  # fmt: skip
    return {
        key: (*map(str, rest), texts.get(pk), frozenset(parts.get(pk, Counter()).items()))
        for key, pk, *rest in found
    }


def looked_at(addresses: Seen, started: Seen, whole: Seen, *, is_done: bool) -> Counter[str]:
    """What is wrong with the rows as they stand, by kind.

    Each job must be as it was before the import or as an import that was never killed leaves it,
    with its searched rows.
    """
    from django.db.models import Count

    from jobs.models import Listing, LivePosting, Posting, TextIndex

    found: Counter[str] = Counter()
    now, here = state(), known()
    found["lost"] = len(started.keys() - now.keys())
    found["half-written or out of step"] = (
        sum(row not in (started.get(key), whole[key]) for key, row in now.items())
        + Posting.objects.filter(listings=None).count()
    )
    found["moved or first seen anew"] = sum(
        here[key] != value for key, value in addresses.items() if key in here
    )
    found["twice"] = (
        Posting.objects.annotate(n=Count("listings")).filter(n__gt=1).count()
        + Posting.objects.values("title").annotate(n=Count("pk")).filter(n__gt=1).count()
    )
    gone = [str(number + 1) for number in range(GONE)]
    closed = Listing.objects.filter(posting__state=Posting.State.CLOSED)
    found["wrongly closed"] = closed.exclude(external_id__in=gone).count()
    live = LivePosting.objects.count()
    found["searched rows of nothing"] = (
        live
        - Posting.objects.filter(state=Posting.State.OPEN).count()
        + TextIndex.objects.exclude(live__in=LivePosting.objects.all()).count()
    )
    if is_done:
        found["differs from an import that was never killed"] = sum(
            now.get(key) != row for key, row in whole.items()
        )
    return found


def out_of_step() -> int:
    """Searched rows that are other ones than deriving them again would write; undone afterwards."""
    from django.db import transaction

    from jobs.index import reindex
    from jobs.models import Posting

    with transaction.atomic():
        before = searched()
        reindex(Posting.objects.values_list("pk", flat=True))
        after = searched()
        transaction.set_rollback(True)
    return len(before ^ after)


def searched() -> set[tuple[Any, ...]]:
    from django.db import connection

    from jobs.models import LivePosting

    columns = [one.attname for one in LivePosting._meta.concrete_fields if one.attname != "version"]
    rows = set(LivePosting.objects.values_list(*columns))
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        text = "rowid, title, body" if is_sqlite else "rowid, jobs_textindex::text"
        cursor.execute(f"SELECT {text} FROM jobs_textindex")
        return rows | set(cursor.fetchall())


# --- the same state for each kill -----------------------------------------------------------------


def keep(file: Path | None) -> None:
    from django.db import connection, connections

    if file:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        shutil.copy(file, file.with_suffix(".kept"))
        return
    name = connection.settings_dict["NAME"]
    connections.close_all()
    _copy(name, f"{name}_kept")


def put_back(file: Path | None) -> None:
    from django.db import connection, connections

    name = connection.settings_dict["NAME"]
    connections.close_all()
    if file:
        database.remove(file)
        shutil.copy(file.with_suffix(".kept"), file)
    else:
        _copy(f"{name}_kept", name)


def _copy(name: str, to: str) -> None:
    import psycopg
    from django.db import connection

    connection.close_pool()
    given = connection.get_connection_params()
    where = {one: given[one] for one in ("host", "port", "user", "password") if one in given}
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as server:
        # The sessions of a child that was killed may still be there.
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            [name],
        )
        server.execute(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{to}" TEMPLATE "{name}"')


def child(at: datetime) -> int:
    import django

    django.setup()
    print("ready", flush=True)
    counts = tested(at)
    return 0 if counts["refused"] == 0 else 1


if __name__ == "__main__":
    if instant := os.environ.get(CHILD):
        sys.exit(child(datetime.fromisoformat(instant)))
    sys.exit(main(sys.argv[1:]))
