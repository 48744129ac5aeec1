"""The loop behind `manage.py work`: take what is due, under a lease, until told to stop.

A worker takes an errand by one conditional UPDATE, so any number of them may run at once. While it
works a thread renews the lease; when the worker is killed the lease runs out, and the next worker
to look finds the errand due again. One that kills its worker each time is given up.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from lib.tasks import PERIODIC, Task, find_tasks
from work.models import Errand

logger = logging.getLogger(__name__)

_PROBLEM_CHARACTERS = 10_000
_LONGEST_PAUSE = 30.0  # while the database does not answer


class Worker:
    """Takes due errands one after the other; `stop()` ends it after the current one."""

    def __init__(self) -> None:
        limits = settings.BOARD
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(6)}"
        self.poll = float(limits["WORK_POLL_SECONDS"])
        self.lease = timedelta(seconds=limits["WORK_LEASE_SECONDS"])
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()

    def run(self, *, until_idle: bool = False) -> int:
        """Work until `stop()`, or, with `until_idle`, until nothing is due; returns how many."""
        prepare()
        done, pause = 0, self.poll
        while not self._stopping.is_set():
            try:
                taken = self.take()
                if taken is not None:
                    self.perform(taken)
                    done += 1
                elif until_idle:
                    break
                pause = self.poll
            except DatabaseError:
                logger.exception("the database does not answer; trying again in %.0f s", pause)
                taken, pause = None, min(pause * 2, _LONGEST_PAUSE)
            if taken is None:
                close_old_connections()
                self._stopping.wait(pause)
        return done

    def take(self) -> Errand | None:
        """The next errand that is due, now leased to this worker; None when nothing is."""
        due = Errand.objects.order_by("-priority", "due_at", "pk")
        while True:
            now = timezone.now()
            errand = due.filter(due_at__lte=now).first()
            if errand is None:
                return None
            if errand.attempts >= settings.BOARD["WORK_ATTEMPTS"]:
                self._give_up(errand)
                continue
            mine = Errand.objects.filter(pk=errand.pk, due_at=errand.due_at)
            if mine.update(
                state=Errand.State.RUNNING,
                worker=self.name,
                attempts=errand.attempts + 1,
                due_at=now + self.lease,
                started_at=now,
            ):
                errand.attempts += 1
                return errand

    def perform(self, errand: Errand) -> None:
        """Run an errand that this worker has taken, and note what became of it."""
        try:
            call = function_of(errand)
            with Lease(self, errand):
                call(*errand.arguments.get("args", ()), **errand.arguments.get("kwargs", {}))
        except Exception:  # whatever a task dies of must not take the worker with it
            logger.exception("%s failed at attempt %d", errand.path, errand.attempts)
            self._failed(errand, traceback.format_exc()[-_PROBLEM_CHARACTERS:])
        else:
            self._over(errand, Errand.State.DONE, "")

    def _failed(self, errand: Errand, problem: str) -> None:
        if errand.attempts >= settings.BOARD["WORK_ATTEMPTS"]:
            self._over(errand, Errand.State.FAILED, problem)
            return
        pause = settings.BOARD["WORK_BACKOFF_SECONDS"] * 2 ** (errand.attempts - 1)
        self._note(
            errand,
            state=Errand.State.READY,
            due_at=timezone.now() + timedelta(seconds=pause),
            problem=problem,
        )

    def _over(self, errand: Errand, state: str, problem: str) -> None:
        now = timezone.now()
        if errand.every is not None:
            self._note(
                errand,
                state=Errand.State.READY,
                due_at=now + errand.every,
                attempts=0,
                finished_at=now,
                problem=problem,
            )
        else:
            self._note(errand, state=state, due_at=None, finished_at=now, problem=problem)

    def _note(self, errand: Errand, **fields: Any) -> None:
        """Write only while the lease is ours: another worker may have taken it over."""
        if not self.held(errand).update(**fields):
            logger.warning("%s was taken over while it ran here", errand.path)

    def held(self, errand: Errand) -> Any:
        return Errand.objects.filter(
            pk=errand.pk, worker=self.name, state=Errand.State.RUNNING, attempts=errand.attempts
        )

    def _give_up(self, errand: Errand) -> None:
        """One whose every attempt ended with the death of its worker."""
        now = timezone.now()
        said = f"Its worker died {errand.attempts} times while it ran this. {errand.problem}"
        fields: dict[str, Any] = {"state": Errand.State.FAILED, "due_at": None}
        if errand.every is not None:
            again = now + errand.every
            fields = {"state": Errand.State.READY, "due_at": again, "attempts": 0}
        Errand.objects.filter(pk=errand.pk, due_at=errand.due_at).update(
            finished_at=now, problem=said[:_PROBLEM_CHARACTERS], **fields
        )
        logger.error("%s: %s", errand.path, said)


class Lease:
    """Renews the lease of an errand from a thread of its own for as long as it runs."""

    def __init__(self, worker: Worker, errand: Errand) -> None:
        self._worker = worker
        self._errand = errand
        self._over = threading.Event()
        self._thread = threading.Thread(target=self.renew, daemon=True, name="lease")

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *args: Any) -> None:
        self._over.set()
        self._thread.join()

    def renew(self) -> None:
        """Until the errand is over, or is not this worker's any more."""
        opened = False
        while not self._over.wait(self._worker.lease.total_seconds() / 3):
            opened = True
            with suppress(DatabaseError):  # the next turn tries again, and the lease is three long
                held = self._worker.held(self._errand)
                if not held.update(due_at=timezone.now() + self._worker.lease):
                    break
        if opened:
            connection.close()  # this thread's own


def function_of(errand: Errand) -> Callable[..., Any]:
    """The function of an errand; only what an app has declared to be a task is ever called."""
    if errand.every is not None:
        return PERIODIC[errand.path][0]
    found = import_string(errand.path)
    if not isinstance(found, Task):
        raise TypeError(f"{errand.path} is no task")
    return found.call


def prepare() -> None:
    """Know every task, and have one row for each periodic one."""
    find_tasks()
    Errand.objects.filter(every__isnull=False).exclude(path__in=PERIODIC).delete()
    rows = {row.path: row for row in Errand.objects.filter(every__isnull=False)}
    for path, (_, interval) in PERIODIC.items():
        row = rows.get(path)
        if row is None:
            with suppress(IntegrityError):  # another worker has just made it
                Errand.objects.create(
                    path=path,
                    arguments={"args": [], "kwargs": {}},
                    every=interval,
                    due_at=timezone.now() + interval,
                )
        elif row.every != interval:
            Errand.objects.filter(pk=row.pk, state=Errand.State.READY).update(
                every=interval, due_at=timezone.now() + interval
            )
