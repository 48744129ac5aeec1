"""One run of one board: its counts, its account of what was left, and what it is evidence of."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from imports.models import Run, Source
from imports.run import ImportRefused, import_payloads, preview, read_texts
from jobs.models import Company, Listing, Posting
from tests.imports.payloads import (
    ashby,
    ashby_job,
    greenhouse,
    greenhouse_job,
    lever,
    lever_job,
    smartrecruiters,
    smartrecruiters_job,
    workable,
    workable_job,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def source(db) -> Source:
    return Source.objects.create(slug="acme", system="greenhouse", board="acme-robotics")


def source_of(system: str, **fields) -> Source:
    return Source.objects.create(slug=f"{system}-x", system=system, board="acme", **fields)


def boards(count: int, **changes):
    return greenhouse(*(greenhouse_job(id=number, **changes) for number in range(1, count + 1)))


def counts(source, *payloads, hours=0.0) -> dict[str, int]:
    report = import_payloads(source, payloads, at=NOW + hours * HOUR)
    return {name: n for name, n in report.counts.items() if n}


def test_the_last_line_names_every_count_and_the_rare_ones_where_there_are_any(source):
    job = greenhouse_job()
    report = import_payloads(source, [greenhouse(job, job)], at=NOW)
    assert report.line() == "fetched=2 new=1 changed=0 unchanged=0 closed=0 skipped=1 refused=0"
    source.rule = "hold"
    held = import_payloads(source, [greenhouse(greenhouse_job(id=5))], at=NOW)
    assert held.line().endswith(" refused=0 held=1")


def test_the_same_payload_again_changes_nothing(source):
    counts(source, boards(3))
    assert counts(source, boards(3), hours=1) == {"fetched": 3, "unchanged": 3}


@pytest.mark.parametrize(
    "changes",
    [
        {"updated_at": "2026-11-20T08:00:00Z"},
        {"first_published": "2026-11-01T00:00:00Z"},
        {"title": "  Data   Engineer "},
        {"content": greenhouse_job()["content"].replace(" ", " \n ")},
        {"metadata": greenhouse_job()["metadata"][::-1]},
        {"internal_job_id": 78, "requisition_id": "x", "departments": []},
    ],
)
def test_timestamps_order_and_white_space_are_no_change(source, changes):
    counts(source, greenhouse())
    assert counts(source, greenhouse(greenhouse_job(**changes)))["unchanged"] == 1


def test_another_title_is_a_change(source):
    counts(source, greenhouse())
    assert counts(source, greenhouse(greenhouse_job(title="Data Baker")))["changed"] == 1


def test_pages_of_one_fetch_are_one_run(source):
    found = counts(source, boards(2), greenhouse(greenhouse_job(id=2), greenhouse_job(id=9)))
    assert found == {"fetched": 4, "new": 3, "skipped": 1}
    assert Run.objects.count() == 1


def test_a_malformed_record_is_refused_alone(source):
    found = counts(source, greenhouse(greenhouse_job(), {"id": "x"}, 7, greenhouse_job(id=2)))
    assert found == {"fetched": 4, "new": 2, "refused": 2}
    run = Run.objects.get()
    assert [kind for kind, _, _ in run.reasons] == ["Refused", "Refused"]
    assert all(reason for _, _, reason in run.reasons)
    assert not run.healthy


def test_what_is_not_listed_or_no_job_is_skipped_with_its_reason(db):
    hidden, spontaneous = {"isListed": False}, {"title": "Open Application"}
    payload = ashby(
        ashby_job(id="a"), ashby_job(id="b", **hidden), ashby_job(id="c", **spontaneous)
    )
    found = counts(source_of("ashby"), payload)
    assert found == {"fetched": 3, "new": 1, "skipped": 2}
    assert [row[2] for row in Run.objects.get().reasons] == ["not listed", "open application"]


def test_pay_that_must_not_be_shown_is_shown_nowhere(db, reader):
    job = ashby_job(
        shouldDisplayCompensationOnJobPostings=False,
        descriptionHtml="<p>We pay $150,000 a year</p>",
    )
    counts(source_of("ashby"), ashby(job))
    posting = Posting.objects.get()
    assert not posting.pay_ranges.exists()
    assert posting.pay_line == ""
    with time_machine.travel(NOW, tick=False):
        page = reader.get("/jobs/").content.decode()
    assert "USD" not in page.split('<ol class="cards">')[1]


def test_a_posting_that_is_no_longer_listed_closes_like_an_absent_one(db):
    source = source_of("ashby")
    both = ashby(ashby_job(id="a"), ashby_job(id="b"))
    hidden = ashby(ashby_job(id="a"), ashby_job(id="b", isListed=False))
    counts(source, both)
    counts(source, hidden, hours=1)
    assert counts(source, hidden, hours=14)["closed"] == 1


def test_doubly_escaped_html_comes_out_clean(source):
    counts(source, greenhouse())
    html = Posting.objects.get().description_html
    assert html == "<p>We use &lt;T&gt; &amp; SQL.</p>"


def test_a_script_of_a_stranger_is_gone(source, reader):
    content = "&lt;p onclick=&quot;x&quot;&gt;Hi&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    counts(source, greenhouse(greenhouse_job(content=content)))
    text = reader.get(Posting.objects.get().get_absolute_url()).content.decode()
    assert "<p>Hi</p>" in text
    assert "alert(1)" not in text
    assert "onclick" not in text


@pytest.mark.parametrize(
    ("said", "given", "url", "name"),
    [
        ("Acme Ltd", "Given", "https://boards.greenhouse.io/account/jobs/1", "Acme Ltd"),
        ("", "Given", "https://boards.greenhouse.io/account/jobs/1", "Given"),
        ("", "", "https://boards.greenhouse.io/my-account/jobs/1", "My Account"),
        ("", "", "https://careers.example.org/jobs/1", "Acme Robotics"),
    ],
)
def test_the_company_is_the_payloads_else_the_given_one_else_the_account(
    source, said, given, url, name
):
    source.company_name = given
    counts(source, greenhouse(greenhouse_job(company_name=said, absolute_url=url)))
    assert Posting.objects.get().company.name == name


def test_a_company_is_made_once(source):
    counts(source, boards(3))
    assert Company.objects.get().name == "Acme"


def test_a_closing_date_that_has_passed_is_skipped_when_new_and_heeded_when_known(source):
    past = greenhouse(greenhouse_job(application_deadline="2026-11-22"))
    assert counts(source, past) == {"fetched": 1, "skipped": 1}
    counts(source, greenhouse())
    assert counts(source, past)["changed"] == 1
    assert Posting.objects.get().standing(NOW) == "expired"


def test_a_closing_day_lasts_to_its_end(source):
    counts(source, greenhouse(greenhouse_job(application_deadline="2026-11-23")))
    posting = Posting.objects.get()
    assert posting.is_public(datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC))
    assert not posting.is_public(datetime(2026, 11, 24, tzinfo=UTC))


@pytest.mark.parametrize(
    "second",
    [
        greenhouse(greenhouse_job(id=1), {"id": "malformed"}),
        {"jobs": [], "meta": {"total": 0}},
        greenhouse({"id": "all malformed"}),
    ],
    ids=["refused", "empty", "all refused"],
)
def test_an_unhealthy_run_is_no_evidence_of_absence(source, second):
    counts(source, boards(2))
    counts(source, greenhouse(greenhouse_job(id=1)), hours=1)
    assert "closed" not in counts(source, second, hours=20)
    assert Posting.objects.filter(state="open").count() == 2
    assert counts(source, greenhouse(greenhouse_job(id=1)), hours=21)["closed"] == 1


def test_a_run_that_is_killed_is_no_evidence_either(source, monkeypatch):
    counts(source, boards(2))
    with monkeypatch.context() as killed:
        killed.setattr("imports.run.take", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            counts(source, greenhouse(greenhouse_job(id=1)), hours=1)
    assert "closed" not in counts(source, greenhouse(greenhouse_job(id=1)), hours=14)
    assert Run.objects.filter(outcome="running").count() == 1


def test_a_board_where_all_went_at_once_waits_for_a_person(source):
    counts(source, boards(25))
    other = greenhouse(greenhouse_job(id=99))
    counts(source, other, hours=1)
    report = import_payloads(source, [other], at=NOW + 14 * HOUR)
    assert report.line().endswith("closed=0 skipped=0 refused=0 waiting=25")
    assert Posting.objects.filter(state="open").count() == 26


def test_a_preview_tells_all_and_changes_nothing(source):
    counts(source, boards(2))
    before = list(Posting.objects.values_list()) + list(Listing.objects.values_list())
    report = preview(source, [greenhouse(greenhouse_job(title="Baker"), greenhouse_job(id=9))])
    assert (report.counts["new"], report.counts["changed"]) == (2, 0)
    assert list(Posting.objects.values_list()) + list(Listing.objects.values_list()) == before
    assert Run.objects.count() == 1


def test_lever_is_imported_with_both_of_its_employment_types(db):
    counts(source_of("lever"), lever(lever_job()))
    posting = Posting.objects.get()
    assert posting.employment == ["full_time", "internship"]
    assert (posting.company.name, posting.workplace) == ("Acme", "onsite")


@pytest.mark.parametrize(
    ("system", "text", "sentence"),
    [
        ("greenhouse", b'{"jobs": [{"id": 1', "text: "),
        ("greenhouse", b"", "text: "),
        ("greenhouse", b"\xff\xfe", "text: "),
        ("greenhouse", b'{"jobs": []} trailing', "text: "),
        ("greenhouse", b'{"jobs": [], "x": NaN}', "text: "),
        ("greenhouse", b"[" * 100_000, "text: "),
        ("greenhouse", b'{"error": "not found"}', "no system known here answers like it"),
        ("greenhouse", json.dumps(greenhouse_job()).encode(), "it is a single job"),
        ("lever", json.dumps(lever_job()).encode(), "it is a single job"),
        ("lever", b'{"ok": false, "error": "Document not found"}', "this is no lever board"),
    ],
)
def test_a_text_that_is_no_board_is_refused_with_its_name(system, text, sentence):
    with pytest.raises(ImportRefused) as refused:
        read_texts(system, [("text", text)])
    assert sentence in str(refused.value)


@pytest.mark.parametrize("asked", ["greenhouse", "lever", "ashby"])
@pytest.mark.parametrize("given", ["greenhouse", "lever", "ashby"])
def test_the_payload_of_another_system_is_named(asked, given):
    payload = {"greenhouse": greenhouse, "lever": lever, "ashby": ashby}[given]()
    texts = [("text", json.dumps(payload).encode())]
    if asked == given:
        assert read_texts(asked, texts) == [payload]
        return
    with pytest.raises(ImportRefused, match=f"no {asked} board; it looks like {given}"):
        read_texts(asked, texts)


def test_one_job_listed_for_each_of_its_places_has_them_all(db):
    jobs = [
        workable_job(locations=[{"city": city, "country": land, "countryCode": code}])
        for city, land, code in (("Lisbon", "Portugal", "PT"), ("Madrid", "Spain", "ES"))
    ]
    assert counts(source_of("workable"), workable(*jobs)) == {"fetched": 2, "new": 1, "skipped": 1}
    assert Posting.objects.get().place_line == "Lisbon, PT / Madrid, ES (workplace not stated)"


def test_another_job_under_the_same_id_changes_nothing(db):
    jobs = [workable_job(), workable_job(title="Cook", locations=[{"country": "Spain"}])]
    counts(source_of("workable"), workable(*jobs))
    assert Posting.objects.get().place_line == "Berlin, DE (workplace not stated)"


def test_some_pages_of_many_are_no_evidence_of_absence(db):
    source = source_of("smartrecruiters")
    pages = [smartrecruiters(smartrecruiters_job(id=name), totalFound=2) for name in "12"]
    counts(source, *pages)
    for hours in (13, 26, 39):
        assert counts(source, pages[0], hours=hours) == {"fetched": 1, "unchanged": 1}
    assert not Run.objects.exclude(pk=Run.objects.last().pk).filter(healthy=True).exists()
    assert Posting.objects.filter(state="open").count() == 2


def test_a_mapped_source_is_read_by_its_mapping(db):
    mapping = {
        "jobs": "r",
        "fields": {"id": "i", "title": "t", "url": "u"},
        "values": {"company": "Acme"},
    }
    source = source_of("json", mapping=mapping)
    payload = {"r": [{"i": 1, "t": "Cook", "u": "https://acme.example/1"}]}
    read = read_texts("json", [("x", json.dumps(payload).encode())], mapping)
    assert counts(source, *read) == {"fetched": 1, "new": 1}
    with pytest.raises(ImportRefused, match="no list of jobs where its mapping says"):
        read_texts("json", [("x", b'{"s": []}')], mapping)


@pytest.mark.parametrize(
    ("system", "mapping", "said"),
    [
        ("csv", {}, "no object|must be an object"),
        ("csv", {"fields": {"id": "a"}}, "'title' is missing"),
        ("lever", {"fields": {}}, "Only a source of CSV or JSON"),
    ],
)
def test_a_source_in_the_admin_says_what_is_wrong_with_its_mapping(db, system, mapping, said):
    source = Source(slug="x", system=system, board="acme", mapping=mapping)
    with pytest.raises(ValidationError, match=said):
        source.full_clean()


def test_a_text_beyond_the_limit_is_refused_for_every_system(db, settings):
    settings.BOARD = settings.BOARD | {"FEED_BYTES": 10}
    for system in ("lever", "personio", "jsonld", "csv"):
        with pytest.raises(ImportRefused, match="larger than 10 bytes"):
            read_texts(system, [("x", b"[" + b" " * 10)])
