"""What is kept of the statistics."""

from __future__ import annotations

from django.db import models

from guides.models import Role


class KeptStatistics(models.Model):
    """The statistics of one scope, until one of its postings changes; see market.keeping.

    `valid_until` is the next instant at which a posting of the role starts, expires or goes stale
    (empty: none is known). `rates` is the stamp of the exchange rates that pay was converted by,
    `version` that of the code which measured.
    """

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    seniority = models.CharField(max_length=10, blank=True)
    country = models.CharField(max_length=2, blank=True)
    workplace = models.CharField(max_length=10, blank=True)
    valid_until = models.DateTimeField(null=True)
    currency = models.CharField(max_length=3)
    rates = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    data = models.TextField(help_text="JSON; see market.statistics.")

    class Meta:
        verbose_name_plural = "kept statistics"
        constraints = [
            models.UniqueConstraint(
                fields=["role", "seniority", "country", "workplace"], name="statistics_once_a_scope"
            ),
        ]

    def __str__(self) -> str:
        narrower = [name for name in (self.seniority, self.country, self.workplace) if name]
        return " ".join([f"role {self.role_id}", *narrower])
