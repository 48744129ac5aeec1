"""`manage.py import_postings`, as an operator types it."""

import copy
import gzip
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.models import Run, Source
from jobs.models import Listing, Posting
from tests.imports.payloads import (
    ashby,
    ashby_job,
    greenhouse,
    greenhouse_job,
    lever,
    lever_job,
    smartrecruiters,
    smartrecruiters_detail,
)
from tests.internet import said

LINE = re.compile(
    r"fetched=\d+ new=\d+ changed=\d+ unchanged=\d+ closed=\d+ skipped=\d+ refused=\d+"
    r"( reread=\d+)?( held=\d+)?( merged=\d+)?( barred=\d+)?( waiting=\d+)?"
)


def run(*arguments) -> tuple[str, str, int]:
    """Last line, what was told of records or the whole refusal, and the exit."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_postings", *map(str, arguments), stdout=out, stderr=err)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except CommandError as error:
        return "", str(error), error.returncode
    line = out.getvalue().splitlines()[-1]
    assert LINE.fullmatch(line), line
    return line, err.getvalue(), code


@pytest.fixture
def write(tmp_path):
    def file(payload, name="acme.json"):
        path = tmp_path / name
        path.write_bytes(payload if isinstance(payload, bytes) else json.dumps(payload).encode())
        return path

    return file


def test_a_captured_board_is_imported_and_again_changes_nothing(db, write):
    job = greenhouse_job()
    path = write(greenhouse(job, job, greenhouse_job(id=2)))
    first = run("greenhouse", "--file", path)
    assert first == (
        "fetched=3 new=2 changed=0 unchanged=0 closed=0 skipped=1 refused=0",
        "skipped 4001: the same id again\n",
        0,
    )
    again, _, code = run("greenhouse", "--file", path)
    assert again == "fetched=3 new=0 changed=0 unchanged=2 closed=0 skipped=1 refused=0"
    assert code == 0


def test_the_board_is_the_stem_of_the_file_unless_it_is_named(db, write):
    path = write(greenhouse())
    run("greenhouse", "--file", path)
    run("greenhouse", "--file", path, "--board", "other")
    run("greenhouse", "--file", path, "--board", "https://boards.greenhouse.io/third/jobs/1")
    assert set(Listing.objects.values_list("source", flat=True)) == {
        "greenhouse:acme", "greenhouse:other", "greenhouse:third",
    }  # fmt: skip


def test_a_source_of_the_admin_is_named_by_its_slug(db, write):
    Source.objects.create(slug="our-board", system="lever", board="acme", rule="hold")
    line, _, _ = run("our-board", "--file", write(lever()))
    assert line.endswith("new=1 changed=0 unchanged=0 closed=0 skipped=0 refused=0 held=1")
    assert Posting.objects.get().state == "pending"


def test_an_unknown_source_is_told_the_known_ones(db):
    Source.objects.create(slug="our-board", system="lever", board="acme")
    _, said, code = run("nowhere", "--file", "x.json")
    assert code == 1
    assert said.startswith("'nowhere' is neither a system nor a source. Known: greenhouse, lever,")
    assert said.endswith(", jsonld, our-board")


def test_a_system_needs_a_board_or_a_file(db):
    assert "Name the board" in run("lever")[1]
    assert "is not the address of a lever board" in run("lever", "--board", "https://a.b/c")[1]


def test_the_given_company_stands_in_for_one_that_is_not_said(db, write):
    run("lever", "--company", "Given Name", "--file", write(lever()))
    assert Posting.objects.get().company.name == "Given Name"


def test_pages_of_one_board_are_one_run(db, write):
    one = write(greenhouse(greenhouse_job(id=1)))
    two = write(greenhouse(greenhouse_job(id=2)), "page2.json")
    line, _, _ = run("greenhouse", "--file", one, "--file", two)
    assert line.startswith("fetched=2 new=2 ")
    assert Run.objects.get().source.board == "acme"


BROKEN = {
    "cut off": json.dumps(greenhouse()).encode()[:-9],
    "two texts": b"{} {}",
    "empty": b"",
    "another system": json.dumps(lever()).encode(),
    "an error": b'{"status": 404, "error": "Not found"}',
    "a page": b"<!doctype html><p>Blocked</p>",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_text_that_cannot_be_used_is_refused_whole_and_touches_nothing(db, write, text):
    good = write(greenhouse(greenhouse_job(id=1)))
    run("greenhouse", "--file", good)
    before = list(Posting.objects.values_list()), list(Listing.objects.values_list())
    other = write(greenhouse(greenhouse_job(id=2)), "page1.json")
    said = run("greenhouse", "--board", "acme", "--file", other, "--file", write(text, "bad.json"))
    assert said[2] == 1
    assert said[1].startswith("Refused whole, nothing touched. bad.json: ")
    assert (list(Posting.objects.values_list()), list(Listing.objects.values_list())) == before
    assert Run.objects.first().outcome == "refused"


def test_a_refused_text_of_a_new_board_leaves_no_source(db, write):
    assert run("greenhouse", "--file", write(b"{"))[2] == 1
    assert not Source.objects.exists()


def test_a_file_that_is_not_there_is_named(db, tmp_path):
    _, said, code = run("greenhouse", "--file", tmp_path / "none.json")
    assert code == 1
    assert "none.json cannot be read: No such file" in said


def test_a_malformed_record_is_named_and_the_good_ones_stay(db, write):
    jobs = [greenhouse_job(id=1), greenhouse_job(id=2, title=5), "?", greenhouse_job(id=3)]
    line, said, code = run("greenhouse", "--file", write(greenhouse(*jobs)))
    assert line == "fetched=4 new=2 changed=0 unchanged=0 closed=0 skipped=0 refused=2"
    assert said.splitlines()[0] == "refused 2: title is a number, not a text"
    assert said.splitlines()[1].startswith("refused #3: ")
    assert code == 1


def test_a_dry_run_reports_and_changes_nothing(db, write):
    path = write(greenhouse(greenhouse_job(id=1), {"id": 2}))
    line, said, code = run("greenhouse", "--file", path, "--dry-run")
    assert line == "fetched=2 new=1 changed=0 unchanged=0 closed=0 skipped=0 refused=1"
    assert ("refused 2" in said, code) == (True, 1)
    assert not Source.objects.exists()
    assert not Posting.objects.exists()
    assert not Run.objects.exists()


def test_boards_of_alike_names_are_sources_of_their_own(db, write):
    for board in ("acme.io", "acmeio", "ACME.IO", "会社", "公司", "x" * 80, "x" * 79 + "y"):
        assert run("greenhouse", "--board", board, "--file", write(greenhouse()))[2] == 0
    assert Source.objects.count() == 7


@pytest.mark.parametrize("stem", ["_", "-", "a" * 150, "My board (1)", ".hidden", "board.v2"])
def test_any_name_of_a_file_is_a_board_or_is_refused_in_a_sentence(db, write, stem):
    job = greenhouse_job(company_name="", absolute_url="https://careers.example.org/1")
    line, said, code = run("greenhouse", "--file", write(greenhouse(job), f"{stem}.json"))
    assert (code == 0 and line) or "--board" in said
    assert not Posting.objects.filter(company__name="").exists()


@pytest.mark.parametrize("length", [900, 1_500, 3_000])
def test_a_long_address_is_kept_or_refused_alone(db, write, length):
    long = "https://boards.greenhouse.io/acme/jobs/" + "1" * length
    jobs = [greenhouse_job(id=1), greenhouse_job(id=2, absolute_url=long)]
    line, _, _ = run("greenhouse", "--file", write(greenhouse(*jobs)))
    assert "new=2" in line or ("new=1" in line and "refused=1" in line)
    for posting in Posting.objects.all():
        posting.full_clean()


def test_a_board_is_fetched_from_its_address_and_asked_if_it_changed(db, internet):
    address = "api.lever.co/v0/postings/acme?mode=json"
    internet.routes[address] = said(lever(), etag='"1"')
    line, _, code = run("lever", "--board", "acme")
    assert internet.asked() == [address]
    assert (line.startswith("fetched=1 new=1 "), code) == (True, 0)
    again, _, _ = run("lever", "--board", "acme")
    assert again == "fetched=1 new=0 changed=0 unchanged=1 closed=0 skipped=0 refused=0"
    assert internet.seen[1][1]["if-none-match"] == '"1"'
    assert not Source.objects.get().next_at


@pytest.mark.parametrize("answer", ["status", "refused"])
def test_a_board_that_does_not_answer_is_refused_and_no_evidence(db, internet, answer):
    if answer == "refused":
        internet.close()
    Source.objects.create(slug="our-board", system="lever", board="acme")
    _, told, code = run("our-board")
    assert code == 1
    assert ("knows no such board" if answer == "status" else "failed") in told
    assert Run.objects.get().outcome == "refused"


def test_a_name_that_is_no_board_is_refused_in_a_sentence(db):
    _, told, code = run("lever", "--board", "a?b#c")
    assert (code, "'a?b#c'" in told) == (1, True)


@pytest.mark.parametrize("rule", ["public", "hold", "known"])
def test_a_run_twice_at_the_same_time_is_one_posting_each(db, write, rule):
    path = write(greenhouse(*(greenhouse_job(id=number) for number in range(1, 60))))
    Source.objects.create(slug="s", system="greenhouse", board="acme", rule=rule)
    run("s", "--file", path)
    run("greenhouse", "--file", path)
    assert Listing.objects.count() == Posting.objects.count() == 59


BOMB = gzip.compress(b" " * (33 * 2**20))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (gzip.compress(json.dumps(greenhouse()).encode()), ""),
        (BOMB, "larger than 33,554,432 bytes"),
        (gzip.compress(b"{}")[:-9], "breaks off"),
        (b"\x1f\x8bxx", "damaged"),
    ],
    ids=["good", "bomb", "cut", "damaged"],
)
def test_a_packed_text_is_unpacked_up_to_the_limit(db, write, data, said):
    line, refused, code = run("greenhouse", "--file", write(data, "acme.json.gz"))
    assert said in refused
    assert (code, " new=1 " in line) == ((1, False) if said else (0, True))


def test_a_mapped_source_needs_its_slug(db, write):
    assert "make a source in the admin" in run("csv", "--file", write(b"a,b"))[1]


def test_what_a_board_needs_next_is_fetched_too(db, internet):
    board = "api.smartrecruiters.com/v1/companies/AcmeInc/postings"
    internet.routes[f"{board}?limit=100&offset=0"] = said(smartrecruiters())
    internet.routes[f"{board}/7439"] = said(smartrecruiters_detail())
    line, _, _ = run("smartrecruiters", "--board", "AcmeInc")
    assert line.startswith("fetched=1 new=1 ")
    assert len(internet.asked()) == 2
    assert "sets prices" in Posting.objects.get().description


def test_the_real_samples_import_and_again_change_nothing(db, samples):
    boards = [
        [path]
        for folder in ("ats", "boards", "jsonld")
        for path in sorted((samples / folder).iterdir())
        if "_detail" not in path.name
    ]
    of = {
        name: [one for one in (samples / "ats").iterdir() if one.name.startswith(name)]
        for name in ("smartrecruiters_page", "workday")
    }
    boards = [files for files in boards if not files[0].name.startswith(tuple(of))]
    detail = samples / "ats" / "smartrecruiters_detail.json"
    boards += [[*sorted(of["smartrecruiters_page"]), detail], sorted(of["workday"])]
    for files in boards:
        system = "jsonld" if files[0].parent.name == "jsonld" else files[0].stem.split("_")[0]
        told = [part for path in files for part in ("--file", path)]
        first, reasons, code = run(system, *told)
        again, _, _ = run(system, *told)
        name = files[0].name
        assert count(first, "fetched") >= 1, name
        assert (code == 0) == (" refused=0" in first), name
        assert count(first, "refused") + count(first, "skipped") == len(reasons.splitlines())
        assert system == "jsonld" or code == 0, name
        assert " new=0 changed=0 " in again
        assert "reread" not in again
        assert count(first, "new") == count(again, "unchanged"), name
    assert Posting.objects.public().count() > 40


def count(line: str, name: str) -> int:
    return int(re.search(rf"{name}=(\d+)", line)[1])


# --- whatever a payload says ----------------------------------------------------------------------

JOBS = {"greenhouse": greenhouse_job, "lever": lever_job, "ashby": ashby_job}
BOARDS = {"greenhouse": greenhouse, "lever": lever, "ashby": ashby}
odd = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.sampled_from(
        ["", " ", "\u202e", "\x1f", "x" * 3_000, "<script>", "9" * 400, "2026-13-45",
         "javascript:a", "https://", "US" * 300, [], {}, [[]], [None], {"a": 1}, 0.001, 1e-9,
         1e300, -0.0, "½", "٣"]
    ),
)  # fmt: skip


def paths(value, here=()):
    """Every path to a value inside a payload."""
    yield here
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(
        value, list) else ()  # fmt: skip
    for key, inner in items:
        yield from paths(inner, (*here, key))


def changed(job, path, value):
    job = copy.deepcopy(job)
    inner = job
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return job


@pytest.mark.parametrize("system", JOBS)
@settings(max_examples=30)
@given(data=st.data())
def test_one_bad_record_of_any_kind_costs_no_good_one(db, write, system, data):
    Posting.objects.all().delete()
    good = [JOBS[system](id=4_001 if system == "greenhouse" else "a-1"),
            JOBS[system](id=4_002 if system == "greenhouse" else "a-2")]  # fmt: skip
    base = JOBS[system](id=4_003 if system == "greenhouse" else "a-3")
    bad = base
    for _ in range(data.draw(st.integers(1, 3))):
        places = [path for path in paths(bad) if path]
        bad = changed(bad, data.draw(st.sampled_from(places)), data.draw(odd))
    path = write(BOARDS[system](good[0], bad, good[1]))
    line, said, code = run(system, "--file", path)
    if not line:  # what is no strict JSON is refused whole
        assert (said.startswith("Refused whole"), code) == (True, 1)
        return
    known = set(Listing.objects.values_list("external_id", flat=True))
    assert {str(job["id"]) for job in good} <= known
    assert count(line, "new") + count(line, "skipped") + count(line, "refused") == 3
    assert code == (1 if count(line, "refused") else 0)
    again, _, _ = run(system, "--file", path)
    assert " new=0 changed=0 " in again
