"""What waits for a person: contradictions, likenesses and closings in large number."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from jobs.models.postings import Posting


class Decided(models.Model):
    """A question that a person answers once; who did so and when stays with it."""

    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def decide(self, state: str, by: Any) -> None:
        self.state = state
        self.decided_by, self.decided_at = by, timezone.now()
        # Each question has its own states.
        self.save(update_fields=["state", "decided_by", "decided_at"])  # type: ignore[misc]


class Conflict(Decided):
    """A field that a source states one way in a field of its own and another way in its words.

    Neither is believed: the posting's field is unknown until a person sets it, which holds it.
    """

    class State(models.TextChoices):
        OPEN = "open", "Waits for a decision"
        SETTLED = "settled", "Set by a person"
        LEFT = "left", "Left unknown by a person"

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="conflicts")
    field = models.CharField(max_length=20)
    stated = models.CharField(max_length=200, help_text="What the source's own field says.")
    read = models.CharField(max_length=200, help_text="What its words say.")
    quote = models.TextField(blank=True, help_text="The words.")
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "field"], name="conflict_once_a_field"),
        ]
        indexes = [models.Index(fields=["state"], name="conflict_queue")]

    def __str__(self) -> str:
        return f"{self.field}: {self.stated} or {self.read}"


class Pair(Decided):
    """Two postings that may be one job; a person says whether they are.

    `apart` is remembered for good: the two are not proposed again.
    """

    class State(models.TextChoices):
        OPEN = "open", "Waits for a decision"
        APART = "apart", "Two jobs"

    older = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    younger = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    likeness = models.FloatField(default=1, help_text="Share of the words that both have, 0 to 1.")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it is doubtful.")
    state = models.CharField(max_length=5, choices=State, default=State.OPEN)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["older", "younger"], name="pair_once"),
            models.CheckConstraint(condition=Q(older__lt=F("younger")), name="pair_in_order"),
        ]
        indexes = [models.Index(fields=["state"], name="pair_queue")]

    def __str__(self) -> str:
        return f"{self.older_id} and {self.younger_id}"


class HeldClosing(Decided):
    """More closings of one board in one run than are believed without a person.

    Which listings they are follows from their `missing_since` (jobs.closing.due), so that those
    which come back meanwhile are no longer among them.
    """

    class State(models.TextChoices):
        OPEN = "open", "Waits for a decision"
        APPROVED = "approved", "Closed by a person"
        DISMISSED = "dismissed", "Not gone, says a person"
        OVERTAKEN = "overtaken", "Overtaken by a later run"

    source = models.CharField(max_length=100)
    at = models.DateTimeField(help_text="The run that would have closed them.")
    count = models.PositiveIntegerField()
    of = models.PositiveIntegerField(help_text="Open listings of the board at that run.")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(state="open"), name="held_closing_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} of {self.of} of {self.source}"
