"""The operator's pages: from an address to a source, to its runs, and to every posting of them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.html import escape

from imports.models import Run, Source
from imports.runs import ask_for
from jobs.models import Posting
from tests.imports.payloads import ashby, ashby_job, greenhouse, greenhouse_job
from tests.internet import said
from work.worker import Worker

BOARD = "boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"
ADD = "/admin/imports/source/add/"


def text(response) -> str:
    return response.content.decode()


def work() -> None:
    Worker().run(until_idle=True)


def jobs(*numbers: int, **changes):
    return greenhouse(*(greenhouse_job(id=number, **changes) for number in numbers))


@pytest.fixture
def source(db) -> Source:
    return Source.objects.create(slug="acme", system="greenhouse", board="acme")


@pytest.fixture
def done(source, internet) -> Run:
    """A run that took two postings and refused one."""
    internet.routes[BOARD] = said(greenhouse(*jobs(1, 2)["jobs"], {"id": 3, "title": 7}))
    run, _ = ask_for(source, Run.Kind.HAND)
    work()
    run.refresh_from_db()
    return run


def test_an_address_becomes_a_preview_and_then_a_source_with_its_first_run(operator, internet):
    internet.routes[BOARD] = said(jobs(1, 2, 3, 4, title="Senior <Data> Engineer"))
    assert "Careers address" in text(operator.get(ADD))
    seen = text(operator.post(ADD, {"address": "https://boards.greenhouse.io/acme"}))
    assert "Greenhouse, board “acme”" in seen
    assert 'data-postings="4"' in seen
    assert seen.count("data-sample") == 3
    assert "Senior &lt;Data&gt; Engineer" in seen
    assert "<td>Senior-level / Expert</td>" in seen
    assert "<q>Senior</q>" in seen
    assert not Source.objects.exists()
    assert not Posting.objects.exists()

    sent = {"system": "greenhouse", "board": "acme", "address": "https://boards.greenhouse.io/acme",
            "company_name": "", "rule": "public", "every_hours": "6"}  # fmt: skip
    response = operator.post(ADD, sent)
    run = Run.objects.get()
    assert response.headers["Location"] == f"/admin/imports/run/{run.pk}/change/"
    assert (run.outcome, run.asked_by) == ("queued", operator.user)
    source = Source.objects.get()
    assert (source.slug, source.every_hours, bool(source.next_at)) == ("greenhouse-acme", 6, True)
    work()
    assert Posting.objects.count() == 4


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("https://boards.greenhouse.io/acme", "knows no such board"),
        ("https://nowhere.example.org/", "answered 404"),
        ("ftp://example.org/", "Only http and https"),
    ],
)
def test_what_is_no_board_is_told_in_a_sentence(operator, internet, address, sentence):
    seen = text(operator.post(ADD, {"address": address}))
    assert sentence in seen
    assert f'value="{escape(address)}"' in seen
    assert not Source.objects.exists()


def test_a_board_that_is_a_source_already_is_named(operator, internet, source):
    seen = text(operator.post(ADD, {"address": "https://boards.greenhouse.io/acme"}))
    assert f"/admin/imports/source/{source.pk}/change/" in seen
    assert "is a source already" in seen
    again = {"system": "greenhouse", "board": "acme", "rule": "public", "every_hours": ""}
    assert "This board is a source already." in text(operator.post(ADD, again))
    assert Source.objects.count() == 1


def test_an_empty_board_can_be_added_and_what_is_left_out_is_named(operator, internet):
    address = "api.ashbyhq.com/posting-api/job-board/acme?includeCompensation=true"
    internet.routes[address] = said(ashby(ashby_job(title="Open Application")))
    seen = text(operator.post(ADD, {"address": "https://jobs.ashbyhq.com/acme"}))
    assert "lists no posting" in seen
    assert "open application" in seen
    assert "Save and run" in seen


def test_the_fields_can_be_filled_in_by_hand(operator):
    assert 'name="slug"' in text(operator.get(f"{ADD}?by-hand"))


def test_run_now_leads_to_the_run_and_twice_to_the_same(operator, source):
    pages = {operator.post(f"/admin/imports/source/{source.pk}/run/").headers["Location"]
             for _ in range(2)}  # fmt: skip
    assert pages == {f"/admin/imports/run/{Run.objects.get().pk}/change/"}
    assert operator.get(f"/admin/imports/source/{source.pk}/run/").status_code == 405


def test_the_page_of_a_run_tells_counts_reasons_and_every_posting(operator, done):
    seen = text(operator.get(f"/admin/imports/run/{done.pk}/change/"))
    for name, count in {"fetched": 3, "new": 2, "changed": 0, "unchanged": 0, "closed": 0,
                        "skipped": 0, "refused": 1}.items():  # fmt: skip
        assert f'<li data-count="{name}"><b>{count}</b>' in seen
    assert "title is a number, not a text" in seen
    for posting in Posting.objects.all():
        assert f'<tr data-touched="{posting.pk}">' in seen
        assert f"/admin/jobs/posting/{posting.pk}/change/" in seen
    assert "run-progress.js" not in seen


def test_a_run_that_is_not_over_shows_what_it_is_at_and_can_be_reloaded(operator, source):
    run = Run.objects.create(source=source)
    run.tell("Asking the board", 2, 7)
    seen = text(operator.get(f"/admin/imports/run/{run.pk}/change/"))
    assert "Asking the board, 2 of 7" in seen
    assert '<progress max="7" value="2"' in seen
    assert "Reload to see" in seen
    assert "run-progress.js" in seen


def test_later_runs_tell_what_they_changed_closed_and_found_unchanged(
    operator, source, internet, done
):
    one, two = Posting.objects.order_by("pk")
    internet.routes[BOARD] = said(jobs(1, title="Data Baker"))
    for hours in (1, 14):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            run, _ = ask_for(source, Run.Kind.HAND)
            work()
    first = source.runs.order_by("pk")[1]
    seen = text(operator.get(f"/admin/imports/run/{first.pk}/change/"))
    assert "changed: title" in " ".join(seen.split())
    seen = text(operator.get(f"/admin/imports/run/{run.pk}/change/"))
    assert f'data-touched="{one.pk}"' in seen
    assert "<td>unchanged</td>" in seen
    assert f'data-touched="{two.pk}"' in seen
    assert "closed: no longer on the employer&#x27;s board" in seen


def test_a_refused_run_says_why(operator, source, internet):
    run, _ = ask_for(source, Run.Kind.HAND)
    work()
    assert "knows no such board" in text(operator.get(f"/admin/imports/run/{run.pk}/change/"))


def test_a_stored_answer_is_a_file_and_never_a_page(operator, done):
    response = operator.get(f"/admin/imports/run/{done.pk}/answers/0/")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert b'"absolute_url"' in response.content
    assert operator.get(f"/admin/imports/run/{done.pk}/answers/9/").status_code == 404


def test_a_replay_is_offered_where_answers_are_stored(operator, done, source):
    address = f"/admin/imports/source/{source.pk}/change/"
    assert "Replay the stored answers" in text(operator.get(address))
    operator.post(f"/admin/imports/source/{source.pk}/replay/")
    assert source.runs.first().kind == "replay"
    other = Source.objects.create(slug="other", system="lever", board="other")
    seen = text(operator.get(f"/admin/imports/source/{other.pk}/change/"))
    assert "Replay the stored answers" not in seen


def test_the_list_of_sources_costs_the_same_for_many_and_runs_the_chosen(
    operator, done, source, django_assert_max_num_queries
):
    for number in range(5):
        Source.objects.create(slug=f"s{number}", system="lever", board=f"b{number}")
    with django_assert_max_num_queries(12):
        seen = text(operator.get("/admin/imports/source/"))
    assert '<td class="field-open_postings">2</td>' in seen
    chosen = list(Source.objects.values_list("pk", flat=True))
    operator.post("/admin/imports/source/", {"action": "run_now", "_selected_action": chosen})
    assert Run.objects.filter(outcome="queued").count() == 6


@pytest.mark.parametrize("who", ["editor", "moderator"])
def test_who_may_not_keep_sources_gets_none_of_it(request, who, done, source):
    client = request.getfixturevalue(who)
    for address in (ADD, f"/admin/imports/run/{done.pk}/change/",
                    f"/admin/imports/run/{done.pk}/answers/0/"):  # fmt: skip
        assert client.get(address).status_code == 403, address
    assert client.post(ADD, {"address": "https://jobs.lever.co/acme"}).status_code == 403
    assert client.post(f"/admin/imports/source/{source.pk}/run/").status_code == 403
    assert Run.objects.count() == 1
