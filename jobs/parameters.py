"""The parameters of a list of postings, beside those that every list has: see lib.parameters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import cached_property

from guides.models import Role
from jobs.places import country_names
from jobs.salary import newest_rates
from jobs.scales import UNKNOWN, code, country_code
from lib.parameters import BadValue, Choices, SlugChoices, nearest


class ScaleChoices(Choices):
    def __init__(self, scale: type[models.TextChoices]) -> None:
        self.scale = scale
        self.known = {name: (code(scale, name), str(scale(name).label)) for name in scale.values}
        self.known[UNKNOWN] = (0, "Not stated")

    def resolve(self, texts: Sequence[str]) -> dict[str, tuple[Any, str]]:
        return {text: self.known[text] for text in texts if text in self.known}

    def suggest(self, text: str) -> str:
        return nearest(text, self.known)


class CountryChoices(Choices):
    def resolve(self, texts: Sequence[str]) -> dict[str, tuple[Any, str]]:
        names = country_names()
        return {text: (country_code(text), names[text]) for text in texts if text in names}

    def suggest(self, text: str) -> str:
        names = country_names()
        if text.upper() in names:
            return text.upper()
        by_name = {name.casefold(): key for key, name in names.items()}
        found = nearest(text.casefold(), by_name)
        return by_name[found] if found else ""


class RoleChoices(SlugChoices):
    """Roles that have postings; a view is answered with the filter that it stands for."""

    def suggest(self, text: str) -> str:
        view = Role.objects.filter(slug=text).select_related("base").first()
        if view and view.base:
            level = f"&seniority={view.seniority}" if view.seniority else ""
            return f"{view.base.slug}{level}"
        return super().suggest(text)


class CurrencyField(forms.CharField):
    """A currency of the rate table; the rates are read once for each filter."""

    @cached_property
    def rates(self) -> dict[str, Decimal]:
        return newest_rates()

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text and text not in self.rates:
            upper = text.upper()
            known = upper if upper in self.rates else nearest(upper, self.rates)
            raise BadValue("is not a currency with a known rate", known)
        return text
