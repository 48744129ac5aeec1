from __future__ import annotations

import secrets
from collections.abc import Iterable
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
from guides.pages import RoleRef
from guides.slugs import KeepsOldSlugs
from jobs.salary import notation
from jobs.scales import Employment, PayKind, Period, Seniority, Workplace, code
from lib import fulltext
from lib.text import clean_html, render


class Company(KeepsOldSlugs):
    """An employer, as its postings name it."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=120, unique=True, blank=True)
    url = models.URLField("website", max_length=500, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "companies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="company_named",
                violation_error_message="A company needs a name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('jobs:list')}?company={self.slug}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Renaming a company rewrites the index of its postings in the same transaction."""
        self.slug = self.slug or free_slug(Company, self.name)
        with transaction.atomic():
            super().save(*args, **kwargs)
            reindex(self.postings.values_list("pk", flat=True))


class Place(KeepsOldSlugs):
    """A city, a region or a country, from the gazetteer of `extraction`."""

    class Kind(models.TextChoices):
        CITY = "city", "city"
        REGION = "region", "region"
        COUNTRY = "country", "country"

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True, blank=True)
    kind = models.CharField(max_length=7, choices=Kind)
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2, such as DE.")
    region = models.CharField(
        max_length=10, blank=True, help_text="ISO 3166-2, such as US-CA; empty where none is known."
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["name", "country"]
        constraints = [
            models.UniqueConstraint(
                "kind",
                "name",
                "country",
                "region",
                name="place_once",
                violation_error_message="This place is there already.",
            ),
            models.CheckConstraint(
                condition=Q(country__regex=r"^[A-Z]{2}$"),
                name="place_country_code",
                violation_error_message="The country is two capital letters (ISO 3166-1).",
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.kind == self.Kind.COUNTRY else f"{self.name}, {self.country}"

    def get_absolute_url(self) -> str:
        return f"{reverse('jobs:list')}?place={self.slug}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        within = "" if self.kind == self.Kind.COUNTRY else self.region or self.country
        self.slug = self.slug or free_slug(Place, f"{self.name} {within}")
        with transaction.atomic():
            super().save(*args, **kwargs)
            reindex(self.postings.values_list("pk", flat=True))


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
    updated_at = models.DateTimeField(auto_now=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at", "-pk"]
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
        self.slug = slugify(self.title)[:200].strip("-") or "posting"
        if self.markup == self.Markup.MARKDOWN:
            self.description_html = render(self.description).html
        else:
            self.description_html = clean_html(self.description)
        if self.stale_at is None:
            self.stale_at = timezone.now() + timedelta(days=settings.BOARD["FRESH_DAYS"])

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

    def approve(self, at: datetime | None = None) -> None:
        at = at or timezone.now()
        self.state, self.starts_at = self.State.OPEN, self.starts_at or at
        self.save()

    def reject(self, at: datetime | None = None) -> None:
        self.state, self.starts_at = self.State.REJECTED, None
        self.save()

    def close(self, reason: str, at: datetime | None = None) -> None:
        self._end(self.State.CLOSED, Event.Kind.CLOSED, reason, at)

    def withdraw(self, reason: str, at: datetime | None = None) -> None:
        self._end(self.State.WITHDRAWN, Event.Kind.WITHDRAWN, reason, at)

    def reopen(self, at: datetime | None = None) -> None:
        """Back to the public lists under the same address, with a new confirmation."""
        at = at or timezone.now()
        with transaction.atomic():
            self.state, self.closed_at, self.close_reason = self.State.OPEN, None, ""
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

    class Meta:
        ordering = ["first_seen", "pk"]
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

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class ExchangeRate(models.Model):
    """How many units of a currency one euro bought on a day (European Central Bank)."""

    currency = models.CharField(max_length=3)
    date = models.DateField()
    per_euro = models.DecimalField(max_digits=18, decimal_places=8)

    class Meta:
        ordering = ["-date", "currency"]
        constraints = [
            models.UniqueConstraint("currency", "date", name="one_rate_a_day"),
            models.CheckConstraint(
                condition=Q(per_euro__gt=0),
                name="rate_above_zero",
                violation_error_message="A rate must be above zero.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.per_euro} ({self.date})"


# --- what is searched -----------------------------------------------------------------------------


class LiveQuerySet(models.QuerySet["LivePosting"]):
    def public(self, at: datetime | None = None) -> LiveQuerySet:
        """The live rows of `Posting.objects.public(at)`."""
        at = at or timezone.now()
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def of_role(self, role: RoleRef) -> LiveQuerySet:
        """Those of a role; a view has those of its base, at its seniority if it names one."""
        rows = self.filter(role_id=(role.base or role).pk)
        return rows.filter(seniority=code(Seniority, role.seniority)) if role.seniority else rows


def new_version() -> int:
    return secrets.randbits(62)


class LivePosting(models.Model):
    """The narrow row that every filter and count asks, one for each approved posting.

    Derived from the posting by `jobs.index.reindex` and written nowhere else.
    """

    posting = models.OneToOneField(
        Posting, on_delete=models.CASCADE, primary_key=True, related_name="live"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    posted_at = models.DateTimeField()
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    role = models.ForeignKey(
        Role, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    seniority = models.SmallIntegerField()
    workplace = models.SmallIntegerField()
    # The top of the best comparable range a year, in cents of a euro, for the order; empty where
    # no pay is comparable. What a floor compares is LivePay.
    pay_rank = models.BigIntegerField(null=True)
    # Another one each time the row is derived: what is kept of the posting is kept under it.
    version = models.BigIntegerField(default=new_version)

    objects = LiveQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-posted_at", "-posting"], name="live_newest"),
            models.Index(fields=["role", "seniority", "workplace"], name="live_role"),
            models.Index(fields=["company"], name="live_company"),
            models.Index(fields=["starts_at"], name="live_starts"),
            models.Index(fields=["ends_at"], name="live_ends"),
        ]

    def __str__(self) -> str:
        return f"live {self.pk}"


class LiveTerm(models.Model):
    """One value of a facet that a live row may have several of."""

    class Facet(models.IntegerChoices):
        EMPLOYMENT = 1
        COUNTRY = 2
        PLACE = 3
        SKILL = 4

    live = models.ForeignKey(LivePosting, on_delete=models.CASCADE, related_name="terms")
    facet = models.SmallIntegerField(choices=Facet)
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("facet", "value", "live", name="live_term_once"),
        ]

    def __str__(self) -> str:
        return f"{self.facet}:{self.value}"


class LivePay(models.Model):
    """The best comparable yearly pay of a live row in one currency."""

    live = models.ForeignKey(LivePosting, on_delete=models.CASCADE, related_name="pay")
    currency = models.CharField(max_length=3)
    top = models.BigIntegerField(help_text="Hundredths of the currency's unit a year.")

    class Meta:
        constraints = [
            models.UniqueConstraint("currency", "top", "live", name="live_pay_once"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.top / 100}"


class TextIndex(models.Model):
    """The full text table of `lib.fulltext`, so that a search is a join like any other."""

    TABLE = "jobs_textindex"

    live = models.OneToOneField(
        LivePosting,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        related_name="text",
    )
    match = fulltext.MatchField(db_column=TABLE)

    class Meta:
        managed = False
        db_table = "jobs_textindex"

    def __str__(self) -> str:
        return f"text of {self.pk}"


def free_slug(model: type[models.Model], text: str) -> str:
    """A slug for `text` that no row of `model` has: the text's own, or with the next number."""
    stem = slugify(text)[:100].strip("-") or model._meta.model_name or "row"
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def reindex(ids: Iterable[int]) -> None:
    """See `jobs.index.reindex`; here so that `save()` needs no import at its end."""
    from jobs.index import reindex as derive

    derive(ids)
