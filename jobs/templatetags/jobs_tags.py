"""Postings inside other pages: what a role or a guide shows of the board."""

from collections.abc import Iterable
from typing import Any

from django import template

from guides.links import guide_links
from guides.models import Role
from jobs.openings import Openings, list_url, openings

register = template.Library()


@register.simple_tag
def openings_of(*roles: Role | Iterable[Role], limit: int = 5) -> list[Openings]:
    """What is open for each role, for `role_postings` and for counts beside a role's name."""
    wanted = [one for part in roles for one in ([part] if isinstance(part, Role) else part)]
    return openings(wanted, limit)


@register.inclusion_tag("jobs/_role_postings.html")
def role_postings(found: list[Openings]) -> dict[str, Any]:
    """The newest open postings of each role, their number and the list that holds them all."""
    links = guide_links(posting.role for each in found for posting in each.postings)
    return {"openings": found, "links": links}


@register.simple_tag
def role_jobs_url(role: Role, skill: str = "") -> str:
    return list_url(role, skill)
