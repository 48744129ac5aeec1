"""Runs as tasks: asked for, carried out by a worker, taken up again after it died."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from imports.fetching import fetch, replay
from imports.models import Run, Source
from imports.run import ImportRefused, Report
from lib.addresses import FetchRefused
from lib.tasks import enqueue, task

OPEN = (Run.Outcome.QUEUED, Run.Outcome.RUNNING)


def ask_for(source: Source, kind: str, user: Any = None) -> tuple[Run, bool]:
    """A run of `source` that a worker will carry out, and whether it is new.

    Where one is waiting or running, that is the one.
    """
    with transaction.atomic():
        Source.objects.select_for_update().get(pk=source.pk)  # two who ask at once get one run
        run = source.runs.filter(outcome__in=OPEN, kind__in=(Run.Kind.HAND, Run.Kind.SCHEDULE,
                                                             Run.Kind.REPLAY)).first()  # fmt: skip
        if run is not None:
            return run, False
        run = Run.objects.create(
            source=source, kind=kind, asked_by=user, outcome=Run.Outcome.QUEUED
        )
        enqueue(carry_out, run.pk)
    return run, True


def start_due_sources() -> int:
    """Ask for a run of every source whose time has come; how many.

    The next time counts from now, so a board that was switched off has no backlog.
    """
    now = timezone.now()
    due = Source.objects.filter(next_at__lte=now, is_active=True).exclude(every_hours=None)
    started = 0
    for source in due:
        with transaction.atomic():
            next_at = now + timedelta(hours=source.every_hours or 1)
            mine = Source.objects.filter(pk=source.pk, next_at=source.next_at)
            if mine.update(next_at=next_at):
                started += ask_for(source, Run.Kind.SCHEDULE)[1]
    return started


@task
def carry_out(pk: int) -> None:
    """Carry out the run `pk`, or the attempt that took it up; nothing where it is over.

    A run that a worker died of, or that an error broke off, stays as it is: it is no evidence,
    and a new one begins.
    """
    run = Run.objects.select_related("source", "again").filter(pk=pk).first()
    while run is not None and run.again is not None:
        run = Run.objects.select_related("source", "again").get(pk=run.again.pk)
    if run is None or run.outcome in (Run.Outcome.DONE, Run.Outcome.REFUSED):
        return
    if run.outcome != Run.Outcome.QUEUED:
        run = take_up(run)
    run.outcome, run.started_at = Run.Outcome.RUNNING, timezone.now()
    run.save(update_fields=["outcome", "started_at"])
    attempt(run, replay if run.kind == Run.Kind.REPLAY else fetch)


def attempt(run: Run, act: Callable[[Run], Report]) -> Report | None:
    """Carry a run out and note how it ended; None where it was refused whole."""
    try:
        return act(run)
    except (ImportRefused, FetchRefused) as error:
        end(run, Run.Outcome.REFUSED, str(error))
        return None
    except Exception as error:
        end(run, Run.Outcome.BROKEN, f"{type(error).__name__}: {error}")
        raise


def take_up(broken: Run) -> Run:
    """A new attempt of a run that broke off."""
    if broken.outcome == Run.Outcome.RUNNING:
        end(broken, Run.Outcome.BROKEN, "Its worker was stopped in the middle.")
    with transaction.atomic():
        again = Run.objects.create(
            source=broken.source,
            kind=broken.kind,
            asked_by=broken.asked_by,
            outcome=Run.Outcome.QUEUED,
        )
        Run.objects.filter(pk=broken.pk).update(again=again)
    return again


def end(run: Run, outcome: str, reason: str) -> None:
    """Note that a run came to nothing, and why; what it had written stays its own."""
    run.close_ledger()
    run.outcome, run.finished_at, run.healthy = outcome, timezone.now(), False
    run.reasons, run.progress = [["Refused whole", "", reason[:2_000]]], {}
    run.save()
