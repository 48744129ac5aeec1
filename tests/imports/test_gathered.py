"""The connectors of boards that gather many employers' jobs, and ask to be linked."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from imports.connectors import CONNECTORS, himalayas, remoteok, remotive, weworkremotely
from imports.records import Pay, Record, Refused, Skipped
from tests.imports import payloads


def one(system: str, **changes: Any) -> Any:
    job = getattr(payloads, f"{system}_job")(**changes)
    payload = getattr(payloads, system)(job)
    if isinstance(payload, bytes):
        payload = CONNECTORS[system].parse(payload)
    (entry,) = CONNECTORS[system].read([payload])
    return entry


def test_every_field_of_a_remotive_job_is_read() -> None:
    said = "$90 - $150 /hour"
    url = "https://remotive.com/remote-jobs/data/data-engineer-2090"
    assert one("remotive") == Record(
        external_id="2090",
        title="Data Engineer",
        company="Acme",
        url=url,
        apply_url=url,
        html="<p>Pipelines.</p>",
        locations=("Americas, Israel",),
        workplace="remote",
        employment=("contract",),
        pay=(Pay(Decimal(90), Decimal(150), "USD", "hour", "base", said),),
        posted_at=datetime(2026, 7, 12, 6, 35, 18, tzinfo=UTC),
        eligible=("Americas, Israel",),
        via="Remotive",
    )
    assert one("remotive", salary="Competitive").pay == ()


def test_every_field_of_a_remote_ok_job_is_read() -> None:
    numbers = '{"salary_min": 60000, "salary_max": 0}'
    assert one("remoteok") == Record(
        external_id="1136",
        title="Handyman",
        company="Acme",
        url="https://remoteOK.com/remote-jobs/remote-handyman-1136",
        apply_url="https://remoteOK.com/l/1136",
        html="Repair<br>things",
        locations=("Lisbon",),
        workplace="remote",
        pay=(Pay(Decimal(60_000), None, "USD", "year", "base", numbers),),
        posted_at=datetime(2026, 8, 11, 2, 21, 57, tzinfo=UTC),
        eligible=("Lisbon",),
        via="Remote OK",
    )


def test_the_legal_notice_of_remote_ok_is_skipped() -> None:
    notice = {"last_updated": 1, "legal": "Please link back."}
    entries = list(remoteok.read([[notice, payloads.remoteok_job()]]))
    assert entries[0] == Skipped("legal", "legal notice")
    assert isinstance(entries[1], Record)


def test_every_field_of_a_himalayas_job_is_read() -> None:
    url = "https://himalayas.app/companies/acme/jobs/physics-expert-98"
    said = '{"minSalary": 80, "maxSalary": 135, "currency": "USD", "salaryPeriod": "hourly"}'
    assert one("himalayas") == Record(
        external_id="acme/jobs/physics-expert-98",
        title="Physics Expert",
        company="Acme",
        url=url,
        apply_url=url,
        html="<p>Physics.</p>",
        locations=("United Kingdom", "Poland"),
        countries=("GB", "PL"),
        workplace="remote",
        employment=("contract",),
        pay=(Pay(Decimal(80), Decimal(135), "USD", "hour", "base", said),),
        posted_at=datetime(2026, 8, 11, 5, 4, 31, tzinfo=UTC),
        expires_at=datetime(2026, 10, 10, 5, 4, 30, tzinfo=UTC),
        seniority="entry",
        eligible=("United Kingdom", "Poland"),
        timezones=("UTC+0 to UTC+1", "UTC+5:30"),
        via="Himalayas",
    )


def test_no_restriction_of_himalayas_is_the_whole_world() -> None:
    entry = one("himalayas", locationRestrictions=[], timezoneRestrictions=list(range(-11, 13)))
    assert (entry.locations, entry.eligible, entry.timezones) == ((), ("Worldwide",), ())
    named = one("himalayas", locationRestrictions=[{"alpha2": "PL", "name": "Poland"}])
    assert named.eligible == ("Poland",)


def test_himalayas_is_read_to_its_newest_thousand() -> None:
    asked = himalayas.first("all")
    count = 1
    while following := list(himalayas.follow(asked, payloads.himalayas(*[{}] * 20))):
        (asked,) = following
        count += 1
    assert count == 50


def test_every_field_of_a_we_work_remotely_job_is_read() -> None:
    url = "https://weworkremotely.com/remote-jobs/acme-account-executive"
    assert one("weworkremotely") == Record(
        external_id="acme-account-executive",
        title="Account Executive: DACH",
        company="Acme",
        url=url,
        apply_url=url,
        html="<p>Sell.</p>",
        locations=("Anywhere in the World",),
        workplace="remote",
        employment=("full_time",),
        posted_at=datetime(2026, 8, 11, 7, 30, 41, tzinfo=UTC),
        expires_at=datetime(2026, 9, 10, 7, 30, 41, tzinfo=UTC),
        eligible=("Anywhere in the World",),
        via="We Work Remotely",
    )
    near = one("weworkremotely", country="🇩🇪 Germany", state="Bavaria")
    assert (near.locations, near.countries) == (("Bavaria, Germany",), ("DE",))


def test_every_field_of_an_adzuna_job_is_read() -> None:
    said = '{"pay_min": "119025.7", "pay_max": "130000"}'
    url = "https://www.adzuna.com/details/5801"
    assert one("adzuna") == Record(
        external_id="5801",
        title="Senior Data Engineer",
        company="Acme",
        url=url,
        apply_url=url,
        html="<p>By joining us…</p>",
        locations=("Boston, Massachusetts, US",),
        countries=("US",),
        employment=("full_time",),
        pay=(Pay(Decimal("119025.7"), Decimal(130_000), "USD", "year", "estimate", said),),
        posted_at=datetime(2026, 7, 15, 8, 33, 45, tzinfo=UTC),
        via="Adzuna",
    )


@pytest.mark.parametrize(
    ("area", "read"),
    [
        (["Deutschland", "Bayern", "München"], "München, Bayern, Deutschland"),
        (["US", "Massachusetts", "Suffolk County"], "Massachusetts, US"),
        (["UK", "London"], "London, UK"),
        (["France", "Ile-de-France", "Paris", "Paris 1er"], "Paris 1er, Ile-de-France, France"),
        (["Singapore"], "Singapore"),
    ],
)
def test_the_town_of_adzuna_is_no_county(area: list[str], read: str) -> None:
    assert one("adzuna", location={"area": area}).locations == (read,)


@pytest.mark.parametrize("location", [None, {}, {"area": []}, {"area": "Berlin"}, []])
def test_a_job_of_adzuna_may_be_nowhere(location: Any) -> None:
    assert one("adzuna", location=location).locations == ()


@pytest.mark.parametrize(
    ("field", "value", "name", "read"),
    [
        ("seniority", "Senior", "seniority", "senior"),
        ("employmentType", ["Full Time"], "employment", ("full_time",)),
        ("locationRestrictions", "Germany", "locations", ("Germany",)),
        ("locationRestrictions", {"name": "Germany", "alpha2": "DE"}, "countries", ("DE",)),
        (
            "pubDate",
            "2026-08-11T05:04:31Z",
            "posted_at",
            datetime(2026, 8, 11, 5, 4, 31, tzinfo=UTC),
        ),
    ],
)
def test_a_list_of_himalayas_may_come_as_its_only_value(
    field: str, value: Any, name: str, read: Any
) -> None:
    assert getattr(one("himalayas", **{field: value}), name) == read


@pytest.mark.parametrize(
    ("system", "changes"),
    [
        ("remotive", {"company_name": ""}),
        ("remoteok", {"company": None}),
        ("himalayas", {"companyName": " "}),
        ("adzuna", {"company": {}}),
        ("weworkremotely", {"title": "Account Executive"}),
        ("weworkremotely", {"title": "Acme: "}),
    ],
)
def test_a_job_of_nobody_is_refused(system: str, changes: dict[str, Any]) -> None:
    entry = one(system, **changes)
    assert isinstance(entry, Refused)
    assert "employer" in entry.reason


def test_a_feed_of_the_newest_is_no_evidence_that_others_are_gone() -> None:
    for connector in (remoteok, himalayas, weworkremotely, CONNECTORS["adzuna"]):
        assert not connector.is_whole([getattr(payloads, connector.SYSTEM)()])
    assert remotive.is_whole([payloads.remotive()])
    assert not remotive.is_whole([payloads.remotive() | {"total-job-count": 900}])
