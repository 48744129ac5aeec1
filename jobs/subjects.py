"""What a list of postings can be about: a role, an employer, a skill or a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from extraction.common import fold
from guides.links import RoleLink, role_guides
from guides.pages import RoleRef
from jobs.filters import PostingFilter
from jobs.naming import naming
from jobs.results import Results, most
from jobs.scales import Seniority, Workplace, code

# How many roles a page about something else names.
ROLES = 6


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that `count` open postings have, and the address of their list or its page."""

    name: str
    count: int
    url: str
    guide: RoleLink | None = None


def list_about(
    fixed: Mapping[str, Mapping[str, int]], asked: QueryDict, stamps: Mapping[str, str]
) -> Results:
    """The list of the postings with these values of facets, narrowed by what an address asks."""
    return Results(PostingFilter(asked, now=stamps, fixed=fixed))


def facets_of(role: RoleRef) -> dict[str, dict[str, int]]:
    """What a role's postings have; a view has those of its base at its seniority."""
    base = role.base or role
    found = {"role": {base.slug: base.pk}}
    if role.seniority:
        found["seniority"] = {role.seniority: code(Seniority, role.seniority)}
    return found


def figures(results: Results) -> list[Counted]:
    """How many postings of a list are new, paid and remote, each with exactly that list."""
    asked, columns = results.filter, results.filter.columns
    ids = asked.narrow()
    remote = columns.having("workplace", [code(Workplace, Workplace.REMOTE)])
    parts = [
        ("posted this week", asked.within(7), {"posted_within": "7"}),
        ("with comparable pay", columns.with_pay, {"with_salary": "1"}),
        ("remote", remote, {"workplace": "remote"}),
    ]
    return [
        Counted(name, len(ids & part), asked.address(None, None, **query))
        for name, part, query in parts
    ]


def roles_of(results: Results) -> list[Counted]:
    """The roles with the most postings of a list, each with the guide that explains it."""
    asked = results.filter
    counts = asked.columns.count("role", asked.narrow())
    named = naming.of({"role": most(counts, ROLES)}, asked.now)
    own = role_guides(results.stamp).own
    return [
        Counted(label, counts[pk], asked.address(role=slug), own.get(pk))
        for (_, pk), (slug, label) in named.items()
    ]


def directory(facet: str, text: str, stamps: Mapping[str, str]) -> list[Counted]:
    """All values of a facet with open postings whose name holds `text`, the most first."""
    asked = PostingFilter(now=stamps)
    counts = asked.columns.count(facet, asked.narrow())
    named = naming.of({facet: counts}, stamps)
    wanted = fold(text.strip())
    found = [
        Counted(label, counts[pk], reverse(f"jobs:{facet}", args=[slug]))
        for (_, pk), (slug, label) in named.items()
        if wanted in fold(label)
    ]
    return sorted(found, key=lambda one: (-one.count, one.name.casefold()))
