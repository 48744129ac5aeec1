"""Exchange rates, each with its date."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


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
