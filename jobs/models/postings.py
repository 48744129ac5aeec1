"""A posting: what it states, where it was seen, and its ledger."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from guides.models import Role, Skill
from jobs.models.names import Company, Place
from jobs.models.writing import reindex
from jobs.salary import DOT, notation
from jobs.scales import Employment, PayKind, Period, Seniority, Workplace
from lib.text import clean_html, plain, render


class PostingQuerySet(models.QuerySet["Posting"]):
    def public(self, at: datetime | None = None) -> PostingQuerySet:
        """What everybody may see at the instant `at` (now).

        Approved, started, not expired, confirmed recently enough, not withdrawn: all of it is in
        the live row that `jobs.index` keeps, so that the wide table is never searched.
        """
        at = at or timezone.now()
        return self.filter(live__starts_at__lte=at, live__ends_at__gt=at)

    def addressable(self, at: datetime | None = None) -> PostingQuerySet:
        """What has a page at `at`: everything that was public once.

        Withdrawn ones are among them and answer 410; the rest answer 200, open or not.
        """
        at = at or timezone.now()
        once = (Posting.State.OPEN, Posting.State.CLOSED, Posting.State.WITHDRAWN)
        return self.filter(state__in=once, starts_at__lte=at)


class Posting(models.Model):
    """One job that one employer offers, in one or more listings.

    Written through `save()` and the verbs below, which keep the live row, its terms and the text
    index in the same transaction (`jobs.index.reindex`); nothing calls `update()` on it.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Waiting for approval"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        WITHDRAWN = "withdrawn", "Withdrawn"
        REJECTED = "rejected", "Rejected"
        MERGED = "merged", "Merged into another"

    class Markup(models.TextChoices):
        MARKDOWN = "markdown", "Markdown"
        HTML = "html", "HTML"

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, editable=False)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="postings")
    role = models.ForeignKey(
        Role,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="postings",
        limit_choices_to={"base": None},
        help_text="The role guide that this posting links. Empty where its title is no known role.",
    )
    seniority = models.CharField(max_length=10, choices=Seniority, blank=True)
    workplace = models.CharField(max_length=10, choices=Workplace, blank=True)
    employment = models.JSONField(
        "employment types", default=list, blank=True, help_text="One or more."
    )
    eligibility = models.JSONField(
        null=True,
        blank=True,
        help_text="Where a remote worker may live; empty where the posting does not say.",
    )
    places = models.ManyToManyField(Place, blank=True, related_name="postings")
    skills = models.ManyToManyField(Skill, blank=True, related_name="postings")
    description = models.TextField()
    markup = models.CharField(max_length=8, choices=Markup, default=Markup.MARKDOWN)
    description_html = models.TextField(editable=False)
    # What the full text reads and an excerpt is cut from, kept because twenty of them cost more
    # to make than the whole page.
    description_text = models.TextField(editable=False)
    apply_url = models.URLField("apply at", max_length=1000, blank=True)
    apply_email = models.EmailField("apply by mail to", blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    posted_at = models.DateTimeField(
        default=timezone.now,
        help_text="The earlier of the first stated date and our first sight; never moved forward.",
    )
    starts_at = models.DateTimeField(
        "public from", null=True, blank=True, help_text="Empty until it is approved."
    )
    expires_at = models.DateTimeField(
        "closing date", null=True, blank=True, help_text="The instant from which it is closed."
    )
    stale_at = models.DateTimeField(
        "confirmed until",
        blank=True,
        help_text="Past this instant it is not public until it is confirmed again.",
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    close_reason = models.CharField(max_length=200, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        help_text="The posting of the same job that has its listings now, and its address.",
    )
    barred = models.BooleanField(
        "never imported again",
        default=False,
        editable=False,
        help_text="Withdrawn for good: the same job is not imported under another number either.",
    )

    held = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Names of the fields that a person set; imports leave them alone.",
    )
    evidence = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="For each derived field the quoted span and the rule that spoke.",
    )
    # What a card says, kept because twenty cards of joins cost more than the whole query.
    place_line = models.CharField(max_length=300, blank=True, editable=False)
    pay_line = models.CharField(max_length=200, blank=True, editable=False)
    via = models.JSONField(
        default=list,
        editable=False,
        help_text="Name and url of each board that asks to be linked where its posting is shown.",
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at", "-pk"]
        indexes = [
            # The weeks of a role: of all that ever closed, those that closed lately. It holds all
            # that is asked of them, since what lies behind the long texts of a row is slow to
            # read; the state too, which SQLite does not see in the condition.
            models.Index(
                fields=[
                    *("role", "closed_at", "starts_at", "company", "seniority", "workplace"),
                    "state",
                ],
                condition=Q(state="closed"),
                name="posting_closed_lately",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(apply_url="") | ~Q(apply_email=""),
                name="posting_can_be_applied_to",
                violation_error_message="Say how to apply: a web address or a mail address.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("posted_at")),
                name="posting_closes_after_it_opens",
                violation_error_message="The closing date must be after the day it was posted.",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(starts_at__isnull=False),
                name="posting_open_has_a_start",
                violation_error_message="An open posting needs the instant it is public from.",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
                name="posting_closed_has_an_instant",
                violation_error_message="A closed posting needs the instant at which it closed.",
            ),
            models.CheckConstraint(
                condition=(Q(state="merged") & Q(merged_into__isnull=False))
                | (~Q(state="merged") & Q(merged_into=None)),
                name="posting_merged_into_another",
                violation_error_message="A merged posting names the one it was merged into.",
            ),
            models.CheckConstraint(
                condition=Q(barred=False) | Q(state="withdrawn"),
                name="posting_barred_is_withdrawn",
                violation_error_message="Only a withdrawn posting can be kept from coming back.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render, store and index in one transaction."""
        with transaction.atomic():
            self.store(*args, **kwargs)
            reindex([self.pk])

    def get_absolute_url(self) -> str:
        return reverse("jobs:posting", args=[self.pk, self.slug])

    def store(self, *args: Any, **kwargs: Any) -> None:
        """`save()` without the index, for a writer that indexes a whole batch at its end."""
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill what follows from other fields: slug, rendered description, confirmation."""
        self.derive_slug()
        self.description_html, self.description_text = rendered(self.markup, self.description)
        if self.stale_at is None:
            self.stale_at = timezone.now() + timedelta(days=settings.BOARD["FRESH_DAYS"])

    def derive_slug(self) -> None:
        self.slug = slugify(self.title)[:200].strip("-") or "posting"

    @property
    def ends_at(self) -> datetime:
        """The instant at which it leaves the public lists by the clock."""
        return min(self.expires_at, self.stale_at) if self.expires_at else self.stale_at

    def is_public(self, at: datetime | None = None) -> bool:
        """The same as `Posting.objects.public(at)` says, of this row."""
        at = at or timezone.now()
        return (
            self.state == self.State.OPEN
            and self.starts_at is not None
            and self.starts_at <= at < self.ends_at
        )

    def standing(self, at: datetime | None = None) -> str:
        """One word for its page: open, closed, expired, unconfirmed, withdrawn, or hidden."""
        at = at or timezone.now()
        if self.starts_at is None or self.starts_at > at:
            return "hidden"
        if self.state != self.State.OPEN:
            return self.state if self.state in ("closed", "withdrawn") else "hidden"
        if self.expires_at and self.expires_at <= at:
            return "expired"
        return "open" if at < self.stale_at else "unconfirmed"

    @property
    def employment_labels(self) -> list[str]:
        return [str(Employment(name).label) for name in self.employment]

    def two_ways(self, name: str) -> str:
        """ "stated as On-site and as Remote" of a field that contradicts itself (jobs.conflicts);
        empty of any other."""
        said = self.evidence.get(name, {})
        if getattr(self, name) or not said.get("rule", "").startswith("conflict"):
            return ""
        field: Any = self._meta.get_field(name)
        labels = dict(field.flatchoices)
        known = [str(labels.get(value, value)) for value in said.get("values", ())]
        return f"stated as {' and as '.join(known)}" if known else "stated in two ways"

    @property
    def facts(self) -> str:
        """The third line of a card: what is stated of employment, seniority and pay."""
        said = [
            ", ".join(self.employment_labels),
            self.get_seniority_display() if self.seniority else "",
            self.pay_line,
        ]
        return DOT.join(part for part in said if part)

    def approve(self, at: datetime | None = None) -> None:
        at = at or timezone.now()
        self.state, self.starts_at = self.State.OPEN, self.starts_at or at
        self.save()

    def reject(self, at: datetime | None = None) -> None:
        self.state, self.starts_at = self.State.REJECTED, None
        self.save()

    def close(self, reason: str, at: datetime | None = None) -> None:
        self._end(self.State.CLOSED, Event.Kind.CLOSED, reason, at)

    def withdraw(self, reason: str, at: datetime | None = None, *, bar: bool = False) -> None:
        """Take it off the board; with `bar` no import brings the same job back."""
        self.barred = bar
        self._end(self.State.WITHDRAWN, Event.Kind.WITHDRAWN, reason, at)

    def reopen(self, at: datetime | None = None) -> None:
        """Back to the public lists under the same address, with a new confirmation."""
        at = at or timezone.now()
        with transaction.atomic():
            self.state, self.closed_at, self.close_reason = self.State.OPEN, None, ""
            self.barred = False
            self.starts_at = self.starts_at or at
            self.stale_at = at + timedelta(days=settings.BOARD["FRESH_DAYS"])
            if self.expires_at and self.expires_at <= at:
                self.expires_at = None
            self.save()
            self.events.create(kind=Event.Kind.REOPENED, at=at)

    def _end(self, state: str, kind: str, reason: str, at: datetime | None) -> None:
        at = at or timezone.now()
        if self.starts_at and self.starts_at > at:
            self.starts_at = None  # it never was public, and so never gets a page
        with transaction.atomic():
            self.state, self.closed_at, self.close_reason = state, at, reason
            self.save()
            self.events.create(kind=kind, at=at, detail={"reason": reason})


def rendered(markup: str, description: str) -> tuple[str, str]:
    """The HTML and the text of a description; see lib.text."""
    if markup == Posting.Markup.MARKDOWN:
        html = render(description).html
    else:
        html = clean_html(description)
    return html, plain(html)


class PayRange(models.Model):
    """One stated range of pay. A missing bound is not stated: "up to" has no minimum."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="pay_ranges")
    minimum = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    maximum = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217, such as EUR.")
    period = models.CharField(max_length=5, choices=Period, blank=True)
    kind = models.CharField(max_length=8, choices=PayKind, default=PayKind.BASE)
    text = models.CharField("as stated", max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum__isnull=False) | Q(maximum__isnull=False),
                name="pay_states_an_amount",
                violation_error_message="State a minimum, a maximum or both.",
            ),
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(minimum__lte=F("maximum")),
                name="pay_minimum_up_to_maximum",
                violation_error_message="The minimum must not be above the maximum.",
            ),
            models.CheckConstraint(
                condition=(Q(minimum=None) | Q(minimum__gt=0))
                & (Q(maximum=None) | Q(maximum__gt=0)),
                name="pay_above_zero",
                violation_error_message="Pay must be above zero; leave a bound empty if unstated.",
            ),
            models.CheckConstraint(
                condition=Q(currency="") | Q(currency__regex=r"^[A-Z]{3}$"),
                name="pay_currency_code",
                violation_error_message="The currency is three capital letters (ISO 4217).",
            ),
        ]

    def __str__(self) -> str:
        # A form lays out what it refused, too.
        is_stated = self.minimum is not None or self.maximum is not None
        return notation([self]) if is_stated else "pay not stated"


