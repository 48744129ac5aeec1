"""imports.connectors.workday: pages of a search, and the details beside them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from imports.connectors import workday
from imports.records import Record, Refused, Skipped
from tests.imports.payloads import workday as page
from tests.imports.payloads import workday_detail as detail
from tests.imports.payloads import workday_job as job

BOARD = "acme.wd5/Site"
URL = "https://acme.wd5.myworkdayjobs.com/Site/job/DEU-Wiesbaden/Cloud-Data-Engineer_RQ22-1"


def read(*payloads: Any, board: str = BOARD) -> list[Any]:
    return list(workday.read(payloads, board))


def test_every_field_of_a_job_and_its_detail_is_read() -> None:
    assert read(page(), detail()) == [
        Record(
            external_id="RQ22-1",
            title="Cloud Data Engineer",
            company="Acme, Inc.",
            url=URL,
            apply_url=URL,
            html="<p>Clouds.</p>",
            locations=("DEU Wiesbaden - Army Airfield", "Falls Church, VA, USA"),
            workplace="hybrid",
            employment=("full_time",),
            posted_at=datetime(2026, 7, 7, tzinfo=UTC),
            expires_at=datetime(2037, 1, 1, tzinfo=UTC),
            days_old=8,
        )
    ]


def test_a_job_without_its_detail_is_known_by_its_address() -> None:
    (entry,) = read(page())
    assert (entry.external_id, entry.url, entry.company) == ("RQ22-1", URL, "")
    assert (entry.posted_at, entry.days_old) == (None, 8)


def test_the_details_tell_the_site_and_the_employer_of_the_others() -> None:
    other = job(externalPath="/job/X/Nurse_RQ9", title="Nurse")
    first, second = read(page(job(), other), detail(), board="a file")
    assert first.url == URL
    assert second.url == "https://acme.wd5.myworkdayjobs.com/Site/job/X/Nurse_RQ9"
    assert second.company == "Acme, Inc."


def test_without_a_site_a_job_has_no_address() -> None:
    (entry,) = read(page(), board="a file")
    assert isinstance(entry, Refused)
    assert "name its site" in entry.reason


def test_a_detail_alone_is_a_job() -> None:
    (entry,) = read(detail(additionalLocations=[]), board="a file")
    assert (entry.external_id, entry.countries) == ("RQ22-1", ("DE",))


def test_a_job_that_takes_no_applications_is_skipped() -> None:
    assert read(page(), detail(canApply=False)) == [Skipped("RQ22-1", "not listed")]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Posted Today", 0),
        ("Posted Yesterday", 1),
        ("Posted 30+ Days Ago", 30),
        ("Bald", None),
        ("", None),
    ],
)
def test_dates_are_days_before_the_fetch(said: str, days: int | None) -> None:
    (entry,) = read(page(job(postedOn=said)))
    assert entry.days_old == days


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("2 Locations", ()),
        ("USA VA Falls Church", ("Falls Church, VA, USA",)),
        ("US.CA.San Diego", ("San Diego, CA, US",)),
        ("Bengaluru (BLR)", ("Bengaluru",)),
        ("Remote - USA", ("Remote - USA",)),
        ("São Paulo", ("São Paulo",)),
    ],
)
def test_odd_places_are_written_as_people_write_them(said: str, place: tuple[str, ...]) -> None:
    (entry,) = read(page(job(locationsText=said)))
    assert entry.locations == place


def test_a_full_page_is_followed_by_another_whatever_total_it_says() -> None:
    first = workday.first(BOARD)
    assert (first.method, first.url) == (
        "POST", "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Site/jobs",
    )  # fmt: skip
    full = [job(externalPath=f"/job/X/Y_{number}") for number in range(20)]
    *details, after = workday.follow(first, page(*full, total=50))
    assert len(details) == 20
    assert details[0].url == "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Site/job/X/Y_0"
    assert after.body == first.body | {"offset": 20}
    # Later pages say a total of none.
    *_, third = workday.follow(after, page(*full, total=0))
    assert third.body["offset"] == 40
    assert len(list(workday.follow(third, page(*full[:10], total=0)))) == 10
    assert list(workday.follow(details[0], detail())) == []


def test_pages_are_a_whole_board_when_they_hold_as_many_as_it_has() -> None:
    assert workday.is_whole([page(total=1), detail()])
    assert not workday.is_whole([page(total=644)])
