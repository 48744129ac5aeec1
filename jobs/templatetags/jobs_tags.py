"""Postings inside other pages: what a role or a guide shows of the board."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from guides.models import Role
from guides.pages import RoleRef
from jobs.openings import Openings, list_url, openings

register = template.Library()


@register.simple_tag
def openings_of(
    roles: Iterable[RoleRef], stamps: Mapping[str, str], limit: int = 5
) -> list[Openings]:
    """What is open for each role, for `role_postings` and for counts beside a role's name."""
    return openings(list(roles), stamps, limit)


@register.inclusion_tag("jobs/_role_postings.html")
def role_postings(found: list[Openings]) -> dict[str, Any]:
    """The newest open postings of each role, their number and the list that holds them all."""
    return {"openings": found}


@register.simple_tag
def role_jobs_url(role: Role, skill: str = "") -> str:
    return list_url(RoleRef.of(role), skill)
