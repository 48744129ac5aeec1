"""What `make demo` keeps running together."""

import os
import signal
import sys

import pytest

from jobboard.management.commands.demo import run_together

SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture(autouse=True)
def handlers():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(("code", "ends"), [(0, 0), (3, 1)])
def test_the_end_of_one_process_ends_the_other(code, ends):
    waits = [sys.executable, "-c", f"import sys, time; time.sleep(0.5); sys.exit({code})"]
    assert run_together(waits, SLEEPS) == ends


def test_a_signal_ends_both(tmp_path):
    tells = [sys.executable, "-c", f"import os, time; os.kill({os.getpid()}, 15); time.sleep(600)"]
    assert run_together(tells, SLEEPS) == 0
