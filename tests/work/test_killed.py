"""A real worker, killed in the middle of a task, and its successor: processes of their own."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from guides.models import Skill
from lib import tasks

PROGRAM = """
import django
django.setup()
from django.conf import settings
settings.BOARD |= {"WORK_POLL_SECONDS": 0.05, "WORK_LEASE_SECONDS": 1.5}
from django.core.management import call_command
call_command("work")
"""
PATIENCE = 60
LOOK = """
SELECT state, attempts, (SELECT count(*) FROM guides_skill) FROM work_errand WHERE every IS NULL
"""


@tasks.task
def make_skill(name: str, marks: str) -> None:
    """Each attempt has its effect and leaves a mark; the first one never ends."""
    mark = Path(marks, str(len(list(Path(marks).iterdir()))))
    Skill.objects.get_or_create(name=name, defaults={"slug": name, "kind": "tool"})
    mark.touch()
    if mark.name == "0":
        time.sleep(10 * PATIENCE)


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def shared(transactional_db, tmp_path) -> Callable[[], tuple[str, Callable[[], list]]]:
    """Opens the test's database to other processes: its address, and a look at its errands."""

    def share() -> tuple[str, Callable[[], list]]:
        if connection.vendor == "postgresql":
            given = connection.settings_dict
            secret = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
            place = f"{given['HOST'] or '127.0.0.1'}:{given['PORT'] or 5432}"

            def look() -> list:
                with connection.cursor() as cursor:
                    cursor.execute(LOOK)
                    return cursor.fetchall()

            return f"postgres://{given['USER']}{secret}@{place}/{given['NAME']}", look
        path = tmp_path / "board.sqlite3"
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)

        def look_at_file() -> list:
            with sqlite3.connect(path) as own:
                return own.execute(LOOK).fetchall()

        return f"sqlite:///{path}", look_at_file

    return share


def test_a_worker_killed_in_the_middle_is_recovered_with_one_effect(shared, tmp_path):
    marks = tmp_path / "marks"
    marks.mkdir()
    tasks.enqueue(make_skill, "rust", str(marks))
    address, look = shared()
    environment = os.environ | {
        "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "jobboard.settings"
    }  # fmt: skip
    environment.pop("ALLOWED_HOSTS", None)

    def start() -> subprocess.Popen:
        return subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment)

    first = start()
    wait_for((marks / "0").exists)
    first.kill()
    first.wait()
    assert look() == [("running", 1, 1)]
    second = start()
    wait_for(lambda: look()[0][0] == "done")
    second.terminate()
    assert second.wait(PATIENCE) == 0
    assert look() == [("done", 2, 1)]
    assert len(list(marks.iterdir())) == 2
