"""All values of a long facet, searched and counted as the panel of the list counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from extraction import gazetteer
from extraction.common import fold
from guides.models import Role, Skill
from jobs.filters import PostingFilter
from jobs.models import Place
from jobs.places import spellings as spellings_of_place
from jobs.results import SCALES, counts, names_of, within_radius
from jobs.scales import country_of
from lib.filters import FacetValue, KnownCount, OwnField

PAGE_SIZE = 200
LONG_FACETS = tuple(name for name in PostingFilter.FACETS if name not in SCALES)


class ValueFilter(PostingFilter):
    """A list of postings, and `find`: a piece of the name of a facet's value."""

    find = OwnField(forms.CharField, label="Find", max_length=100)

    SHAPE: ClassVar[tuple[str, ...]] = (*PostingFilter.SHAPE, "find")


class FacetValues:
    """The values of the facet `name` under the other filters, the most postings first.

    As many statements as the filter needs, and three for names at most.
    """

    def __init__(self, asked: ValueFilter, name: str) -> None:
        self.filter, self.name = asked, name
        self.label, self.thing = str(asked.filters[name].label), asked.thing(name)
        self.total = len(asked.narrow())
        own = asked.chosen_of(name)
        self.chosen = {number: (text, label) for text, (number, label) in own.items()}
        numbers = dict.fromkeys(self.chosen, 0) | counts(asked, name)
        order = self.ordered(numbers)
        if wanted := fold(str(asked.values.get("find") or "")):
            known = self.spellings(order)
            order = [key for key in order if any(wanted in fold(one) for one in known.get(key, ()))]
        self.page = asked.page_of(KnownCount(order, len(order), PAGE_SIZE))
        shown = list(self.page.object_list)
        if name == "place":
            numbers |= within_radius(asked, shown)
            shown = self.ordered({number: numbers[number] for number in shown})
        self.values = self.in_words({number: numbers[number] for number in shown})

    def ordered(self, numbers: Mapping[int, int]) -> list[int]:
        """The most postings first, and then by name."""
        words = names_of(self.filter, {self.name: [one for one in numbers if one >= 0]})
        names = {number: fold(label) for (_, number), (_, label) in words.items()}
        return sorted(numbers, key=lambda one: (-numbers[one], names.get(one, ""), one))

    def in_words(self, numbers: Mapping[int, int]) -> list[tuple[FacetValue, str]]:
        """Each value with the address of the list that has it added, or removed if chosen."""
        named = self.named(numbers)
        result = []
        for number, (text, label) in named.items():
            count, here = numbers[number], number in self.chosen
            change = {"drop" if here else "add": (self.name, text)}
            query = self.filter.address(**change, find=None)  # type: ignore[arg-type]
            value = FacetValue(text, label, count, chosen=here)
            result.append((value, f"{reverse('jobs:list')}{query}"))
        return result

    def named(self, numbers: Collection[int]) -> dict[int, tuple[str, str]]:
        """The value in the address and the words of each number."""
        rows = [number for number in numbers if number >= 0]
        words = names_of(self.filter, {self.name: rows})
        found = {number: said for (_, number), said in words.items()}
        if self.name == "place":
            found |= labels_of_places(rows)
        # A value whose row was deleted meanwhile has no name.
        said = {number: found.get(number) or self.chosen.get(number) for number in numbers}
        return {number: words for number, words in said.items() if words}

    def spellings(self, numbers: Collection[int]) -> dict[int, Iterable[str]]:
        """Every name by which each of the numbers is found."""
        named = self.named(numbers)
        found: dict[int, Iterable[str]] = {key: [label] for key, (_, label) in named.items()}
        aliased: dict[str, Any] = {"role": Role, "skill": Skill}
        if self.name in aliased:
            rows = aliased[self.name].objects.filter(pk__in=list(numbers))
            for key, aliases in rows.values_list("pk", "aliases"):
                found[key] = [named[key][1], *aliases]
        elif self.name == "place":
            for row in Place.objects.filter(pk__in=list(numbers)):
                found[row.pk] = [named[row.pk][1], *spellings_of_place(row)]
        elif self.name == "country":
            for key, (_, label) in named.items():
                found[key] = gazetteer.spellings("country", label, country_of(key), "")
        return found


def labels_of_places(numbers: Collection[int]) -> dict[int, tuple[str, str]]:
    """Slug and words of places; cities of one name in one country with their region."""
    rows = list(Place.objects.filter(pk__in=list(numbers)))
    often = Counter(map(str, rows))

    def words(row: Place) -> str:
        is_one_of_many = row.kind == Place.Kind.CITY and often[str(row)] > 1
        return f"{row.name}, {row.region}" if is_one_of_many else str(row)

    return {row.pk: (row.slug, words(row)) for row in rows}
