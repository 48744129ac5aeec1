"""imports.connectors: the registry, and what holds for every connector."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.connectors import CONNECTORS, RESERVED, account_of, find, get, identify
from imports.records import Record, Refused, Skipped
from tests.imports import payloads

BOARDS: dict[str, Callable[..., Any]] = {
    "greenhouse": payloads.greenhouse,
    "lever": payloads.lever,
    "ashby": payloads.ashby,
}
OTHERS = {
    "recruitee": {"offers": [{"id": 1, "careers_url": "x", "employment_type_code": "fulltime"}]},
    "smartrecruiters": {"totalFound": 1, "content": [{"refNumber": "x", "releasedDate": "y"}]},
    "workable": {"name": "Acme", "jobs": [{"shortcode": "A1", "telecommuting": True}]},
    "workday": {"total": 1, "jobPostings": [{"externalPath": "/x", "postedOn": "Posted Today"}]},
    "teamtailor": {"version": "1", "items": [{"_jobposting": {}, "date_published": "x"}]},
    "remotive": {"jobs": [{"candidate_required_location": "USA", "publication_date": "x"}]},
    "remoteok": [{"legal": "…", "last_updated": 1}, {"epoch": 1, "position": "x", "company": "y"}],
    "himalayas": {"jobs": [{"locationRestrictions": [], "companySlug": "x", "pubDate": 1}]},
    "adzuna": {"count": 1, "results": [{"redirect_url": "x", "adref": "y"}]},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
ODD = st.sampled_from(["", " ", "x" * 600, -1, 0, 10**25, 1e308, "9999-12-31T23:59:59-23:59", "<p"])


def test_every_system_has_its_connector_and_its_reserved_name() -> None:
    assert set(BOARDS) == set(CONNECTORS)
    assert set(CONNECTORS) | set(OTHERS) <= RESERVED
    for system, connector in CONNECTORS.items():
        assert system == connector.SYSTEM
        assert get(system) is connector


@pytest.mark.parametrize("system", BOARDS)
def test_a_payload_is_recognised_by_its_own_connector_only(system: str) -> None:
    payload = BOARDS[system]()
    assert identify(payload) == system
    assert [name for name, one in CONNECTORS.items() if one.recognises(payload)] == [system]


@pytest.mark.parametrize("system", OTHERS)
def test_other_systems_are_named_and_read_by_none(system: str) -> None:
    payload = OTHERS[system]
    assert identify(payload) == system
    for connector in CONNECTORS.values():
        assert not connector.recognises(payload)
        (refused,) = connector.read([payload])
        assert isinstance(refused, Refused)


@pytest.mark.parametrize(
    ("payload", "systems"),
    [
        ({"jobs": []}, ["greenhouse", "ashby"]),
        ({"jobs": [], "meta": {"total": 0}}, ["greenhouse"]),
        ({"jobs": [], "apiVersion": "1"}, ["ashby"]),
        ([], ["lever"]),
        ({"jobs": [], "totalCount": 0}, []),
        ({"name": "Acme", "jobs": []}, []),
        ({"offers": []}, []),
        ({}, []),
        ({"jobs": None}, []),
        ({"jobs": {}}, []),
        ({"error": "not found"}, []),
        ("jobs", []),
        (None, []),
    ],
)
def test_an_empty_board_is_one_of_those_that_it_can_be(payload: Any, systems: list[str]) -> None:
    assert [name for name, one in CONNECTORS.items() if one.recognises(payload)] == systems
    for name in systems:
        assert list(CONNECTORS[name].read([payload])) == []


@pytest.mark.parametrize("system", BOARDS)
@settings(max_examples=120)
@given(data=st.data())
def test_no_change_to_a_payload_makes_a_connector_fail(system: str, data: st.DataObject) -> None:
    good = BOARDS[system]()
    (job,) = good if isinstance(good, list) else good["jobs"]
    broken = copy.deepcopy(job)
    for _ in range(data.draw(st.integers(1, 3))):
        mutate(broken, data)
    jobs = [broken, data.draw(JSON), job]
    entries = list(CONNECTORS[system].read([BOARDS[system](*jobs)]))
    assert len(entries) == len(jobs)
    assert all(isinstance(entry, Record | Skipped | Refused) for entry in entries)
    assert isinstance(entries[2], Record)
    for entry in entries:
        if isinstance(entry, Record):
            assert_kept(entry)
        else:
            assert entry.reason


def mutate(job: dict[str, Any], data: st.DataObject) -> None:
    """Replace or remove one value, at any depth."""
    at: Any = job
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if isinstance(at[key], dict | list) and data.draw(st.booleans()):
            at = at[key]
            continue
        if data.draw(st.integers(0, 4)) == 0:
            del at[key]
        else:
            at[key] = data.draw(JSON | ODD)
        return


def assert_kept(record: Record) -> None:
    """What a record promises, whatever it was read from."""
    assert record.external_id
    assert 0 < len(record.title) <= 500
    assert record.url.startswith(("https://", "http://"))
    assert record.apply_url.startswith(("https://", "http://"))
    assert record.workplace in ("", "onsite", "hybrid", "remote")
    assert all(len(code) == 2 for code in record.countries)
    for at in (record.posted_at, record.expires_at):
        assert at is None or at.utcoffset() is not None
    for pay in record.pay:
        assert pay.minimum or pay.maximum
        assert pay.kind in ("base", "ote", "bonus", "estimate")
        assert pay.period in ("", "hour", "day", "week", "month", "year")


@given(JSON)
def test_any_payload_is_judged_without_failing(payload: Any) -> None:
    identify(payload)
    for connector in CONNECTORS.values():
        list(connector.read([payload]))


@given(st.text())
def test_any_text_is_an_address_or_none(text: str) -> None:
    assert find(text) is None
    find(f"https://jobs.lever.co/{text}")


def test_the_account_comes_from_the_jobs_own_address() -> None:
    def at(url: str, apply_url: str = "https://example.com/") -> str:
        return account_of(Record("1", "x", "", url, apply_url, ""))

    assert at("https://job-boards.greenhouse.io/acme/jobs/1") == "acme"
    assert at("https://jobs.eu.lever.co/acme/1") == "acme"
    assert at("https://acme.example/jobs/1", "https://jobs.ashbyhq.com/Acme/1") == "Acme"
    assert at("https://acme.example/jobs/1") == ""
    assert find("https://jobs.lever.co/acme/1") == ("lever", "acme")


SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "ats"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of captured boards is not here")
def test_captured_boards_are_read_whole() -> None:
    for path in sorted(SAMPLES.glob("*.json")):
        payload = json.loads(path.read_text())
        system = path.name.split("_")[0]
        assert identify(payload) == system, path.name
        if system in CONNECTORS:
            entries = list(CONNECTORS[system].read([payload]))
            assert entries
            assert not [entry for entry in entries if isinstance(entry, Refused)], path.name
