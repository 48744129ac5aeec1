"""Pages that help to fill in the filter: places by name, and all values of a facet."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jobs.facetvalues import LONG_FACETS, FacetValues, ValueFilter
from jobs.placesearch import search
from jobs.typedplaces import PlaceChoices, meant, value_for
from lib.parameters import Parameters

MOST_PLACES = 50


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
        context["empty"] = [(str(one), value_for(one)) for one in meant(text)[:1]]
        context["near"] = PlaceChoices().suggest(text)
    return render(request, "jobs/places.html", context)


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
