"""imports.connectors.workable: what an account of Workable yields."""

from datetime import UTC, datetime
from typing import Any

import pytest

from imports.connectors import workable
from imports.records import Record, Skipped
from tests.imports import payloads


def one(**changes: Any) -> Any:
    (entry,) = workable.read([payloads.workable(payloads.workable_job(**changes))])
    return entry


def test_every_field_of_a_job_is_read() -> None:
    assert one() == Record(
        external_id="AB12",
        title="Data Analyst",
        company="Acme",
        url="https://apply.workable.com/j/AB12",
        apply_url="https://apply.workable.com/j/AB12/apply",
        html="<p>Read data.</p>",
        locations=("Berlin, Germany",),
        countries=("DE",),
        employment=("part_time",),
        posted_at=datetime(2026, 8, 5, tzinfo=UTC),
        seniority="entry",
    )


def test_a_widget_job_has_less_to_read() -> None:
    entry = one(locations=None, application_url=None, description=None, employment_type=None)
    assert (entry.locations, entry.html) == (("Berlin, Germany",), "")
    assert entry.apply_url == entry.url


@pytest.mark.parametrize(
    ("fields", "read"),
    [
        ({"telecommuting": True}, "remote"),
        ({"telecommuting": None}, ""),
        ({"workplace": "hybrid", "telecommuting": True}, "hybrid"),
        ({"workplace_type": "on_site"}, "onsite"),
    ],
)
def test_the_workplace_speaks_before_telecommuting(fields: dict[str, Any], read: str) -> None:
    assert one(**fields).workplace == read


def test_a_place_that_the_employer_hides_is_not_shown() -> None:
    assert one(locations=[{"city": "Paris", "country": "France", "hidden": True}]).locations == ()


def test_the_interface_for_partners_has_the_place_in_one_object() -> None:
    site = {
        "country": "France",
        "country_code": "FR",
        "city": "Lyon",
        "workplace_type": "hybrid",
        "telecommuting": True,
    }
    entry = one(locations=None, location=site, telecommuting=None)
    assert (entry.locations, entry.countries) == (("Lyon, France",), ("FR",))
    assert entry.workplace == "hybrid"


@pytest.mark.parametrize("fields", [{"isInternal": True}, {"state": "draft"}])
def test_what_is_not_published_is_skipped(fields: dict[str, Any]) -> None:
    assert one(**fields) == Skipped("AB12", "not listed")
