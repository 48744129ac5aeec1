"""Places: rows for what the gazetteer found, their parents, and the words of a card."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel.localedata import resolve_locale_filename
from django.db.models import Q
from django.utils.text import capfirst

from extraction import gazetteer
from jobs.salary import DOT

if TYPE_CHECKING:
    from jobs.models import Place, Posting

# Where a city is written with its state, of which many have a Springfield.
WITH_STATE = ("US", "CA", "AU")
NOT_STATED = "workplace not stated"
ARTICLE = {"US": "the U.S.", "GB": "the UK", "NL": "the Netherlands", "AE": "the UAE"}


@lru_cache
def country_names() -> dict[str, str]:
    """ISO 3166-1 alpha-2 to the English name by the CLDR, of everything that is a country."""
    names: dict[str, str] = {}
    # The files of `babel.Locale("en", "GB")`, which would keep four megabytes in each worker.
    for locale in ("en", "en_001", "en_GB"):
        with open(resolve_locale_filename(locale), "rb") as file:
            names |= pickle.load(file).get("territories", {})  # noqa: S301 - of our own package
    return {
        code: names[code]
        for code in sorted(names)
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ")
    }


def country_name(code: str) -> str:
    return country_names().get(code, code)


def short_name(kind: str, name: str, country: str, state: str) -> str:
    """A place as cards and sentences name it: "Germany", "Berlin, DE", "Austin, TX, US"."""
    if kind == "country":
        return name
    named = state if kind == "city" and country in WITH_STATE else ""
    return ", ".join(part for part in (name, named, country) if part)


def full_name(kind: str, name: str, country: str, state: str) -> str:
    """A place to choose from, told from the others of its name: "Singapore, SG (city)".

    A region says so always, a city where its country has the same name.
    """
    short = short_name(kind, name, country, state)
    if kind == "region" or (kind == "city" and name == country_name(country)):
        return f"{short} ({kind})"
    return short


def place_for(found: gazetteer.Place) -> Place:
    """The row of a place of the gazetteer, made with its parents where missing."""
    from jobs.models import Place

    if found.kind == Place.Kind.COUNTRY:
        return country_place(found.country)
    parent = country_place(found.country)
    if found.kind == Place.Kind.CITY and found.region:
        region = gazetteer.region(found.country, found.region)
        parent = place_for(region) if region else parent
    place, _ = Place.objects.get_or_create(
        kind=found.kind,
        name=found.name,
        country=found.country,
        region=region_code(found),
        defaults={
            "parent": parent,
            "latitude": found.latitude,
            "longitude": found.longitude,
        },
    )
    return place


def make_places(wanted: Iterable[gazetteer.Place]) -> list[Place]:
    """Make the rows that `place_for` would of places that have none, parents first; a few
    statements for any number of them. Countries and regions may be there already.

    Returns the rows of the places and of all that they lie in."""
    from jobs.models import Place
    from jobs.models.writing import create_names

    cities = {one for one in wanted if one.kind == Place.Kind.CITY}
    regions = {one for one in wanted if one.kind == Place.Kind.REGION}
    regions |= {
        found
        for one in cities
        if one.region and (found := gazetteer.region(one.country, one.region))
    }
    codes = {one.country for one in wanted}
    there = list(
        Place.objects.filter(
            Q(kind=Place.Kind.COUNTRY, country__in=codes)
            | Q(
                kind=Place.Kind.REGION,
                country__in=codes,
                region__in={region_code(one) for one in regions | cities},
            )
        )
    )
    countries = {row.country: row for row in there if row.kind == Place.Kind.COUNTRY}
    by_code = {row.region: row for row in there if row.kind == Place.Kind.REGION}
    known = {(row.region, row.name) for row in there}

    def row_of(one: gazetteer.Place) -> Place:
        code = region_code(one)
        parent = countries[one.country]
        if one.kind == Place.Kind.CITY:
            parent = by_code.get(code, parent)
        return Place(
            kind=one.kind,
            name=one.name,
            country=one.country,
            region=code,
            parent=parent,
            latitude=one.latitude,
            longitude=one.longitude,
            slug=f"{one.name} {code or one.country}",
        )

    def in_order(places: Iterable[gazetteer.Place]) -> list[gazetteer.Place]:
        return sorted(places, key=lambda one: (one.country, one.region, one.name))

    new_countries = [
        Place(kind=Place.Kind.COUNTRY, name=country_name(code), country=code,
              slug=country_name(code))
        for code in sorted(codes - countries.keys())
    ]  # fmt: skip
    countries |= {row.country: row for row in new_countries}
    new_regions = [
        row_of(one) for one in in_order(regions) if (region_code(one), one.name) not in known
    ]
    by_code |= {row.region: row for row in new_regions}
    new_cities = [row_of(one) for one in in_order(cities)]
    create_names(new_countries, new_regions, new_cities)
    return [*there, *new_countries, *new_regions, *new_cities]


def region_code(one: gazetteer.Place) -> str:
    """ISO 3166-2, such as US-CA; empty where the place names no region."""
    return f"{one.country}-{one.region}" if one.region else ""


def country_place(code: str) -> Place:
    from jobs.models import Place

    place, _ = Place.objects.get_or_create(
        kind=Place.Kind.COUNTRY, name=country_name(code), country=code, region=""
    )
    return place


def spellings(row: Place) -> tuple[str, ...]:
    """All names of a place, its own first."""
    region = row.region.partition("-")[2]
    return gazetteer.spellings(row.kind, row.name, row.country, region)


def lineage(places: Iterable[Place]) -> dict[int, list[Place]]:
    """For each place its own row and its parents, by id; a statement a level at most."""
    from jobs.models import Place

    known = {place.pk: place for place in places}
    wanted = set(known)
    missing = {place.parent_id for place in known.values() if place.parent_id} - set(known)
    while missing:
        found = {place.pk: place for place in Place.objects.filter(pk__in=missing)}
        known |= found
        missing = {place.parent_id for place in found.values() if place.parent_id} - set(known)
    chains = {}
    for key in wanted:
        chain, place = [], known[key]
        chain.append(place)
        while place.parent_id:
            place = known[place.parent_id]
            chain.append(place)
        chains[key] = chain
    return chains


def place_line(posting: Posting, places: Iterable[Place]) -> str:
    """The card's words for where: `Berlin, DE (hybrid)` or `Remote (anywhere in the U.S.)`."""
    from jobs.scales import Workplace

    names = [place.short_name for place in sorted(places, key=lambda place: place.kind)]
    cities = [place for place in places if place.kind != place.Kind.COUNTRY]
    if cities:
        inside = {place.country for place in cities}
        names = [
            place.short_name
            for place in places
            if place.kind != place.Kind.COUNTRY or place.country not in inside
        ]
    shown = names[:3] + ([f"{len(names) - 3} more"] if len(names) > 3 else [])
    where = " / ".join(shown)
    if posting.workplace == Workplace.REMOTE:
        return remote_line(posting, places, where)
    said = workplace_words(posting)
    if where:
        return f"{where} ({said})"
    return capfirst(said) if said != NOT_STATED else "Place and workplace not stated"


