"""What people reported of a role, for pages that are about it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.template.loader import render_to_string

from guides.pages import RoleRef
from guides.stamps import GUIDES, kept
from jobs.stamps import RATES
from market.asking import Asked
from market.paytables import Tables
from market.surveys import SURVEYS

register = template.Library()


@register.simple_tag
def survey_pay(role: RoleRef, stamps: Mapping[str, str], level: int = 2) -> str:
    """A block of its own with the newest survey's pay for a role, by seniority.

    A view has the answers of its base at its seniority. Nothing is said where no answer of the
    survey names the role. `level` is that of the heading. Kept while the stamps stand.
    """
    parts = (role, level, stamps[GUIDES], stamps[SURVEYS], stamps[RATES])
    return kept("survey-pay", parts, lambda: block(role, stamps, level))


def block(role: RoleRef, stamps: Mapping[str, str], level: int) -> str:
    pairs = {"role": (role.base or role).slug}
    if role.seniority:
        pairs["seniority"] = role.seniority
    query = urlencode(pairs)
    asked = Asked(QueryDict(query), stamps)
    table = Tables(asked).get("survey-by-role" if role.seniority else "survey-by-seniority")
    if table is None or not table.rows or asked.role is None:
        return ""
    context = {
        "asked": asked,
        "query": f"?{query}",
        "survey": table.survey,
        "table": table,
        "level": level,
    }
    return render_to_string("market/_survey_pay.html", context)
