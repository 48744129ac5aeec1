"""imports.connectors: the registry, and what holds for every connector."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.connectors import (
    CONNECTORS,
    MAPPED,
    Request,
    account_of,
    find,
    get,
    identify,
)
from imports.connectors.reading import parse_xml
from imports.connectors.shapes import SHAPES
from imports.records import Record, Refused, Skipped
from imports.systems import RESERVED, SYSTEMS
from tests.imports import payloads

BOARDS: dict[str, Callable[..., Any]] = {
    name: getattr(payloads, name)
    for name in (
        *("greenhouse", "lever", "ashby", "workable", "smartrecruiters", "recruitee"),
        *("teamtailor", "workday", "remotive", "remoteok", "himalayas", "adzuna"),
    )
}
FEEDS: dict[str, tuple[str, Callable[..., Any], Callable[..., bytes]]] = {
    "personio": ("personio", payloads.personio_job, payloads.personio),
    "weworkremotely": ("weworkremotely", payloads.weworkremotely_job, payloads.weworkremotely),
    "teamtailor": ("teamtailor", payloads.teamtailor_item, payloads.teamtailor_rss),
}
ONE_BOARD = {"remoteok", "himalayas", "adzuna"}
PAGE = b"""<html><script type="application/ld+json">{"@type": "JobPosting", "title": "Cook",
"hiringOrganization": "Acme", "url": "https://acme.example/cook"}</script></html>"""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=30)
ODD = st.sampled_from(["", " ", "x" * 600, -1, 0, 10**25, 1e308, "9999-12-31T23:59:59-23:59", "<p"])


def test_every_system_has_its_connector_its_label_and_its_reserved_name() -> None:
    assert {*BOARDS, *FEEDS, "jsonld"} == set(CONNECTORS)
    assert set(SYSTEMS) == {*CONNECTORS, *MAPPED} <= RESERVED
    for system, connector in CONNECTORS.items():
        assert system == connector.SYSTEM
        assert get(system) is connector


@pytest.mark.parametrize("system", BOARDS)
def test_a_payload_is_recognised_by_its_own_connector_only(system: str) -> None:
    payload = BOARDS[system]()
    assert identify(payload) == system
    assert [name for name, one in CONNECTORS.items() if one.recognises(payload)] == [system]
    text = json.dumps(payload).encode()
    assert CONNECTORS[system].recognises(CONNECTORS[system].parse(text))
    (entry,) = CONNECTORS[system].read([payload], "acme.wd5/Site")
    assert isinstance(entry, Record)


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_is_recognised_by_its_own_connector_only(feed: str) -> None:
    system, _, board = FEEDS[feed]
    payload = CONNECTORS[system].parse(board())
    assert identify(payload) == system
    assert [name for name, one in CONNECTORS.items() if one.recognises(payload)] == [system]
    (entry,) = CONNECTORS[system].read([payload], "acme")
    assert isinstance(entry, Record)


def test_a_page_is_recognised_as_one() -> None:
    payload = CONNECTORS["jsonld"].parse(PAGE)
    assert identify(payload) == "jsonld"
    assert [name for name, one in CONNECTORS.items() if one.recognises(payload)] == ["jsonld"]


@pytest.mark.parametrize("system", CONNECTORS)
def test_what_is_no_payload_of_its_own_is_refused_in_a_sentence(system: str) -> None:
    connector = CONNECTORS[system]
    for text in (b"", b" {", b"[1", b"<p", b"\xff\xfe\x00"):
        with pytest.raises(ValueError, match=r"\.$") as caught:
            connector.parse(text)
        assert not isinstance(caught.value, UnicodeError)
    for payload in ({"error": "not found"}, None, 7, "x", parse_xml(b"<rss/>")):
        assert not connector.recognises(payload)
        (refused,) = connector.read([payload])
        assert isinstance(refused, Refused)


@pytest.mark.parametrize(
    ("payload", "systems"),
    [
        ({"jobs": []}, ["greenhouse", "ashby", "workable", "remotive", "himalayas"]),
        ({"jobs": [], "meta": {"total": 0}}, ["greenhouse"]),
        ({"jobs": [], "apiVersion": "1"}, ["ashby"]),
        ([], ["lever"]),
        ({"jobs": [], "totalCount": 0}, ["himalayas"]),
        ({"name": "Acme", "jobs": []}, ["workable"]),
        ({"offers": []}, ["recruitee"]),
        ({"total": 0, "jobPostings": []}, ["workday"]),
        ({"totalFound": 0, "content": []}, ["smartrecruiters"]),
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
@settings(max_examples=40)
@given(data=st.data())
def test_no_change_to_a_payload_makes_a_connector_fail(system: str, data: st.DataObject) -> None:
    good = BOARDS[system]()
    path = SHAPES[system].jobs
    (job,) = good[path] if path else good
    broken = copy.deepcopy(job)
    for _ in range(data.draw(st.integers(1, 3))):
        mutate(broken, data)
    jobs = [broken, data.draw(JSON), job]
    entries = list(CONNECTORS[system].read([BOARDS[system](*jobs)], "acme.wd5/Site"))
    assert len(entries) == len(jobs)
    assert all(isinstance(entry, Record | Skipped | Refused) for entry in entries)
    assert isinstance(entries[2], Record)
    for entry in entries:
        if isinstance(entry, Record):
            assert_kept(entry)
        else:
            assert entry.reason


@pytest.mark.parametrize("feed", FEEDS)
@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_no_change_to_a_feed_makes_a_connector_fail(feed: str, data: st.DataObject) -> None:
    system, job, board = FEEDS[feed]
    broken = job()
    for _ in range(data.draw(st.integers(1, 3))):
        mutate(broken, data, TEXTS)
    broken = {name: value for name, value in broken.items() if value is not None}
    entries = list(
        CONNECTORS[system].read([CONNECTORS[system].parse(board(broken, job()))], "acme")
    )
    assert len(entries) == 2
    assert isinstance(entries[1], Record)
    for entry in entries:
        if isinstance(entry, Record):
            assert_kept(entry)
        else:
            assert entry.reason


def mutate(
    job: dict[str, Any], data: st.DataObject, values: st.SearchStrategy[Any] | None = None
) -> None:
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
            at[key] = data.draw(JSON | ODD if values is None else values)
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
    for system in SYSTEMS:
        connector = get(system, {"fields": {"id": "a", "title": "b", "url": "c", "company": "d"}})
        list(connector.follow(Request("https://a.b/", "POST", {"offset": 0}), payload))
        list(connector.read([payload]))
        connector.is_whole([payload])


@given(st.text())
def test_any_text_is_an_address_or_none(text: str) -> None:
    assert find(text) is None
    find(f"https://jobs.lever.co/{text}")


ADDRESSES = {
    "https://boards.greenhouse.io/acme/jobs/1": ("greenhouse", "acme"),
    "https://jobs.eu.lever.co/acme/1": ("lever", "eu:acme"),
    "https://jobs.ashbyhq.com/Acme/1": ("ashby", "Acme"),
    "https://apply.workable.com/acme/j/AB12/": ("workable", "acme"),
    "https://apply.workable.com/api/v1/widget/accounts/acme": ("workable", "acme"),
    "https://www.workable.com/api/accounts/acme?details=true": ("workable", "acme"),
    "https://jobs.smartrecruiters.com/AcmeInc/7439-x": ("smartrecruiters", "AcmeInc"),
    "https://careers.smartrecruiters.com/AcmeInc": ("smartrecruiters", "AcmeInc"),
    "https://api.smartrecruiters.com/v1/companies/a/postings": ("smartrecruiters", "a"),
    "https://acme.recruitee.com/o/office-manager": ("recruitee", "acme"),
    "https://acme.jobs.personio.de/job/1": ("personio", "acme"),
    "https://acme.jobs.personio.com/": ("personio", "acme.jobs.personio.com"),
    "https://acme.teamtailor.com/jobs": ("teamtailor", "acme"),
    "https://acme.na.teamtailor.com/jobs": ("teamtailor", "acme.na.teamtailor.com"),
    "https://acme.wd5.myworkdayjobs.com/en-US/Site/job/x_1": ("workday", "acme.wd5/Site"),
    "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Site/jobs": ("workday", "acme.wd5/Site"),
    "https://remotive.com/remote-jobs/data/x-1": ("remotive", "data"),
    "https://remoteok.com/": ("remoteok", "all"),
    "https://himalayas.app/jobs": ("himalayas", "all"),
    "https://weworkremotely.com/categories/remote-design-jobs": (
        "weworkremotely", "remote-design-jobs",
    ),
    "https://acme.example/careers/?page=1#top": ("jsonld", "acme.example/careers/?page=1"),
    "https://localhost/": None,
    "ftp://acme.example/": None,
}  # fmt: skip


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_tells_its_system_and_board(url: str) -> None:
    assert find(url) == ADDRESSES[url]
    if found := ADDRESSES[url]:
        asked = get(found[0]).first(found[1])
        assert asked.url.startswith("https://")
        assert asked.method == ("POST" if found[0] == "workday" else "GET")
        assert find(asked.url) in (found, find(asked.url.partition("/wday/")[0]), found)


@pytest.mark.parametrize("system", [name for name in CONNECTORS if name not in ONE_BOARD])
def test_what_is_no_board_is_named(system: str) -> None:
    for board in ("", "a b/../c?", "acme?x=1", "-", "ü" * 300):
        with pytest.raises(ValueError, match="is not"):
            get(system).first(board)


def test_the_account_comes_from_the_jobs_own_address() -> None:
    def at(url: str, apply_url: str = "https://example.com/") -> str:
        return account_of(Record("1", "x", "", url, apply_url, ""))

    assert at("https://job-boards.greenhouse.io/acme/jobs/1") == "acme"
    assert at("https://jobs.eu.lever.co/acme/1") == "acme"
    assert at("https://acme.example/jobs/1", "https://jobs.ashbyhq.com/Acme/1") == "Acme"
    assert at("https://acme.wd5.myworkdayjobs.com/Site/job/x_1") == "acme"
    assert at("https://acme.jobs.personio.com/job/1") == "acme"
    assert at("https://remotive.com/remote-jobs/data/x-1") == ""
    assert at("https://acme.example/jobs/1") == ""


SAMPLES = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of captured boards is not here")
def test_captured_boards_are_read_whole() -> None:
    for path in sorted((*SAMPLES.glob("ats/*"), *SAMPLES.glob("boards/*"))):
        system = path.stem.split("_")[0]
        connector = CONNECTORS[system]
        payload = connector.parse(path.read_bytes())
        assert identify(payload) == system, path.name
        if "detail" in path.name:
            continue
        entries = list(
            connector.read([payload], "acme.wd5/Site" if system == "workday" else "acme")
        )
        assert entries
        assert not [entry for entry in entries if isinstance(entry, Refused)], path.name
