"""The benchmark's own database: kept between runs, and never somebody's board."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLE = "BENCH_DATABASE_URL"


class NotOurs(Exception):
    """The database holds postings that the benchmark did not write."""


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
    file = ROOT / "data" / f"bench-{count}.sqlite3"
    os.environ["DATABASE_URL"] = f"sqlite:///{file}"
    return file


def prepare(count: int, file: Path | None, *, rebuild: bool) -> int:
    """Bring the schema and the content up to date and write the corpus if it is not there.

    Returns the number of open postings. Raises NotOurs before anything is changed.
    """
    from django.core.management import call_command
    from django.db import connection, connections

    from jobs.models import LivePosting
    from tests.bench.corpus import live_of, write

    if rebuild and file:
        connections.close_all()
        remove(file)
    check_ours()
    call_command("migrate", verbosity=0)
    if rebuild or not is_whole(count, live_of(count)):
        empty()
        call_command("load_content", stdout=StringIO())
        print(f"Writing {count:,} postings …", flush=True)
        written = write(count)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")  # what its autovacuum does within minutes
        print(
            f"… {written.live:,} of them open: rows {written.rows_seconds:.0f} s, "
            f"index {written.index_seconds:.0f} s",
            flush=True,
        )
    else:
        call_command("load_content", stdout=StringIO())
    return LivePosting.objects.public().count()


def remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def check_ours() -> None:
    from django.db import connection

    from jobs.models import Posting
    from tests.bench.corpus import SOURCE

    if Posting._meta.db_table not in connection.introspection.table_names():
        return
    if Posting.objects.exclude(listings__source=SOURCE).exists():
        raise NotOurs(
            f"{connection.settings_dict['NAME']} holds postings that the benchmark did not "
            f"write. Name an empty database in {VARIABLE}, or write the file of the benchmark "
            "itself anew with --rebuild."
        )


def is_whole(count: int, live: int) -> bool:
    """Whether all of the corpus is there; a run that was killed while writing left less."""
    from jobs.models import LivePosting, Posting

    return Posting.objects.count() == count and LivePosting.objects.count() == live


def empty() -> None:
    """Delete the corpus, of whatever size."""
    from jobs.index import reindex
    from jobs.models import Posting
    from tests.bench.corpus import BATCH

    postings = Posting.objects.order_by("pk").values_list("pk", flat=True)
    while ids := list(postings[:BATCH]):
        # A rejected posting has no searched rows, and so leaves none of them behind.
        Posting.objects.filter(pk__in=ids).update(state=Posting.State.REJECTED, starts_at=None)
        reindex(ids)
        Posting.objects.filter(pk__in=ids).delete()
