"""imports.connectors.smartrecruiters: pages of postings, and the details beside them."""

from datetime import UTC, datetime
from typing import Any

from imports.connectors import smartrecruiters
from imports.connectors.requests import Request
from imports.records import Record, Refused, Skipped
from tests.imports.payloads import (
    smartrecruiters as page,
)
from tests.imports.payloads import (
    smartrecruiters_detail as detail,
)
from tests.imports.payloads import (
    smartrecruiters_job as job,
)

API = "https://api.smartrecruiters.com/v1/companies/AcmeInc/postings"


def read(*payloads: Any) -> list[Any]:
    return list(smartrecruiters.read(payloads, "acme"))


def test_an_id_may_be_a_number_in_page_and_detail() -> None:
    (entry,) = read(page(job(id=7439)), detail(id="7439"))
    assert (entry.external_id, "sets prices" in entry.html) == ("7439", True)
    follow = smartrecruiters.follow(Request(f"{API}?limit=100&offset=0"), page(job(id=7439)))
    assert [one.url for one in follow] == [f"{API}/7439"]


def test_every_field_of_a_posting_and_its_detail_is_read() -> None:
    assert read(page(), detail()) == [
        Record(
            external_id="7439",
            title="Pricing Analyst",
            company="Acme, Inc.",
            url="https://jobs.smartrecruiters.com/AcmeInc/7439-pricing-analyst",
            apply_url="https://jobs.smartrecruiters.com/AcmeInc/7439-pricing-analyst?oga=true",
            html="<h3>Company</h3>\n<p>We are Acme.</p>\n"
            "<h3>Job</h3>\n<p>A pricing analyst sets prices.</p>",
            locations=("San Jose, CA, United States",),
            countries=("US",),
            workplace="hybrid",
            employment=("full_time",),
            posted_at=datetime(2026, 2, 6, 19, 42, 44, tzinfo=UTC),
            language="en",
            requisition="REF1",
            seniority="entry",
        )
    ]


def test_a_posting_without_its_detail_has_its_address_all_the_same() -> None:
    (entry,) = read(page())
    assert entry.url == entry.apply_url == "https://jobs.smartrecruiters.com/AcmeInc/7439"
    assert entry.html == ""


def test_a_detail_that_no_page_lists_is_a_posting_of_its_own() -> None:
    (entry,) = read(detail())
    assert (entry.external_id, entry.title) == ("7439", "Pricing Analyst")


def test_a_detail_without_its_id_belongs_to_the_posting_that_its_text_names() -> None:
    bare = {"jobAd": detail()["jobAd"]}
    first, second = read(page(job(), job(id="2", name="Nurse")), bare)
    assert ("sets prices" in first.html, second.html) == (True, "")
    twice = read(page(job(), job(id="2")), bare)
    assert [type(entry) for entry in twice] == [Record, Record, Refused]


def test_what_is_not_for_the_public_is_skipped() -> None:
    assert read(page(job(visibility="INTERNAL"))) == [Skipped("7439", "not listed")]
    assert read(page(), detail(active=False)) == [Skipped("7439", "not listed")]


def test_a_page_is_followed_by_its_details_and_the_next_page() -> None:
    first = smartrecruiters.first("AcmeInc")
    assert first == Request(f"{API}?limit=100&offset=0")
    asked = list(smartrecruiters.follow(first, page(job(), job(id="2"), totalFound=3)))
    assert [request.url for request in asked] == [
        f"{API}/7439", f"{API}/2", f"{API}?limit=100&offset=2",
    ]  # fmt: skip
    assert len(list(smartrecruiters.follow(asked[-1], page(totalFound=3)))) == 1
    assert list(smartrecruiters.follow(asked[0], detail())) == []


def test_pages_are_a_whole_board_when_they_hold_as_many_as_it_has() -> None:
    assert smartrecruiters.is_whole([page(totalFound=2), page(totalFound=2), detail()])
    assert not smartrecruiters.is_whole([page(totalFound=2)])
    assert not smartrecruiters.is_whole([detail()])
