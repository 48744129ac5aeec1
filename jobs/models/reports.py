"""What readers say is wrong with a posting."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from jobs.models.postings import Posting


class Report(models.Model):
    """A problem that a reader reported; it changes nothing of its posting by itself."""

    class Kind(models.TextChoices):
        CLOSED = "closed", "It is closed or filled"
        PAY = "pay", "The pay is wrong"
        PLACE = "place", "The place or “remote” is wrong"
        ROLE = "role", "The role or the seniority is wrong"
        DUPLICATE = "duplicate", "It stands here twice"
        SCAM = "scam", "It looks like a scam or is illegal"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        DISMISSED = "dismissed", "Dismissed"

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField("what is wrong", max_length=9, choices=Kind)
    text = models.TextField("in their words", blank=True)
    email = models.EmailField("mail address", blank=True)
    # Of the text without its case and blanks; a text itself is too long for an index.
    fingerprint = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    note = models.TextField(blank=True, help_text="For the moderators alone.")
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    handled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="report_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "kind", "fingerprint"],
                condition=Q(state="open"),
                name="report_open_once",
                violation_error_message="The same report of this posting is open already.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="other") | ~Q(text=""),
                name="report_other_is_described",
                violation_error_message="Say what is wrong.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.posting}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fingerprint = fingerprint(self.text)
        super().save(*args, **kwargs)

    def handle(self, state: str, by: Any) -> None:
        """Decide on it, or with the state `open` take the decision back."""
        self.state = state
        is_open = state == self.State.OPEN
        self.handled_by = None if is_open else by
        self.handled_at = None if is_open else timezone.now()
        self.save(update_fields=["state", "note", "handled_by", "handled_at"])


def fingerprint(text: str) -> str:
    return sha256(" ".join(text.casefold().split()).encode()).hexdigest()
