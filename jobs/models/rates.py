"""Exchange rates, each with its date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, router, transaction
from django.db.models import Q

from jobs.rates import lock, rates_changed


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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A rate moves the order by pay and what pages say of it, in the same transaction."""
        with self._changing() as using:
            super().save(*args, **kwargs)
            rates_changed(using)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with self._changing() as using:
            gone = super().delete(*args, **kwargs)
            rates_changed(using)
        return gone

    @contextmanager
    def _changing(self) -> Iterator[str]:
        using = router.db_for_write(ExchangeRate)
        with transaction.atomic(using=using):
            lock(using, "SHARE ROW EXCLUSIVE")
            yield using
