"""The names of roles, companies, places and skills beside counts, remembered by a process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, CharField, TextField, Value, When
from django.db.models.functions import Cast, Concat, Substr

from guides.models import Role, Skill
from guides.stamps import GUIDES
from jobs.models import Company, Place
from jobs.places import WITH_STATE
from jobs.stamps import NAMES

TEXT, COMMA = TextField(), Value(", ")
Named = dict[tuple[str, int], tuple[str, str]]


class Naming:
    """What has been asked for, until a name changes."""

    # Of each facet the model, and its words (`str()` or `asked_as` of a row) in SQL.
    MODELS: Mapping[str, tuple[type[Any], Any]] = {
        "role": (Role, Cast("name", TEXT)),
        "company": (Company, Cast("name", TEXT)),
        "place": (
            Place,
            Case(
                When(kind=Place.Kind.COUNTRY, then=Cast("name", TEXT)),
                When(
                    kind=Place.Kind.REGION,
                    then=Concat("name", COMMA, "country", Value(" (region)"), output_field=TEXT),
                ),
                When(
                    country__in=WITH_STATE,
                    region__contains="-",
                    then=Concat(
                        "name",
                        *(COMMA, Substr("region", len("US-") + 1)),
                        *(COMMA, "country"),
                        output_field=TEXT,
                    ),
                ),
                default=Concat("name", COMMA, "country", output_field=TEXT),
            ),
        ),
        "skill": (Skill, Cast("name", TEXT)),
    }

    def __init__(self) -> None:
        self._stamps = ("", "")
        self._known: Named = {}

    def of(self, wanted: Mapping[str, Iterable[int]], now: Mapping[str, str]) -> Named:
        """(facet, id) to (slug, words) for the ids of each facet; one statement at most.

        Ids without a row are left out. `now` are the stamps that the answer began with.
        """
        stamps = (now[GUIDES], now[NAMES])
        if stamps != self._stamps:
            self._stamps, self._known = stamps, {}
        known = self._known
        parts = []
        for facet, ids in wanted.items():
            if missing := [pk for pk in ids if (facet, pk) not in known]:
                model, words = self.MODELS[facet]
                rows = model._default_manager.filter(pk__in=missing).order_by()
                rows = rows.annotate(facet=Value(facet, CharField()), words=words)
                parts.append(rows.values_list("facet", "pk", "slug", "words"))
        if parts:
            for facet, pk, slug, label in parts[0].union(*parts[1:], all=True):
                known[facet, pk] = slug, label
        asked = ((facet, pk) for facet, ids in wanted.items() for pk in ids)
        return {pair: known[pair] for pair in asked if pair in known}


naming = Naming()
