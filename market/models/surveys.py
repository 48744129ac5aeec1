"""Salary surveys: what people reported elsewhere, kept apart from what postings state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from guides.models import Role
from jobs.scales import Employment, Seniority

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Survey(models.Model):
    """One file of answers; a later file of the same survey takes its place."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(
        max_length=80, unique=True, help_text="What an address calls it: /salaries/?survey=<slug>."
    )
    publisher = models.CharField(max_length=120, blank=True, help_text="Who asked and published.")
    url = models.URLField(
        "address", max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    licence = models.CharField(
        max_length=80,
        blank=True,
        help_text="Under which its answers may be passed on, as its publisher says it: CC0-1.0.",
    )
    as_of = models.DateField(
        "as of",
        help_text="The day of the data. Where none was named at the import, the first day of the "
        "newest year among the answers, so that they look no fresher than they are.",
    )
    day_known = models.BooleanField(
        "the day is known", default=True, help_text="Else pages show the year alone."
    )
    digest = models.CharField(max_length=64, editable=False)
    imported_at = models.DateTimeField(editable=False)
    refused = models.JSONField(default=list, editable=False)

    titles: RelatedManager[SurveyTitle]

    class Meta:
        ordering = ["-as_of", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(name=""),
                name="survey_is_named",
                violation_error_message="A survey needs a name and a slug.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('market:salaries')}?survey={self.slug}"

    @property
    def as_of_words(self) -> str:
        """ "11 August 2024", or "2024" where no day is known."""
        return f"{self.as_of.day} {self.as_of:%B %Y}" if self.day_known else f"{self.as_of:%Y}"


class SurveyTitle(models.Model):
    """A job title of a survey and the role that the board's vocabulary reads in it, if any."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="titles")
    text = models.CharField("title", max_length=200)
    role = models.ForeignKey(
        Role, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    evidence = models.CharField(max_length=200, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    answers = models.PositiveIntegerField(help_text="Repeated ones counted each time.")

    rows: RelatedManager[SurveyAnswer]

    class Meta:
        ordering = ["-answers", Lower("text")]
        verbose_name = "title in a survey"
        verbose_name_plural = "titles in surveys"
        constraints = [
            models.UniqueConstraint(fields=["survey", "text"], name="surveytitle_once"),
        ]

    def __str__(self) -> str:
        return self.text


class SurveyAnswer(models.Model):
    """Answers that are equal in every column, and how many times the survey has them.

    Pay is a year's, in hundredths: as it was stated, and as the survey itself puts it in US
    dollars.
    """

    title = models.ForeignKey(SurveyTitle, on_delete=models.CASCADE, related_name="rows")
    year = models.PositiveSmallIntegerField()
    seniority = models.CharField(max_length=16, choices=Seniority)
    employment = models.CharField(max_length=16, choices=Employment)
    residence = models.CharField(max_length=2)
    company_country = models.CharField(max_length=2)
    remote = models.PositiveSmallIntegerField()
    size = models.CharField(max_length=1)
    salary_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    usd_cents = models.BigIntegerField()
    times = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(times__gte=1) & Q(salary_cents__gt=0) & Q(usd_cents__gt=0),
                name="surveyanswer_has_pay",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.year}: {self.currency} {self.salary_cents / 100:,.0f}"
