"""imports.connectors.teamtailor: what both feeds of a career site yield."""

from datetime import UTC, datetime
from typing import Any

import pytest

from imports.connectors import teamtailor
from imports.records import Record
from tests.imports import payloads

POSTED = datetime(2026, 2, 4, 8, 26, 20, tzinfo=UTC)
URL = "https://acme.teamtailor.com/jobs/7-account-executive"


def from_json(**changes: Any) -> Any:
    (entry,) = teamtailor.read([payloads.teamtailor(payloads.teamtailor_job(**changes))])
    return entry


def from_rss(**changes: Any) -> Any:
    feed = payloads.teamtailor_rss(payloads.teamtailor_item(**changes))
    (entry,) = teamtailor.read([teamtailor.parse(feed)])
    return entry


def test_every_field_of_the_json_feed_is_read() -> None:
    assert from_json() == Record(
        external_id="20fa-7d",
        title="Account Executive",
        company="Acme AB",
        url=URL,
        apply_url=URL,
        html="<p>Sell.</p>",
        locations=("Madrid, Spain",),
        countries=("ES",),
        employment=("full_time",),
        posted_at=POSTED,
    )


def test_every_field_of_the_rss_feed_is_read() -> None:
    assert from_rss() == Record(
        external_id="20fa-7d",
        title="Account Executive",
        company="Acme",
        url=URL,
        apply_url=URL,
        html="<p>Sell.</p>",
        locations=("Madrid, Spain", "Remote France"),
        countries=("ES",),
        workplace="hybrid",
        posted_at=POSTED,
    )


def test_the_site_is_the_employer_where_the_posting_names_none() -> None:
    posting = {"@type": "JobPosting", "description": "<p>Own text.</p>"}
    entry = from_json(_jobposting=posting)
    assert (entry.company, entry.html, entry.posted_at) == ("Acme", "<p>Own text.</p>", POSTED)


@pytest.mark.parametrize(
    ("said", "read"),
    [("fully", "remote"), ("none", "onsite"), ("temporary", ""), ("else", "")],
)
def test_the_remote_status_is_the_workplace(said: str, read: str) -> None:
    assert from_rss(remoteStatus=said).workplace == read


def test_a_page_that_another_follows_is_not_the_whole_board() -> None:
    page = payloads.teamtailor()
    assert teamtailor.is_whole([page])
    assert not teamtailor.is_whole([page | {"next_url": "https://acme.teamtailor.com/jobs?page=2"}])
    assert teamtailor.is_whole([teamtailor.parse(payloads.teamtailor_rss())])
