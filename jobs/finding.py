"""Pages that help to fill in the filter: places by name, and all values of a facet."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jobs.facetvalues import LONG_FACETS, FacetValues, ValueFilter
from jobs.filters import PostingFilter
from jobs.models import Place
from jobs.places import short_name
from jobs.placesearch import open_counts, search
from jobs.typedplaces import PlaceChoices, Reading, meant, value_for
from lib.parameters import Parameters

MOST_PLACES = 50
NEAR_KM = 100


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    asked = Parameters(request.GET, q=forms.CharField(max_length=100))
    text = asked.values.get("q", "")
    found = search(text)
    context = {
        "asked": asked,
        "text": text,
        "places": found[:MOST_PLACES],
        "total": len(found),
    }
    if not found and text:
        known = meant(text)[:1]
        context["ways"] = [way for one in known for way in ways_around(one)]
        if not known and (near := PlaceChoices().suggest(text)):
            context["near"] = near, PlaceChoices().words([near])[near]
    return render(request, "jobs/places.html", context)


def ways_around(place: Reading) -> list[tuple[str, int, str]]:
    """Lists that hold postings near a place that has none: words, number, query."""
    asked = QueryDict(mutable=True)
    asked.update({"place": value_for(place, short_name(*place.parts)), "radius": str(NEAR_KM)})
    near = PostingFilter(asked)
    ways = [(f"within {NEAR_KM} km of {place}", len(near.narrow()), near.address())]
    country = Place.objects.filter(kind=Place.Kind.COUNTRY, country=place.place.country).first()
    if country and place.place.kind != "country":
        count = open_counts().get(country.pk, 0)
        ways.append((f"in {country}", count, f"?place={country.slug}"))
    return [way for way in ways if way[1]]


@require_safe
def facet_values(request: HttpRequest, facet: str) -> HttpResponse:
    if facet not in LONG_FACETS:
        raise Http404("No list of values has this name.")
    asked = ValueFilter(request.GET)
    found = FacetValues(asked, facet)
    kept = [
        (name, text)
        for name in asked.fields
        if name not in ("find", "page")
        for text in asked.data.getlist(name)
    ]
    return render(request, "jobs/values.html", {"found": found, "filter": asked, "kept": kept})
