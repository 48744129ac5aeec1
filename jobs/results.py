"""What a list of postings shows: cards, total, facet counts, and what emptied it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, partial
from itertools import compress

from django.db.models import TextChoices
from django.http import QueryDict

from extraction.common import fold
from guides.stamps import GUIDES
from jobs.cards import cards
from jobs.conversion import RatesSaid, compares_pay, converted_pay, rates_said, yearly_floor
from jobs.eligibility import UNKNOWN_AREA, expand
from jobs.excerpts import Excerpt, excerpts
from jobs.filters import SORTS, PostingFilter
from jobs.naming import Naming, naming
from jobs.parameters import eligible_words
from jobs.places import country_name
from jobs.scales import Employment, Seniority, Workplace, country_of, value
from jobs.spelling import meant
from jobs.typedplaces import meant as places
from lib.filters import Chosen, Facet, FacetValue, KnownCount, Way
from lib.spelling import Meant

# How many values of a long facet stand in the panel; chosen ones always do.
TOP = 10
SCALES: dict[str, type[TextChoices]] = {
    "seniority": Seniority,
    "workplace": Workplace,
    "employment": Employment,
}


class Results:
    """One answer to one `PostingFilter`."""

    def __init__(self, asked: PostingFilter) -> None:
        self.filter = asked
        self.stamp = asked.now[GUIDES]
        self.total = len(asked.narrow())
        self.without_pay = len(asked.narrow(without="with_salary") - asked.columns.with_pay)
        pages = KnownCount([], self.total)
        self.page = asked.page_of(pages)
        start = (self.page.number - 1) * pages.per_page
        ids = asked.ordered(start, start + pages.per_page)
        self.postings = cards(asked.columns.cards(ids), self.stamp)
        self.excerpts = self._excerpts()
        self.converted = self._converted()

    @cached_property
    def facets(self) -> list[Facet]:
        return facets(self.filter)

    def _excerpts(self) -> dict[int, Excerpt]:
        """With words of a search the piece of each description that has them; one statement."""
        words = self.filter.words_asked
        return excerpts([card.pk for card in self.postings], words) if words else {}

    def _converted(self) -> dict[int, str]:
        """Where a list compares pay, what is stated in another currency."""
        asked = self.filter
        if not compares_pay(asked):
            return {}
        return converted_pay(self.postings, asked.chosen_currency, asked.rates)

    @property
    def rates(self) -> RatesSaid | None:
        """At which rates pay is compared, where it is."""
        return rates_said(self.filter)

    @property
    def yearly_floor(self) -> tuple[str, int] | None:
        """What a floor means a year that is too small for one."""
        return yearly_floor(self.filter)

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        return [
            (name, label, name == self.filter.chosen_sort)
            for name, label in SORTS.items()
            if name != "relevance" or self.filter.values.get("q")
        ]

    @property
    def meant(self) -> Meant | None:
        """For an empty list: a spelling of the words that finds some."""
        return None if self.total else meant(self.filter)

    def ways_out(self) -> list[Way]:
        """For an empty list: which filter to drop, the most postings first."""
        asked = self.filter
        if self.total:
            return []
        ways = []
        for name in asked.narrowing:
            if count := len(asked.narrow(without=name)):
                labels = [one for one in asked.chosen() if one.name == name]
                every = name == "skill" and asked.every_skill
                words = (" and " if every else " or ").join(one.label for one in labels)
                one = Chosen(name, labels[0].value, words)
                ways.append(Way(one, count, asked.address(**{name: None}) or "?"))
        return sorted(ways, key=lambda way: -way.count)

    def worked_from(self) -> list[tuple[str, int, str]]:
        """For an empty list of places, what people who live in their countries may apply for:
        the country, the number of postings and the address."""
        asked = self.filter
        chosen = asked.chosen_of("place")
        if self.total or not chosen or "eligible" in asked.data:
            return []
        codes = (one.place.country for _, label in chosen.values() for one in places(label)[:1])
        ways = []
        for code in dict.fromkeys(codes):
            address = asked.address(place=None, radius=None, eligible=code)
            other = PostingFilter(QueryDict(address.removeprefix("?")), fixed=asked.fixed)
            if count := len(other.narrow()):
                ways.append((country_name(code), count, address))
        return ways


def counts(asked: PostingFilter, name: str) -> dict[int, int]:
    """The counts of a facet beside a list: value to number of postings, no zeros.

    The count of a value is the total of the same list with the values of its facet replaced by
    that one alone, whether it is chosen or not. Of skills that a posting must have all of, a
    value is added to those chosen.
    """
    added = name == "skill" and asked.every_skill
    ids = asked.narrow(without="" if added else name)
    if name != "eligible":
        return asked.columns.count(name, ids)
    chosen = {area for area, _ in asked.chosen_of(name).values()}
    return expand(asked.columns.count("audience", ids), chosen)


def facets(asked: PostingFilter) -> list[Facet]:
    """The panel's facets: values with their words, most postings first and then by name, scales
    in their order."""
    shown: dict[str, dict[int, int]] = {}
    more: dict[str, int] = {}
    for name in asked.facets:
        make = partial(to_show, asked, name)
        shown[name], more[name] = asked.columns.once(name, asked.narrow(), make)

    words = names_of(asked, shown)
    result = []
    for name, numbers in shown.items():
        own = asked.chosen_of(name)
        # A chosen place that no posting was ever in has no row to be named by.
        chosen_words = {(name, number): (text, label) for text, (number, label) in own.items()}
        values = []
        for number, count in numbers.items():
            # The row of a value may have been deleted meanwhile.
            if said := words.get((name, number)) or chosen_words.get((name, number)):
                values.append(FacetValue(said[0], said[1], count, said[0] in own))
        if name not in SCALES:
            values.sort(key=lambda one: (-one.count, fold(one.label)))
        result.append(Facet(name, str(asked.filters[name].label), values, more[name]))
    return result


def to_show(asked: PostingFilter, name: str) -> tuple[dict[int, int], int]:
    """The values of a facet with their counts, those of a scale in order, and how many are left."""
    chosen = {number for number, _ in asked.chosen_of(name).values()}
    numbers = dict.fromkeys(chosen, 0) | counts(asked, name)
    if name in SCALES:
        order = sorted(numbers, key=lambda number: (number == 0, number))
        return {number: numbers[number] for number in order}, 0
    kept = set(most(numbers, TOP)) | chosen
    if name == "eligible":
        kept |= numbers.keys() & {UNKNOWN_AREA}
    if name == "place":
        numbers |= within_radius(asked, kept)
    return {number: numbers[number] for number in kept}, len(numbers) - len(kept)


def most(numbers: Mapping[int, int], limit: int) -> list[int]:
    """The values with the greatest counts, of equal ones the lower.

    Sorting the counts alone is several times cheaper than comparing thousands of values by them.
    """
    likely: Iterable[int] = numbers
    if len(numbers) > limit:
        least = sorted(numbers.values())[-limit]
        likely = compress(numbers, map(least.__le__, numbers.values()))
    return sorted(sorted(likely), key=numbers.__getitem__, reverse=True)[:limit]


def within_radius(asked: PostingFilter, numbers: Iterable[int]) -> dict[int, int]:
    """The counts of places where a radius is asked: of what lies around each of them."""
    if not asked.reach.km:
        return {}
    ids, columns = asked.narrow(without="place"), asked.columns
    near = ((number, asked.reach.near(number)) for number in numbers)
    return {number: len(ids & columns.having("place", places)) for number, places in near}


def names_of(
    asked: PostingFilter, shown: Mapping[str, Iterable[int]]
) -> dict[tuple[str, int], tuple[str, str]]:
    """(facet, stored value) to (value in the address, words); see `jobs.naming`."""
    found = {}
    for name, numbers in shown.items():
        for number in numbers:
            if name in SCALES:
                text = value(SCALES[name], number)
                label = str(SCALES[name](text).label) if number else "Not stated"
                found[name, number] = text, label
            elif name == "country":
                text = country_of(number)
                found[name, number] = text, country_name(text)
            elif name == "eligible":
                found[name, number] = eligible_words(number)
    rows = {name: numbers for name, numbers in shown.items() if name in Naming.MODELS}
    return found | naming.of(rows, asked.now)
