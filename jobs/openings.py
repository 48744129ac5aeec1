"""The open postings of roles, as pages about those roles show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Count, Value, Window
from django.urls import reverse
from django.utils import timezone

from guides.models import Role
from jobs.models import LivePosting, Posting
from jobs.results import cards


@dataclass(frozen=True, slots=True)
class Openings:
    """`postings` are the newest of the `total` open ones, which the list at `url` holds."""

    role: Role
    url: str
    total: int = 0
    postings: list[Posting] = field(default_factory=list)


def list_url(role: Role, skill: str = "") -> str:
    """The list of a role's postings; a view asks its base at its seniority."""
    asked = {"role": (role.base or role).slug}
    if role.seniority:
        asked["seniority"] = role.seniority
    if skill:
        asked["skill"] = skill
    return f"{reverse('jobs:list')}?{urlencode(asked)}"


def openings(roles: Sequence[Role], limit: int = 5) -> list[Openings]:
    """What is open for each role, in their order; two statements, however many roles."""
    if not roles:
        return []
    now = timezone.now()
    parts: list[str] = []
    params: list[Any] = []
    for number, role in enumerate(roles):
        rows = (
            LivePosting.objects.public(now)
            .of_role(role)
            .annotate(number=Value(number), total=Window(Count("*")))
            .order_by("-posted_at", "-posting_id")
            .values_list("number", "posting_id", "total")[:limit]
        )
        sql, values = rows.query.sql_with_params()
        # A limit inside a union needs a table around it on SQLite, which the ORM does not make.
        parts.append(f"SELECT * FROM ({sql}) part{number}")
        params += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        found = cursor.fetchall()
    postings = {posting.pk: posting for posting in cards({key for _, key, _ in found})}
    return [
        Openings(
            role,
            list_url(role),
            next((total for at, _, total in found if at == number), 0),
            [postings[key] for at, key, _ in found if at == number and key in postings],
        )
        for number, role in enumerate(roles)
    ]
