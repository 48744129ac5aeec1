"""The stamp of the public postings; see guides.stamps."""

from typing import Any

from guides.stamps import HORIZONS, make_row, renew

POSTINGS = "postings"
# The next instant at which a posting appears or leaves by the clock.
HORIZON = (
    "SELECT MIN(instant) FROM ("
    "SELECT MIN(starts_at) AS instant FROM jobs_liveposting WHERE starts_at > %s UNION ALL "
    "SELECT MIN(ends_at) FROM jobs_liveposting WHERE ends_at > %s) instants"
)


def connect() -> None:
    HORIZONS[POSTINGS] = HORIZON


def renew_postings() -> None:
    renew(POSTINGS)


def make_row_of_postings(**kwargs: Any) -> None:
    make_row(POSTINGS)
