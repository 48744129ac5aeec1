"""Where a person may live to get a posting: pure set logic over areas.

An area is a country (ISO 3166-1 alpha-2) or a state of the U.S. (`US-CA`). A set holds `US` if it
holds any part of it, and every state if it holds the whole. The empty set means that a posting
does not say: a bare "Remote", an exclusion of some countries, a time zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extraction import gazetteer
from jobs.places import country_names
from jobs.scales import Workplace, country_code, country_of

if TYPE_CHECKING:
    from jobs.models import Place

UNKNOWN_AREA = 0
US = "US"


def areas(
    workplace: str, eligibility: Mapping[str, Any] | None, places: Iterable[tuple[str, str]]
) -> frozenset[str]:
    """The areas from which a posting can be taken; empty where it does not say.

    `places` are (country, ISO 3166-2 region or empty). Remote work is by what is stated:
    (worldwide or regions or countries) less the exclusions. Where no such place is stated the
    places stand for their countries, less the exclusions. All other work is by its places.
    """
    named = list(places)
    if workplace != Workplace.REMOTE:
        return on_site(named)
    said = eligibility or {}
    included = union(said.get("include") or [])
    if said.get("worldwide"):
        included |= world()
    if not said.get("worldwide") and not said.get("include"):
        included = union(country for country, _ in named)
    return less(included, said.get("exclude") or [])


def on_site(places: list[tuple[str, str]]) -> frozenset[str]:
    """Countries, and states where a place is in one; beside it, its bare country adds nothing."""
    states = {region for _, region in places if region in gazetteer.states()}
    countries = {country for country, _ in places if country in country_names()}
    if states:
        return frozenset(countries | states | {US})
    return union(countries)


def union(codes: Iterable[str]) -> frozenset[str]:
    """What the codes of countries, regions and states cover; unknown ones cover nothing."""
    found: set[str] = set()
    for code in codes:
        found |= covered(code)
    return frozenset(found)


@lru_cache
def covered(code: str) -> frozenset[str]:
    states = gazetteer.states()
    if code in states:
        return frozenset({US, code})
    countries = gazetteer.members(code) or ({code} if code in country_names() else frozenset())
    return frozenset(countries) | (states.keys() if US in countries else frozenset())


@lru_cache
def world() -> frozenset[str]:
    return frozenset(country_names()) | gazetteer.states().keys()


def less(included: frozenset[str], excluded: Iterable[str]) -> frozenset[str]:
    """A state takes only itself away; the U.S. stay while any part of them does."""
    states = gazetteer.states().keys()
    left = set(included)
    for code in excluded:
        left -= {code} if code in states else covered(code)
    if not left & states:
        left.discard(US)
    return frozenset(left)


# --- what the database keeps of a set -----------------------------------------------------------


def key(found: Collection[str]) -> str:
    """The canonical text of a set: its codes in order, without the states of the whole U.S."""
    states = gazetteer.states().keys()
    shown = set(found) - states if states <= set(found) else set(found)
    return " ".join(sorted(shown))


def of_key(text: str) -> frozenset[str]:
    codes = frozenset(text.split())
    whole = US in codes and not codes & gazetteer.states().keys()
    return codes | gazetteer.states().keys() if whole else codes


def area_code(code: str) -> int:
    """A small integer for an area; 0 for unknown. States are told by their small letters."""
    if not code:
        return UNKNOWN_AREA
    return country_code(code.partition("-")[2].lower() or code)


def area_of(stored: int) -> str:
    code = country_of(stored)
    return f"US-{code.upper()}" if code.islower() else code


@lru_cache(maxsize=10_000)
def area_codes(text: str) -> frozenset[int]:
    """What is asked and counted of the audience with this key: unknown is one of the values."""
    return frozenset(area_code(code) for code in of_key(text)) or frozenset({UNKNOWN_AREA})


def is_state(stored: int) -> bool:
    return stored != UNKNOWN_AREA and country_of(stored).islower()


@lru_cache(maxsize=10_000)
def _parted(audience: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The areas of an audience without the states, and the states."""
    parts: tuple[list[int], list[int]] = [], []
    for area in area_codes(audience):
        parts[is_state(area)].append(area)
    return tuple(parts[0]), tuple(parts[1])


def expand(counts: Mapping[str, int], states: Collection[int]) -> dict[int, int]:
    """Postings of each area, from those of each audience; of states only the given ones."""
    found: dict[int, int] = defaultdict(int)
    for audience, count in counts.items():
        others, of_states = _parted(audience)
        for area in others:
            found[area] += count
        for area in states and of_states:
            if area in states:
                found[area] += count
    return dict(found)


def audience_of(
    workplace: str, eligibility: Mapping[str, Any] | None, places: Iterable[Place]
) -> str:
    """The key of the audience of a posting with these rows of places."""
    named = [(place.country, place.region) for place in places]
    return key(areas(workplace, eligibility, named))
