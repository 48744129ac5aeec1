"""The market inside other pages: what a role, a guide or a comparison shows of it."""

from collections.abc import Iterable, Mapping

from django import template

from guides.pages import RoleRef
from market.showing import Shown, market

register = template.Library()


@register.simple_tag
def market_of(roles: Iterable[RoleRef], stamps: Mapping[str, str]) -> Shown:
    """What the postings of the roles say, for the table at a glance and below the text."""
    return market(list(roles), stamps)
