"""imports.connectors.personio: what a company's feed yields."""

from datetime import UTC, datetime
from typing import Any

import pytest

from imports.connectors import personio
from imports.records import Record, Refused
from tests.imports import payloads


def one(board: str = "acme", **changes: Any) -> Any:
    feed = payloads.personio(payloads.personio_job(**changes))
    (entry,) = personio.read([personio.parse(feed)], board)
    return entry


def test_every_field_of_a_position_is_read() -> None:
    assert one() == Record(
        external_id="1834",
        title="Staff Engineer",
        company="Acme SE & Co. KG",
        url="https://acme.jobs.personio.de/job/1834",
        apply_url="https://acme.jobs.personio.de/job/1834#apply",
        html="<h3>Your tasks</h3>\n<ul><li>Build</li></ul>",
        locations=("Munich", "Berlin", "Hamburg"),
        employment=("full_time", "part_time"),
        posted_at=datetime(2026, 11, 13, 14, 10, 41, tzinfo=UTC),
        seniority="entry",
    )


@pytest.mark.parametrize(
    ("fields", "read"),
    [
        ({"employmentType": "intern", "schedule": "full-time"}, ("full_time", "internship")),
        ({"employmentType": "freelance", "schedule": ""}, ("freelance",)),
        ({"employmentType": "working_student", "schedule": "part-time"}, ("part_time",)),
    ],
)
def test_schedule_and_type_are_both_read(fields: dict[str, str], read: tuple[str, ...]) -> None:
    assert one(**fields).employment == read


def test_the_address_is_that_of_the_board() -> None:
    assert one("acme.jobs.personio.com").url == "https://acme.jobs.personio.com/job/1834"
    assert one("acme_robotics").url == "https://acme-robotics.jobs.personio.de/job/1834"
    entry = one("My board")
    assert isinstance(entry, Refused)
    assert "no address" in entry.reason
