"""The worker's loop: what is taken once, tried again, recovered and given up."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from lib import tasks
from work.backend import TableBackend
from work.models import Errand
from work.tasks import forget_errands
from work.worker import Lease, Worker, prepare

CALLS: list[tuple] = []


@tasks.task
def remember(*arguments, **named):
    CALLS.append((*arguments, *named.items()))


@tasks.task
def fail(number=0):
    CALLS.append(("fail", number))
    raise ValueError("the reason")


@tasks.task
def fail_once():
    CALLS.append(("once",))
    if len(CALLS) == 1:
        raise ValueError("not yet")


def not_a_task():
    CALLS.append(("never",))


@pytest.fixture(autouse=True)
def calls(monkeypatch):
    monkeypatch.setattr(tasks, "PERIODIC", {})
    monkeypatch.setattr("work.worker.PERIODIC", tasks.PERIODIC)
    monkeypatch.setattr("work.worker.find_tasks", lambda: None)
    CALLS.clear()
    return CALLS


@pytest.fixture
def worker(db) -> Worker:
    return Worker()


def idle(worker: Worker) -> int:
    return worker.run(until_idle=True)


def pass_time(seconds: float) -> None:
    """Let everything be due so much earlier."""
    for errand in Errand.objects.exclude(due_at=None):
        errand.due_at -= timedelta(seconds=seconds)
        errand.save()


def test_a_task_runs_once_with_its_arguments(worker, calls):
    tasks.enqueue(remember, 1, "two", three=[3, None])
    assert not calls
    assert (idle(worker), idle(worker)) == (1, 0)
    assert calls == [(1, "two", ("three", [3, None]))]
    errand = Errand.objects.get()
    assert (errand.state, errand.due_at, errand.attempts) == ("done", None, 1)
    assert errand.finished_at


def test_what_is_rolled_back_was_never_enqueued(worker, calls):
    with transaction.atomic():
        tasks.enqueue(remember, 1)
        transaction.set_rollback(True)
    assert idle(worker) == 0


def test_a_task_for_later_waits_until_then(worker, calls):
    tasks.enqueue(remember, 1, after=timedelta(hours=1))
    assert idle(worker) == 0
    pass_time(3_601)
    assert idle(worker) == 1


def test_the_urgent_goes_first_then_the_oldest(worker, calls):
    tasks.enqueue(remember, "first")
    tasks.enqueue(remember, "second")
    tasks.enqueue(remember.using(priority=10), "urgent")
    idle(worker)
    assert calls == [("urgent",), ("first",), ("second",)]


def test_another_queue_is_told_after_the_commit(
    db, calls, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        tasks.enqueue(remember, 1)
        assert not calls
    assert calls == [(1,)]
    assert not Errand.objects.exists()


def test_what_fails_is_tried_again_later_and_later_and_then_given_up(worker, calls, settings):
    settings.BOARD = settings.BOARD | {"WORK_ATTEMPTS": 3, "WORK_BACKOFF_SECONDS": 30}
    tasks.enqueue(fail, 7)
    waits = []
    for _ in range(2):
        assert idle(worker) == 1
        errand = Errand.objects.get()
        assert errand.state == "ready"
        waits.append(round((errand.due_at - timezone.now()).total_seconds()))
        pass_time(waits[-1] + 1)
    idle(worker)
    assert waits == [30, 60]
    assert calls == [("fail", 7)] * 3
    errand = Errand.objects.get()
    assert (errand.state, errand.due_at) == ("failed", None)
    assert "ValueError: the reason" in errand.problem


def test_what_fails_once_is_done_by_its_second_attempt(worker, calls):
    tasks.enqueue(fail_once)
    idle(worker)
    pass_time(31)
    idle(worker)
    assert (len(calls), Errand.objects.get().state) == (2, "done")


def test_an_errand_with_a_worker_is_not_taken_by_another(worker, calls):
    tasks.enqueue(remember, 1)
    taken = worker.take()
    assert Worker().take() is None
    worker.perform(taken)
    assert calls == [(1,)]


def test_two_that_look_at_the_same_instant_take_it_once(worker, calls, monkeypatch):
    tasks.enqueue(remember, 1)
    other = Worker()
    first = Errand.objects.order_by("-priority", "due_at", "pk").filter(due_at__isnull=False).first
    seen = first()
    assert other.take()
    mine = Errand.objects.filter(pk=seen.pk, due_at=seen.due_at)
    assert mine.update(worker="late") == 0
    assert worker.take() is None


def test_the_errand_of_a_worker_that_died_is_taken_over_and_done_once(worker, calls):
    tasks.enqueue(remember, 1)
    worker.take()  # and dies
    successor = Worker()
    assert idle(successor) == 0
    pass_time(61)
    assert idle(successor) == 1
    errand = Errand.objects.get()
    assert (errand.state, errand.attempts, errand.worker) == ("done", 2, successor.name)
    assert calls == [(1,)]


def test_a_worker_that_was_only_slow_does_not_undo_its_successors_note(worker, calls):
    tasks.enqueue(fail)
    late = worker.take()
    pass_time(61)
    Errand.objects.filter(pk=late.pk).update(path=remember.module_path)
    idle(Worker())
    worker.perform(late)
    assert Errand.objects.get().state == "done"


def test_what_kills_its_worker_each_time_is_given_up(worker, calls, settings):
    settings.BOARD = settings.BOARD | {"WORK_ATTEMPTS": 2}
    tasks.enqueue(remember, 1)
    for _ in range(2):
        assert worker.take()
        pass_time(61)
    assert worker.take() is None
    errand = Errand.objects.get()
    assert errand.state == "failed"
    assert errand.problem.startswith("Its worker died 2 times")


def test_a_lease_is_renewed_while_the_task_runs_and_until_it_is_lost(worker, monkeypatch):
    tasks.enqueue(remember, 1)
    errand = worker.take()
    turns = iter([False, False, False, False])
    lease = Lease(worker, errand)
    monkeypatch.setattr("work.worker.connection", Mock())
    monkeypatch.setattr(lease._over, "wait", lambda seconds: next(turns))

    def held():
        if len(list(seen)) == 2:
            Errand.objects.update(worker="another")
        seen.append(Errand.objects.get().due_at)
        return real(errand)

    seen, real = [], worker.held
    monkeypatch.setattr(worker, "held", lambda errand: held())
    lease.renew()
    assert len(seen) == 3  # the third time it was another's, so the fourth turn never came
    assert seen[0] < seen[1] < seen[2]
    assert Errand.objects.get().due_at == seen[2]


def test_only_what_is_declared_a_task_is_called(worker, calls):
    Errand.objects.create(
        path=f"{__name__}.not_a_task", arguments={"args": []}, due_at=timezone.now()
    )
    idle(worker)
    assert not calls
    assert "is no task" in Errand.objects.get().problem


def periodic(interval=timedelta(minutes=5), function=not_a_task) -> None:
    tasks.every(interval)(function)


def test_a_periodic_task_is_called_each_interval_by_one_worker(worker, calls):
    periodic()
    prepare()
    prepare()
    assert idle(worker) == 0
    for round_ in (1, 2):
        pass_time(301)
        assert idle(worker) + idle(Worker()) == 1
        assert len(calls) == round_
    errand = Errand.objects.get()
    assert (errand.state, errand.attempts) == ("ready", 0)
    assert errand.due_at > timezone.now() + timedelta(minutes=4)


def test_a_periodic_task_that_fails_goes_on_with_its_next_turn(worker, calls, settings):
    settings.BOARD = settings.BOARD | {"WORK_ATTEMPTS": 1}
    periodic(function=fail.func)
    prepare()
    pass_time(301)
    idle(worker)
    errand = Errand.objects.get()
    assert (errand.state, "the reason" in errand.problem) == ("ready", True)
    assert errand.due_at > timezone.now() + timedelta(minutes=4)


def test_a_changed_interval_is_heeded_and_one_that_is_gone_is_forgotten(worker, calls):
    periodic()
    prepare()
    periodic(timedelta(minutes=1))
    prepare()
    assert Errand.objects.get().every == timedelta(minutes=1)
    tasks.PERIODIC.clear()
    prepare()
    assert not Errand.objects.exists()


def test_what_was_over_long_ago_is_forgotten(worker, calls):
    for number in range(2):
        tasks.enqueue(remember, number)
    tasks.enqueue(remember, "waiting", after=timedelta(hours=1))
    idle(worker)
    Errand.objects.filter(pk=Errand.objects.last().pk).update(
        finished_at=timezone.now() - timedelta(days=15)
    )
    forget_errands()
    assert sorted(Errand.objects.values_list("state", flat=True)) == ["done", "ready"]


def test_an_idle_look_is_one_statement(worker, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert worker.take() is None


def test_a_database_that_does_not_answer_is_asked_again(worker, calls, monkeypatch):
    tasks.enqueue(remember, 1)
    real, looks = worker.take, []

    def take():
        looks.append(1)
        if len(looks) == 1:
            raise DatabaseError("the server is gone")
        return real()

    monkeypatch.setattr(worker, "take", take)
    monkeypatch.setattr(worker._stopping, "wait", lambda seconds: None)
    monkeypatch.setattr("work.worker.close_old_connections", lambda: None)
    assert idle(worker) == 1


def test_the_result_of_a_task_can_be_asked_for(worker, calls):
    result = remember.enqueue(1)
    assert result.status == "READY"
    idle(worker)
    result.refresh()
    assert (result.status, result.attempts) == ("SUCCESSFUL", 1)
    assert TableBackend.supports_get_result


def test_operators_see_the_errands_and_try_again_what_was_given_up(worker, calls, operator, editor):
    errand = Errand.objects.create(
        path=remember.module_path, arguments={"args": [1]}, state="failed", problem="the reason"
    )
    page = operator.get("/admin/work/errand/")
    assert "remember" in page.content.decode()
    assert "the reason" in operator.get(f"/admin/work/errand/{errand.pk}/change/").content.decode()
    operator.post("/admin/work/errand/", {"action": "try_again", "_selected_action": [errand.pk]})
    idle(worker)
    assert calls == [(1,)]
    assert editor.get("/admin/work/errand/").status_code == 403
