"""What is searched: narrow rows that `jobs.index` derives from approved postings."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import models
from django.utils import timezone

from guides.models import Role
from guides.pages import RoleRef
from jobs.models.names import Company
from jobs.models.postings import Posting
from jobs.scales import Seniority, code
from lib import fulltext


class LiveQuerySet(models.QuerySet["LivePosting"]):
    def public(self, at: datetime | None = None) -> LiveQuerySet:
        """The live rows of `Posting.objects.public(at)`."""
        at = at or timezone.now()
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def of_role(self, role: RoleRef) -> LiveQuerySet:
        """Those of a role; a view has those of its base, at its seniority if it names one."""
        rows = self.filter(role_id=(role.base or role).pk)
        return rows.filter(seniority=code(Seniority, role.seniority)) if role.seniority else rows


class Audience(models.Model):
    """One distinct set of areas in which people may live; see `jobs.eligibility`.

    A posting open to all of EMEA would have 120 terms; sets are few, so a count of each, expanded
    over their areas, counts every area. Never changed: another set is another row. The key of the
    row follows from the set, so that writers at the same time make the same one.
    """

    id = models.BigIntegerField(primary_key=True)
    key = models.TextField(unique=True, help_text="The codes of its areas; empty for unknown.")

    def __str__(self) -> str:
        return self.key or "unknown"


class AudienceArea(models.Model):
    """An area of an audience, as a small integer; unknown is an area of its own."""

    audience = models.ForeignKey(
        Audience, on_delete=models.CASCADE, related_name="areas", db_index=False
    )
    area = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("area", "audience", name="audience_area_once"),
        ]

    def __str__(self) -> str:
        return f"{self.audience_id}:{self.area}"


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
    # Where people who take it may live.
    audience = models.ForeignKey(
        Audience, on_delete=models.PROTECT, related_name="+", db_index=False
    )
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
            models.Index(fields=["audience"], name="live_audience"),
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
