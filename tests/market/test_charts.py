"""Charts are well-formed, named and described, and hold no style or script."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from market.charts import (
    RangeBar,
    RangeGroup,
    Scale,
    Series,
    ShareRow,
    histogram,
    range_bars,
    share_bars,
    shared_scale,
    time_series,
)
from market.pay import quantile, quartiles, spread
from market.statistics import Bar, Week

ONE, TWO = Series(0, "A & B"), Series(1, "<C>")
amounts = st.lists(
    st.decimals(1, 10_000_000, places=2, allow_nan=False), min_size=1, max_size=30
).map(sorted)


def charts(pay, bars):
    weeks = [Week(date(2026, 3, 2), 0, 0, 0), Week(date(2026, 3, 9), 3, 1, 2)]
    groups = [RangeGroup("Senior", [RangeBar(ONE, pay, 5), RangeBar(TWO, pay, 7)])]
    return [
        range_bars("a", "Pay", groups, "USD"),
        histogram("b", "Spread", bars, "USD", ONE, shared_scale([bars])),
        time_series("c", "Weeks", weeks, ONE),
        time_series("d", "Weeks", weeks[:1], TWO),
        share_bars("e", "Skills", [ShareRow("C++", [(ONE, Decimal("0.4")), (TWO, None)])]),
    ]


@settings(max_examples=25, deadline=None)
@given(amounts)
def test_whatever_the_numbers_each_is_an_image_with_words_and_no_style(ordered):
    for svg in charts(quartiles(ordered), spread(ordered)):
        tree = ElementTree.fromstring(svg)
        key = tree.get("aria-labelledby").removesuffix("-title")
        assert tree.get("role") == "img"
        assert [tree[0].get("id"), tree[1].get("id")] == [f"{key}-title", f"{key}-desc"]
        assert tree[0].text
        assert tree[1].text
        for one in tree.iter():
            assert one.tag not in ("script", "style", "a")
            assert not {"style", "onload", "href"} & set(one.attrib)
            for name in ("x", "x1", "x2", "cx", "width"):
                place = one.get(name, "0%")
                if place.endswith("%"):
                    assert -0.01 <= float(place[:-1]) <= 100.01
            for name in ("height", "y"):
                assert float(one.get(name, "0")) >= 0


@settings(max_examples=60, deadline=None)
@given(amounts)
def test_the_bars_of_a_distribution_are_round_hold_all_and_do_not_overlap(ordered):
    bars = spread(ordered)
    assert sum(bar.n for bar in bars) == len(ordered)
    assert bars[0].low <= ordered[0]
    assert bars[-1].high >= ordered[-1]
    assert all(one.high == other.low for one, other in pairwise(bars))
    for bar in bars[:-1]:
        assert bar.n == sum(bar.low <= amount < bar.high for amount in ordered)


@pytest.mark.parametrize(
    ("share", "value"), [("0", 10), ("0.25", 17.5), ("0.5", 25), ("0.75", 32.5), ("1", 40)]
)
def test_quantiles_lie_between_two_values_by_linear_interpolation(share, value):
    assert quantile([Decimal(n) for n in (10, 20, 30, 40)], Decimal(share)) == Decimal(str(value))


def test_an_axis_has_few_round_amounts():
    assert Scale(Decimal(61_200), Decimal(148_000)).ticks == [50_000, 75_000, 100_000, 125_000]


def test_a_lone_value_is_a_distribution_too():
    [bar] = spread([Decimal(50_000)])
    assert bar == Bar(Decimal(50_000), Decimal(51_000), 1)
