"""The benchmark's own database: kept between runs, and never somebody's board."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLE = "BENCH_DATABASE_URL"
SOURCE = "bench"
WRITER_SOURCE = "bench-writer"
# What a kept corpus is made by.
SOURCES = (
    *("guides/migrations/*.py", "jobs/migrations/*.py", "jobs/index.py", "jobs/places.py"),
    *("jobs/salary.py", "lib/fulltext.py", "lib/textindex.py", "tests/factories/demo.py"),
    *("tests/bench/build.py", "tests/bench/corpus.py", "tests/bench/invented.py"),
)


class NotOurs(Exception):
    """The database holds postings that the benchmark did not write."""


def corpus_key(count: int) -> str:
    """What the corpus of `count` postings is made of, in a few letters."""
    parts = [str(count).encode()]
    for pattern in SOURCES:
        parts += [path.read_bytes() for path in sorted(ROOT.glob(pattern))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:10]


def choose(count: int) -> Path | None:
    """Set the environment for the corpus of `count` postings; its file, if it is SQLite's.

    DATABASE_URL of the shell is not heeded: it may be a board that people use.
    """
    # Like a demo, whatever this shell has set.
    for name in ("ALLOWED_HOSTS", "SECRET_KEY", "DEBUG", "CACHE_URL", "SITE_URL"):
        os.environ.pop(name, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "jobboard.settings"
    url = os.environ.get(VARIABLE, "").strip()
    if url:
        os.environ["DATABASE_URL"] = url
        return None
    file = ROOT / "data" / f"bench-{count}-{corpus_key(count)}.sqlite3"
    os.environ["DATABASE_URL"] = f"sqlite:///{file}"
    return file


def prepare(count: int, file: Path | None, *, rebuild: bool) -> int:
    """Write the corpus where it is not there or is not made of today's code; bring the content
    up to date.

    Returns the number of open postings. Raises NotOurs before anything is changed.
    """
    from django.core.management import call_command

    from jobs.models import LivePosting

    if file:
        prepare_file(count, file, rebuild=rebuild)
    else:
        prepare_server(count, rebuild=rebuild)
    call_command("load_content", stdout=StringIO())
    delete_postings(WRITER_SOURCE)  # of a run that was killed
    return LivePosting.objects.public().count()


def prepare_file(count: int, file: Path, *, rebuild: bool) -> None:
    if file.exists() and not rebuild:
        return
    for stale in file.parent.glob(f"bench-{count}-*.sqlite3*"):
        stale.unlink()
    unfinished = file.with_suffix(".unfinished")
    remove(unfinished)
    build(count, f"sqlite:///{unfinished}")
    unfinished.replace(file)


def prepare_server(count: int, *, rebuild: bool) -> None:
    from django.db import connection, connections

    check_ours()
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('jobs_posting'))")
        if cursor.fetchone()[0] == corpus_key(count) and not rebuild:
            return
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connections.close_all()
    build(count, os.environ["DATABASE_URL"])


def build(count: int, url: str) -> None:
    command = [sys.executable, "-m", "tests.bench.build", str(count), corpus_key(count)]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True)


def remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def check_ours(source: str = SOURCE) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('jobs_posting') IS NULL")
        if cursor.fetchone()[0]:
            is_ours = not connection.introspection.table_names()
        else:
            cursor.execute(
                "SELECT NOT EXISTS (SELECT 1 FROM jobs_posting p WHERE NOT EXISTS (SELECT 1 FROM "
                "jobs_listing l WHERE l.posting_id = p.id AND starts_with(l.source, %s)))",
                [source],
            )
            is_ours = cursor.fetchone()[0]
    if not is_ours:
        raise NotOurs(
            f"{connection.settings_dict['NAME']} holds what the benchmark did not write. "
            f"Name an empty database in {VARIABLE}."
        )


def delete_postings(source: str) -> None:
    """Delete the postings of the sources that begin so, and all that is derived from them."""
    from jobs.index import reindex
    from jobs.models import Posting

    rows = Posting.objects.filter(listings__source__startswith=source).order_by("pk")
    while ids := list(rows.values_list("pk", flat=True)[:200]):
        # A rejected posting has no searched rows, and so leaves none of them behind.
        Posting.objects.filter(pk__in=ids).update(state=Posting.State.REJECTED, starts_at=None)
        reindex(ids)
        Posting.objects.filter(pk__in=ids).delete()
