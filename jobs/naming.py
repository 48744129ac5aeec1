"""The names of roles, companies, places and skills beside counts, remembered by a process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection, models

from guides.models import Role, Skill
from guides.stamps import GUIDES
from jobs.models import Company, Place
from jobs.stamps import NAMES

Named = dict[tuple[str, int], tuple[str, str]]


class Naming:
    """What has been asked for, until a name changes."""

    # Of each facet the model, and its words in SQL; those of a place are what they are made of.
    MODELS: Mapping[str, tuple[type[models.Model], str]] = {
        "role": (Role, "name"),
        "company": (Company, "name"),
        "place": (Place, "kind || '|' || country || '|' || region || '|' || name"),
        "skill": (Skill, "name"),
    }

    def __init__(self) -> None:
        self._stamps = ("", "")
        self._known: Named = {}

    def of(self, wanted: Mapping[str, Iterable[int]], now: Mapping[str, str]) -> Named:
        """(facet, id) to (slug, words) for the ids of each facet; one statement at most.

        Ids without a row are left out. `now` are the stamps that the answer began with. Written
        in SQL because the ORM takes longer to build the union than a database to answer it.
        """
        stamps = (now[GUIDES], now[NAMES])
        if stamps != self._stamps:
            self._stamps, self._known = stamps, {}
        known = self._known
        selects, missed = [], []
        for facet, ids in wanted.items():
            if missing := [pk for pk in ids if (facet, pk) not in known]:
                model, made_of = self.MODELS[facet]
                selects.append(
                    f"SELECT '{facet}', id, slug, {made_of} FROM {model._meta.db_table} "  # noqa: S608
                    f"WHERE id IN ({', '.join(['%s'] * len(missing))})"
                )
                missed += missing
        if selects:
            with connection.cursor() as cursor:
                cursor.execute(" UNION ALL ".join(selects), missed)
                for facet, pk, slug, label in cursor.fetchall():
                    known[facet, pk] = slug, place_words(label) if facet == "place" else label
        asked = ((facet, pk) for facet, ids in wanted.items() for pk in ids)
        return {pair: known[pair] for pair in asked if pair in known}


def place_words(made_of: str) -> str:
    kind, country, region, name = made_of.split("|", 3)
    return str(Place(kind=kind, country=country, region=region, name=name))


naming = Naming()
