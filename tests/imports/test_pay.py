"""imports.connectors.pay: amounts in the ways that fields write them."""

from decimal import Decimal
from typing import Any

import pytest

from imports.connectors import pay
from imports.connectors.reading import Malformed


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        (50_000, "50000"),
        (119_025.7, "119025.7"),
        ("50000.50", "50000.50"),
        ("50,000", "50000"),
        ("1,500.50", "1500.50"),
        ("1.500", "1500"),
        ("1.234.567,89", "1234567.89"),
        ("0.500", "0.500"),
        ("75.00", "75.00"),
        ("12,5", "12.5"),
        ("24.13999938964844", "24.13999938964844"),
        ("120'000", "120000"),
        ("120 000", "120000"),
        ("120\u202f000", "120000"),
        ("$50k", "50000"),
        ("60000 EUR", "60000"),
    ],
)
def test_an_amount_is_read_as_people_write_it(given: Any, amount: str) -> None:
    found = pay.stated({"low": given}, low="low", high="high")
    assert found is not None
    assert (found.minimum, found.maximum) == (Decimal(amount), None)


@pytest.mark.parametrize("given", ["many", "10-20", True, [5], -5, "-5", 10**13])
def test_what_is_no_single_amount_is_malformed(given: Any) -> None:
    with pytest.raises(Malformed, match="low is"):
        pay.stated({"low": given}, low="low", high="high")


@pytest.mark.parametrize(
    ("low", "high", "period", "rule"),
    [
        (25, 40, "hour", ""),
        (9_000, 12_000, "hour", ""),
        (85_000, 95_000, "", pay.NOT_HOURLY),
        (None, 85_000, "", pay.NOT_HOURLY),
    ],
)
def test_nobody_is_paid_a_salary_for_an_hour(low: Any, high: Any, period: str, rule: str) -> None:
    found = pay.stated({"low": low, "high": high}, low="low", high="high", period="hour")
    assert found is not None
    assert (found.minimum, found.maximum) == (low, high)
    assert (found.period, found.rule) == (period, rule)


def test_the_sign_at_an_amount_is_its_currency_where_no_field_says_one() -> None:
    source = {"low": "€50k", "high": "€60k", "unit": "usd"}
    alone = pay.stated(source, low="low", high="high")
    assert alone is not None
    assert alone.currency == "EUR"
    stated = pay.stated(source, low="low", high="high", currency="unit")
    assert stated is not None
    assert stated.currency == "USD"
