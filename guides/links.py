"""Where the name of a role leads: its own guide, else its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, Min, OuterRef, QuerySet, Subquery
from django.urls import reverse

from guides.models import Guide, Revision, Role


@dataclass(frozen=True, slots=True)
class RoleLink:
    """`is_guide`: the address is a guide about this role alone."""

    url: str
    label: str
    is_guide: bool


def guide_links(roles: Iterable[Role | None]) -> dict[int, RoleLink]:
    """For each role its link, by id; one statement for all of them."""
    wanted = {role.pk: role for role in roles if role is not None}
    if not wanted:
        return {}
    own = own_guides(wanted)
    return {key: link_of(role, own) for key, role in wanted.items()}


def link_of(role: Role, own: Mapping[int, RoleLink]) -> RoleLink:
    """The role's own guide, out of those of `own_guides`, else its page."""
    page = RoleLink(role.get_absolute_url(), f"{role.name}: the role", is_guide=False)
    return own.get(role.pk, page)


def own_guides(ids: Iterable[int] | None = None) -> dict[int, RoleLink]:
    """The newest public guide about each role alone, of all roles or of `ids`; one statement."""
    named: QuerySet[Any, Any] = (
        Revision.roles.through.objects.filter(revision_id=OuterRef("revision_id"))
        .order_by()
        .values("revision_id")
    )
    public: QuerySet[Any, Any] = Guide.objects.public()
    own = public.annotate(
        how_many=Subquery(named.annotate(n=Count("role_id")).values("n")),
        only=Subquery(named.annotate(n=Min("role_id")).values("n"), IntegerField()),
    ).filter(how_many=1)
    if ids is not None:
        own = own.filter(only__in=list(ids))
    return {
        key: RoleLink(reverse("guides:guide", args=[slug]), title, is_guide=True)
        for key, slug, title in own.order_by("revised_at").values_list("only", "slug", "title")
    }
