"""What a list of postings shows: cards, total, facet counts, and what emptied it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import CharField, QuerySet, TextChoices, Value
from django.db.models.functions import Cast

from guides.models import Role, Skill
from jobs.audiences import areas_of
from jobs.cards import cards
from jobs.eligibility import UNKNOWN_AREA, expand
from jobs.filters import SORTS, PostingFilter
from jobs.models import Company, LivePosting, LiveTerm, Place
from jobs.parameters import eligible_words
from jobs.places import country_name
from jobs.scales import Employment, Seniority, Workplace, country_of, value
from lib.filters import Chosen, Facet, FacetValue, KnownCount, Way

# How many values of a long facet stand in the panel; chosen ones always do.
TOP = 12
SCALES: dict[str, type[TextChoices]] = {
    "seniority": Seniority,
    "workplace": Workplace,
    "employment": Employment,
}
TERM_FACETS = {
    "employment": LiveTerm.Facet.EMPLOYMENT,
    "country": LiveTerm.Facet.COUNTRY,
    "place": LiveTerm.Facet.PLACE,
    "skill": LiveTerm.Facet.SKILL,
}


class PostingPages(KnownCount):
    """Pages of a list whose total stands in the facet statement already."""

    def rows(self, number: int) -> QuerySet[LivePosting, tuple[int, int]]:
        """The posting ids of a page with the versions of their cards."""
        start = (number - 1) * self.per_page
        rows: QuerySet[LivePosting] = self.object_list  # type: ignore[assignment]
        return rows.values_list("posting_id", "version")[start : start + self.per_page]


class Results:
    """One answer to one `PostingFilter`; five statements, whatever was asked.

    `stamp` is that of guides; see `jobs.cards`.
    """

    def __init__(self, asked: PostingFilter, stamp: str) -> None:
        self.filter = asked
        self.counts = counts(asked)
        self.total = self.counts["total"].get(0, 0)
        self.without_pay = self.counts["without_pay"].get(0, 0)
        pages = PostingPages(asked.ordered(), self.total)
        self.page = asked.page_of(pages)
        self.postings = cards(pages.rows(self.page.number), stamp)
        self.facets = facets(asked, self.counts)

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        return [
            (name, label, name == self.filter.chosen_sort)
            for name, label in SORTS.items()
            if name != "relevance" or self.filter.values.get("q")
        ]

    def ways_out(self) -> list[Way]:
        """For an empty list: which filter to drop, the most postings first."""
        asked = self.filter
        names = asked.narrowing
        if self.total or not names:
            return []
        lists = {name: asked.narrow(without=name) for name in names}
        parts = [f"SELECT '{name}', count(*) FROM list_{name}" for name in names]
        found = dict(over_lists(lists, parts))
        ways = []
        for name in names:
            if found.get(name):
                labels = [one for one in asked.chosen() if one.name == name]
                every = name == "skill" and asked.every_skill
                words = (" and " if every else " or ").join(one.label for one in labels)
                one = Chosen(name, labels[0].value, words)
                ways.append(Way(one, found[name], asked.address(**{name: None}) or "?"))
        return sorted(ways, key=lambda way: -way.count)


def counts(asked: PostingFilter) -> dict[str, dict[int, int]]:
    """All counts beside a list in one statement: facet name to value to number of postings.

    The count of a value is the total of the same list with the values of its facet replaced by
    that one alone, whether it is chosen or not: so a facet with chosen values counts over a list
    of its own, narrowed by everything but itself, and all others over the list itself. Of skills
    that a posting must have all of, a value is added to those chosen: that is the list itself.
    `total` holds the list's length, `without_pay` what the switch `with_salary` drops.
    """
    own = [name for name in (*asked.FACETS, "with_salary") if name in asked.data]
    if asked.every_skill and "skill" in own:
        own.remove("skill")
    lists = {"": asked.narrow(), **{name: asked.narrow(without=name) for name in own}}
    parts = ["SELECT 'total', 0, count(*) FROM list_"]
    pay_list = "list_with_salary" if "with_salary" in own else "list_"
    parts.append(f"SELECT 'without_pay', 0, count(*) FROM {pay_list} WHERE pay_rank IS NULL")
    for name in asked.FACETS:
        rows = f"list_{name if name in own else ''}"
        if name in TERM_FACETS:
            parts.append(
                f"SELECT '{name}', term.value, count(*) FROM {rows} JOIN jobs_liveterm term "
                f"ON term.live_id = {rows}.posting_id AND term.facet = {TERM_FACETS[name]:d} "
                "GROUP BY term.value"
            )
        else:
            column = {"eligible": "audience_id"}.get(name, name)
            column = f"{name}_id" if name in ("role", "company") else column
            parts.append(f"SELECT '{name}', {column}, count(*) FROM {rows} GROUP BY {column}")
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for name, number, count in over_lists(lists, parts):
        if number is not None:
            found[name][number] = count
    chosen = {area for area, _ in asked.filters["eligible"].field.chosen.values()}
    audiences = found["eligible"]
    found["eligible"] = expand(audiences, areas_of(audiences), chosen)
    return found


LIST_COLUMNS = (
    *("posting_id", "role_id", "company_id", "seniority", "workplace", "pay_rank"),
    "audience_id",
)


def over_lists(lists: Mapping[str, QuerySet[LivePosting]], parts: list[str]) -> list[Any]:
    """The rows of `parts`, SQL that may read each list as the table `list_<name>`.

    Written as common table expressions, which the ORM does not have: each list is searched once
    and counted many times, and building nine ORM unions cost more than running them.
    """
    tables: list[str] = []
    params: list[Any] = []
    for name, rows in lists.items():
        sql, values = rows.order_by().values_list(*LIST_COLUMNS).query.sql_with_params()
        tables.append(f"list_{name} ({', '.join(LIST_COLUMNS)}) AS ({sql})")
        params += values
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}", params)
        return cursor.fetchall()


def facets(asked: PostingFilter, found: dict[str, dict[int, int]]) -> list[Facet]:
    """The panel's facets: values with their words, most postings first, scales in their order."""
    shown: dict[str, dict[int, int]] = {}
    more: dict[str, int] = {}
    for name in asked.FACETS:
        chosen = {number for number, _ in asked.filters[name].field.chosen.values()}
        numbers = dict.fromkeys(chosen, 0) | found[name]
        if name in SCALES:
            order = sorted(numbers, key=lambda number: (number == 0, number))
        else:
            order = sorted(numbers, key=lambda number: (-numbers[number], number))
            kept = set(order[:TOP]) | chosen
            if name == "eligible":
                kept |= numbers.keys() & {UNKNOWN_AREA}
            more[name] = len(order) - len(kept)
            order = [number for number in order if number in kept]
        shown[name] = {number: numbers[number] for number in order}

    words = names_of(shown)
    result = []
    for name, numbers in shown.items():
        own = asked.filters[name].field.chosen
        values = []
        for number, count in numbers.items():
            text, label = words(name, number)
            values.append(FacetValue(text, label, count, text in own))
        result.append(Facet(name, str(asked.filters[name].label), values, more.get(name, 0)))
    return result


def names_of(shown: dict[str, dict[int, int]]) -> Any:
    """A function (facet, stored value) to (value in the address, words); one statement."""
    tables = {"role": Role, "company": Company, "place": Place, "skill": Skill}
    parts = [
        model._default_manager.filter(pk__in=list(shown[name]))
        .order_by()
        .annotate(facet=Value(name, CharField()), words=Cast("name", CharField()))
        .values_list("facet", "pk", "slug", "words")
        for name, model in tables.items()
    ]
    rows = {
        (facet, key): (slug, label)
        for facet, key, slug, label in parts[0].union(*parts[1:], all=True)
    }

    def words(name: str, number: int) -> tuple[str, str]:
        if name in SCALES:
            text = value(SCALES[name], number)
            return text, str(SCALES[name](text).label) if number else "Not stated"
        if name == "country":
            text = country_of(number)
            return text, country_name(text)
        if name == "eligible":
            return eligible_words(number)
        return rows[name, number]

    return words
