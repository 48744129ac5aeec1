"""The one definition of what a list of postings can be asked for.

Page, counts, feeds, API and alerts all build a `PostingFilter`; none of them reads a parameter
by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from pyroaring import BitMap

from guides.models import Role, Skill
from guides.stamps import GUIDES, stamps
from guides.synonyms import synonyms
from jobs.columns import current
from jobs.eligibility import area_codes
from jobs.models import Company, LivePosting, LiveQuerySet, TextIndex
from jobs.parameters import (
    CountryChoices,
    CurrencyField,
    EligibleChoices,
    RoleChoices,
    ScaleChoices,
)
from jobs.reach import Reach
from jobs.salary import DatedRate, floors, kept_rates
from jobs.scales import UNKNOWN, Employment, Seniority, Workplace
from jobs.stamps import POSTINGS, RATES
from jobs.typedplaces import PlaceChoices
from lib.filters import ListFilter, ManyFilter, OwnField
from lib.fulltext import Query
from lib.parameters import AliasedChoices, PageField, SearchField, SlugChoices
from lib.textindex import find

# A good yearly pay in every currency of the rate table, the old Turkish lira included.
HIGHEST_FLOOR = 1_000_000_000_000
SORTS = {"newest": "Newest first", "relevance": "Best match first", "salary": "Highest pay first"}
AGES = {1: "Past day", 3: "Past 3 days", 7: "Past week", 14: "Past 2 weeks", 30: "Past month"}


class CurrencyFilter(OwnField):
    """The currency of a floor, one of those whose rates its filter set has."""

    @property
    def field(self) -> CurrencyField:
        field: CurrencyField = super().field
        field.rates = lambda: self.parent.rates
        return field


class PostingFilter(ListFilter):
    """Postings by everything the list can be asked for; see the contract of the parameters.

    `at` is the instant of the answer; `now` the stamps that it began with (those of the moment).
    `fixed` are values of facets that the page itself sets, as they stand in an address and as they
    are stored; an address that names such a facet is told so.
    """

    q = OwnField(
        SearchField,
        label="Keywords",
        max_length=settings.BOARD["SEARCH_CHARACTERS"],
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Title, skill, …"}),
    )
    role = ManyFilter(label="Role", values=RoleChoices(lambda: Role.objects.bases()))
    seniority = ManyFilter(label="Seniority", values=ScaleChoices(Seniority))
    employment = ManyFilter(label="Employment", values=ScaleChoices(Employment))
    workplace = ManyFilter(label="Workplace", values=ScaleChoices(Workplace))
    country = ManyFilter(label="Country", values=CountryChoices())
    place = ManyFilter(label="Place", values=PlaceChoices())
    radius = OwnField(forms.IntegerField, label="Distance", min_value=1, max_value=500)
    eligible = ManyFilter(label="Where can I work from?", values=EligibleChoices())
    skill = ManyFilter(label="Skill", values=AliasedChoices(lambda: Skill.objects.all()))
    skill_mode = OwnField(
        forms.ChoiceField, label="Only with all of the chosen skills", choices=[("all", "all")]
    )
    company = ManyFilter(label="Company", values=SlugChoices(lambda: Company.objects.all()))
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

    SHAPE: ClassVar[tuple[str, ...]] = ("radius", "skill_mode", "currency", "sort", "page")
    ELSEWHERE: ClassVar[Mapping[str, str]] = {
        "cursor": "is for feeds; the pages of the list have numbers"
    }
    FACETS = (
        *("role", "seniority", "workplace", "employment"),
        *("eligible", "country", "place", "skill", "company"),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        at: datetime | None = None,
        now: Mapping[str, str] | None = None,
        fixed: Mapping[str, Mapping[str, int]] | None = None,
    ) -> None:
        self.at = at or timezone.now()
        self.now = now or stamps()
        self.fixed = fixed or {}
        asked = QueryDict(mutable=True) if data is None else data.copy()
        set_twice = {name: asked.pop(name) for name in self.fixed if name in asked}
        super().__init__(asked, queryset=LivePosting.objects.all())
        for name, texts in set_twice.items():
            self.ignore(name, ", ".join(map(str, texts)), "is what this page is about")
        self.columns = current(self.now[POSTINGS])
        self._narrowed: dict[str, BitMap] = {}

    def sieve(self, asked: QueryDict) -> None:
        super().sieve(asked)
        km = self._clean("radius") if "radius" in self.data else 0
        chosen = self.chosen_of("place")
        places = {text: chosen[text][0] for text in self.data.getlist("place")}
        self.reach = Reach(places | dict(self.fixed.get("place", {})), km)
        if self.reach.in_vain:
            self.ignore("radius", str(km), "has no effect: it needs a city in place")
            del self.data["radius"]

    def address(
        self,
        drop: tuple[str, str] | None = None,
        add: tuple[str, str] | None = None,
        **changes: str | None,
    ) -> str:
        """As for every list; the radius goes with the last city that it is around."""
        if "radius" not in changes and self.reach.ends_with(drop, add, changes):
            changes["radius"] = None
        return super().address(drop, add, **changes)

    def on_the_whole_list(self, **changes: str | None) -> str:
        """The query of the same list without a page that sets values."""
        own = [(name, text) for name, values in self.fixed.items() for text in values]
        query = "&".join(
            part for part in (urlencode(own), self.address(None, None, **changes)[1:]) if part
        )
        return f"?{query}" if query else ""

    @cached_property
    def in_a_feed(self) -> str:
        """The query of a feed of the same list, which has an order of its own."""
        return self.on_the_whole_list(sort=None)

    # -- what was asked

    @property
    def chosen_currency(self) -> str:
        return str(self.values.get("currency") or settings.BOARD["CURRENCY"])

    @property
    def chosen_sort(self) -> str:
        return self.values.get("sort") or ("relevance" if self.values.get("q") else "newest")

    @cached_property
    def words_asked(self) -> Query | None:
        """The words with what else the roles and skills among them are called."""
        asked = self.values.get("q")
        return synonyms(self.now[GUIDES]).widen(asked) if asked else None

    @property
    def facets(self) -> list[str]:
        """The facets that can be chosen from."""
        return [name for name in self.FACETS if name not in self.fixed]

    @property
    def every_skill(self) -> bool:
        """Whether a posting must ask for all of the chosen skills, not for one of them."""
        return bool(self.values.get("skill_mode"))

    def words(self, name: str, text: str) -> str:
        if name == "salary_min":
            floor = f"{self.chosen_currency} {self.values[name]:,} a year or more"
            return floor if "with_salary" in self.values else f"{floor}, or pay not stated"
        if name == "eligible":
            where = super().words(name, text)
            return "Where from: not stated" if text == UNKNOWN else f"Can work from {where}"
        if name == "posted_within":
            days = self.values[name]
            return f"Posted within {days} day{'' if days == 1 else 's'}"
        if name == "place":
            return super().words(name, text) + self.reach.words(text)
        return super().words(name, text)

    def thing(self, name: str) -> str:
        """What a value of a facet is, in a sentence: a skill, a country or state."""
        return "country or state" if name == "eligible" else str(self.filters[name].label).lower()

    @cached_property
    def in_words(self) -> str:
        """What narrows the list: ": “python”; Data Engineer or Data Analyst; Remote"."""
        parts = []
        for name, chosen in groupby(self.chosen(), lambda one: one.name):
            joint = " and " if name == "skill" and self.every_skill else " or "
            parts.append(joint.join(one.label for one in chosen))
        return ": " + "; ".join(parts) if parts else ""

    # -- answering

    @property
    def qs(self) -> LiveQuerySet:
        return self.queryset.filter(pk__in=list(self.narrow()))

    def narrow(self, without: str = "") -> BitMap:
        """The ids of the postings that meet every parameter but `without`."""
        if without not in self._parts:
            without = ""
        if without not in self._narrowed:
            found = self._all
            for name, ids in self._parts.items():
                if name != without:
                    found = found & ids
            self._narrowed[without] = found
        return self._narrowed[without]

    def ordered(self, start: int = 0, stop: int | None = None) -> list[int]:
        """The ids of the list from place `start` to before `stop`, in the chosen order."""
        ids, columns = self.narrow(), self.columns
        if self.chosen_sort == "relevance" and self.words_asked:
            titled = ids & self._matching[1]
            first = columns.page(titled, "newest", start, stop)
            start = max(0, start - len(titled))
            stop = stop if stop is None else max(0, stop - len(titled))
            return first + columns.page(ids - titled, "newest", start, stop)
        return columns.page(
            ids, "salary" if self.chosen_sort == "salary" else "newest", start, stop
        )

    @cached_property
    def _all(self) -> BitMap:
        """The public postings that the page is about."""
        found = self.columns.public(self.at)
        for name, values in self.fixed.items():
            found = found & self._ids(name, list(values.values()))
        return found

    @cached_property
    def _parts(self) -> dict[str, BitMap]:
        """For each parameter that narrows the list the postings that meet it."""
        return {name: self._ids(name, self.values[name]) for name in self.narrowing}

    def _ids(self, name: str, value: Any) -> BitMap:
        apply = getattr(self, f"_by_{name}", None)
        return apply(value) if apply else self.columns.having(name, value)

    def _by_q(self, query: Query) -> BitMap:
        return self._matching[0]

    @cached_property
    def _matching(self) -> tuple[BitMap, BitMap]:
        """The postings with the words, and those with all of them in the title; one statement."""
        assert self.words_asked
        if self.chosen_sort != "relevance":
            return matching(self.words_asked)[0], BitMap()
        found, titled = matching(self.words_asked, self.words_asked.in_title())
        return found, titled

    def _by_eligible(self, values: Sequence[int]) -> BitMap:
        asked = set(values)
        audiences = self.columns.facets.get("audience", {})
        return self.columns.having(
            "audience", [key for key in audiences if not asked.isdisjoint(area_codes(key))]
        )

    def _by_place(self, values: Sequence[int]) -> BitMap:
        return self.columns.having("place", self.reach.widened(values))

    def _by_skill(self, values: Sequence[int]) -> BitMap:
        if not self.every_skill:
            return self.columns.having("skill", values)
        return BitMap.intersection(*(self.columns.having("skill", [value]) for value in values))

    def _by_posted_within(self, days: int) -> BitMap:
        return self.within(days)

    def within(self, days: int) -> BitMap:
        """The postings of the last so many times 24 hours."""
        return self.columns.posted_since(self.at - timedelta(days=days))

    def _by_salary_min(self, floor: int) -> BitMap:
        """Pay that reaches the floor; postings without comparable pay stay, unless switched off."""
        rates = {name: rate.per_euro for name, rate in self.rates.items()}
        least = floors(Decimal(floor), self.chosen_currency, rates)
        return self.columns.public(self.at) - self.columns.with_pay | self.columns.reaching(least)

    def _by_with_salary(self, value: str) -> BitMap:
        return self.columns.with_pay

    @cached_property
    def rates(self) -> dict[str, DatedRate]:
        """The newest rate of each currency; read where something asks for a currency."""
        return kept_rates(self.now[RATES])


def matching(*queries: Query) -> list[BitMap]:
    """The postings whose text meets each full text query; one statement."""
    return [BitMap(ids) for ids in find(connection.alias, TextIndex.TABLE, queries)]