class Listing(models.Model):
    """One appearance of a posting at one source, and what that source stated.

    `source` is the key of the source ("greenhouse:amplitude"); the rows of sources live in
    `imports`, which may know this app but not the other way round.
    """

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="listings")
    source = models.CharField(max_length=100)
    external_id = models.CharField(max_length=200)
    url = models.URLField(max_length=1000, blank=True)
    via = models.CharField(
        max_length=60,
        blank=True,
        help_text="A board of many employers that asks to be named and linked where it is shown.",
    )
    payload_hash = models.CharField(max_length=64, help_text="SHA-256 of the normalised record.")
    stated = models.JSONField(
        default=dict, help_text="The normalised fields as the source has them."
    )
    first_seen = models.DateTimeField()
    last_confirmed = models.DateTimeField()
    missing_since = models.DateTimeField(
        null=True, blank=True, help_text="The first healthy fetch that did not show it."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    source_date = models.DateTimeField(
        null=True, blank=True, help_text="When the source says now that it was posted."
    )
    renewals = models.PositiveIntegerField(
        default=0,
        help_text="How often the source has moved its date on while the text stayed the same.",
    )
    # What `jobs.likeness` compares: employer and title as a number, the requisition that the
    # source names, and a sketch of the words of the text.
    likeness_key = models.BigIntegerField(null=True, editable=False)
    requisition = models.CharField(max_length=100, blank=True, editable=False)
    sketch = models.BinaryField(default=bytes, editable=False)

    class Meta:
        ordering = ["first_seen", "pk"]
        indexes = [models.Index(fields=["likeness_key"], name="listing_likeness")]
        constraints = [
            # Full, not partial: a partial key made the import's upsert 8 to 14 times slower.
            models.UniqueConstraint("source", "external_id", name="listing_once_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"


class Event(models.Model):
    """One line of a posting's ledger; append-only."""

    class Kind(models.TextChoices):
        FIRST_SEEN = "first_seen", "first seen"
        CHANGED = "changed", "changed"
        REPOSTED = "reposted", "reposted"
        CLOSED = "closed", "closed"
        WITHDRAWN = "withdrawn", "withdrawn"
        REOPENED = "reopened", "reopened"
        MERGED = "merged", "merged with another"
        SPLIT = "split", "split off"

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["posting"], condition=Q(kind="reopened"), name="event_reopened"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
