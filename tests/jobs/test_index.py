"""Live row, terms, pay and text follow a posting in its own transaction."""

import json
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from jobs import index
from jobs.filters import PostingFilter
from jobs.models import LivePosting, Posting
from jobs.results import Results
from jobs.signals import postings_changed
from tests.factories import (
    CompanyFactory,
    PayRangeFactory,
    PlaceFactory,
    PostingFactory,
    RoleFactory,
    SkillFactory,
    days_from_now,
)


def found(query: str) -> set[int]:
    return set(PostingFilter(QueryDict(query)).qs.values_list("posting_id", flat=True))


# All but the version, which is another one each time.
LIVE_COLUMNS = [
    field.attname for field in LivePosting._meta.concrete_fields if field.name != "version"
]


def searched_rows() -> list[list[tuple]]:
    """Everything that is derived, as the database has it."""
    with connection.cursor() as cursor:
        columns = "rowid, title, body" if connection.vendor == "sqlite" else "*"
        cursor.execute(f"SELECT {columns} FROM jobs_textindex ORDER BY 1")
        text = cursor.fetchall()
    return [list(LivePosting.objects.order_by("pk").values_list(*LIVE_COLUMNS)), text]


@pytest.fixture
def posting(db) -> Posting:
    return PostingFactory(
        title="Kafka gardener",
        role=RoleFactory(slug="gardener"),
        places=[PlaceFactory(city=True, name="Kassel", country="DE")],
        skills=[SkillFactory(name="Pruning")],
        pay=[{"maximum": 90_000}],
        employment=["full_time", "internship"],
    )


@pytest.mark.parametrize(
    "query",
    [
        "q=kafka", "q=pruning", "q=kassel", "role=gardener", "country=DE", "place=kassel-de",
        "place=germany", "employment=full_time", "employment=internship",
        "salary_min=90000&with_salary=1", "seniority=unknown",
    ],
)  # fmt: skip
def test_a_posting_is_found_by_everything_it_says(posting, query):
    assert found(query) == {posting.pk}


def test_deriving_again_changes_nothing(posting):
    PostingFactory(closed=True)
    before = searched_rows()
    index.reindex(Posting.objects.values_list("pk", flat=True))
    assert searched_rows() == before


def test_saving_moves_row_terms_and_text_together(posting):
    posting.title, posting.role, posting.employment = "Rose gardener", None, ["contract"]
    posting.save()
    assert found("q=kafka") == found("role=gardener") == found("employment=full_time") == set()
    assert found("q=rose&role=&employment=contract") == {posting.pk}


def test_places_skills_and_pay_follow_when_they_are_derived(posting):
    posting.places.set([PlaceFactory(city=True, name="Lyon", country="FR")])
    posting.skills.set([SkillFactory(name="Grafting")])
    posting.pay_ranges.all().delete()
    PayRangeFactory(posting=posting, minimum=None, maximum=50_000, currency="EUR")
    index.reindex([posting.pk])
    assert found("country=DE") == found("q=pruning") == set()
    assert found("place=lyon-fr&q=grafting&with_salary=1") == {posting.pk}
    assert json.loads(LivePosting.objects.get().terms)["pay"] == {"EUR": 5_000_000}


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (lambda posting: posting.close("filled"), "closed"),
        (lambda posting: posting.withdraw("spam"), "withdrawn"),
        (lambda posting: posting.reject(), "rejected"),
    ],
    ids=["close", "withdraw", "reject"],
)
def test_a_posting_that_ends_leaves_list_counts_and_text_at_once(posting, end, state):
    with transaction.atomic():
        end(posting)
        results = Results(PostingFilter(QueryDict("q=kafka")))
        assert (posting.state, results.total, results.postings) == (state, 0, [])
        assert not any(value.count for facet in results.facets for value in facet.values)
    assert searched_rows() == [[], []]


def test_a_deleted_posting_leaves_nothing_behind(posting):
    posting.delete()
    assert searched_rows() == [[], []]


def test_reopening_brings_everything_back(posting):
    before = searched_rows()
    posting.close("filled")
    posting.reopen()
    assert searched_rows()[1:] == before[1:]
    assert found("q=kafka&place=germany") == {posting.pk}


def test_the_new_name_of_a_company_is_searched_for_at_once(posting):
    posting.company.name = "Zinnia Works"
    posting.company.save()
    assert found("q=zinnia") == {posting.pk}


def test_the_new_name_of_a_place_is_searched_for_and_shown_at_once(posting):
    place = posting.places.get()
    place.name = "Cassel"
    place.save()
    posting.refresh_from_db()
    assert found("q=cassel") == {posting.pk}
    assert posting.place_line == "Cassel, DE (workplace not stated)"


@pytest.mark.parametrize("thing", ["role", "skill"])
def test_the_new_name_of_a_role_or_skill_is_searched_for_at_once(posting, thing):
    row = posting.role if thing == "role" else posting.skills.get()
    row.name = "Topiary"
    row.save()
    assert found("q=topiary") == {posting.pk}


def test_a_role_saved_under_its_name_rewrites_no_posting(posting):
    posting.role.summary = "Another one."
    version = LivePosting.objects.get().version
    with CaptureQueriesContext(connection) as queries:
        posting.role.save()
    assert not [one["sql"] for one in queries if "jobs_" in one["sql"]]
    assert LivePosting.objects.get().version == version


def test_a_move_of_a_place_moves_its_postings(posting):
    hesse = PlaceFactory(kind="region", name="Hesse", country="DE", region="DE-HE")
    place = posting.places.get()
    place.parent = hesse
    place.save()
    assert found("place=hesse-de-he") == {posting.pk}


