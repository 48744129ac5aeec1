"""imports.connectors.ashby: what an Ashby board yields."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from imports.connectors import ashby
from imports.records import Pay, Record, Refused, Skipped
from tests.imports import payloads
from tests.imports.payloads import component, tier


def one(**changes: Any) -> Any:
    (entry,) = ashby.read([payloads.ashby(payloads.ashby_job(**changes))])
    return entry


def pay_of(*tiers: Any, **compensation: Any) -> tuple[Pay, ...]:
    entry = one(compensation={"compensationTiers": list(tiers)} | compensation)
    assert isinstance(entry, Record), entry
    return entry.pay


BASE = Pay(Decimal(100_000), Decimal(120_000), "USD", "year", "base", "$100K – $120K")


def test_every_field_of_a_job_is_read() -> None:
    assert one() == Record(
        external_id="0d9f-11",
        title="ML Engineer",
        company="",
        url="https://jobs.ashbyhq.com/acme/0d9f-11",
        apply_url="https://jobs.ashbyhq.com/acme/0d9f-11/application",
        html="<p>Work.</p>",
        locations=("New York", "Europe", "Remote: Canada", "Toronto"),
        countries=("US", "CA"),
        workplace="hybrid",
        employment=("full_time",),
        pay=(BASE,),
        posted_at=datetime(2026, 7, 7, 20, 47, 9, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("HQ", "San Francisco, CA, United States"),
        ("", "San Francisco, CA, United States"),
        ("Berlin (HQ)", "Berlin (HQ)"),
        ("North America", "North America"),
        ("Remote", "Remote"),
    ],
)
def test_the_address_stands_in_for_a_label_that_names_no_place(label: str, read: str) -> None:
    address = {"addressLocality": "San Francisco", "addressRegion": "CA", "addressCountry": "US"}
    found = one(location=label, address={"postalAddress": address}, secondaryLocations=[])
    assert found.locations == (read,)


def test_a_label_without_an_address_stays() -> None:
    assert one(location="HQ", address=None, secondaryLocations=None).locations == ("HQ",)


def test_an_unlisted_job_is_skipped() -> None:
    assert one(isListed=False) == Skipped("0d9f-11", "not listed")
    assert one(isListed=False, title=None) == Skipped("0d9f-11", "not listed")
    assert isinstance(one(isListed=None), Record)


def test_pay_that_must_not_be_shown_is_not_read() -> None:
    entry = one(shouldDisplayCompensationOnJobPostings=False)
    assert (entry.pay, entry.pay_hidden) == ((), True)
    assert one(shouldDisplayCompensationOnJobPostings=None).pay_hidden is False


@pytest.mark.parametrize(
    ("stated", "remote", "read"),
    [
        ("Remote", False, "remote"),
        ("OnSite", True, "onsite"),
        ("Hybrid", True, "hybrid"),
        (None, True, "remote"),
        (None, False, ""),
        (None, None, ""),
        ("Elsewhere", True, ""),
    ],
)
def test_the_workplace_type_speaks_before_the_remote_flag(
    stated: str | None, remote: bool | None, read: str
) -> None:
    assert one(workplaceType=stated, isRemote=remote).workplace == read


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("United States", ("US",)),
        ("USA", ("US",)),
        ("Deutschland", ("DE",)),
        ("Canada", ("CA",)),
        ("gb", ("GB",)),
        ("European Union", ()),
        ("Europe", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_countries_are_names(name: str | None, codes: tuple[str, ...]) -> None:
    address = {"postalAddress": {"addressCountry": name}}
    assert one(address=address, secondaryLocations=[]).countries == codes


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("PartTime", ("part_time",)),
        ("Intern", ("internship",)),
        ("Contract", ("contract",)),
        ("Temporary", ("temporary",)),
        ("Else", ()),
        (None, ()),
    ],
)
def test_types_of_employment(stated: str | None, read: tuple[str, ...]) -> None:
    assert one(employmentType=stated).employment == read


@pytest.mark.parametrize(
    ("interval", "period"),
    [("1 HOUR", "hour"), ("1 DAY", "day"), ("1 WEEK", "week"), ("1 MONTH", "month"), ("NONE", "")],
)
def test_intervals_of_pay(interval: str, period: str) -> None:
    (pay,) = pay_of(tier(component(interval=interval, minValue=150, maxValue=160)))
    assert pay.period == period


def test_an_interval_without_a_period_of_ours_is_no_pay() -> None:
    assert pay_of(tier(component(interval="2 WEEK"))) == ()


def test_every_tier_is_a_range_and_the_summary_is_not_another() -> None:
    second = component(minValue=90_000, maxValue=None, summary="from $90K")
    ranges = pay_of(tier(component()), tier(second), summaryComponents=[component(minValue=1)])
    assert [(pay.minimum, pay.maximum) for pay in ranges] == [(100_000, 120_000), (90_000, None)]


def test_the_summary_stands_in_where_no_tier_states_pay() -> None:
    fallback = [component(summary=None)]
    (pay,) = pay_of(tier(), summaryComponents=fallback, compensationTierSummary="OTE $100K – $120K")
    assert (pay.kind, pay.text) == ("ote", "OTE $100K – $120K")


def test_on_target_earnings_are_no_base_pay() -> None:
    assert pay_of(tier(component(summary="OTE $100K – $120K")))[0].kind == "ote"
    told_by_tier = tier(component(), summary="OTE $100K – $120K • Offers Equity")
    assert pay_of(told_by_tier)[0].kind == "ote"
    both = tier(
        component(),
        component(summary="$150K – $180K", minValue=150_000, maxValue=180_000),
        summary="Base $100K – $120K • OTE $150K – $180K • Offers Equity",
    )
    assert [pay.kind for pay in pay_of(both)] == ["base", "ote"]
    assert pay_of(tier(component(summary="Target Base Salary $100K")))[0].kind == "base"


def test_bonus_and_commission_are_no_base_pay_and_equity_no_pay() -> None:
    extra = [
        component(compensationType=kind) for kind in ("Bonus", "Commission", "EquityPercentage")
    ]
    assert [pay.kind for pay in pay_of(tier(*extra))] == ["bonus"]


def test_a_bonus_in_per_cent_is_no_amount() -> None:
    share = component(compensationType="Bonus", minValue=10, maxValue=15, summary="10% – 15% bonus")
    assert pay_of(tier(component(), share)) == (BASE,)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": None}, "id is missing"),
        ({"title": 3}, "title is a number"),
        ({"jobUrl": {}, "applyUrl": None}, "jobUrl is an object"),
        ({"isListed": "yes"}, "isListed is a text"),
        ({"secondaryLocations": ["Paris"]}, "secondaryLocations holds a text"),
        ({"address": {"postalAddress": 1}}, "address.postalAddress is a number"),
        ({"publishedAt": "2026-13-01"}, "publishedAt is not a date"),
        ({"descriptionHtml": False}, "descriptionHtml is true or false"),
        ({"compensation": {"compensationTiers": 4}}, "compensation: compensationTiers is a number"),
        ({"compensation": {"compensationTiers": [tier(component(minValue="?"))]}}, "minValue"),
    ],
)
def test_a_malformed_job_is_refused_by_its_field(changes: dict[str, Any], said: str) -> None:
    entry = one(**changes)
    assert isinstance(entry, Refused)
    assert said in entry.reason


def test_addresses_of_boards() -> None:
    assert ashby.board_of("https://jobs.ashbyhq.com/acme/0d9f/application") == "acme"
    assert ashby.board_of("https://jobs.ashbyhq.com/Big%20Acme") == "Big Acme"
    assert ashby.board_of("https://api.ashbyhq.com/posting-api/job-board/acme") == "acme"
    assert ashby.board_of("https://ashbyhq.com/acme") is None
    assert ashby.first("Big Acme").url == (
        "https://api.ashbyhq.com/posting-api/job-board/Big%20Acme?includeCompensation=true"
    )
