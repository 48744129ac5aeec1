"""Places: rows for what the gazetteer found, their parents, and the words of a card."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale

from extraction import gazetteer

if TYPE_CHECKING:
    from jobs.models import Place, Posting

REGION_NAMES = {
    "EU": "the European Union",
    "EEA": "the European Economic Area",
    "EUROPE": "Europe",
    "EMEA": "Europe, the Middle East and Africa",
    "DACH": "Germany, Austria and Switzerland",
    "LATAM": "Latin America",
    "APAC": "Asia-Pacific",
    "NORTH_AMERICA": "North America",
    "SOUTH_AMERICA": "South America",
    "AMERICAS": "the Americas",
    "AFRICA": "Africa",
    "ASIA": "Asia",
    "OCEANIA": "Oceania",
    "MIDDLE_EAST": "the Middle East",
    "NORDICS": "the Nordic countries",
    "BENELUX": "the Benelux countries",
    "BALTICS": "the Baltic states",
    "CEE": "Central and Eastern Europe",
    "UK_IE": "the UK or Ireland",
    "ANZ": "Australia or New Zealand",
    "MENA": "the Middle East and North Africa",
    "GCC": "the Gulf states",
}
ARTICLE = {"US": "the U.S.", "GB": "the UK", "NL": "the Netherlands", "AE": "the UAE"}


@lru_cache
def country_names() -> dict[str, str]:
    """ISO 3166-1 alpha-2 to the English name, of everything that is a country."""
    names = Locale("en", "GB").territories
    return {
        code: names[code]
        for code in sorted(names)
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ")
    }


def country_name(code: str) -> str:
    return country_names().get(code, code)


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
        region=f"{found.country}-{found.region}" if found.region else "",
        defaults={
            "parent": parent,
            "latitude": found.latitude,
            "longitude": found.longitude,
        },
    )
    return place


def country_place(code: str) -> Place:
    from jobs.models import Place

    place, _ = Place.objects.get_or_create(
        kind=Place.Kind.COUNTRY, name=country_name(code), country=code, region=""
    )
    return place


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
    """The card's words for where: `Berlin, DE · Hybrid` or `Remote (anywhere in the U.S.)`."""
    from jobs.scales import Workplace

    names = [str(place) for place in sorted(places, key=lambda place: place.kind)]
    cities = [place for place in places if place.kind != place.Kind.COUNTRY]
    if cities:
        inside = {place.country for place in cities}
        names = [
            str(place)
            for place in places
            if place.kind != place.Kind.COUNTRY or place.country not in inside
        ]
    shown = names[:3] + ([f"{len(names) - 3} more"] if len(names) > 3 else [])
    where = " / ".join(shown)
    if posting.workplace == Workplace.REMOTE:
        return remote_line(posting, where)
    if posting.workplace == Workplace.HYBRID:
        return f"{where} (hybrid)" if where else "Hybrid"
    if posting.workplace == Workplace.ONSITE:
        return where or "On-site"
    return where or "Place not stated"


def remote_line(posting: Posting, where: str) -> str:
    who = eligibility_line(posting)
    if who:
        return f"Remote ({who})"
    return f"Remote · {where}" if where else "Remote (where from is not stated)"


def eligibility_line(posting: Posting) -> str:
    """Who may apply, in words; empty where the posting does not say."""
    eligible = posting.eligibility
    if not eligible:
        return ""
    text = ""
    if eligible.get("worldwide"):
        text = "anywhere"
    elif codes := eligible.get("include"):
        names = [region_words(code) for code in codes[:4]]
        if len(codes) > 4:
            names.append(f"{len(codes) - 4} more countries")
        text = "anywhere in " + " or ".join(
            [", ".join(names[:-1]), names[-1]] if len(names) > 1 else names
        )
    if excluded := eligible.get("exclude"):
        words = ", ".join(region_words(code) for code in excluded)
        text = f"{text} except {words}" if text else f"not in {words}"
    return ", ".join([*([text] if text else []), *(eligible.get("timezones") or [])])


def region_words(code: str) -> str:
    return REGION_NAMES.get(code) or ARTICLE.get(code) or country_name(code.partition("-")[0])
