"""The radius around the cities that a list is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import cached_property

from jobs.models import Place
from jobs.nearby import Point, Positions
from jobs.typedplaces import position


class Reach:
    """How far around each chosen city the list goes; `km` is 0 where no radius is asked.

    `places` are the numbers of the chosen places by their values. Asks the database only where
    there is a radius, once for the position of every city of the board.
    """

    def __init__(self, places: Mapping[str, int], km: int) -> None:
        self.texts, self.km = places, km

    @cached_property
    def board(self) -> Positions:
        cities = Place.objects.filter(kind=Place.Kind.CITY).order_by()
        return Positions(
            (key, lat, lon)
            for key, lat, lon in cities.values_list("pk", "latitude", "longitude")
            if lat is not None and lon is not None
        )

    @cached_property
    def cities(self) -> dict[str, Point]:
        """The chosen cities whose position is known, by their value."""
        if not self.km:
            return {}
        found = {}
        for text, number in self.texts.items():
            point = self.board.points.get(number) if number > 0 else position(text)
            if point is not None:
                found[text] = point
        return found

    @property
    def in_vain(self) -> bool:
        return bool(self.km) and not self.cities

    def words(self, text: str) -> str:
        """What a chip of a chosen place adds to its name."""
        return f" + {self.km} km" if text in self.cities else ""

    def widened(self, numbers: Iterable[int]) -> list[int]:
        """The chosen places and every city within the radius of one of them."""
        found = set(numbers)
        for point in self.cities.values():
            found |= self.board.around(point, self.km)
        return sorted(found)

    def ends_with(
        self, drop: Any, add: tuple[str, str] | None, changes: Mapping[str, str | None]
    ) -> bool:
        """Whether the radius has no city left once an address is changed like this."""
        if not self.km or (add and add[0] == "place") or changes.get("place"):
            return False
        left = () if "place" in changes else [("place", text) for text in self.cities]
        return all(one == drop for one in left)

    def near(self, number: int) -> set[int]:
        """The places that stand for `number`, were it chosen alone."""
        point = self.board.points.get(number)
        if point is None:
            point = next(
                (at for text, at in self.cities.items() if self.texts[text] == number), None
            )
        return {number} | (self.board.around(point, self.km) if point else set())
