"""The names of roles, companies, places and skills beside counts, remembered by a process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast, Concat

from guides.models import Role, Skill
from guides.stamps import GUIDES
from jobs.models import Company, Place
from jobs.places import full_name
from jobs.stamps import NAMES

Named = dict[tuple[str, int], tuple[str, str]]


class Naming:
    """What has been asked for, until a name changes."""

    # Of each facet the model, and in SQL what its words (`str()` of a row) are made of.
    MODELS: Mapping[str, tuple[type[Any], Any]] = {
        "role": (Role, Cast("name", TextField())),
        "company": (Company, Cast("name", TextField())),
        "place": (
            Place,
            Concat("kind", Value("|"), "name", Value("|"), "country", output_field=TextField()),
        ),
        "skill": (Skill, Cast("name", TextField())),
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
                words = full_name(*label.split("|")) if facet == "place" else label
                known[facet, pk] = slug, words
        asked = ((facet, pk) for facet, ids in wanted.items() for pk in ids)
        return {pair: known[pair] for pair in asked if pair in known}


naming = Naming()
