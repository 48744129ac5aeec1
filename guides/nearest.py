"""The comparison that stands nearest to a role, for pages about something of that role."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import FilteredRelation, Q

from guides.models import SKILLED, Role
from guides.showing import compare_url


@dataclass(frozen=True, slots=True)
class Comparison:
    url: str
    label: str


def nearest_comparisons(guides: Mapping[frozenset[int], str]) -> dict[int, Comparison]:
    """For each role with postings of its own the comparison that is nearest to it, by id.

    Of the public `guides` about it and one other role that whose profiles overlap most; without
    one, the page that lays it beside the role of the greatest overlap. One statement.
    """
    roles, profiles = _profiles()
    found = {}
    for role in roles.values():
        if role.is_view:
            continue
        own = profiles[role.pk]
        near = {
            key: overlap(own, profiles[key])
            for key, other in roles.items()
            if key != role.pk and other.base_id != role.pk
        }
        written = [key for key in near if frozenset((role.pk, key)) in guides]
        possible = written or [
            key for key, share in near.items() if share and not roles[key].is_view
        ]
        if not possible:
            continue
        other = roles[min(possible, key=lambda key: (-near[key], roles[key].name))]
        url = guides.get(frozenset((role.pk, other.pk))) or compare_url(role, other)
        found[role.pk] = Comparison(url, f"Compare {role.name} and {other.name}")
    return found


def overlap(one: Mapping[int, int], other: Mapping[int, int]) -> float:
    """The weight that two profiles share, as a part of the weight that either has: 0 to 1."""
    either = one.keys() | other.keys()
    shared = sum(min(one.get(key, 0), other.get(key, 0)) for key in either)
    whole = sum(max(one.get(key, 0), other.get(key, 0)) for key in either)
    return shared / whole if whole else 0.0


def _profiles() -> tuple[dict[int, Role], dict[int, dict[int, int]]]:
    """Each role, and the weight of each of its skills and tools; the greater one of what is named
    twice."""
    skilled = FilteredRelation("terms", condition=Q(terms__aspect__in=SKILLED))
    rows = Role.objects.annotate(term=skilled).values_list(
        "pk", "name", "slug", "base_id", "term__skill_id", "term__weight"
    )
    roles: dict[int, Role] = {}
    profiles: dict[int, dict[int, int]] = defaultdict(dict)
    for pk, name, slug, base, skill, weight in rows:
        roles[pk] = Role(pk=pk, name=name, slug=slug, base_id=base)
        if skill is not None:
            profiles[pk][skill] = max(weight, profiles[pk].get(skill, 0))
    return roles, profiles
