"""Postings inside other pages: what a role or a guide shows of the board."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.urls import reverse

from guides.links import guide_links
from guides.models import Role
from jobs.filters import PostingFilter
from jobs.results import cards

register = template.Library()


def role_query(role: Role) -> str:
    """The query that stands for a role's postings; a view asks its base at its seniority."""
    asked = {"role": (role.base or role).slug}
    if role.seniority:
        asked["seniority"] = role.seniority
    return urlencode(asked)


@register.simple_tag
def role_jobs_url(role: Role) -> str:
    return f"{reverse('jobs:list')}?{role_query(role)}"


@register.inclusion_tag("jobs/_role_postings.html")
def role_postings(role: Role, limit: int = 5, heading_level: int = 2) -> dict[str, Any]:
    """The newest open postings of a role, their number and the list that holds them all."""
    asked = PostingFilter(QueryDict(role_query(role)))
    postings = cards(asked.ordered().values_list("posting_id", flat=True)[:limit])
    return {
        "role": role,
        "postings": postings,
        "total": asked.qs.count(),
        "url": f"{reverse('jobs:list')}?{role_query(role)}",
        "links": guide_links(posting.role for posting in postings),
        "heading_level": heading_level,
    }
