"""What the list of guides shows: cards, total, facet counts, roles, and what emptied it."""

from typing import Any

from django.db.models import Case, Count, IntegerField, Value, When

from guides.filters import GuideFilter
from guides.models import Role, RoleIndex
from guides.pages import cards_of
from guides.spelling import meant
from lib.filters import Chosen, Facet, FacetValue, KnownCount, Way
from lib.fulltext import Query, tokens
from lib.spelling import Meant

# How many values of a facet stand in the panel; chosen ones always do.
TOP = 12
ROLES = 5


class Results:
    """One answer to one `GuideFilter`; a constant number of statements, whatever was asked."""

    def __init__(self, asked: GuideFilter) -> None:
        self.filter = asked
        self.total = asked.qs.count()
        self.page = asked.page_of(KnownCount(asked.ordered(), self.total))
        self.cards = cards_of(list(self.page.object_list))
        self.facets = [facet(asked, name) for name in asked.FACETS]
        words = asked.words_asked
        self.roles = roles_matching(words) if words and self.page.number == 1 else []

    @property
    def meant(self) -> Meant | None:
        """For an empty page: a spelling of the words that finds guides."""
        return None if self.total or self.roles else meant(self.filter)

    def ways_out(self) -> list[Way]:
        """For an empty list: which filter to drop, the most guides first."""
        asked = self.filter
        if self.total:
            return []
        ways = []
        for name in asked.narrowing:
            if count := asked.narrow(without=name).count():
                labels = [one for one in asked.chosen() if one.name == name]
                one = Chosen(name, labels[0].value, " or ".join(label.label for label in labels))
                ways.append(Way(one, count, asked.address(**{name: None}) or "?"))
        return sorted(ways, key=lambda way: -way.count)


def facet(asked: GuideFilter, name: str) -> Facet:
    """A facet's values with their counts, most guides first; one statement.

    The count of a value is the total of the same list with the values of its facet replaced by
    that one alone, whether it is chosen or not.
    """
    own = asked.chosen_of(name)
    rows: Any = asked.filters[name].through.objects.filter(
        revision_id__in=asked.narrow(without=name).values("revision_id")
    )
    counted = rows.values_list(f"{name}__slug", f"{name}__name").annotate(n=Count("pk"))
    found = {slug: (label, count) for slug, label, count in counted.order_by()}
    for slug, (_, label) in own.items():
        found.setdefault(slug, (label, 0))
    order = sorted(found, key=lambda slug: (-found[slug][1], found[slug][0].casefold()))
    kept = [slug for place, slug in enumerate(order) if place < TOP or slug in own]
    values = [FacetValue(slug, *found[slug], chosen=slug in own) for slug in kept]
    return Facet(name, str(asked.filters[name].label), values, len(order) - len(kept))


def roles_matching(words: Query, limit: int = ROLES) -> list[Role]:
    """The roles called exactly so, those with the words in their names, those with them elsewhere.

    The first by their own name before those by another title; one statement.
    """
    named = RoleIndex.objects.filter(match__find=words.in_title()).values("pk")
    rank = Case(When(pk__in=named, then=Value(0)), default=Value(1), output_field=IntegerField())
    found: Any = Role.objects.filter(
        pk__in=RoleIndex.objects.filter(match__find=words).values("pk")
    )
    rows = found.annotate(name_rank=rank).only("name", "slug", "summary", "aliases")

    def place(role: Any) -> tuple[bool, bool, int, str]:
        is_called = tokens(role.name) == words.words
        is_also_called = any(tokens(alias) == words.words for alias in role.aliases)
        return not is_called, not is_also_called, role.name_rank, role.name.casefold()

    return sorted(rows, key=place)[:limit]
