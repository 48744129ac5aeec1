"""imports.connectors.recruitee: what a company's offers yield."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from imports.connectors import pay, recruitee
from imports.records import Pay, Record, Skipped
from tests.imports import payloads


def one(**changes: Any) -> Any:
    (entry,) = recruitee.read([payloads.recruitee(payloads.recruitee_job(**changes))])
    return entry


def test_every_field_of_an_offer_is_read() -> None:
    said = '{"min": "75.00", "max": "95.00", "period": "year", "currency": "EUR"}'
    bounds = (Decimal("75000.00"), Decimal("95000.00"))
    assert one() == Record(
        external_id="243",
        title="Office Manager",
        company="Acme",
        url="https://acme.recruitee.com/o/office-manager",
        apply_url="https://acme.recruitee.com/o/office-manager/c/new",
        html="<p>Manage.</p>\n<p>Order.</p>",
        locations=("Lyon, Rhône, France",),
        countries=("FR",),
        workplace="hybrid",
        employment=("full_time", "temporary"),
        pay=(Pay(*bounds, "EUR", "year", "base", said, pay.THOUSANDS),),
        posted_at=datetime(2026, 8, 5, 10, 10, 39, tzinfo=UTC),
        expires_at=datetime(2037, 1, 1, tzinfo=UTC),
        language="en",
        seniority="entry",
    )


@pytest.mark.parametrize(
    ("salary", "read"),
    [
        ({"min": "60000", "max": "75000", "period": "year"}, ("60000", "75000", "year")),
        ({"min": "13.50", "max": "15", "period": "month"}, ("13.50", "15", "hour")),
        ({"min": "2,500", "max": None, "period": "month"}, ("2500", None, "month")),
        ({"min": "75", "max": "95000", "period": "year"}, ("75000", "95000", "year")),
        ({"min": "3.500", "max": "4.200,50", "period": "month"}, ("3500", "4200.50", "month")),
        ({"min": "300", "max": "400", "period": "day"}, ("300", "400", "day")),
        ({"min": 900, "max": 950.5, "period": "week"}, ("900", "950.5", "week")),
        ({"min": "12", "max": "15", "period": "year"}, None),
        ({"min": "350", "max": "400", "period": "year"}, None),
        ({"min": None, "max": None, "period": None}, None),
        ({"min": "0", "max": "0", "period": "year"}, None),
        ([], None),
        (None, None),
    ],
)
def test_amounts_are_texts_and_may_be_in_thousands_or_for_an_hour(salary: Any, read: Any) -> None:
    found = one(salary=salary).pay
    if read is None:
        assert found == ()
        return
    low, high = (value and Decimal(value) for value in read[:2])
    assert (found[0].minimum, found[0].maximum, found[0].period) == (low, high, read[2])


@pytest.mark.parametrize(
    ("flags", "read"),
    [("r", "remote"), ("o", "onsite"), ("rh", "hybrid"), ("ro", ""), ("", "")],
)
def test_one_flag_is_the_workplace(flags: str, read: str) -> None:
    names = ("remote", "hybrid", "on_site")
    assert one(**{name: name[0] in flags for name in names}).workplace == read


def test_a_place_without_an_address_has_its_label() -> None:
    assert one(locations=[{"name": "Anywhere", "city": None}]).locations == ("Anywhere",)
    assert one(locations=[], city="Lyon", country="France").locations == ("Lyon, France",)


def test_an_offer_that_is_not_published_is_skipped() -> None:
    assert one(status="closed") == Skipped("243", "not listed")


def test_a_board_may_be_a_host_of_the_companys_own() -> None:
    assert recruitee.first("acme").url == "https://acme.recruitee.com/api/offers/"
    assert recruitee.first("jobs.acme.com").url == "https://jobs.acme.com/api/offers/"
