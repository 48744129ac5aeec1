"""imports.connectors.lever: what a Lever site yields."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from imports.connectors import lever
from imports.records import Pay, Record, Refused
from tests.imports import payloads


def one(**changes: Any) -> Any:
    (entry,) = lever.read([payloads.lever(payloads.lever_job(**changes))])
    return entry


def test_every_field_of_a_posting_is_read() -> None:
    assert one() == Record(
        external_id="a1b2-c3",
        title="Analytics Engineer",
        company="",
        url="https://jobs.lever.co/acme/a1b2-c3",
        apply_url="https://jobs.lever.co/acme/a1b2-c3/apply",
        html=(
            "<p>Opening.</p>\n<p>Body.</p>\n"
            "<h3>You &amp; us</h3>\n<ul><li>First</li>\n<li>Second</li></ul>\n"
            "<p>Plus bonus.</p>\n<p>More.</p>"
        ),
        locations=("London", "Stockholm"),
        countries=("GB",),
        workplace="onsite",
        employment=("full_time", "internship"),
        pay=(
            Pay(
                Decimal(60_000),
                Decimal(80_000),
                "GBP",
                "year",
                "base",
                '{"min": 60000, "max": 80000, "currency": "GBP", "interval": "per-year-salary"}',
            ),
        ),
        posted_at=datetime(2026, 6, 30, 12, 12, 15, tzinfo=UTC),
    )


def test_the_whole_description_stands_in_where_its_parts_are_missing() -> None:
    html = one(opening="", descriptionBody=None, description="<p>All of it.</p>").html
    assert html.startswith("<p>All of it.</p>\n<h3>")


def test_a_plain_text_stands_in_where_there_is_no_markup() -> None:
    parts = dict.fromkeys(("opening", "description", "descriptionBody", "lists"))
    found = one(
        **parts, descriptionPlain="We sail.", additional="", additionalPlain="Bring\n\nrope."
    )
    assert "<p>We sail.</p>" in found.html
    assert "<p>rope.</p>" in found.html


def test_a_part_given_twice_is_kept_once() -> None:
    html = one(additional="<p>Body.</p>", lists=[]).html
    assert html == "<p>Opening.</p>\n<p>Body.</p>\n<p>Plus bonus.</p>"


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("<div>\n<li>a</li>\n</div>", "<ul><li>a</li></ul>"),
        ("<ul><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ("<li>a<ul><li>b</li></ul></li>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<p>no items</p>", "<p>no items</p>"),
    ],
)
def test_list_items_stand_in_a_list(content: str, html: str) -> None:
    entry = one(
        lists=[{"text": "", "content": content}],
        opening="",
        description="",
        descriptionBody="",
        salaryDescription="",
        additional="",
    )
    assert entry.html == html


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("on-site", "onsite"),
        ("onsite", "onsite"),
        ("remote", "remote"),
        ("hybrid", "hybrid"),
        ("unspecified", ""),
        (None, ""),
        ("mars", ""),
    ],
)
def test_workplace_types(stated: str | None, read: str) -> None:
    assert one(workplaceType=stated).workplace == read


@pytest.mark.parametrize(
    ("interval", "period"),
    [
        ("per-hour-wage", "hour"),
        ("per-month-salary", "month"),
        ("per-day-wage", "day"),
        ("per-week-salary", "week"),
        (None, ""),
    ],
)
def test_intervals_of_pay(interval: str | None, period: str) -> None:
    (pay,) = one(salaryRange={"min": 400, "max": None, "interval": interval}).pay
    assert (pay.minimum, pay.maximum, pay.period) == (400, None, period)


@pytest.mark.parametrize(
    "interval", ["bi-week-salary", "semi-month-salary", "one-time", "per-moon"]
)
def test_an_interval_without_a_period_of_ours_is_no_pay(interval: str) -> None:
    assert one(salaryRange={"min": 40, "max": 50, "interval": interval}).pay == ()


@pytest.mark.parametrize(
    ("country", "countries"), [("us", ("US",)), ("", ()), (None, ()), ("XX", ()), ("EU", ())]
)
def test_countries_are_codes_that_exist(country: str | None, countries: tuple[str, ...]) -> None:
    assert one(country=country).countries == countries


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": 5.5}, "id is a number, not a text"),
        ({"id": ""}, "id is empty"),
        ({"text": None}, "text is missing"),
        ({"hostedUrl": None, "applyUrl": None}, "hostedUrl is missing"),
        ({"hostedUrl": "jobs.lever.co/acme"}, "hostedUrl is not a web address"),
        ({"categories": [1, 2]}, "categories is a list"),
        ({"categories": {"allLocations": 7}}, "allLocations is a number"),
        ({"createdAt": ["2026-01-01"]}, "createdAt is a list, not a date"),
        ({"createdAt": 1_782_821}, "createdAt is not a date from 2000"),
        ({"createdAt": 10**30}, "createdAt is not a date"),
        ({"descriptionBody": 7}, "descriptionBody is a number"),
        ({"lists": [{"text": 7}]}, "lists: text is a number"),
        ({"salaryRange": {"min": True}}, "salaryRange: min is true or false"),
    ],
)
def test_a_malformed_posting_is_refused_by_its_field(changes: dict[str, Any], said: str) -> None:
    entry = one(**changes)
    assert isinstance(entry, Refused)
    assert said in entry.reason


def test_european_sites_have_hosts_of_their_own() -> None:
    assert lever.board_of("https://jobs.lever.co/acme/1/apply") == "acme"
    assert lever.board_of("https://api.lever.co/v0/postings/acme?mode=json") == "acme"
    board = lever.board_of("https://jobs.eu.lever.co/acme/1")
    assert board == lever.board_of("https://api.eu.lever.co/v0/postings/acme") == "eu:acme"
    assert lever.first("acme").url == "https://api.lever.co/v0/postings/acme?mode=json"
    assert lever.first("eu:acme").url == "https://api.eu.lever.co/v0/postings/acme?mode=json"
    assert lever.board_of("https://www.lever.co/acme") is None
