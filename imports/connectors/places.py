"""Places as connectors hand them on: texts for the reader of places, and codes of countries."""

import re
from collections.abc import Iterable

from extraction import gazetteer

MOST_PLACES = 200

_SYMBOLS = re.compile(r"[\U0001F1E6-\U0001F1FF]")  # flags


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The non-empty values, each once, in order."""
    return tuple(dict.fromkeys(value for value in values if value))[:MOST_PLACES]


def country(name: str) -> str:
    """The alpha-2 code of a country's code or name; '' for anything else."""
    name = _SYMBOLS.sub("", name).strip()
    if len(name) == 2 and name.isascii() and name.isalpha() and gazetteer.country(name.upper()):
        return name.upper()
    found = gazetteer.find_country(name) if name else None
    return found.country if found else ""


def address(city: str = "", region: str = "", country_name: str = "") -> str:
    """The parts of an address as one text that names each once: "Berlin, Germany".

    A country's code is written as its name, since DE is a state as well; a region of several
    countries ("Europe") is left out beside a city or a country.
    """
    code = country(country_name)
    land = gazetteer.country_name(code) if code else country_name.strip()
    if (city or land) and gazetteer.find_area(gazetteer.key(region)):
        region = ""
    parts = [part.strip(" ,") for part in (city, region, land)]
    said: list[str] = []
    for part in parts:
        if part and part.casefold() not in (one.casefold() for one in said):
            said.append(part)
    return ", ".join(said)
