from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from imports.connectors import MAPPED, RESERVED, SYSTEMS, mapped


class Source(models.Model):
    """One board of one applicant-tracking system, and the rule for what comes from it."""

    class Rule(models.TextChoices):
        PUBLIC = "public", "Public at once"
        HOLD = "hold", "Hold all for approval"
        KNOWN = "known", "Public where the role is known, else held"

    slug = models.SlugField(
        max_length=100,
        unique=True,
        help_text="How `import_postings` names it. The names of the systems are reserved.",
    )
    system = models.CharField(max_length=30, choices=list(SYSTEMS.items()))
    # With its system it must fit the source of a listing.
    board = models.CharField(max_length=80, help_text="The account in the board's address.")
    company_name = models.CharField(
        max_length=200, blank=True, help_text="Used where the payload names no company."
    )
    mapping = models.JSONField(
        default=dict,
        blank=True,
        help_text="For CSV and JSON: which of their fields is which of ours (see docs/sources.md).",
    )
    rule = models.CharField(max_length=10, choices=Rule, default=Rule.PUBLIC)
    is_active = models.BooleanField("active", default=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                "system",
                "board",
                name="source_board_once",
                violation_error_message="This board is a source already.",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED)),
                name="source_slug_not_reserved",
                violation_error_message="This name is reserved for a system; choose another.",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        """A source of CSV or JSON needs a mapping, and no other source takes one."""
        if self.system in MAPPED:
            try:
                mapped.check(self.mapping)
            except mapped.MappingRefused as error:
                raise ValidationError({"mapping": f"The mapping cannot be used: {error}"}) from None
        elif self.mapping:
            raise ValidationError({"mapping": "Only a source of CSV or JSON has a mapping."})

    @property
    def key(self) -> str:
        """What listings name as their source."""
        return f"{self.system}:{self.board}"


class Run(models.Model):
    """One import of one source: what came, what became of it, and why the rest was left."""

    class Outcome(models.TextChoices):
        RUNNING = "running", "running"
        DONE = "done", "done"
        REFUSED = "refused", "refused whole"

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="runs")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    healthy = models.BooleanField(
        default=False,
        help_text="Read to its end, with one posting or more: absence from it is evidence.",
    )
    counts = models.JSONField(default=dict)
    reasons = models.JSONField(
        default=list, help_text="[kind, external id, reason] of each skipped or refused record."
    )

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"
