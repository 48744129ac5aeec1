"""The visitor that asks the boards, and the turns that all workers share."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from imports.models import Host
from lib.visits import Visitor

AGENT = f"jobboard/1 (imports job postings; {settings.SITE_URL})"


class SharedTurns:
    """Turns kept in the database, so that several workers together keep a host's pause."""

    def take(self, host: str, pause: float) -> float:
        name = host[:255]
        while True:
            now = timezone.now()
            row, _ = Host.objects.get_or_create(name=name, defaults={"free_at": now})
            turn = max(now, row.free_at)
            mine = Host.objects.filter(pk=row.pk, free_at=row.free_at)
            if mine.update(free_at=turn + timedelta(seconds=pause)):
                return (turn - now).total_seconds()

    def rest(self, host: str, seconds: float) -> None:
        until = timezone.now() + timedelta(seconds=min(seconds, 7 * 24 * 3600))
        if not Host.objects.filter(name=host[:255], free_at__gte=until).exists():
            Host.objects.update_or_create(name=host[:255], defaults={"free_at": until})


def visitor() -> Visitor:
    """Asks as a worker does: patiently, and again."""
    limits = settings.BOARD
    return Visitor(
        agent=AGENT,
        pause=limits["FETCH_PAUSE_SECONDS"],
        attempts=limits["FETCH_ATTEMPTS"],
        backoff=limits["FETCH_BACKOFF_SECONDS"],
        patience=limits["FETCH_PATIENCE_SECONDS"],
        limits={"max_bytes": limits["FEED_BYTES"], "seconds": limits["FETCH_SECONDS"]},
        turns=SharedTurns(),
    )


def hasty_visitor() -> Visitor:
    """Asks while a person waits: once, and not for long."""
    limits = settings.BOARD
    asked = visitor()
    asked.attempts = 1
    asked.patience = asked.limits["seconds"] = limits["PREVIEW_SECONDS"]
    return asked
