"""How long it takes to measure all statistics, beside one plain GROUP BY of the same rows."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

GROUP_BY = (
    "SELECT role_id, seniority, workplace, COUNT(*), AVG(pay_rank), COUNT(DISTINCT company_id) "
    "FROM jobs_liveposting WHERE starts_at <= %s AND ends_at > %s "
    "GROUP BY role_id, seniority, workplace"
)


def refreshed() -> str:
    """Measures every scope anew, then once more with nothing to do; a line for the report."""
    from django.db import connection
    from django.utils import timezone

    from jobs.columns import current
    from market.models import KeptStatistics
    from market.refreshing import refresh

    KeptStatistics.objects.all().delete()
    current()  # what every process reads once
    first, report = timed(refresh)
    again, _ = timed(refresh)

    def group() -> None:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(GROUP_BY, [now, now])
            cursor.fetchall()

    plain = min(timed(group)[0] for _ in range(3))
    return (
        f"Statistics: {report.measured} scopes measured and kept in {first:.2f} s, asked again "
        f"{again:.2f} s; one plain GROUP BY of the same rows takes {plain:.3f} s.\n"
    )


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    answer = act()
    return time.perf_counter() - started, answer
