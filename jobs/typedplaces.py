"""What a typed place means: "München", "berlin, de", "NYC" or "Deutschland" as a place to ask for.

A text is read by the names of the gazetteer and of the board's own places; words behind a name
narrow it ("Springfield, IL", "Cambridge Massachusetts US"). Which reading is meant:

- A reading is *plausible* unless another one has five times its inhabitants (`CLEARLY`); a region,
  whose inhabitants the gazetteer does not have, is taken for a million. So "Paris" is not the town
  in Texas, while "Georgia" is the country or the state. Codes ("DE") are not weighed.
- Of a city, region or country that lies within another of the same name one alone is plausible:
  the country ("Singapore"), else the city from 200,000 inhabitants ("New York"), else the region.
  With the country behind it the name is that of the city ("Singapore, SG", as cards have it).
- Of the plausible ones those that the board has a row of are meant, if any; else all of them. One
  is heeded; of several none is, and they are the suggestions.

A place that no posting was ever in has no row. It is heeded none the less, under a number that
no row has: its list is empty, and a radius around it finds what is near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

from django.db.models import Q
from django.utils.text import slugify

from extraction import gazetteer
from jobs.models import Place
from jobs.places import country_name, full_name
from lib.parameters import BadValue, SlugChoices, nearest

CLEARLY = 5
REGION_SIZE = 1_000_000
CITY_BEFORE_REGION = 200_000
LONGEST = 100
MOST_WORDS = 8
SUGGESTIONS = 5
NEAREST_AMONG = 5_000

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A place that a text may mean, with its row if the board has one."""

    place: gazetteer.Place
    row: Place | None = None

    @property
    def size(self) -> int:
        if self.place.kind == "region":
            return REGION_SIZE
        return self.place.population or 0

    @property
    def slug(self) -> str:
        """The row's slug, else the one that a row would get."""
        if self.row:
            return self.row.slug
        place = self.place
        within = "" if place.kind == "country" else region_of(place) or place.country
        return slugify(f"{place.name} {within}")[:100]

    @property
    def number(self) -> int:
        """The row's key; without a row a negative one, the same each time."""
        return self.row.pk if self.row else -1 - crc32("|".join(identity(self.place)).encode())

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """Kind, name, country and state, of which its names are made."""
        if row := self.row:
            return row.kind, row.name, row.country, row.state
        place = self.place
        name = country_name(place.country) if place.kind == "country" else place.name
        return place.kind, name, place.country, place.region

    def __str__(self) -> str:
        return full_name(*self.parts)


class PlaceChoices(SlugChoices):
    """Places by their slug, or by what somebody types for them."""

    def __init__(self) -> None:
        super().__init__(lambda: Place.objects.all())

    def read(self, text: str) -> tuple[str, Any, str]:
        found = meant(text)
        if not found:
            raise BadValue("is not a known place", self.suggest(text))
        if len(found) > 1:
            where = "" if found[0].row else "; no posting is in any of them"
            raise BadValue(
                f"is the name of several places{where}",
                *(value_for(one) for one in found[:SUGGESTIONS]),
            )
        only = found[0]
        return value_for(only, text), only.number, str(only)

    def words(self, texts: Sequence[str]) -> dict[str, str]:
        rows = self.rows().filter(slug__in=texts)
        known = {row.slug: full_name(row.kind, row.name, row.country, row.state) for row in rows}
        for text in texts:
            if text not in known and len(found := meant(text)) == 1:
                known[text] = str(found[0])
        return known

    def suggest(self, text: str) -> str:
        known: dict[str, str] = {}
        for name, slug in self.rows().values_list("name", "slug")[:NEAREST_AMONG]:
            known.setdefault(gazetteer.key(name), slug)
            known[slug] = slug
        asked = text[:LONGEST]
        near = nearest(gazetteer.key(asked.partition(",")[0]), known) or nearest(asked, known)
        return known.get(near, "")


def meant(text: str) -> list[Reading]:
    """The places that `text` means, the largest first; one statement."""
    if len(text) > LONGEST:
        return []
    found = with_rows(text, list(readings(gazetteer.key(text))))
    chosen = plausible(found, weighed=len(text) > 2)
    on_board = [one for one in chosen if one.row]
    return sorted(on_board or chosen, key=lambda one: -one.size)


