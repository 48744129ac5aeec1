"""What the templates of postings need to lay out the answer of a filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import cache, lru_cache
from typing import Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms, template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from extraction import gazetteer
from jobs.cards import Card, age, unbroken
from jobs.conversion import converted_words, currencies, site_currency, yearly_words
from jobs.filters import AGES, PostingFilter
from jobs.models import PayRange, Posting
from jobs.places import who_may_apply
from jobs.results import Results
from jobs.salary import yearly_cents
from jobs.showing import PostingPage
from lib.markup import joined
from lib.panels import facet_panel
from lib.text import trusted

register = template.Library()
register.filter(unbroken)
register.filter(age)

# Facets that stand open in the panel; the others open where a value is chosen.
OPEN_FACETS = ("role", "seniority", "workplace", "eligible", "country", "place")
DISTANCES = (10, 25, 50, 100, 200)


@register.filter
def may_apply(page: PostingPage) -> str:
    """Who may apply from where, in words, whatever the workplace."""
    return who_may_apply(page.posting, page.places)


@register.filter
def stated(posting: Posting, name: str) -> str:
    """What a posting says of a field with a scale, and where it says nothing or two things."""
    label: str = getattr(posting, f"get_{name}_display")()
    return label or capfirst(posting.two_ways(name)) or "Not stated"


@register.filter
def a_year(pay: PayRange) -> str:
    """What pay for another period makes a year, and how; empty where there is nothing to add."""
    return yearly_words(pay)


@register.filter
def converted(pay: PayRange, page: PostingPage) -> str:
    """Yearly pay in the site's currency, with rate and day; empty where it is stated in it.

    The rates are read where they are needed alone: they cost as much as a tenth of the page."""
    currency = site_currency()
    if pay.currency == currency or yearly_cents(pay) is None:
        return ""
    return converted_words(pay, currency, page.rates)


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


@register.simple_tag
def posting_cards(cards: Iterable[Card], results: Results | None = None) -> SafeString:
    """Items of a list; those of `results` with their excerpts and converted pay."""
    if results is None:
        return joined(card.html() for card in cards)
    said, excerpts = results.converted, results.excerpts
    return joined(card.html(said.get(card.pk, ""), excerpts.get(card.pk)) for card in cards)


# Of a select: values with their words, or a group's name with its choices.
Choices = tuple[tuple[str, Any], ...]


@register.simple_tag
def own_address(path: str, results: Results) -> str:
    """The one address of a list, whatever form it was asked in; of its first page without it."""
    number = results.page.number
    return path + results.filter.address(page=str(number) if number > 1 else None)


@register.simple_tag
def panel(asked: PostingFilter) -> Panel:
    return Panel(asked)


class Panel:
    """The controls of the filter panel by name, each as HTML.

    The HTML of a control follows from its value and choices alone and is made once for each; what
    somebody typed takes the place of a mark.
    """

    def __init__(self, asked: PostingFilter) -> None:
        self.asked = asked

    def __getitem__(self, name: str) -> SafeString:
        value = self.asked.data.get(name)
        if value and name in TYPED:
            return SafeString(control(name, MARK, ()).replace(MARK, escape(value)))
        return control(name, value, self._choices(name))

    def _choices(self, name: str) -> Choices:
        """Of a select. Its first option is the default and has no value, so that an address says
        only what somebody chose."""
        if name == "currency":
            default = settings.BOARD["CURRENCY"]
            stated, others = (
                tuple((code, code) for code in codes if code != default)
                for codes in currencies(self.asked)
            )
            return ("", default), *stated, ("Others", others)
        if name == "posted_within":
            options = dict(AGES)
            if days := self.asked.values.get(name):
                options.setdefault(days, f"Past {days} days")
            return ("", "Any time"), *((str(days), text) for days, text in sorted(options.items()))
        if name == "radius":
            distances = sorted({*DISTANCES, self.asked.reach.km} - {0})
            return ("", "In the place"), *((str(km), f"Within {km} km") for km in distances)
        return ()


@register.simple_tag
def facet_panels(results: Results, controls: Panel) -> dict[str, SafeString]:
    """The facets of the filter panel, each with the controls that belong to it: that of places,
    which stands first, and the others."""
    query = results.filter.on_the_whole_list()
    before = {"place": place_field(controls["radius"])}
    after = {"skill": controls["skill_mode"], "eligible": regions_note()}
    made = {
        facet.name: facet_panel(
            facet,
            open=facet.name in OPEN_FACETS,
            before=before.get(facet.name, ""),
            after=after.get(facet.name, ""),
            all_values=page_of_values(facet.name) + query,
            search="" if facet.name == "place" else f"Find a {results.filter.thing(facet.name)}",
        )
        for facet in results.facets
        if facet.values or facet.name == "place"
    }
    return {"place": made.pop("place", SafeString()), "others": joined(made.values())}


@lru_cache(maxsize=20)
def place_field(radius: SafeString) -> SafeString:
    return render_to_string("jobs/_place_field.html", {"radius": radius})


@cache
def regions_note() -> SafeString:
    return render_to_string("jobs/_regions_note.html")


@cache
def page_of_values(facet: str) -> str:
    return reverse("jobs:values", args=[facet])


WIDGETS: Mapping[str, Callable[[], forms.Widget]] = {
    "salary_min": lambda: forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"}),
    "with_salary": lambda: forms.CheckboxInput(
        attrs={"value": "1", "aria-describedby": "help-with-salary"}
    ),
    "skill_mode": lambda: forms.CheckboxInput(attrs={"value": "all"}),
}
LABELS = {"posted_within": "Posted"}
TYPED, MARK = ("q", "salary_min"), "\N{OBJECT REPLACEMENT CHARACTER}"


@lru_cache(maxsize=50)
def control(name: str, value: str | None, choices: Choices) -> SafeString:
    """One control; `choices` make it a select."""
    field = deepcopy(PostingFilter.base_filters[name].field)
    field.required = False
    field.label = LABELS.get(name, field.label)
    if choices:
        field.widget = forms.Select(choices=choices)
    elif name in WIDGETS:
        field.widget = WIDGETS[name]()
    is_box = isinstance(field.widget, forms.CheckboxInput)
    form = forms.Form(initial={name: bool(value) if is_box else value})
    form.fields[name] = field
    return as_crispy_field(form[name])
