"""What a public posting states, with all that hangs on it, for whoever reads it as data.

Only what its page shows too. What a posting does not state is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from guides.models import Skill
from jobs.models import PayRange, Place, Posting
from jobs.parts import parts_of_all

ELIGIBILITY = ("worldwide", "include", "exclude", "timezones")


@dataclass(frozen=True, slots=True)
class Stated:
    """A posting with its company and role at hand."""

    posting: Posting
    places: list[Place]
    pay: list[PayRange]
    skills: list[Skill]

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{self.posting.get_absolute_url()}"

    @property
    def headline(self) -> str:
        return f"{self.posting.title} @ {self.posting.company.name}"

    @property
    def summary(self) -> str:
        """The lines of its card: where, and what is stated of employment, seniority and pay; and
        the boards to be linked."""
        via = (f"via {board['name']}: {board['url']}" for board in self.posting.via)
        lines = (self.posting.place_line, self.posting.facts, *via)
        return "\n".join(line for line in lines if line)

    @property
    def updated_at(self) -> datetime:
        """When it last said something else; seen again as it was, it does not move."""
        return max(self.posting.updated_at, self.posting.posted_at)

    @property
    def subjects(self) -> list[str]:
        """Its role and its skills by name."""
        role = [self.posting.role.name] if self.posting.role else []
        return list(dict.fromkeys([*role, *(skill.name for skill in self.skills)]))

    def data(self) -> dict[str, Any]:
        """Its public fields as JSON holds them; an amount is text, so that it keeps its digits."""
        one = self.posting
        return {
            "id": one.pk,
            "title": one.title,
            "company": {"name": one.company.name, "slug": one.company.slug},
            "role": one.role.slug if one.role else None,
            "seniority": one.seniority or None,
            "workplace": one.workplace or None,
            "employment": one.employment or None,
            "places": [_place(place) for place in self.places] or None,
            "eligibility": _eligibility(one.eligibility),
            "pay": [_pay(pay) for pay in self.pay] or None,
            "skills": [skill.slug for skill in self.skills] or None,
            "posted_at": one.posted_at.isoformat(),
            "via": one.via or None,
            "closes_at": one.expires_at.isoformat() if one.expires_at else None,
        }


def _place(place: Place) -> dict[str, str | None]:
    return {
        "name": place.name,
        "slug": place.slug,
        "kind": place.kind,
        "country": place.country,
        "region": place.region or None,
    }


def _eligibility(said: dict[str, Any] | None) -> dict[str, Any] | None:
    if not said:
        return None
    return {name: said[name] for name in ELIGIBILITY if name in said}


def _pay(pay: PayRange) -> dict[str, str | None]:
    return {
        "minimum": _amount(pay.minimum),
        "maximum": _amount(pay.maximum),
        "currency": pay.currency or None,
        "period": pay.period or None,
        "kind": pay.kind,
        "text": pay.text or None,
    }


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def stated(pks: Sequence[int], at: datetime) -> list[Stated]:
    """The postings `pks` in their order, without those not public at `at`; two statements."""
    if not pks:
        return []
    rows = Posting.objects.public(at).select_related("company", "role")
    rows = rows.defer("description", "description_html", "description_text", "evidence")
    found = rows.in_bulk(list(pks))
    parts = parts_of_all(pks, ("places", "pay", "skills"))
    return [Stated(found[pk], **parts[pk]) for pk in pks if pk in found]
