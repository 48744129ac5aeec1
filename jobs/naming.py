"""The names of roles, companies, places and skills beside counts, remembered by a process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast, Concat

from guides.models import Role, Skill
from guides.stamps import GUIDES
from jobs.models import Company, Place
from jobs.stamps import NAMES

TEXT, BAR = TextField(), Value("|")
Named = dict[tuple[str, int], tuple[str, str]]


class Naming:
    """What has been asked for, until a name changes."""

    # Of each facet the model, and its words in SQL; those of a place are what they are made of.
    MODELS: Mapping[str, tuple[type[Any], Any]] = {
        "role": (Role, Cast("name", TEXT)),
        "company": (Company, Cast("name", TEXT)),
        "place": (
            Place,
            Concat("kind", BAR, "country", BAR, "region", BAR, "name", output_field=TEXT),
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
                model, made_of = self.MODELS[facet]
                rows = model._default_manager.filter(pk__in=missing).order_by()
                rows = rows.annotate(facet=Value(facet, CharField()), words=made_of)
                parts.append(rows.values_list("facet", "pk", "slug", "words"))
        if parts:
            for facet, pk, slug, label in parts[0].union(*parts[1:], all=True):
                known[facet, pk] = slug, place_words(label) if facet == "place" else label
        asked = ((facet, pk) for facet, ids in wanted.items() for pk in ids)
        return {pair: known[pair] for pair in asked if pair in known}


def place_words(made_of: str) -> str:
    kind, country, region, name = made_of.split("|", 3)
    return str(Place(kind=kind, country=country, region=region, name=name))


naming = Naming()