def workplace_words(posting: Posting) -> str:
    """The workplace within a sentence; why there is none where there is none."""
    if posting.workplace:
        return str(posting.get_workplace_display()).lower()
    return posting.two_ways("workplace") or NOT_STATED


def remote_line(posting: Posting, places: Iterable[Place], where: str) -> str:
    """`Remote (anywhere in the U.S.)`; a place alone means its country, and stays named."""
    places = list(places)
    who = eligibility_line(posting)
    if who and has_audience(posting):
        return f"Remote ({who})"
    if not places:
        return f"Remote ({who or 'country not stated'})"
    said = f"Remote ({countries_line(posting, places)})"
    is_said = all(place.kind == place.Kind.COUNTRY for place in places)
    return said if is_said else f"{said}{DOT}{where}"


def has_audience(posting: Posting) -> bool:
    """Whether a posting itself says where its people may live, not only where they may not."""
    said = posting.eligibility or {}
    return bool(said.get("worldwide") or said.get("include"))


def countries_line(posting: Posting, places: Iterable[Place]) -> str:
    """Who may apply where only places say so."""
    said = posting.eligibility or {}
    codes = list(dict.fromkeys(place.country for place in places))
    return eligibility_words({**said, "include": codes})


def eligibility_line(posting: Posting) -> str:
    """Who may apply, in words; empty where the posting does not say."""
    return eligibility_words(posting.eligibility or {})


def eligibility_words(said: Mapping[str, Any]) -> str:
    text = ""
    if said.get("worldwide"):
        text = "anywhere"
    elif codes := said.get("include"):
        names = [region_words(code) for code in codes[:4]]
        if len(codes) > 4:
            names.append(f"{len(codes) - 4} more")
        text = "anywhere in " + either(names)
    if excluded := said.get("exclude"):
        words = either([region_words(code) for code in excluded])
        text = f"{text} except {words}" if text else f"not in {words}"
    return ", ".join([*([text] if text else []), *(said.get("timezones") or [])])


def either(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def who_may_apply(posting: Posting, places: Iterable[Place]) -> str:
    """Who may apply, as the filter `eligible` takes it: a sentence's worth of words."""
    from jobs.scales import Workplace

    places = list(places)
    named = either(list(dict.fromkeys(place_words(place) for place in places)))
    if posting.workplace == Workplace.REMOTE:
        if has_audience(posting):
            return eligibility_line(posting)
        if places:
            return f"{countries_line(posting, places)}, the country of the place it names"
        return eligibility_line(posting) or "not stated"
    if not places:
        return "not stated"
    if posting.workplace == Workplace.HYBRID:
        return f"anyone who can be partly on-site in {named}"
    if posting.workplace == Workplace.ONSITE:
        return f"anyone who can work on-site in {named}"
    return f"anyone who can work in {named}; {workplace_words(posting)}"


def place_words(place: Place) -> str:
    return region_words(place.country) if place.kind == place.Kind.COUNTRY else place.short_name


def region_words(code: str) -> str:
    """The words of a region, a country or a state of the U.S.: "California (US)"."""
    if area := gazetteer.areas().get(code):
        return area.words
    if state := gazetteer.states().get(code):
        return f"{state} (US)"
    return ARTICLE.get(code) or country_name(code.partition("-")[0])


def region_name(code: str) -> str:
    """The name of a country or a state, as it stands in a list: "Germany", "California (US)"."""
    return region_words(code) if code in gazetteer.states() else country_name(code)


def is_area(code: str) -> bool:
    """Whether a code may stand in an eligibility: a country, a region or a state of the U.S."""
    return code in country_names() or code in gazetteer.areas() or code in gazetteer.states()
