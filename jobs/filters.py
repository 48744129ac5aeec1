"""The one definition of what a list of postings can be asked for.

Page, counts, feeds, API and alerts all build a `PostingFilter`; none of them reads a parameter
by itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from guides.models import Role, Skill
from jobs.models import (
    AudienceArea,
    Company,
    LivePay,
    LivePosting,
    LiveQuerySet,
    LiveTerm,
    Place,
    TextIndex,
)
from jobs.parameters import (
    CountryChoices,
    CurrencyField,
    EligibleChoices,
    RoleChoices,
    ScaleChoices,
)
from jobs.salary import DatedRate, dated_rates, floors, kept_rates
from jobs.scales import UNKNOWN, Employment, Seniority, Workplace
from lib.filters import ListFilter, ManyFilter, OwnField
from lib.parameters import AliasedChoices, PageField, SearchField, SlugChoices


class ByCurrency(models.Expression):
    """True for a pay whose top reaches the floor of its own currency (hundredths by code)."""

    conditional = True

    def __init__(self, floors: dict[str, int]) -> None:
        super().__init__(output_field=models.BooleanField())
        self.floors = floors
        self.currency, self.top = F("currency"), F("top")

    def get_source_expressions(self) -> list[Any]:
        return [self.currency, self.top]

    def set_source_expressions(self, exprs: Any) -> None:
        self.currency, self.top = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        currency, _ = compiler.compile(self.currency)
        top, _ = compiler.compile(self.top)
        cases = " ".join(["WHEN %s THEN %s"] * len(self.floors))
        params = tuple(part for pair in self.floors.items() for part in pair)
        return f"({top} >= CASE {currency} {cases} END)", params


# A good yearly pay in every currency of the rate table, the old Turkish lira included.
HIGHEST_FLOOR = 1_000_000_000_000
SORTS = {"newest": "Newest first", "relevance": "Best match first", "salary": "Highest pay first"}
AGES = {1: "Past day", 3: "Past 3 days", 7: "Past week", 14: "Past 2 weeks", 30: "Past month"}


# --- filters: values to conditions ----------------------------------------------------------------


class TermFilter(ManyFilter):
    """Several values of a facet that a posting has several values of itself."""

    def __init__(self, *args: Any, facet: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facet = facet

    def filter(self, qs: LiveQuerySet, value: list[Any]) -> LiveQuerySet:
        if not value:
            return qs
        terms = LiveTerm.objects.filter(live=OuterRef("pk"), facet=self.facet, value__in=value)
        return qs.filter(Exists(terms))


class EligibleFilter(ManyFilter):
    """Areas in any of which a person may live."""

    def filter(self, qs: LiveQuerySet, value: list[Any]) -> LiveQuerySet:
        if not value:
            return qs
        open_to = AudienceArea.objects.filter(area__in=value).values("audience")
        return qs.filter(audience__in=open_to)


class CurrencyFilter(OwnField):
    """The currency of a floor, one of those whose rates its filter set has."""

    @property
    def field(self) -> CurrencyField:
        field: CurrencyField = super().field
        field.rates = lambda: self.parent.rates
        return field


class PostingFilter(ListFilter):
    """Postings by everything the list can be asked for; see the contract of the parameters.

    `at` is the instant of the answer. With the `stamp` of postings (see jobs.stamps) the rates
    that it needs are read once for many answers.
    """

    q = OwnField(
        SearchField,
        label="Keywords",
        max_length=settings.BOARD["SEARCH_CHARACTERS"],
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Title, skill, company"}),
    )
    role = ManyFilter(
        field_name="role", label="Role", values=RoleChoices(lambda: Role.objects.bases())
    )
    seniority = ManyFilter(
        field_name="seniority", label="Seniority", values=ScaleChoices(Seniority)
    )
    employment = TermFilter(
        label="Employment", facet=LiveTerm.Facet.EMPLOYMENT, values=ScaleChoices(Employment)
    )
    workplace = ManyFilter(
        field_name="workplace", label="Workplace", values=ScaleChoices(Workplace)
    )
    country = TermFilter(label="Country", facet=LiveTerm.Facet.COUNTRY, values=CountryChoices())
    place = TermFilter(
        label="Place",
        facet=LiveTerm.Facet.PLACE,
        values=SlugChoices(lambda: Place.objects.all()),
    )
    eligible = EligibleFilter(label="Where can I work from?", values=EligibleChoices())
    skill = TermFilter(
        label="Skill",
        facet=LiveTerm.Facet.SKILL,
        values=AliasedChoices(lambda: Skill.objects.all()),
    )
    skill_mode = OwnField(
        forms.ChoiceField, label="Only with all of the chosen skills", choices=[("all", "all")]
    )
    company = ManyFilter(
        field_name="company", label="Company", values=SlugChoices(lambda: Company.objects.all())
    )
    salary_min = OwnField(
        forms.IntegerField, label="Yearly pay from", min_value=1, max_value=HIGHEST_FLOOR
    )
    currency = CurrencyFilter(CurrencyField, label="Currency")
    with_salary = OwnField(
        forms.ChoiceField, label="Only with comparable pay", choices=[("1", "yes")]
    )
    posted_within = OwnField(
        forms.IntegerField, label="Posted within days", min_value=1, max_value=3_650
    )
    sort = OwnField(forms.ChoiceField, label="Sort by", choices=list(SORTS.items()))
    page = OwnField(PageField, label="Page")

    class Meta:
        model = LivePosting
        fields: list[str] = []

    SHAPE = ("skill_mode", "currency", "sort", "page")
    FACETS = (
        *("role", "seniority", "workplace", "employment"),
        *("eligible", "country", "place", "skill", "company"),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        at: datetime | None = None,
        queryset: LiveQuerySet | None = None,
        stamp: str = "",
    ) -> None:
        self.stamp = stamp
        self.at = at or timezone.now()
        rows = LivePosting.objects.all() if queryset is None else queryset
        super().__init__(data, queryset=rows.public(self.at))

    # -- what was asked

    @property
    def chosen_currency(self) -> str:
        return str(self.values.get("currency") or settings.BOARD["CURRENCY"])

    @property
    def chosen_sort(self) -> str:
        return self.values.get("sort") or ("relevance" if self.values.get("q") else "newest")

    @property
    def every_skill(self) -> bool:
        """Whether a posting must ask for all of the chosen skills, not for one of them."""
        return bool(self.values.get("skill_mode"))

    def words(self, name: str, text: str) -> str:
        if name == "salary_min":
            return f"{self.chosen_currency} {self.values[name]:,} a year or more"
        if name == "eligible":
            where = super().words(name, text)
            return "Where from: not stated" if text == UNKNOWN else f"Can work from {where}"
        if name == "posted_within":
            days = self.values[name]
            return f"Posted within {days} day{'' if days == 1 else 's'}"
        return super().words(name, text)

    # -- answering

    def ordered(self) -> LiveQuerySet:
        rows = self.narrow()
        newest = [F("posted_at").desc(), F("posting_id").desc()]
        if self.chosen_sort == "salary":
            return rows.order_by(F("pay_rank").desc(nulls_last=True), *newest)
        if self.chosen_sort == "relevance" and self.values.get("q"):
            title = TextIndex.objects.filter(
                live=OuterRef("pk"), match__find=self.values["q"].in_title()
            )
            rank = Case(When(Exists(title), then=Value(0)), default=Value(1),
                        output_field=IntegerField())  # fmt: skip
            return rows.annotate(title_rank=rank).order_by("title_rank", *newest)
        return rows.order_by(*newest)

    def _by_q(self, rows: LiveQuerySet) -> LiveQuerySet:
        return rows.filter(text__match__find=self.values["q"])

    def _by_skill(self, rows: LiveQuerySet) -> LiveQuerySet:
        values = self.values["skill"]
        for group in [[value] for value in values] if self.every_skill else [values]:
            rows = self.filters["skill"].filter(rows, group)
        return rows

    def _by_posted_within(self, rows: LiveQuerySet) -> LiveQuerySet:
        return rows.filter(posted_at__gte=self.at - timedelta(days=self.values["posted_within"]))

    def _by_salary_min(self, rows: LiveQuerySet) -> LiveQuerySet:
        """Pay that reaches the floor; postings without comparable pay stay, unless switched off."""
        floor = Decimal(self.values["salary_min"])
        rates = {name: rate.per_euro for name, rate in self.rates.items()}
        reached = LivePay.objects.filter(
            ByCurrency(floors(floor, self.chosen_currency, rates)), live=OuterRef("pk")
        )
        return rows.filter(Exists(reached) | Q(pay_rank=None))

    def _by_with_salary(self, rows: LiveQuerySet) -> LiveQuerySet:
        return rows.exclude(pay_rank=None)

    @cached_property
    def rates(self) -> dict[str, DatedRate]:
        """The newest rate of each currency; read where something asks for a currency."""
        return kept_rates(self.stamp) if self.stamp else dated_rates()

    @property
    def currencies(self) -> list[str]:
        """The currencies that a floor can be named in."""
        return sorted(self.rates)
