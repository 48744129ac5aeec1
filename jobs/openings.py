"""The open postings of roles, as pages about those roles show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Count, Value, Window
from django.urls import reverse
from django.utils import timezone

from guides.pages import RoleRef
from guides.stamps import GUIDES, kept
from jobs.cards import Card, cards
from jobs.models import LivePosting
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

    Where nothing is kept two statements, however many roles there are.
    """
    if not roles:
        return []
    parts = (list(roles), limit, stamps[GUIDES], stamps[POSTINGS])
    return kept("openings", parts, lambda: _openings(roles, stamps[GUIDES], limit))


def _openings(roles: Sequence[RoleRef], stamp: str, limit: int) -> list[Openings]:
    now = timezone.now()
    parts: list[str] = []
    params: list[Any] = []
    for number, role in enumerate(roles):
        rows = (
            LivePosting.objects.public(now)
            .of_role(role)
            .annotate(number=Value(number), total=Window(Count("*")))
            .order_by("-posted_at", "-posting_id")
            .values_list("number", "total", "posting_id", "version")[:limit]
        )
        sql, values = rows.query.sql_with_params()
        # A limit inside a union needs a table around it on SQLite, which the ORM does not make.
        parts.append(f"SELECT * FROM ({sql}) part{number}")
        params += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        found = cursor.fetchall()
    made = {card.pk: card for card in cards({row[2:] for row in found}, stamp, level=3)}
    return [
        Openings(
            role,
            list_url(role),
            next((total for at, total, *_ in found if at == number), 0),
            [made[pk] for at, _, pk, _ in found if at == number and pk in made],
        )
        for number, role in enumerate(roles)
    ]