def test_a_writer_that_fails_halfway_leaves_nothing_half(posting, monkeypatch):
    before = searched_rows()
    posting.title = "Rose gardener"
    with monkeypatch.context() as broken:
        broken.setattr(index, "text_row", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            posting.save()
    posting.refresh_from_db()
    assert posting.title == "Kafka gardener"
    assert searched_rows() == before


def test_an_end_that_fails_halfway_is_no_end(posting, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(index.textindex, "remove", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            posting.close("filled")
    posting.refresh_from_db()
    assert posting.state == "open"
    assert not posting.events.exists()
    assert found("q=kafka") == {posting.pk}


def test_whoever_keeps_figures_hears_of_the_role_before_and_after(posting):
    heard = []
    postings_changed.connect(receiver := lambda role_ids, **_: heard.append(role_ids))
    before, posting.role = posting.role, RoleFactory()
    posting.save()
    postings_changed.disconnect(receiver)
    assert heard == [{before.pk, posting.role.pk}]


def test_a_confirmation_moves_the_end_and_nothing_else(posting):
    before = searched_rows()
    later = days_from_now(60)
    index.confirm([posting.pk], later)
    after = searched_rows()
    assert LivePosting.objects.get().ends_at == later
    assert after[1:] == before[1:]


def test_a_confirmation_never_outlives_the_closing_date_or_moves_back(db):
    end = days_from_now(5)
    dated, plain = PostingFactory(expires_at=end), PostingFactory()
    until = plain.stale_at
    index.confirm([dated.pk], days_from_now(60))
    index.confirm([plain.pk], days_from_now(1))
    assert LivePosting.objects.get(pk=dated.pk).ends_at == end
    assert LivePosting.objects.get(pk=plain.pk).ends_at == until


def test_a_confirmation_brings_an_unconfirmed_posting_back(db):
    posting = PostingFactory(unconfirmed=True)
    assert found("") == set()
    index.confirm([posting.pk], days_from_now(30))
    assert found("") == {posting.pk}
    posting.refresh_from_db()
    assert posting.standing() == "open"


def test_statements_of_a_derivation_do_not_grow_with_its_postings(
    db, django_assert_max_num_queries
):
    company = CompanyFactory()
    for _ in range(20):
        PostingFactory(company=company, places=[PlaceFactory(city=True)], pay=[{}])
    with django_assert_max_num_queries(25):
        index.reindex(Posting.objects.values_list("pk", flat=True))


def test_more_postings_than_a_batch_are_all_derived(db, monkeypatch):
    for _ in range(5):
        PostingFactory()
    LivePosting.objects.all().delete()
    monkeypatch.setattr(index, "BATCH", 2)
    index.reindex(Posting.objects.values_list("pk", flat=True))
    assert LivePosting.objects.count() == 5


def test_other_names_of_role_and_skills_find_a_posting(db):
    role = RoleFactory(name="Machine Learning Engineer", aliases=["ML Engineer"])
    skill = SkillFactory(name="Kubernetes", aliases=["k8s"])
    go = SkillFactory(name="Go", aliases=["Golang"])
    linked = PostingFactory(role=role, title="Applied researcher", skills=[skill, go])
    spelled = PostingFactory(
        title="Machine learning engineer", description="Kubernetes; on the go."
    )
    both = {linked.pk, spelled.pk}
    assert found("q=ML+engineer") == found("q=machine+learning+engineer") == both
    assert found("q=k8s") == found("q=kubernetes") == both
    assert found("q=golang") == {linked.pk}
    assert found("q=go") == both
    assert found("q=%22k8s%22") == found("q=k8s*") == set()
    assert found("q=engineer+-k8s") == set()


@pytest.mark.parametrize(
    "query",
    ["germany", "Deutschland", "kassel", "gardener -france", "onsite", "on-site", "full time",
     "full-time", "fulltime gardener", "entry level", "gardeners", "kafka gardeners"],
)  # fmt: skip
def test_places_and_scales_are_found_by_the_words_that_seekers_type(posting, query):
    posting.workplace, posting.seniority = "onsite", "entry"
    posting.save()
    assert found(urlencode({"q": query})) == {posting.pk}
    for excluded in ("-germany", "-deutschland", "-onsite", "-full-time"):
        assert not found(urlencode({"q": f"gardener {excluded}"}))


def test_no_place_is_found_by_a_word_of_another_place(db):
    PostingFactory(places=[PlaceFactory(city=True, name="Munich", country="DE", region="DE-BY")])
    assert len(found("q=munchen")) == 1
    assert not found("q=monaco")  # “Monaco di Baviera”


def test_another_name_finds_as_soon_as_it_is_saved(posting):
    assert found("q=snipping") == set()
    skill = posting.skills.get()
    skill.aliases = ["snipping"]
    skill.save()
    assert found("q=snipping") == {posting.pk}


def test_what_is_excluded_is_what_would_be_found(db):
    skill = SkillFactory(name="Kubernetes", aliases=["k8s"])
    every = [
        PostingFactory(title="Gardener", description=text, skills=skills)
        for text in ("Kubernetes", "k8s", "roses")
        for skills in ([], [skill])
    ]
    assert found("q=gardener") == {one.pk for one in every}
    for word in ("k8s", "kubernetes", "%22k8s%22", "kub*", "roses"):
        without = found("q=gardener") - found(f"q=gardener+{word}")
        assert found(f"q=gardener+-{word}") == found(f"q=-{word}+gardener") == without
