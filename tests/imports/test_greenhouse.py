"""imports.connectors.greenhouse: what a Greenhouse board yields."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from imports.connectors import greenhouse
from imports.records import Pay, Record, Refused, Skipped
from tests.imports import payloads


def one(**changes: Any) -> Any:
    (entry,) = greenhouse.read([payloads.greenhouse(payloads.greenhouse_job(**changes))])
    return entry


def test_every_field_of_a_job_is_read() -> None:
    assert one() == Record(
        external_id="4001",
        title="Data Engineer",
        company="Acme",
        url="https://job-boards.greenhouse.io/acme/jobs/4001",
        apply_url="https://job-boards.greenhouse.io/acme/jobs/4001",
        html="<p>We use &lt;T&gt; &amp; SQL.</p>",
        locations=("Remote, US", "Berlin, Germany"),
        workplace="hybrid",
        employment=("full_time",),
        pay=(
            Pay(
                Decimal(120_000),
                Decimal("150000.50"),
                "USD",
                "year",
                "base",
                '{"min_cents": 12000000, "max_cents": 15000050, "currency_type": "USD",'
                ' "title": "Annual base salary", "blurb": "<p>Base pay.</p>"}',
            ),
        ),
        posted_at=datetime(2026, 7, 16, 15, 55, 32, tzinfo=UTC),
        expires_at=datetime(2037, 1, 1, tzinfo=UTC),
        language="en",
    )


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("<p>a &lt;b&gt; c</p>", "<p>a &lt;b&gt; c</p>"),
        ("&lt;p&gt;a&lt;/p&gt;", "<p>a</p>"),
        ("&amp;lt;p&amp;gt;a &amp;amp;amp; b&amp;lt;/p&amp;gt;", "<p>a &amp; b</p>"),
        (
            "&lt;code&gt;&amp;lt;div&amp;gt;&lt;/code&gt;",
            "<code>&lt;div&gt;</code>",
        ),
        ("generics as in List&lt;T&gt;", "<p>generics as in List&lt;T&gt;</p>"),
        ("first\nline\n\nsecond", "<p>first<br>line</p>\n<p>second</p>"),
        ("", ""),
        (None, ""),
    ],
)
def test_content_is_unescaped_until_tags_are_real_and_no_further(
    content: str | None, html: str
) -> None:
    assert one(content=content).html == html


def test_custom_fields_speak_only_under_a_name_that_says_so() -> None:
    fields = [
        {"name": "Location Type", "value": "On-Site"},
        {"name": "Quota Coverage Type", "value": "Remote"},
        {"name": "Team", "value": "Contract"},
        {"name": "Time Type", "value": "Part time"},
        {"name": "Budget", "value": {"unit": "USD", "amount": "5"}},
        {"name": "Relocation", "value": True},
        {"name": "Nothing", "value": None},
    ]
    entry = one(metadata=fields)
    assert (entry.workplace, entry.employment) == ("onsite", ("part_time",))
    assert one(metadata=None).workplace == ""


def test_an_unknown_value_of_a_custom_field_yields_nothing() -> None:
    fields = [
        {"name": "Employment Type", "value": "Regular"},
        {"name": "Workplace Type", "value": "Remote-friendly"},
    ]
    entry = one(metadata=fields)
    assert (entry.workplace, entry.employment) == ("", ())


def test_offices_stand_in_where_no_location_is_named() -> None:
    assert one(location={"name": " "}).locations == ("Berlin, Germany",)
    assert one(location=None, offices=[{"name": "Remote", "location": None}]).locations == (
        "Remote",
    )


def test_a_location_may_list_every_state() -> None:
    states = ", ".join(f"Remote, State {number:02d}" for number in range(60))
    assert len(states) > 500
    assert one(location={"name": states}).locations == (states,)


def test_the_last_update_stands_in_for_a_missing_first_publication() -> None:
    assert one(first_published=None).posted_at == datetime(2026, 8, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "kind", "period"),
    [
        ("Hourly rate", "base", "hour"),
        ("OTE", "ote", "year"),
        ("Annual bonus", "bonus", "year"),
        ("Colorado", "base", "year"),
    ],
)
def test_pay_is_what_its_title_says(title: str, kind: str, period: str) -> None:
    entry = {"min_cents": 150_000, "max_cents": 200_000, "title": title, "blurb": "per year"}
    (pay,) = one(pay_input_ranges=[entry]).pay
    assert (pay.minimum, pay.maximum, pay.currency) == (1_500, 2_000, "")
    assert (pay.kind, pay.period) == (kind, period)


def test_pay_without_amounts_or_upside_down_is_no_pay() -> None:
    entries = [{"min_cents": 0, "max_cents": None}, {"min_cents": 300, "max_cents": 200}]
    assert one(pay_input_ranges=entries).pay == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": None}, "id is missing"),
        ({"id": True}, "id is true or false"),
        ({"id": ["4001"]}, "id is a list"),
        ({"id": 4001.5}, "id is a number, not a positive"),
        ({"title": None}, "title is missing"),
        ({"title": " \n "}, "title is missing or empty"),
        ({"title": {"en": "x"}}, "title is an object"),
        ({"title": "x" * 501}, "title is longer than 500"),
        ({"content": ["<p>"]}, "content is a list"),
        ({"absolute_url": None}, "absolute_url is missing"),
        ({"absolute_url": "javascript:alert(1)"}, "absolute_url is not a web address"),
        ({"absolute_url": "https://a.example/ b"}, "absolute_url is not a web address"),
        ({"location": "Berlin"}, "location is a text, not an object"),
        ({"location": {"name": 5}}, "location.name is a number"),
        ({"first_published": "yesterday"}, "first_published is not a date"),
        ({"first_published": "0001-01-01T00:00:00+23:00"}, "first_published is not a date"),
        ({"application_deadline": "2026-02-30"}, "application_deadline is not a date"),
        ({"application_deadline": "9999-12-31"}, "application_deadline is not a date"),
        ({"metadata": "none"}, "metadata holds a text"),
        ({"pay_input_ranges": [{"min_cents": "many"}]}, "pay_input_ranges: min_cents"),
        ({"pay_input_ranges": [{"min_cents": -5}]}, "pay_input_ranges: min_cents"),
    ],
)
def test_a_malformed_job_is_refused_by_its_field(changes: dict[str, Any], said: str) -> None:
    entry = one(**changes)
    assert isinstance(entry, Refused)
    assert said in entry.reason


def test_a_title_of_500_characters_with_blanks_around_is_read() -> None:
    assert one(title=f"  {'x' * 500}\n").title == "x" * 500


def test_the_good_jobs_come_beside_the_malformed() -> None:
    jobs = [None, "x", greenhouse_without("title"), payloads.greenhouse_job(id=5), [], {}]
    entries = list(greenhouse.read([payloads.greenhouse(*jobs)]))
    assert [type(entry) for entry in entries] == [Refused, Refused, Refused, Record] + [Refused] * 2
    assert [entry.external_id for entry in entries] == ["#1", "#2", "4001", "5", "#5", "#6"]


def greenhouse_without(field: str) -> dict[str, Any]:
    job = payloads.greenhouse_job()
    del job[field]
    return job


def test_a_post_for_prospects_has_no_job_behind_it() -> None:
    assert one(internal_job_id=None, title="Join us") == Skipped("4001", "open application")


@pytest.mark.parametrize(
    ("name", "kind", "read"),
    [
        ("Annual salary range", "currency_range", [("year", "base")]),
        ("OTE", "currency_range", [("", "ote")]),
        ("Budget", "currency_range", []),
        ("Salary range", "short_text", []),
    ],
)
def test_a_custom_field_for_pay_is_pay(name: str, kind: str, read: list[Any]) -> None:
    value = {"unit": "EUR", "min_value": "60000.0", "max_value": "80000.0"}
    field = {"id": 1, "name": name, "value": value, "value_type": kind}
    found = one(pay_input_ranges=None, metadata=[field]).pay
    assert [(pay.period, pay.kind) for pay in found] == read
    for pay in found:
        assert (pay.minimum, pay.maximum, pay.currency) == (60_000, 80_000, "EUR")


def test_an_open_application_is_skipped() -> None:
    assert one(title="General Application") == Skipped("4001", "open application")


@pytest.mark.parametrize(
    "url",
    [
        "https://boards.greenhouse.io/acme",
        "https://boards.greenhouse.io/acme/jobs/1?gh_jid=1",
        "https://job-boards.greenhouse.io/acme/jobs/1",
        "https://job-boards.eu.greenhouse.io/acme",
        "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
        "https://boards.greenhouse.io/embed/job_board?for=acme",
        "https://boards.greenhouse.io/embed/job_app?for=acme&token=1",
    ],
)
def test_every_form_of_address_names_the_board(url: str) -> None:
    assert greenhouse.board_of(url) == "acme"


@pytest.mark.parametrize(
    "url",
    [
        "https://greenhouse.io.example.com/acme",
        "https://example.com/boards.greenhouse.io/acme",
        "https://boards.greenhouse.io/",
        "https://boards.greenhouse.io/embed/job_board",
        "https://boards.greenhouse.io/..%2f..",
        "ftp://boards.greenhouse.io/acme",
        "http://[",
        "",
    ],
)
def test_other_addresses_name_no_board(url: str) -> None:
    assert greenhouse.board_of(url) is None


def test_a_board_is_read_with_its_content() -> None:
    assert greenhouse.first("acme").url == (
        "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"
    )
    for name in ("", "../x", "a/b", "a?b", "a#b"):
        with pytest.raises(ValueError, match="not the name of a board"):
            greenhouse.first(name)


def test_the_number_of_the_vacancy_is_kept_and_one_that_is_no_text_costs_nothing() -> None:
    assert one(requisition_id=" R-17 ").requisition == "R-17"
    assert one(requisition_id=17).requisition == ""
