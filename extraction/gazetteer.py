"""Names of cities, regions and countries, from GeoNames (see data/README.md).

The tables are read at the first question and kept; rows become `Place` objects only
when asked for. Names are compared folded: case, marks and dots do not count.
"""

from __future__ import annotations

import gzip
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from extraction.common import fold

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    `kind` is city, region or country; `country` is ISO 3166-1 alpha-2; `region` the part
    of ISO 3166-2 after the country, or empty. Coordinates and population are None where
    the table has none.
    """

    geonameid: int | None
    name: str
    kind: str
    country: str
    region: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None

    def as_dict(self) -> dict[str, object]:
        """The place as `manage.py extract location` prints it."""
        return {
            "name": self.name,
            "kind": self.kind,
            "country": self.country,
            "region": self.region or None,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "geonameid": self.geonameid,
        }


_NOISE = re.compile(r"[^\w]+")
_SAINT = re.compile(r"\b(?:st|sankt|saint)\b")
_UMLAUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """The form names are compared in: folded, "St." as "saint", words one blank apart."""
    if name.isalpha() and name.isascii():
        return name.lower()
    return _spaced(fold(name))


def _spaced(folded: str) -> str:
    words = _NOISE.sub(" ", folded.replace(".", "").replace("'", ""))
    return _SAINT.sub("saint", words.strip())


def _lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and line[0] != "#"]


class _Tables:
    """All names of countries and regions as dictionaries."""

    def __init__(self) -> None:
        self.countries: dict[str, Place] = {}
        self.country_names: dict[str, str] = {}
        self.spellings: dict[tuple[str, str], list[str]] = {}
        self.alpha3: dict[str, str] = {}
        for line in _lines("countries.tsv"):
            code, iso3, number, population, _, names = line.split("\t")
            listed = names.split("|")
            self.countries[code] = Place(
                int(number), listed[0], "country", code, population=int(population)
            )
            self.alpha3[iso3] = code
            self.spellings[code, ""] = listed
            for name in listed:
                self.country_names.setdefault(key(name), code)
        self.regions: dict[tuple[str, str], Place] = {}
        self.region_names: dict[str, list[Place]] = {}
        self.region_codes: dict[str, list[Place]] = {}
        for line in _lines("regions.tsv"):
            country, code, _, names = line.split("\t")
            listed = names.split("|")
            place = Place(None, listed[0], "region", country, code)
            self.regions[country, code] = place
            self.spellings[country, code] = listed
            if not code.isdigit():
                self.region_codes.setdefault(code, []).append(place)
            for name in dict.fromkeys(key(name) for name in listed):
                self.region_names.setdefault(name, []).append(place)


class _Cities:
    """The names of cities: twenty times the rest, and so read apart and kept small.

    Rows stay text until they are asked for. Of names the hashes are kept, which a search bisects:
    that a name no city has shares one of theirs happens once in 10^14 names.
    """

    def __init__(self) -> None:
        text, self.starts = bytearray(), array("I")
        hashes, indexes = array("q"), array("I")
        with gzip.open(DATA / "cities.tsv.gz") as lines:
            for line in lines:
                if not line.startswith(b"#"):
                    names = _keys_of(line.decode())
                    hashes.extend(map(hash, names))
                    indexes.extend([len(self.starts)] * len(names))
                    self.starts.append(len(text))
                    text += line
        self.text = bytes(text)
        self.starts.append(len(text))
        order = sorted(range(len(hashes)), key=hashes.__getitem__)
        self.hashes = array("q", map(hashes.__getitem__, order))
        self.indexes = array("I", map(indexes.__getitem__, order))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, index: int) -> list[str]:
        """The columns of a city, the names undivided."""
        line = self.text[self.starts[index] : self.starts[index + 1]]
        return line.decode().rstrip("\n").split("\t")

    def named(self, name: str) -> Sequence[int]:
        """The rows of a key (see `key`), largest city first."""
        code = hash(name)
        begin = bisect_left(self.hashes, code)
        if begin == len(self.hashes) or self.hashes[begin] != code:
            return ()
        return self.indexes[begin : bisect_right(self.hashes, code, begin)]


def _keys_of(line: str) -> set[str]:
    names = line.rstrip("\n").rpartition("\t")[2].split("|")
    return {
        # Not `key`, which would remember them all.
        _spaced(fold.__wrapped__(spelling))
        for name in names
        for spelling in ([name] if name.isascii() else [name, name.translate(_UMLAUT)])
    }


@cache
def _tables() -> _Tables:
    return _Tables()


@cache
def _cities() -> _Cities:
    return _Cities()


@lru_cache(maxsize=20_000)
def _city(index: int) -> Place:
    number, country, region, latitude, longitude, population, names = _cities().row(index)
    return Place(
        int(number), names.split("|", 1)[0], "city", country, region, float(latitude),
        float(longitude), int(population),
    )  # fmt: skip


def find_city(name: str, country: str = "", region: str = "") -> tuple[Place, ...]:
    """The cities of that name, largest first, in the country and region where given."""
    places = (_city(index) for index in _cities().named(key(name)))
    return tuple(
        p
        for p in places
        if (not country or p.country == country) and (not region or p.region == region)
    )


def find_region(name: str, country: str = "") -> tuple[Place, ...]:
    """The regions of that full name, or of that code in capitals ("CA", "NSW")."""
    tables = _tables()
    found = tables.region_names.get(key(name), [])
    if not found and name.isupper():
        found = tables.region_codes.get(name, [])
    return tuple(p for p in found if not country or p.country == country)


@cache
def _districts() -> dict[str, Place]:
    tables = _tables()
    found: dict[str, Place] = {}
    for line in _lines("districts.tsv"):
        code, part, names = line.split("\t")
        place = tables.regions[code, part] if part else tables.countries[code]
        found.update((key(name), place) for name in names.split("|"))
    return found


def find_district(name: str) -> Place | None:
    """The region or country that a county, province or part of a country lies in."""
    return _districts().get(key(name))


def find_country(name: str) -> Place | None:
    """The country of that name, alpha-2 or alpha-3 code; codes in capitals only."""
    tables = _tables()
    code = tables.country_names.get(key(name))
    if code is None and name.isupper():
        code = name if name in tables.countries else tables.alpha3.get(name)
    return tables.countries[code] if code else None


def country(code: str) -> Place | None:
    """The country of that alpha-2 code."""
    return _tables().countries.get(code)


def region(country_code: str, code: str) -> Place | None:
    """The region of that country and code."""
    return _tables().regions.get((country_code, code))


def country_name(code: str) -> str:
    """The English name of the country, the code itself where it is unknown."""
    place = _tables().countries.get(code)
    return place.name if place else code


@lru_cache(maxsize=20_000)
def spellings(kind: str, name: str, country: str, region: str) -> tuple[str, ...]:
    """All names of a place, its own first; that alone where the tables do not know it.

    An empty region is that of any city of the name.
    """
    tables = _tables()
    if kind != "city":
        listed = tables.spellings.get((country, region), [])
        return tuple(dict.fromkeys([name, *listed]))
    cities = _cities()
    for index in cities.named(key(name)):
        place = _city(index)
        if place.country == country and (not region or place.region == region):
            names = cities.row(index)[-1].split("|")
            return tuple(dict.fromkeys([name, *names]))
    return (name,)


def is_name(words: str) -> bool:
    """Whether a key (see `key`) names any city, region, district or country."""
    tables = _tables()
    return (
        words in tables.country_names
        or words in tables.region_names
        or words in _districts()
        or bool(_cities().named(words))
    )


@dataclass(frozen=True, slots=True)
class Area:
    """A region of the eligibility vocabulary: its words, and the countries that it means."""

    code: str
    words: str
    countries: frozenset[str]


@cache
def areas() -> dict[str, Area]:
    """The whole vocabulary by code, in the order of data/areas.tsv, which defines it."""
    rows = (line.split("\t") for line in _lines("areas.tsv"))
    return {
        code: Area(code, words, frozenset(countries.split())) for code, words, _, countries in rows
    }


def members(region_code: str) -> frozenset[str]:
    """The countries of a region of the eligibility vocabulary, empty for an unknown code."""
    area = areas().get(region_code)
    return area.countries if area else frozenset()


@cache
def _area_names() -> dict[str, str]:
    rows = (line.split("\t") for line in _lines("areas.tsv"))
    return {name: code for code, _, names, _ in rows for name in names.split("|")}


def find_area(words: str) -> str:
    """The code of the region (see `areas`) that a key (see `key`) names, or empty."""
    return _area_names().get(words, "")


@cache
def states() -> dict[str, str]:
    """The states of the U.S. and the District of Columbia: `US-CA` to "California"."""
    regions = _tables().regions.values()
    return {f"US-{one.region}": one.name for one in regions if one.country == "US"}
