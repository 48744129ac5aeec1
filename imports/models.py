from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from imports.systems import RESERVED, SYSTEMS
from jobs.models import Event, Listing


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
    address = models.URLField(
        "careers address", max_length=1000, blank=True, help_text="What it was recognised from."
    )
    every_hours = models.PositiveSmallIntegerField(
        "fetch every … hours",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 30)],
        help_text="Empty: only when somebody says so.",
    )
    is_active = models.BooleanField(
        "active", default=True, help_text="Unticked, its schedule is paused."
    )
    next_at = models.DateTimeField("next fetch", null=True, blank=True, editable=False)

    class Meta:
        ordering = ["slug"]
        indexes = [models.Index("next_at", name="source_next_at")]
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.plan()
        super().save(*args, **kwargs)

    def plan(self) -> None:
        """Let the schedule say when the next fetch is; a new schedule begins one interval on."""
        if not self.is_active or not self.every_hours:
            self.next_at = None
            return
        interval = timedelta(hours=self.every_hours)
        latest = timezone.now() + interval
        self.next_at = min(self.next_at or latest, latest)

    def clean(self) -> None:
        """A source of CSV or JSON needs a mapping, and no other source takes one."""
        from imports.connectors import MAPPED, mapped

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

    COUNTED = ("fetched", "new", "changed", "unchanged", "closed", "skipped", "refused")
    # Counted only where there are any.
    RARE = ("reread", "held", "merged", "barred", "waiting")

    class Outcome(models.TextChoices):
        QUEUED = "queued", "waiting for a worker"
        RUNNING = "running", "running"
        DONE = "done", "done"
        REFUSED = "refused", "refused whole"
        BROKEN = "broken", "broke off"

    class Kind(models.TextChoices):
        COMMAND = "command", "from the command line"
        SCHEDULE = "schedule", "by its schedule"
        HAND = "hand", "by hand"
        REPLAY = "replay", "replayed from what was stored"

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.COMMAND)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
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
    progress = models.JSONField(default=dict, help_text="What it is at: words, done, of how many.")
    again = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="broken_before",
        help_text="The attempt that took it up after it broke off.",
    )
    # Whose answers these are: its own, those of an earlier run that the board said it still means,
    # or those that were replayed.
    answers_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="repeated_by"
    )
    read_by = models.CharField(
        max_length=64, blank=True, help_text="Which rules, words and settings the answers met."
    )
    # The events that it wrote lie between these two.
    first_event = models.PositiveBigIntegerField(null=True, blank=True)
    last_event = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_over(self) -> bool:
        return self.outcome not in (self.Outcome.QUEUED, self.Outcome.RUNNING)

    def open_ledger(self) -> None:
        """From here to `close_ledger` the events of its postings are its own."""
        self.first_event = Event.objects.aggregate(last=Max("pk"))["last"] or 0
        self.save(update_fields=["first_event"])

    def close_ledger(self) -> None:
        self.last_event = Event.objects.aggregate(last=Max("pk"))["last"] or 0

    def events(self) -> models.QuerySet[Event]:
        """What it did to postings, in order, each with its posting."""
        if self.first_event is None:
            return Event.objects.none()
        own = Event.objects.filter(
            Exists(Listing.objects.filter(posting=OuterRef("posting"), source=self.source.key)),
            pk__gt=self.first_event,
        )
        if self.last_event is not None:
            own = own.filter(pk__lte=self.last_event)
        return own.select_related("posting__company").order_by("pk")

    def tell(self, words: str, done: int = 0, of: int = 0) -> None:
        """Say what it is at; seen by whoever looks, so never inside a transaction."""
        self.progress = {"words": words, "done": done, "of": of}
        Run.objects.filter(pk=self.pk).update(progress=self.progress)


class Payload(models.Model):
    """One body that a board has answered with, packed; kept once for all answers that are it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="payloads")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the body.")
    size = models.PositiveIntegerField(help_text="Bytes, unpacked.")
    packed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("source", "digest", name="payload_once_a_source")]

    def __str__(self) -> str:
        return self.digest[:12]


class Answer(models.Model):
    """What one address of a board answered in one run, in the order of asking."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="answers")
    place = models.PositiveIntegerField()
    question = models.CharField(max_length=64, help_text="SHA-256 of method, address and body.")
    url = models.CharField(max_length=2_048)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    payload = models.ForeignKey(Payload, on_delete=models.RESTRICT, related_name="answers")

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint("run", "place", name="answer_in_its_place")]

    def __str__(self) -> str:
        return self.url


class Host(models.Model):
    """The instant from which a host may be asked again, for all workers together."""

    name = models.CharField(max_length=255, unique=True)
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
