"""Which cities lie around a point, on a sphere of the earth's mean radius."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from math import asin, cos, degrees, pi, radians, sin, sqrt

EARTH_KM = 6371.0088
Point = tuple[float, float]
"""Latitude and longitude in degrees."""
# More than the rounding of a box's edge, less than a metre.
SLACK = 1e-6


def distance(one: Point, other: Point) -> float:
    """Kilometres along the great circle (haversine)."""
    lat, other_lat = radians(one[0]), radians(other[0])
    across = radians(other[1] - one[1])
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def box(centre: Point, km: float) -> tuple[float, float]:
    """Half the height and half the width, in degrees, of a box around all that is within `km`.

    Where a pole is inside, the width is all the way around.
    """
    angle = km / EARTH_KM
    height = degrees(angle)
    lat = radians(centre[0])
    if abs(lat) + angle >= pi / 2:
        return height, 180.0
    return height, degrees(asin(min(1.0, sin(angle) / cos(lat))))


class Positions:
    """Points by key, to be asked what is near."""

    def __init__(self, points: Iterable[tuple[int, float, float]]) -> None:
        self.points = {key: (lat, lon) for key, lat, lon in points}
        self._order = sorted(self.points, key=lambda key: self.points[key][0])
        self._latitudes = [self.points[key][0] for key in self._order]

    def around(self, centre: Point, km: float) -> set[int]:
        """The keys of all points within `km`, its edge included."""
        height, width = box(centre, km)
        first = bisect_left(self._latitudes, centre[0] - height - SLACK)
        last = bisect_right(self._latitudes, centre[0] + height + SLACK)
        found = set()
        for key in self._order[first:last]:
            point = self.points[key]
            across = abs((point[1] - centre[1] + 180) % 360 - 180)
            if across <= width + SLACK and distance(centre, point) <= km:
                found.add(key)
        return found
