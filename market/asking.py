"""What an address can ask of the salaries: of the page, and of each of its exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from guides.models import Role
from guides.pages import RoleRef
from guides.stamps import GUIDES, kept
from jobs.parameters import CountryChoices, CurrencyField, RoleChoices
from jobs.places import country_name
from jobs.salary import DatedRate, kept_rates
from jobs.scales import UNKNOWN, Seniority
from jobs.stamps import RATES
from lib.parameters import BadValue, Choices, Parameters, nearest
from market.models import Survey
from market.reported import Narrowing
from market.surveyfile import FIRST_YEAR
from market.surveys import SURVEYS

SENIORITIES = [*Seniority.choices, (UNKNOWN, "Not stated")]


class OneOf(forms.CharField):
    """One value of those that a parameter of other lists may have several of."""

    def __init__(self, *, values: Choices, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.values = values

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text and not self.values.resolve([text]):
            raise BadValue("is not a known value", self.values.suggest(text))
        return text


class KeptRoles(RoleChoices):
    """The roles that postings can have, from what is kept of them."""

    def __init__(self, known: Callable[[], Mapping[str, RoleRef]]) -> None:
        super().__init__(lambda: Role.objects.bases())
        self.known = known

    def resolve(self, texts: Sequence[str]) -> dict[str, tuple[Any, str]]:
        known = self.known()
        return {text: (known[text].pk, known[text].name) for text in texts if text in known}


class SurveyChoices(Choices):
    def __init__(self, known: Callable[[], Mapping[str, Survey]]) -> None:
        self.known = known

    def resolve(self, texts: Sequence[str]) -> dict[str, tuple[Any, str]]:
        known = self.known()
        return {text: (known[text].pk, known[text].name) for text in texts if text in known}

    def suggest(self, text: str) -> str:
        return nearest(text, self.known())


class Asked(Parameters):
    """The salaries that an address asks for, by the `stamps` of the answer.

    The currency is that of display and narrows nothing; `work_year` narrows the survey alone.
    """

    ELSEWHERE: ClassVar[Mapping[str, str]] = {
        "with_salary": "has no effect: every figure here rests on comparable pay",
        "workplace": "is for the list of postings; pay is not told apart by it",
    }

    def __init__(self, query: QueryDict, stamps: Mapping[str, str]) -> None:
        self.stamps = stamps
        currency = CurrencyField(label="Shown in")
        currency.rates = lambda: self.rates
        super().__init__(
            query,
            role=OneOf(values=KeptRoles(lambda: self.roles), label="Role"),
            seniority=forms.ChoiceField(choices=SENIORITIES, label="Seniority"),
            country=OneOf(values=CountryChoices(), label="Country"),
            currency=currency,
            survey=OneOf(values=SurveyChoices(lambda: self.surveys), label="Survey"),
            work_year=forms.IntegerField(
                min_value=FIRST_YEAR, max_value=9_999, label="Year of the survey"
            ),
        )

    @cached_property
    def rates(self) -> dict[str, DatedRate]:
        return kept_rates(self.stamps[RATES])

    @cached_property
    def surveys(self) -> dict[str, Survey]:
        """By slug, the newest first."""
        return kept("surveys", (self.stamps[SURVEYS],), _surveys)

    @cached_property
    def roles(self) -> dict[str, RoleRef]:
        """Every role that postings can have, by slug, in the order of their names."""
        return kept("base-roles", (self.stamps[GUIDES],), _roles)

    @property
    def role(self) -> RoleRef | None:
        return self.roles.get(self.values.get("role", ""))

    @property
    def seniority(self) -> str:
        return str(self.values.get("seniority", ""))

    @property
    def country(self) -> str:
        return str(self.values.get("country", ""))

    @property
    def survey(self) -> Survey | None:
        """The survey that was asked for, else the newest; None where there is none."""
        chosen = self.surveys.get(self.values.get("survey", ""))
        return chosen or next(iter(self.surveys.values()), None)

    @property
    def narrowing(self) -> Narrowing:
        """What is asked of the survey's answers."""
        role = self.role.pk if self.role else None
        return Narrowing(role, self.seniority, self.country, self.values.get("work_year"))

    @property
    def where(self) -> str:
        """The filters in words: “Data Engineer, Senior-level / Expert, Germany”; empty for all."""
        said = [self.role.name] if self.role else []
        if self.seniority:
            said.append(dict(SENIORITIES)[self.seniority])
        if self.country:
            said.append(country_name(self.country))
        return ", ".join(map(str, said))


def _surveys() -> dict[str, Survey]:
    return {survey.slug: survey for survey in Survey.objects.defer("refused")}


def _roles() -> dict[str, RoleRef]:
    rows = Role.objects.bases().only("name", "slug", "seniority", "base")
    return {role.slug: RoleRef.of(role) for role in rows}
