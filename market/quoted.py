"""Figures inside the prose of guides: what fills their marks, and what has moved away from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString

from guides.models import OldSlug, Role
from guides.pages import RoleRef
from guides.slugs import kind_of
from guides.stamps import GUIDES, kept
from guides.values import Asked
from jobs.stamps import NAMES, POSTINGS, RATES
from market.figures import FIGURES, Figure, figure
from market.markup import quoted_html
from market.statistics import Scope, statistics


def filled(asked: Sequence[Asked], stamps: Mapping[str, str]) -> dict[Asked, SafeString]:
    """The HTML of each value, with what it rests on; kept while the `stamps` are these."""
    wanted = sorted(set(asked), key=str)
    parts = (wanted, *(stamps[name] for name in (GUIDES, POSTINGS, RATES, NAMES)))
    return kept("values", parts, lambda: _filled(wanted, stamps))


def _filled(asked: Sequence[Asked], stamps: Mapping[str, str]) -> dict[Asked, SafeString]:
    found = figures_of(asked, stamps)
    return {one: quoted_html(found.get(one)) for one in asked}


def figures_of(asked: Sequence[Asked], stamps: Mapping[str, str]) -> dict[Asked, Figure]:
    """The figures that values name; two statements where their statistics are kept.

    One whose key or role is no more is left out. A role is found by its old addresses too.
    """
    roles = roles_called({one.role for one in asked})
    scopes = {
        one: Scope.of(roles[one.role], seniority=one.seniority)
        for one in asked
        if one.role in roles and one.key in FIGURES
    }
    found = statistics(list(scopes.values()), stamps) if scopes else {}
    return {one: figure(found[scope], one.key) for one, scope in scopes.items()}


def roles_called(slugs: set[str]) -> dict[str, RoleRef]:
    """The roles that have these slugs, or had them."""
    rows = Role.objects.select_related("base")
    found = {role.slug: RoleRef.of(role) for role in rows.filter(slug__in=slugs)}
    if missing := slugs - found.keys():
        old = OldSlug.objects.filter(kind=kind_of(Role), slug__in=missing)
        moved = dict(old.values_list("slug", "object_id"))
        by_id = {role.pk: RoleRef.of(role) for role in rows.filter(pk__in=moved.values())}
        found |= {slug: by_id[pk] for slug, pk in moved.items() if pk in by_id}
    return found
