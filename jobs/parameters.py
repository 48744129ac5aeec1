"""The parameters of a list: each text of an address to the value it stands for, or why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from rapidfuzz import fuzz, process

from guides.models import Role
from jobs.places import country_names
from jobs.salary import newest_rates
from jobs.scales import UNKNOWN, code, country_code
from lib import fulltext


class BadValue(ValidationError):
    def __init__(self, reason: str, suggestion: str = "") -> None:
        super().__init__(reason)
        self.reason, self.suggestion = reason, suggestion


class Choices:
    """The values of a parameter that has several: each text to (stored value, words).

    `resolve` answers all texts at once, so that a parameter costs one statement at most.
    """

    def resolve(self, texts: Sequence[str]) -> dict[str, tuple[Any, str]]:
        raise NotImplementedError

    def suggest(self, text: str) -> str:
        return ""


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


class SlugChoices(Choices):
    def __init__(self, rows: Callable[[], models.QuerySet[Any]]) -> None:
        self.rows = rows

    def resolve(self, texts: Sequence[str]) -> dict[str, tuple[Any, str]]:
        rows = self.rows().filter(slug__in=texts)
        return {row.slug: (row.pk, str(row)) for row in rows}

    def suggest(self, text: str) -> str:
        return nearest(text, self.rows().values_list("slug", flat=True)[:5_000])


class RoleChoices(SlugChoices):
    """Roles that have postings; a view is answered with the filter that it stands for."""

    def suggest(self, text: str) -> str:
        view = Role.objects.filter(slug=text).select_related("base").first()
        if view and view.base:
            level = f"&seniority={view.seniority}" if view.seniority else ""
            return f"{view.base.slug}{level}"
        return super().suggest(text)


class SkillChoices(SlugChoices):
    """Skills; another spelling of one suggests its slug."""

    def suggest(self, text: str) -> str:
        known: dict[str, str] = {}
        for slug, name, aliases in self.rows().values_list("slug", "name", "aliases"):
            for spelling in (*aliases, name, slug):
                known[spelling.casefold()] = slug
        asked = text.casefold()
        return known.get(asked) or known.get(nearest(asked, known), "")


def nearest(text: str, known: Iterable[str]) -> str:
    found = process.extractOne(text, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else ""


class ManyField(forms.Field):
    """A list of values; `sort_out` takes the good ones and tells why the others are not."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, values: Choices, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.values = values
        self.chosen: dict[str, tuple[Any, str]] = {}

    def sort_out(self, texts: Sequence[str]) -> tuple[list[str], list[tuple[str, BadValue]]]:
        distinct = list(dict.fromkeys(texts))
        self.chosen = self.values.resolve(distinct)
        bad = [
            (text, BadValue("is not a known value", self.values.suggest(text)))
            for text in distinct
            if text not in self.chosen
        ]
        return [text for text in distinct if text in self.chosen], bad

    def clean(self, value: Any) -> list[Any]:
        return [self.chosen[text][0] for text in value or () if text in self.chosen]


class SearchField(forms.CharField):
    def clean(self, value: Any) -> fulltext.Query | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return fulltext.Query.parse(text, max_terms=settings.BOARD["SEARCH_TERMS"])
        except fulltext.QueryRefused as error:
            raise BadValue(str(error)) from error


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
