"""A board that says the very same as last time: confirmed without being read."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.conf import settings

from imports.models import Run
from imports.run import Report, finish
from jobs.index import BATCH, confirm
from jobs.models import Listing

SAME = ("fetched", "skipped", "refused")


def confirm_board(run: Run, last: Run) -> Report:
    """Finish `run`, whose board answered as it did to `last`, read by the same rules.

    What `last` showed is confirmed, and what it did not show is absent once more: the same rows
    as if the answers had been imported again.
    """
    assert last.answers_of is not None
    at, source = run.started_at, run.source
    run.open_ledger()
    run.tell("Confirming the postings")
    shown = Listing.objects.filter(
        source=source.key, closed_at=None, last_confirmed__gte=last.answers_of.started_at
    )
    rows = list(shown.order_by("pk").values_list("pk", "posting_id", "external_id"))
    fresh = at + timedelta(days=settings.BOARD["FRESH_DAYS"])
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        Listing.objects.filter(pk__in=[pk for pk, _, _ in batch]).update(
            last_confirmed=at, missing_since=None
        )
        confirm([posting for _, posting, _ in batch], fresh)
    counts = Counter({name: last.counts[name] for name in SAME if last.counts.get(name)})
    counts["unchanged"] = len(rows)
    run.answers_of, run.reasons = last.answers_of, last.answers_of.reasons
    shown_ids = [external_id for _, _, external_id in rows]
    finish(run, counts, shown_ids if last.answers_of.healthy else None, at)
    return Report(counts=counts)
