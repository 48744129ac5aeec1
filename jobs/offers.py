"""What a source offers: one posting as it has it, in the board's own terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from extraction import gazetteer
from guides.models import Role, Skill

# In this order `stated()` has the parts of a range.
PAY = ("minimum", "maximum", "currency", "period", "kind", "text")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field that the source's own field and its words say differently; neither is believed."""

    field: str
    stated: str
    read: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One posting as one source has it, in the board's own terms.

    `payload_hash` is of the record itself, without its timestamps, order and white space: where
    it stays and `stated()` differs, it is our reading that changed, not the source.
    `via` names a board of many employers that asks for a link to the posting there, at `url`.
    `description` is clean HTML. `requisition` is the employer's own number of the vacancy, where
    the source has a field for it.
    """

    external_id: str
    payload_hash: str
    url: str
    title: str
    company: str
    description: str
    apply_url: str
    posted_at: datetime | None = None
    expires_at: datetime | None = None
    role: Role | None = None
    seniority: str = ""
    workplace: str = ""
    employment: tuple[str, ...] = ()
    eligibility: dict[str, Any] | None = None
    places: tuple[gazetteer.Place, ...] = ()
    skills: tuple[Skill, ...] = ()
    pay: tuple[dict[str, Any], ...] = ()
    evidence: dict[str, Any] = field(default_factory=dict)
    description_hash: str = ""
    via: str = ""
    requisition: str = ""
    disagreements: tuple[Disagreement, ...] = ()

    def stated(self) -> dict[str, Any]:
        """The normalised public fields, as JSON; two offers that say the same are equal."""
        return {
            "title": self.title,
            "company": self.company,
            "description": self.description_hash,
            "apply_url": self.apply_url,
            "expires_at": self.expires_at.isoformat() if self.expires_at else None,
            "role": self.role.slug if self.role else None,
            "seniority": self.seniority,
            "workplace": self.workplace,
            "employment": sorted(self.employment),
            "eligibility": self.eligibility,
            "places": sorted([p.kind, p.name, p.country, p.region] for p in self.places),
            "skills": sorted(skill.slug for skill in self.skills),
            "pay": sorted(
                ["" if row.get(name) is None else str(row[name]) for name in PAY]
                for row in self.pay
            ),
        }
