"""The page that defines what a region in a posting means."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from extraction import gazetteer
from extraction.common import fold
from jobs.places import country_name


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    words: str
    countries: list[str]


def vocabulary() -> list[Region]:
    """Every region that a posting can name, with its countries in words."""
    return [
        Region(area.code, area.words, sorted(map(country_name, area.countries), key=fold))
        for area in gazetteer.areas().values()
    ]


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    context = {"regions": vocabulary(), "states": gazetteer.states()}
    return render(request, "jobs/regions.html", context)