def position(text: str) -> tuple[float, float] | None:
    """Where the city lies that `text` means, if it means one that the board has no row of."""
    found = plausible(
        [Reading(one) for one in readings(gazetteer.key(text))], weighed=len(text) > 2
    )
    if len(found) != 1 or found[0].place.kind != "city":
        return None
    place = found[0].place
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def value_for(one: Reading, text: str = "") -> str:
    """The value of an address for a place: its slug, unless that means another place as well.

    Then the slug with the country behind it, else `text`, which was read as this place.
    """
    if one.row:
        return one.slug
    for value in (one.slug, f"{one.slug}-{one.place.country.lower()}"):
        back = plausible([Reading(place) for place in readings(gazetteer.key(value))])
        if [identity(other.place) for other in back] == [identity(one.place)]:
            return value
    return text or one.slug


# --- reading ----------------------------------------------------------------------------------


@lru_cache(maxsize=2_000)
def readings(words: str) -> tuple[gazetteer.Place, ...]:
    """Every place of the gazetteer that `words`, a key of it, may name; the largest of each."""
    parts = words.split()
    if not parts or len(parts) > MOST_WORDS:
        return ()
    found = named(words)
    for count in range(1, min(3, len(parts) - 1) + 1):
        if found:
            break
        around = named(" ".join(parts[-count:]))
        inner = readings(" ".join(parts[:-count])) if around else ()
        found = [one for one in inner if any(holds(outer, one) for outer in around)]
        found = found or [one for one in inner if one in around]
    return tuple({identity(one): one for one in reversed(found)}.values())


def named(words: str) -> list[gazetteer.Place]:
    """The places of exactly that name or code, cities by size first."""
    country = gazetteer.find_country(words)
    found = [*gazetteer.find_city(words), *gazetteer.find_region(words)]
    if len(words) <= 3:
        country = country or gazetteer.find_country(words.upper())
        found += gazetteer.find_region(words.upper())
    return [*found, country] if country else found


def holds(outer: gazetteer.Place, inner: gazetteer.Place) -> bool:
    if outer.kind == "city" or inner.kind == "country" or outer.country != inner.country:
        return False
    return outer.kind == "country" or outer.region == inner.region


def identity(place: gazetteer.Place) -> Key:
    return place.kind, place.name, place.country, place.region


def region_of(place: gazetteer.Place) -> str:
    """ISO 3166-2, as rows have it; empty where there is none."""
    return f"{place.country}-{place.region}" if place.region else ""


def with_rows(text: str, places: list[gazetteer.Place]) -> list[Reading]:
    """The places with their rows, and rows of that name that the gazetteer does not know."""
    name, _, around = text.partition(",")
    asked = Q(name__iexact=name.strip()) | Q(slug__startswith=f"{slugify(name) or '-'}-")
    for place in places:
        if place.kind == "country":
            asked |= Q(kind=place.kind, country=place.country)
        elif place.kind == "region":
            asked |= Q(kind=place.kind, region=region_of(place))
        else:
            asked |= Q(kind=place.kind, country=place.country, name=place.name)
    rows = list(Place.objects.filter(asked).order_by("pk")[:200])
    found = [Reading(place, next((row for row in rows if is_row(row, place)), None))
             for place in places]  # fmt: skip
    taken = {one.row.pk for one in found if one.row}
    within = named(gazetteer.key(around)) if around.strip() else []
    for row in rows:
        if row.pk in taken or gazetteer.key(row.name) != gazetteer.key(name):
            continue
        region = row.region.partition("-")[2]
        own = gazetteer.Place(None, row.name, row.kind, row.country, region, population=0)
        if not around.strip() or any(holds(outer, own) for outer in within):
            found.append(Reading(own, row))
    return found


def is_row(row: Place, place: gazetteer.Place) -> bool:
    if (row.kind, row.country) != (place.kind, place.country):
        return False
    if place.kind == "country":
        return True
    if place.kind == "region":
        return row.region == region_of(place)
    # A row without a region is the city of its name, wherever in the country.
    return row.name == place.name and row.region in ("", region_of(place))


def plausible(found: list[Reading], *, weighed: bool = True) -> list[Reading]:
    """The readings that somebody may mean; see the module."""
    countries = [one.place for one in found if one.place.kind == "country"]
    regions = [one.place for one in found if one.place.kind == "region"]
    cities = [one.place for one in found if one.place.kind == "city"]
    large = [city for city in cities if (city.population or 0) >= CITY_BEFORE_REGION]

    def stands(one: gazetteer.Place) -> bool:
        if one.kind == "country":
            return True
        if any(holds(outer, one) for outer in countries):
            return False
        if one.kind == "region":
            return not any(holds(one, city) for city in large)
        return one in large or not any(holds(outer, one) for outer in regions)

    left = [one for one in found if stands(one.place)]
    most = max((one.size for one in left), default=0)
    return [one for one in left if not weighed or one.size * CLEARLY > most or one.size == most]
