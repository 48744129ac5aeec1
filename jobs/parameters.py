"""The parameters of a list of postings, beside those that every list has: see lib.parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.db import models

from extraction import gazetteer
from guides.models import Role
from jobs.eligibility import UNKNOWN_AREA, area_code, area_of
from jobs.places import country_names, region_name
from jobs.salary import newest_rates
from jobs.scales import UNKNOWN, Seniority, Workplace, code, country_code
from lib.parameters import BadValue, Choices, SlugChoices, nearest


class ScaleChoices(Choices):
    def __init__(self, scale: type[models.TextChoices]) -> None:
        self.scale = scale
        self.known = {name: (code(scale, name), str(scale(name).label)) for name in scale.values}
        self.known[UNKNOWN] = (0, "Not stated")

    def resolve(self, texts: Sequence[str]) -> dict[str, tuple[Any, str]]:
        return {text: self.known[text] for text in texts if text in self.known}

    def suggest(self, text: str) -> str:
        return meant(self.scale, text) or nearest(text.casefold(), self.known)


def meant(scale: type[models.TextChoices], text: str) -> str:
    """The value that the field's other words stand for, as postings are read; empty for none."""
    from extraction import employment, seniority, workplace

    if scale is Seniority:
        return seniority.extract(text).level
    if scale is Workplace:
        return workplace.extract("", text).workplace
    return "".join(employment.stated(text)[:1])


class CountryChoices(Choices):
    def resolve(self, texts: Sequence[str]) -> dict[str, tuple[Any, str]]:
        names = country_names()
        return {text: (country_code(text), names[text]) for text in texts if text in names}

    def suggest(self, text: str) -> str:
        names = country_names()
        if text.upper() in names:
            return text.upper()
        if country := gazetteer.find_country(text):
            return country.country
        by_name = {name.casefold(): key for key, name in names.items()}
        found = nearest(text.casefold(), by_name)
        return by_name[found] if found else ""


def eligible_words(stored: int) -> tuple[str, str]:
    """The value in the address and the words of a stored area."""
    code = area_of(stored) if stored else ""
    return (code, region_name(code)) if code else (UNKNOWN, "Not stated")


class EligibleChoices(Choices):
    """Countries, states of the U.S. (`US-CA`), and `unknown`: no stated audience."""

    def resolve(self, texts: Sequence[str]) -> dict[str, tuple[Any, str]]:
        known = country_names().keys() | gazetteer.states().keys()
        found = {text: (area_code(text), region_name(text)) for text in texts if text in known}
        if UNKNOWN in texts:
            found[UNKNOWN] = (UNKNOWN_AREA, "Not stated")
        return found

    def read(self, text: str) -> tuple[str, Any, str]:
        words = gazetteer.key(text)
        region = text.upper().replace("-", "_").replace(" ", "_")
        if region not in gazetteer.areas():
            region = gazetteer.find_area(words)
        if region and not self.suggest(text):
            names = gazetteer.areas()[region].words
            raise BadValue(f"is a region ({names}); name a country of it")
        return super().read(text)

    def suggest(self, text: str) -> str:
        upper = text.upper().replace("_", "-")
        if upper in country_names() or upper in gazetteer.states():
            return upper
        if country := gazetteer.find_country(text):
            return country.country
        words = gazetteer.key(text)
        for state, name in gazetteer.states().items():
            if words in (gazetteer.key(name), gazetteer.key(f"{name} (US)")):
                return state
        if text.upper() in gazetteer.areas() or gazetteer.find_area(words):
            return ""
        return nearest(text, [UNKNOWN]) or CountryChoices().suggest(text)


class RoleChoices(SlugChoices):
    """Roles that have postings; a view is answered with the filter that it stands for."""

    def suggest(self, text: str) -> str:
        view = Role.objects.filter(slug=text).select_related("base").first()
        if view and view.base:
            level = f"&seniority={view.seniority}" if view.seniority else ""
            return f"{view.base.slug}{level}"
        return super().suggest(text)


class CurrencyField(forms.CharField):
    """A currency of the rate table, whose rates the filter hands over."""

    rates: Callable[[], Mapping[str, Any]] = staticmethod(newest_rates)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text and text not in (known := self.rates()):
            upper = text.upper()
            suggestion = upper if upper in known else nearest(upper, known)
            raise BadValue("is not a currency with a known rate", suggestion)
        return text
