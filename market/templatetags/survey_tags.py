"""What people reported of a role, for pages that are about it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import QueryDict

from guides.pages import RoleRef
from market.asking import Asked
from market.paytables import Tables

register = template.Library()


@register.inclusion_tag("market/_survey_pay.html")
def survey_pay(role: RoleRef, stamps: Mapping[str, str], level: int = 2) -> dict[str, Any]:
    """A block of its own with the newest survey's pay for a role, by seniority.

    A view has the answers of its base at its seniority. Nothing is said where no answer of the
    survey names the role. `level` is that of the heading. No statement where all is kept.
    """
    pairs = {"role": (role.base or role).slug}
    if role.seniority:
        pairs["seniority"] = role.seniority
    query = urlencode(pairs)
    asked = Asked(QueryDict(query), stamps)
    tables = Tables(asked)
    table = tables.get("survey-by-role" if role.seniority else "survey-by-seniority")
    shown = table if table and table.rows and asked.role else None
    return {
        "asked": asked,
        "query": f"?{query}",
        "survey": asked.survey,
        "table": shown,
        "level": level,
    }
