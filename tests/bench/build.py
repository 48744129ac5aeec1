"""Writes the corpus into the database of DATABASE_URL: `python -m tests.bench.build 10000`.

A process of its own, because its connections are in a hurry: what it writes is not safe against a
power cut before it is whole, and so is not served from here.
"""

from __future__ import annotations

import sys
from io import StringIO

import django

HURRY = {
    "sqlite": "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY; PRAGMA cache_size=-400000;",
    "postgresql": "SET synchronous_commit TO off; SET work_mem TO '128MB';",
}


def build(count: int, key: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    from tests.bench import corpus

    call_command("migrate", verbosity=0)
    call_command("load_content", stdout=StringIO())
    with connection.cursor() as cursor:
        for sql in HURRY[connection.vendor].split(";"):
            if sql.strip():
                cursor.execute(sql)
    print(f"Writing {count:,} postings …", flush=True)
    written = corpus.write(count, told=lambda line: print(line, flush=True))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")  # what its autovacuum does within minutes
            cursor.execute(f"COMMENT ON TABLE jobs_posting IS '{key}'")
    print(
        f"… {written.live:,} of them open: rows {written.rows_seconds:.0f} s, "
        f"index {written.index_seconds:.0f} s",
        flush=True,
    )


if __name__ == "__main__":
    django.setup()
    build(int(sys.argv[1]), sys.argv[2])
