from datetime import timedelta

from imports import runs, storing
from lib.tasks import every


@every(timedelta(minutes=1))
def start_due_sources() -> None:
    """Boards whose schedule says so."""
    runs.start_due_sources()


@every(timedelta(days=1))
def forget_payloads() -> None:
    """What boards answered longer ago than PAYLOAD_DAYS."""
    storing.forget()
