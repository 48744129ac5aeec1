"""What is searched: narrow rows that `jobs.index` derives from approved postings."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import models
from django.utils import timezone

from guides.models import Role
from jobs.models.names import Company
from jobs.models.postings import Posting
from lib import textindex


class LiveQuerySet(models.QuerySet["LivePosting"]):
    def public(self, at: datetime | None = None) -> LiveQuerySet:
        """The live rows of `Posting.objects.public(at)`."""
        at = at or timezone.now()
        return self.filter(starts_at__lte=at, ends_at__gt=at)


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
    # no pay is comparable. What a floor compares stands in `terms`.
    pay_rank = models.BigIntegerField(null=True)
    # JSON: of each facet with several values its values; under "audience" the key of the areas
    # where people who take it may live (jobs.eligibility); under "pay" for each currency the best
    # comparable top a year, in hundredths. Text, so that both databases give it unread.
    terms = models.TextField()
    # Another one each time the row is derived: what is kept of the posting is kept under it.
    version = models.BigIntegerField(default=new_version)

    objects = LiveQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["role", "seniority", "workplace"], name="live_role"),
            models.Index(fields=["starts_at"], name="live_starts"),
            models.Index(fields=["ends_at"], name="live_ends"),
        ]

    def __str__(self) -> str:
        return f"live {self.pk}"


class LiveChange(models.Model):
    """One line of what changed in the live rows, in the order of the commits.

    `jobs.stamps.changed` writes it and `jobs.columns` reads on from the last line it has seen.
    """

    token = models.BigIntegerField(help_text="The stamp of postings that the change made.")
    # Of a row that may be gone; empty says that any row may differ.
    live = models.ForeignKey(
        LivePosting,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )

    def __str__(self) -> str:
        return f"change {self.pk}"


class TextIndex(models.Model):
    """The full text table of `lib.textindex`, so that a search is a join like any other."""

    TABLE = "jobs_textindex"

    live = models.OneToOneField(
        LivePosting,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        related_name="text",
    )
    match = textindex.MatchField(db_column=TABLE)

    class Meta:
        managed = False
        db_table = "jobs_textindex"

    def __str__(self) -> str:
        return f"text of {self.pk}"
