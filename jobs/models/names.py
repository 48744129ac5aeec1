"""Employers and places, as postings name them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from guides.slugs import KeepsOldSlugs
from jobs.models.writing import free_slug, save_name
from jobs.places import full_name, short_name


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
        return reverse("jobs:company", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Renaming a company rewrites the index of its postings in the same transaction."""
        self.slug = self.slug or free_slug(Company, self.name)
        save_name(self, lambda: super(Company, self).save(*args, **kwargs))


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
        return full_name(self.kind, self.name, self.country, self.state)

    @property
    def short_name(self) -> str:
        return short_name(self.kind, self.name, self.country, self.state)

    @property
    def state(self) -> str:
        """The part of its country that it lies in, without the country: "TX"."""
        return self.region.partition("-")[2]

    def get_absolute_url(self) -> str:
        return reverse("jobs:place", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        within = "" if self.kind == self.Kind.COUNTRY else self.region or self.country
        self.slug = self.slug or free_slug(Place, f"{self.name} {within}")
        save_name(self, lambda: super(Place, self).save(*args, **kwargs))
