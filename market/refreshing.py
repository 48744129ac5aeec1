"""Fills the kept statistics of all roles, so that no reader waits for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from guides.models import Role
from guides.pages import RoleRef
from guides.stamps import stamps
from jobs.columns import current
from jobs.scales import Seniority, Workplace, value
from jobs.stamps import POSTINGS
from market.keeping import kept_rows, store
from market.measure import Reading
from market.statistics import Scope


@dataclass(slots=True)
class Report:
    """Scopes that were measured, that stood already, and that a writer came between."""

    measured: int = 0
    unchanged: int = 0
    overtaken: int = 0

    @property
    def line(self) -> str:
        return f"measured={self.measured} unchanged={self.unchanged} overtaken={self.overtaken}"


def refresh() -> Report:
    """Measure and keep every scope of every role that is not kept; see `scopes_of`."""
    report = Report()
    for role in Role.objects.bases().order_by("pk"):
        now, at = stamps(), timezone.now()
        scopes = scopes_of(RoleRef.of(role), now)
        kept = kept_rows(scopes, now, at)
        report.unchanged += len(kept)
        missing = [scope for scope in scopes if scope not in kept]
        if not missing:
            continue
        reading = Reading([role.pk], now, at)
        if store(reading.measure(missing), reading):
            report.measured += len(missing)
        else:
            report.overtaken += len(missing)
    return report


def scopes_of(role: RoleRef, now: dict[str, str]) -> list[Scope]:
    """What pages ask of a role: all of it, and each seniority and workplace of its postings.

    The levels that views show are there without any posting too. The row of a role has the cells
    of its countries; what is asked of one country beyond them is measured when it is asked.
    """
    columns = current(now[POSTINGS])
    ids = columns.having("role", [role.pk])
    levels = {value(Seniority, number) for number in columns.count("seniority", ids)}
    places = {value(Workplace, number) for number in columns.count("workplace", ids)}
    return [
        Scope(role),
        *(Scope(role, seniority=level) for level in sorted(levels | set(Seniority.values))),
        *(Scope(role, workplace=place) for place in sorted(places)),
    ]
