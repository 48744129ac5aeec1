"""Distances on the sphere, and what lies around a point."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.nearby import EARTH_KM, Positions, distance

points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
radii = st.integers(1, 500)
HALF_WAY_ROUND = 3.1415926536 * EARTH_KM


@given(one=points, other=points)
def test_the_way_there_is_as_long_as_the_way_back(one, other):
    assert distance(one, other) == pytest.approx(distance(other, one), abs=1e-6)
    assert 0 <= distance(one, other) <= HALF_WAY_ROUND


@given(one=points)
def test_nothing_lies_between_a_point_and_itself(one):
    assert distance(one, one) == 0


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        pytest.param((52.517, 13.389), (48.857, 2.352), 878, id="Berlin to Paris"),
        pytest.param((40.713, -74.006), (34.052, -118.244), 3936, id="New York to Los Angeles"),
        pytest.param((-18.14, 178.44), (-13.83, -171.76), 1150, id="Suva to Apia"),
        pytest.param((0, 0), (0, 180), 20015, id="the other side"),
        pytest.param((90, 0), (-90, 77), 20015, id="pole to pole"),
        pytest.param((90, 0), (90, 120), 0, id="a pole has every longitude"),
        pytest.param((0, 179.9), (0, -179.9), 22.24, id="across the date line"),
    ],
)  # fmt: skip
def test_known_distances(one, other, km):
    assert distance(one, other) == pytest.approx(km, rel=0.005, abs=0.01)


near_points = st.lists(points, max_size=20)


@given(centre=points, others=near_points, offsets=st.lists(points, max_size=20), km=radii)
def test_what_is_around_a_point_is_exactly_what_is_near_enough(centre, others, offsets, km):
    # Half of the points are near the centre, where the edge of the box matters.
    close = [
        (max(-90.0, min(90.0, centre[0] + lat / 20)), (centre[1] + lon / 20 + 180) % 360 - 180)
        for lat, lon in offsets
    ]
    everything = dict(enumerate([*others, *close]))
    found = Positions((key, *point) for key, point in everything.items()).around(centre, km)
    assert found == {key for key, one in everything.items() if distance(centre, one) <= km}


@pytest.mark.parametrize(
    ("centre", "other", "km"),
    [
        pytest.param((10, 179.99), (10, -179.99), 5, id="over the date line"),
        pytest.param((89.9, 0), (89.9, 180), 25, id="over the north pole"),
        pytest.param((-89.9, -90), (-89.9, 90), 25, id="over the south pole"),
        pytest.param((90, 0), (89.5, 123), 60, id="from the pole itself"),
        pytest.param((70, 0), (70.5, 10), 385, id="wider than high in the north"),
    ],
)
def test_a_box_at_the_edges_of_the_map_cuts_nothing_off(centre, other, km):
    assert Positions([(1, *other)]).around(centre, km) == {1}
    assert Positions([(1, *centre)]).around(other, km) == {1}
