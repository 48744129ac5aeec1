"""What the templates of postings need to lay out the answer of a filter."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms, template
from django.conf import settings
from django.utils.safestring import SafeString

from extraction import gazetteer
from jobs.conversion import converted_words, site_currency, yearly_words
from jobs.filters import PostingFilter
from jobs.models import PayRange, Posting
from jobs.places import who_may_apply
from jobs.salary import DatedRate
from lib.text import trusted

register = template.Library()

# Facets that stand open in the panel; the others open where a value is chosen.
OPEN_FACETS = ("role", "seniority", "workplace", "eligible", "country")


@register.filter
def facts(posting: Posting) -> str:
    """The third line of a card: what is stated of employment, seniority and pay."""
    said = [
        ", ".join(posting.employment_labels),
        posting.get_seniority_display() if posting.seniority else "",
        posting.pay_line,
    ]
    return " · ".join(part for part in said if part)


@register.filter
def may_apply(posting: Posting) -> str:
    """Who may apply from where, in words, whatever the workplace."""
    return who_may_apply(posting, posting.places.all())


@register.filter
def a_year(pay: PayRange) -> str:
    """What pay for another period makes a year, and how; empty where there is nothing to add."""
    return yearly_words(pay)


@register.filter
def converted(pay: PayRange, rates: Mapping[str, DatedRate]) -> str:
    """Yearly pay in the site's currency, with rate and day; empty where it is stated in it."""
    return converted_words(pay, site_currency(), rates)


@register.filter
def named_regions(posting: Posting) -> list[str]:
    """The codes of the regions by which a posting says who may apply."""
    said = posting.eligibility or {}
    codes = [*said.get("include", []), *said.get("exclude", [])]
    return [code for code in codes if code in gazetteer.areas()]


@register.filter
def described(posting: Posting) -> SafeString:
    """The description as it was rendered and sanitised on save."""
    return trusted(posting.description_html)


@register.filter
def stands_open(name: str) -> bool:
    return name in OPEN_FACETS


@register.simple_tag
def panel(asked: PostingFilter, ages: Mapping[int, str]) -> forms.Form:
    """The filter's form with the controls of the panel in place of bare inputs.

    The first option of a select is its default and has no value, so that an address says only
    what somebody chose.
    """
    form = asked.form
    form.fields["salary_min"].widget = forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"})
    default = settings.BOARD["CURRENCY"]
    others = [(name, name) for name in asked.currencies if name != default]
    form.fields["currency"].widget = forms.Select(choices=[("", default), *others])
    form.fields["with_salary"].widget = forms.CheckboxInput(
        attrs={"value": "1", "aria-describedby": "help-with-salary"}
    )
    form.fields["skill_mode"].widget = forms.CheckboxInput(attrs={"value": "all"})
    options = dict(ages)
    if days := asked.values.get("posted_within"):
        options.setdefault(int(days), f"Past {days} days")
    choices = [("", "Any time"), *sorted(options.items())]
    form.fields["posted_within"].widget = forms.Select(choices=choices)
    form["posted_within"].label = "Posted"
    return form
