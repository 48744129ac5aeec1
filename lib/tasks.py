"""Work that is done outside of a request: what an app says about it, and the one way to start it.

A task is a plain function of a module, decorated with `task`; its arguments are JSON. It may run
twice (its worker may be killed after the effect and before the note of it), so it must be
idempotent: name rows by their keys, and let a second run find that there is nothing left to do.

The functions know no queue. Which one runs them is the setting `TASKS`, in the words of Django's
Tasks API: the board's own table by default (`work`), or an existing distributed queue through its
backend. This module is the only one that names the library, which Django 6 has built in.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django_tasks import task, task_backends
from django_tasks.base import Task

__all__ = ["PERIODIC", "Task", "enqueue", "every", "find_tasks", "task"]

# The functions that `manage.py work` calls again and again, by their dotted path.
PERIODIC: dict[str, tuple[Callable[[], Any], timedelta]] = {}


def enqueue(
    job: Task[..., Any], *arguments: Any, after: timedelta | None = None, **named: Any
) -> None:
    """Have `job` run once the current transaction is committed, `after` so long at the earliest.

    A rollback takes the task back with it. The board's own table stands in the database that is
    written to, so the task is part of the transaction; another queue is told after the commit.
    """
    wanted = job.using(run_after=timezone.now() + after) if after else job
    if getattr(task_backends[job.backend], "in_transaction", False):
        wanted.enqueue(*arguments, **named)
    else:
        transaction.on_commit(lambda: wanted.enqueue(*arguments, **named))


def every(interval: timedelta) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Have `manage.py work` call the decorated function each `interval`, by one worker at a time.

    The first call is one interval after the first worker that knew it has started.
    """

    def note(function: Callable[[], Any]) -> Callable[[], Any]:
        PERIODIC[f"{function.__module__}.{function.__qualname__}"] = (function, interval)
        return function

    return note


def find_tasks() -> None:
    """Import the `tasks` module of every app, so that all of them are known."""
    autodiscover_modules("tasks")
