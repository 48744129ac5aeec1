"""Places named in a location text: countries, regions, cities.

The text is a location field ("Austin, TX; Remote, Canada") or a short line that holds
one. A name that several places share is decided by the country or region written beside
it, else by the other places of the text, else by population where one place is far
larger than the others; otherwise it stays unread.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from extraction.common import as_text, or_none
from extraction.gazetteer import Place
from extraction.mentions import Mention, mentions_of
from extraction.placing import decide

MAX_LENGTH = 3_000
"""Longer texts are read up to here; a location field is never that long."""


@dataclass(frozen=True, slots=True)
class Location:
    """What a location text names; false when it names no place."""

    countries: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    areas: tuple[str, ...] = ()
    evidence: str = ""
    rule: str = ""

    def __bool__(self) -> bool:
        return bool(self.countries or self.areas)

    def as_dict(self) -> dict[str, object]:
        """The answer of `manage.py extract location`."""
        return {
            "countries": list(self.countries),
            "places": [p.as_dict() for p in self.places],
            "evidence": or_none(self.evidence),
            "rule": or_none(self.rule),
        }


NOWHERE = Location()


def extract(text: str, beside: Collection[str] = ()) -> Location:
    """The places the text names, in the order of mention.

    `beside` are codes of countries known from elsewhere: they decide between places of one name
    and are no answer themselves.

    `countries` are unique ISO alpha-2 codes; a region of several countries ("EU") is in
    `areas` and gives no country.
    """
    text = as_text(text)[:MAX_LENGTH]
    mentions = mentions_of(text)
    if not mentions:
        return NOWHERE
    decide(mentions, text, beside)
    countries: list[str] = []
    places: list[Place] = []
    areas: list[str] = []
    evidence = rule = ""
    for mention in mentions:
        place = mention.found
        if mention.area and not mention.used:
            areas.append(mention.area)
            evidence, rule = evidence or mention.text, rule or "location.area"
        if place is None:
            continue
        if place.country not in countries:
            countries.append(place.country)
        if place not in places:
            places.append(place)
        if not evidence or rule == "location.area":
            evidence = _quote(text, mention)
            rule = f"location.{place.kind}"
    return Location(tuple(countries), tuple(places), tuple(dict.fromkeys(areas)), evidence, rule)


def _quote(text: str, mention: Mention) -> str:
    end = max(mention.end, mention.end_used)
    if "(" in text[mention.start : end] and text[end : end + 1] == ")":
        end += 1
    return text[mention.start : end]
