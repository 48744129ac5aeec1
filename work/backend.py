"""The board's own table as a queue of Django's Tasks API."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

STATUS = {
    "ready": TaskResultStatus.READY,
    "running": TaskResultStatus.RUNNING,
    "done": TaskResultStatus.SUCCESSFUL,
    "failed": TaskResultStatus.FAILED,
}


class TableBackend(BaseTaskBackend):
    """Each task is a row of `Errand`, written in the caller's own transaction.

    Own, because what django-tasks-db lacks is most of a queue: a lease (a worker that is killed
    leaves its task RUNNING there for ever), a second attempt, and calls that repeat.
    """

    supports_defer = True
    supports_get_result = True
    supports_priority = True
    in_transaction = True  # see lib.tasks.enqueue

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        from work.models import Errand  # backends are made before models are

        self.validate_task(task)
        errand = Errand.objects.create(
            path=task.module_path,
            arguments=normalize_json({"args": args, "kwargs": kwargs}),
            priority=task.priority,
            due_at=task.run_after or timezone.now(),
        )
        return self._result(errand, task)

    def get_result(self, result_id: str) -> TaskResult:
        from work.models import Errand

        try:
            errand = Errand.objects.get(pk=result_id)
        except (ObjectDoesNotExist, ValueError):
            raise TaskResultDoesNotExist(result_id) from None
        return self._result(errand, import_string(errand.path))

    def _result(self, errand: Any, task: Task) -> TaskResult:
        problem = errand.problem if errand.state == errand.State.FAILED else ""
        return TaskResult(
            task=task,
            id=str(errand.pk),
            status=STATUS[errand.state],
            enqueued_at=errand.enqueued_at,
            started_at=errand.started_at,
            last_attempted_at=errand.started_at,
            finished_at=errand.finished_at,
            args=errand.arguments["args"],
            kwargs=errand.arguments["kwargs"],
            backend=self.alias,
            errors=[TaskError(exception_class_path="", traceback=problem)] if problem else [],
            worker_ids=[errand.worker] * errand.attempts,
        )
