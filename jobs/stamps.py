"""The stamp of the public postings; see guides.stamps."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from guides.stamps import HORIZONS, make_row, renew

POSTINGS = "postings"
RATES = "rates"
NAMES = "names"  # of companies and places
# A process that has slept through more changes reads all live rows anew.
KEPT_CHANGES = 10_000
STATEMENT = 400
# The next instant at which a posting appears or leaves by the clock.
HORIZON = (
    "SELECT MIN(instant) FROM ("
    "SELECT MIN(starts_at) AS instant FROM jobs_liveposting WHERE starts_at > %s UNION ALL "
    "SELECT MIN(ends_at) FROM jobs_liveposting WHERE ends_at > %s) instants"
)


def connect() -> None:
    HORIZONS[POSTINGS] = HORIZON
    # Nothing of these takes effect by the clock.
    HORIZONS[RATES] = HORIZONS[NAMES] = "NULL"


def changed(ids: Iterable[int] | None = None) -> None:
    """Say that the live rows `ids` (any, without them) differ; inside the writing transaction.

    Renews the stamp and writes down what `jobs.columns` has to read again. The stamp comes first:
    it makes other writers wait, so the lines stand in the order of the commits.
    """
    from jobs.models import LiveChange

    token = renew(POSTINGS)
    lines = [(token, pk) for pk in ([None] if ids is None else ids)]
    last = 0
    with connection.cursor() as cursor:
        # One statement, which the ORM takes ten times as long to build.
        for start in range(0, len(lines), STATEMENT):
            some = lines[start : start + STATEMENT]
            cursor.execute(
                f"INSERT INTO {LiveChange._meta.db_table} (token, live_id) VALUES "  # noqa: S608
                + ", ".join(["(%s, %s)"] * len(some))
                + " RETURNING id",
                [value for line in some for value in line],
            )
            last = max(last, *(row[0] for row in cursor.fetchall()))
    if last and last % KEPT_CHANGES < len(lines):
        LiveChange.objects.filter(pk__lte=last - KEPT_CHANGES).delete()


def make_row_of_postings(**kwargs: Any) -> None:
    from jobs.models import LiveChange

    for subject in (POSTINGS, RATES, NAMES):
        make_row(subject)
    if LiveChange._meta.db_table in connection.introspection.table_names():
        changed()
