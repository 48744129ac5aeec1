"""The open postings of roles, as pages about those roles show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from guides.pages import RoleRef
from guides.stamps import GUIDES, kept
from jobs.cards import Card, cards
from jobs.columns import current
from jobs.scales import Seniority, code
from jobs.stamps import POSTINGS


@dataclass(frozen=True, slots=True)
class Openings:
    """`postings` are the newest of the `total` open ones, which the list at `url` holds."""

    role: RoleRef
    url: str
    total: int = 0
    postings: list[Card] = field(default_factory=list)


def list_url(role: RoleRef, skill: str = "") -> str:
    """The list of a role's postings; a view asks its base at its seniority."""
    asked = {"role": (role.base or role).slug}
    if role.seniority:
        asked["seniority"] = role.seniority
    if skill:
        asked["skill"] = skill
    return f"{reverse('jobs:list')}?{urlencode(asked)}"


def openings(roles: Sequence[RoleRef], stamps: Mapping[str, str], limit: int = 5) -> list[Openings]:
    """What is open for each role, in their order; kept while the `stamps` are these.

    Where nothing is kept one statement, for the cards that are not, however many roles there are.
    """
    if not roles:
        return []
    parts = (list(roles), limit, stamps[GUIDES], stamps[POSTINGS])
    return kept("openings", parts, lambda: _openings(roles, stamps, limit))


def _openings(roles: Sequence[RoleRef], stamps: Mapping[str, str], limit: int) -> list[Openings]:
    columns = current(stamps[POSTINGS])
    public = columns.public(timezone.now())
    found = []
    for role in roles:
        ids = public & columns.having("role", [(role.base or role).pk])
        if role.seniority:
            ids &= columns.having("seniority", [code(Seniority, role.seniority)])
        found.append((role, len(ids), columns.page(ids, "newest", 0, limit)))
    shown = columns.cards(dict.fromkeys(pk for _, _, page in found for pk in page))
    made = {card.pk: card for card in cards(shown, stamps[GUIDES], level=3)}
    return [
        Openings(role, list_url(role), total, [made[pk] for pk in page if pk in made])
        for role, total, page in found
    ]
