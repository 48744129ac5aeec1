from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.models import PayRange
from jobs.salary import A_YEAR, card_text, floors, notation, short, yearly_cents


def pay(minimum=None, maximum=None, currency="USD", period="year", kind="base"):
    def as_decimal(value):
        return None if value is None else Decimal(str(value))

    return PayRange(
        minimum=as_decimal(minimum),
        maximum=as_decimal(maximum),
        currency=currency,
        period=period,
        kind=kind,
    )


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (pay(100_000, 130_000), "USD 100K - 130K"),
        (pay(100_000, 100_000), "USD 100K"),
        (pay(None, 28_000, "GBP"), "up to GBP 28K"),
        (pay(60_000, None, "EUR"), "from EUR 60K"),
        (pay(44_500, 61_000), "USD 44.5K - 61K"),
        (pay(27.5, 35, period="hour"), "USD 27.50 - 35.00 / hour"),
        (pay(90_000, 111_996), "USD 90,000 - 111,996"),
        (pay(9_500, 12_000, period="month"), "USD 9,500 - 12,000 / month"),
        (pay(900_000, 1_250_000, "INR"), "INR 900K - 1,250K"),
        (pay(2_120_000, 2_640_000, "INR"), "INR 2.12M - 2.64M"),
        (pay(2_120_500, 2_640_000, "INR"), "INR 2,120.5K - 2,640K"),
        (pay(34_725, 57_475, "GBP"), "GBP 34,725 - 57,475"),
        (pay(168_000, 231_000, kind="ote"), "USD 168K - 231K (on-target earnings)"),
        (pay(48_000, 48_000, "GBP", ""), "GBP 48K (period not stated, taken as yearly)"),
        (pay(48_000, 48_000, "SEK", ""), "SEK 48K (period not stated)"),
        (pay(2_310, 2_310, "GBP", ""), "GBP 2,310 (period not stated)"),
        (pay(48_000, 48_000, "GBP", "", "ote"),
         "GBP 48K (on-target earnings, period not stated)"),
        (pay(1_200, 1_500, ""), "1,200 - 1,500"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_range_reads_as_it_was_stated(stated, words):
    assert notation([stated]).replace("\xa0", " ") == words


def value_of(text: str) -> Decimal:
    unit = {"K": 1_000, "M": 1_000_000}.get(text[-1], 1)
    return Decimal(text.rstrip("KM").replace(",", "")) * unit


@given(st.lists(st.decimals("0.01", "999999999999", places=2), min_size=1, max_size=2))
def test_amounts_side_by_side_have_one_notation_and_keep_every_digit(stated):
    texts = short(stated)
    assert [value_of(text) for text in texts] == stated
    assert len({text[-1] if text[-1].isalpha() else "" for text in texts}) == 1


def test_no_line_breaks_within_a_range_or_begins_with_a_dot():
    hourly = pay(30, 38, period="hour")
    assert card_text(hourly).split(" ") == ["USD\xa030\xa0-\xa038\xa0/\xa0hour",
                                            "(62,400\xa0-\xa079,040\xa0a\xa0year)"]  # fmt: skip
    assert "· " not in notation([hourly, pay(1, 2)]).split(" ")


def test_base_pay_stands_before_other_kinds_and_the_rest_is_counted():
    ranges = [pay(1, 2, kind="ote"), pay(3, 4), pay(5, 6), pay(7, 8)]
    assert notation(ranges).replace("\xa0", " ") == "USD 3 - 4 · USD 5 - 6 · 2 more"


@pytest.mark.parametrize(
    ("stated", "cents"),
    [
        (pay(90_000, 120_000), 12_000_000),
        (pay(90_000, None), 9_000_000),
        (pay(50, 60, period="hour"), 60 * 2080 * 100),
        (pay(500, 600, "GBP", "day"), 600 * 260 * 100),
        (pay(1_000, 1_500, period="week"), 1_500 * 52 * 100),
        (pay(4_000, 5_000, "EUR", "month"), 5_000 * 12 * 100),
        (pay(None, 10_000, period=""), 1_000_000),
        (pay(None, 9_999, period=""), None),
        (pay(None, 90_000, "SEK", ""), None),
        (pay(90_000, 120_000, kind="ote"), None),
        (pay(90_000, 120_000, kind="estimate"), None),
        (pay(90_000, 120_000, currency=""), None),
    ],
)
def test_the_top_of_base_pay_a_year_is_compared_and_nothing_else(stated, cents):
    assert yearly_cents(stated) == cents


amounts = st.decimals("0.01", "999999999", places=2)
rates = st.decimals("0.0001", "99999", places=4)


@given(top=amounts, floor=st.integers(1, 10**9), own=rates, other=rates,
       period=st.sampled_from(sorted(A_YEAR)))  # fmt: skip
def test_a_floor_in_any_currency_is_exact(top, floor, own, other, period):
    """Against exact fractions: rounding never lets a pay in or out."""
    reached = floors(Decimal(floor), "AAA", {"AAA": own, "BBB": other})
    cents = yearly_cents(pay(None, top, "BBB", period))
    exact = Fraction(top) * A_YEAR[period]
    wanted = Fraction(floor) * Fraction(other) / Fraction(own)
    # Decimal keeps 28 digits of the quotient; nearer than that the two may differ.
    if abs(exact - wanted) > Fraction(1, 10**9):
        assert (cents >= reached["BBB"]) == (exact >= wanted)


@given(top=amounts, floor=st.integers(1, 10**9))
def test_a_floor_in_the_same_currency_is_compared_as_written(top, floor):
    reached = floors(Decimal(floor), "AAA", {"AAA": Decimal("1.2345")})
    assert (yearly_cents(pay(None, top, "AAA")) >= reached["AAA"]) == (top >= floor)
