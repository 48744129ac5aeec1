"""Where the name of a role leads: its own guide, else its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, Max, Min, OuterRef, QuerySet, Subquery
from django.urls import reverse

from guides.models import Guide, Revision, Role
from guides.stamps import kept_here


@dataclass(frozen=True, slots=True)
class RoleLink:
    """`is_guide`: the address is a guide about this role alone."""

    url: str
    label: str
    is_guide: bool


@dataclass(frozen=True, slots=True)
class RoleGuides:
    """The newest public guide about each role alone, and the address of the one about two."""

    own: dict[int, RoleLink]
    pairs: dict[frozenset[int], str]


def link_of(role: Role, own: Mapping[int, RoleLink]) -> RoleLink:
    """The role's own guide, out of those of `role_guides`, else its page."""
    if guide := own.get(role.pk):
        return guide
    return RoleLink(role.get_absolute_url(), f"{role.name}: the role", is_guide=False)


def role_guides(stamp: str) -> RoleGuides:
    """The guides of roles, kept for as long as the stamp of guides stands; one statement."""
    return kept_here("role-guides", (stamp,), read_role_guides)


def read_role_guides() -> RoleGuides:
    """The newest is for a role the one revised last, and for two the one published last."""
    named: QuerySet[Any, Any] = (
        Revision.roles.through.objects.filter(revision_id=OuterRef("revision_id"))
        .order_by()
        .values("revision_id")
    )
    public: QuerySet[Any, Any] = Guide.objects.public().newest_first()
    rows = public.annotate(
        how_many=Subquery(named.annotate(n=Count("role_id")).values("n")),
        least=Subquery(named.annotate(n=Min("role_id")).values("n"), IntegerField()),
        greatest=Subquery(named.annotate(n=Max("role_id")).values("n"), IntegerField()),
    ).filter(how_many__lte=2)
    found = RoleGuides({}, {})
    revised: dict[int, Any] = {}
    for slug, title, at, one, other in rows.values_list(
        "slug", "title", "revised_at", "least", "greatest"
    ):
        url = reverse("guides:guide", args=[slug])
        if one != other:
            found.pairs.setdefault(frozenset((one, other)), url)
        elif one not in revised or at > revised[one]:
            revised[one] = at
            found.own[one] = RoleLink(url, title, is_guide=True)
    return found
