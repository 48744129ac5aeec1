"""Postings inside other pages: what a role or a guide shows of the board."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.db.models import QuerySet
from django.http import QueryDict
from django.template import Context

from guides.models import Role, RoleTerm, Skill
from guides.pages import RoleRef
from jobs.openings import Openings, list_url, openings
from jobs.results import Results
from jobs.subjects import facets_of, list_about

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


@register.simple_tag(takes_context=True)
def role_list(
    context: Context, role: RoleRef, asked: QueryDict, stamps: Mapping[str, str]
) -> Results:
    """The list of a role's postings, narrowed by the parameters that every list has.

    The head of a page and its text ask for the same one, which is made once.
    """
    made: Any = context.render_context
    if role not in made:
        made[role] = list_about(facets_of(role), asked, stamps)
    found: Results = made[role]
    return found


@register.simple_tag
def roles_with(skill: Skill) -> QuerySet[RoleTerm]:
    """The roles whose profiles name a skill, those that it is core to first."""
    terms = RoleTerm.objects.filter(skill=skill).select_related("role")
    return terms.order_by("-weight", "role__name")


@register.simple_tag
def role_jobs_url(role: Role, skill: str = "") -> str:
    return list_url(RoleRef.of(role), skill)
