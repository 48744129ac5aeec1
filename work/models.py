from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Errand(models.Model):
    """One call of one task: waiting, with a worker, over, or given up.

    `due_at` is the instant from which a worker may take it. While one has it, that is the end of
    its lease, so a worker that was killed needs no detection: its errand is simply due again.
    """

    class State(models.TextChoices):
        READY = "ready", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "given up"

    path = models.CharField(max_length=200, help_text="The function.")
    arguments = models.JSONField(default=dict, help_text="Its args and kwargs.")
    every = models.DurationField(null=True, blank=True, help_text="Set: called again and again.")
    priority = models.SmallIntegerField(default=0, help_text="Higher ones are taken first.")
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    due_at = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    enqueued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True, help_text="What the last attempt died of.")

    class Meta:
        ordering = ["-pk"]
        indexes = [
            # All that an idle worker asks, each second.
            models.Index("due_at", name="errand_due", condition=Q(due_at__isnull=False)),
            models.Index("finished_at", name="errand_finished"),
        ]
        constraints = [
            models.UniqueConstraint(
                "path", name="errand_periodic_once", condition=Q(every__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(state__in=("ready", "running"), due_at__isnull=False)
                | Q(state__in=("done", "failed"), due_at__isnull=True),
                name="errand_due_until_over",
            ),
        ]

    def __str__(self) -> str:
        return self.path.rpartition(".")[2].replace("_", " ")
