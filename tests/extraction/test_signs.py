"""Signs that several countries share, read by the country of the work."""

import pytest

from extraction import salary, signs

HOME = {
    ("$120,000 - $150,000", "CA"): "CAD",
    ("$150k + super", "AU"): "AUD",
    ("100k dollars a year", "NZ"): "NZD",
    ("Salary $6,000 per month", "SG"): "SGD",
    ("45 000 - 50 000 kr per month", "SE"): "SEK",
    ("45.000 kr./md.", "DK"): "DKK",
    ("¥20,000 per month", "CN"): "CNY",
    ("¥6,000,000", "JP"): "JPY",
    ("Salary Rs. 80,000 per month", "PK"): "PKR",
    ("Salary Rs. 80,000 per month", "IN"): "INR",
    ("Salary: 900.000 pesos por mes", "AR"): "ARS",
    ("$120,000 - $150,000", "US"): "USD",
    ("$120,000 - $150,000", "DE"): "USD",
    ("US$120,000", "CA"): "USD",
    ("$120,000 USD", "CA"): "USD",
    ("€90,000", "CA"): "EUR",
    ("$3,000 - $4,000 a month", "MX"): "-",
    ("The United States base range is $120,000 - $150,000.", "CA"): "-",
    ("Zone 1: $170k - $200k\nZone 2: $155k - $180k", "CA"): "CAD CAD",
    ("Toronto: $130k - $160k\nUS: $155k - $180k", "CA"): "- -",
    ("Toronto: CA$130k - CA$160k\nUS: $155k - $180k", "CA"): "CAD USD",
}


@pytest.mark.parametrize(("stated", "currencies"), HOME.items(), ids=[" in ".join(k) for k in HOME])
def test_a_shared_sign_is_that_of_the_country_of_the_work(
    stated: tuple[str, str], currencies: str
) -> None:
    text, country = stated
    found = signs.in_country(salary.extract(text), country, text, remote=False)
    assert " ".join(one.currency or "-" for one in found.ranges) == currencies
    assert found.currency == found.ranges[0].currency


@pytest.mark.parametrize(
    ("text", "country", "currency"),
    [("$120,000", "CA", ""), ("$120,000", "US", "USD"), ("45 000 kr/mån", "SE", "SEK")],
)
def test_who_works_from_home_may_be_paid_in_the_dollar_of_either(
    text: str, country: str, currency: str
) -> None:
    assert signs.in_country(salary.extract(text), country, text, remote=True).currency == currency


@pytest.mark.parametrize(
    ("remote", "told"),
    [(False, "a sign of the money of Canada"), (True, "a sign of Canada and of others")],
)
def test_the_rule_says_that_the_country_decided(remote: bool, told: str) -> None:
    found = signs.in_country(salary.extract("$120,000"), "CA", "$120,000", remote=remote)
    assert found.rule.endswith(f"; {told}")
