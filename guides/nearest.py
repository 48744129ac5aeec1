"""The comparison that stands nearest to a role, for pages about something of that role."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guides.models import SKILLED, Guide, Revision, Role, RoleTerm
from guides.showing import compare_url


@dataclass(frozen=True, slots=True)
class Comparison:
    url: str
    label: str


def nearest_comparisons() -> dict[int, Comparison]:
    """For each role with postings of its own the comparison that is nearest to it, by id.

    Of the public guides about it and one other role that whose profiles overlap most; without
    one, the page that lays it beside the role of the greatest overlap. Four statements.
    """
    roles = Role.objects.in_bulk()
    profiles = _profiles()
    guides = _pairs()
    found = {}
    for role in roles.values():
        if role.is_view:
            continue
        own = profiles.get(role.pk, {})
        near = {
            key: overlap(own, profiles.get(key, {}))
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


def _profiles() -> dict[int, dict[int, int]]:
    """The weight of each skill and tool of each role; the greater one of what is named twice."""
    terms = RoleTerm.objects.filter(aspect__in=SKILLED, skill__isnull=False).order_by("weight")
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for role, skill, weight in terms.values_list("role_id", "skill_id", "weight"):
        if skill is not None:
            found[role][skill] = weight
    return found


def _pairs() -> dict[frozenset[int], str]:
    """The address of the newest public guide about exactly these two roles."""
    newest: Any = Guide.objects.public().newest_first()
    addresses = {guide.revision_id: guide.get_absolute_url() for guide in newest}
    named: dict[int, set[int]] = defaultdict(set)
    rows = Revision.objects.all().roles_through().filter(revision_id__in=addresses)
    for revision, role in rows.values_list("revision_id", "role_id"):
        named[revision].add(role)
    found: dict[frozenset[int], str] = {}
    for revision, address in addresses.items():
        if len(named[revision]) == 2:
            found.setdefault(frozenset(named[revision]), address)
    return found
