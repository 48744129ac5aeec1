"""What the filter heeds, orders and names; its exact meaning is in test_filter_meaning."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from guides.models import Role
from jobs.filters import PostingFilter
from jobs.results import Results
from tests.factories import PlaceFactory, PostingFactory, SkillFactory


def test_title_matches_stand_before_the_others_each_newest_first(db):
    def days(number):
        return {"posted_at": timezone.now() - timedelta(days=number)}

    body = PostingFactory(title="Cook", description="some kafka", **days(1))
    old_title = PostingFactory(title="Kafka cook", **days(5))
    new_title = PostingFactory(title="Kafka baker", **days(2))
    found = PostingFilter(QueryDict("q=kafka")).ordered()
    assert found == [new_title.pk, old_title.pk, body.pk]


def test_the_highest_pay_stands_first_and_unstated_pay_last(db):
    none = PostingFactory()
    low = PostingFactory(pay=[{"maximum": 90_000}])
    high = PostingFactory(pay=[{"maximum": 90_000, "currency": "GBP"}])
    found = PostingFilter(QueryDict("sort=salary")).ordered()
    assert found == [high.pk, low.pk, none.pk]


@pytest.mark.parametrize(
    ("asked_for", "name", "suggestion"),
    [
        ("senority=senior", "senority", "seniority"),
        ("seniority=seniour", "seniority", "senior"),
        ("country=Germany", "country", "DE"),
        ("country=de", "country", "DE"),
        ("country=UK", "country", "GB"),
        ("country=USA", "country", "US"),
        ("country=Deutschland", "country", "DE"),
        ("seniority=junior", "seniority", "entry"),
        ("seniority=Staff", "seniority", "senior"),
        ("seniority=director", "seniority", "executive"),
        ("workplace=office-based", "workplace", "onsite"),
        ("workplace=WFH", "workplace", "remote"),
        ("employment=Vollzeit", "employment", "full_time"),
        ("employment=fulltime", "employment", "full_time"),
        ("Seniority=senior", "Seniority", "seniority"),
        ("remote=1", "remote", ""),
        ("role=suggest-roll", "role", "suggest-role"),
        ("skill=k8s", "skill", "suggest-kubernetes"),
        ("skill=K8s", "skill", "suggest-kubernetes"),
        ("skill=Suggest Kubernetes", "skill", "suggest-kubernetes"),
        ("skill=suggest-kubernets", "skill", "suggest-kubernetes"),
        ("skill=submarine", "skill", ""),
        ("skill_mode=any", "skill_mode", ""),
        ("currency=usd", "currency", "USD"),
        ("sort=newst", "sort", "newest"),
        ("sort=Highest pay first", "sort", "salary"),
        ("with_salary=yes", "with_salary", "1"),
        ("page=401", "page", "1"),
        ("salary_min=60k", "salary_min", "60000"),
        ("salary_min=$100,000", "salary_min", "100000"),
        ("salary_min=60.000", "salary_min", "60000"),
        ("salary_min=60000.50", "salary_min", "60000"),
        ("salary_min=0", "salary_min", "1"),
        ("salary_min=lots", "salary_min", ""),
        ("salary_min=" + "9" * 5000, "salary_min", ""),
        ("q=-only", "q", ""),
        ("page=2", "page", "1"),
        ("posted_within=3&posted_within=7", "posted_within", "3"),
    ],
)
def test_what_cannot_be_heeded_is_named_with_a_suggestion(db, asked_for, name, suggestion):
    Role.objects.create(name="Suggest", slug="suggest-role")
    SkillFactory(name="Suggest Kubernetes", slug="suggest-kubernetes", aliases=["K8s"])
    results = Results(PostingFilter(QueryDict(asked_for)))
    assert [(one.name, one.suggestion) for one in results.filter.ignored] == [(name, suggestion)]


def test_a_view_of_a_role_is_answered_with_the_filter_it_stands_for(db):
    base = Role.objects.create(name="Base", slug="base")
    Role.objects.create(name="Lead Base", slug="lead-base", base=base, seniority="senior")
    found = PostingFilter(QueryDict("role=lead-base"))
    assert found.ignored[0].suggestion == "base&seniority=senior"


def test_a_wrong_first_value_is_not_suggested_for_the_second(db):
    ignored = PostingFilter(QueryDict("posted_within=soon&posted_within=7")).ignored
    assert [(one.value, one.suggestion) for one in ignored] == [("soon", ""), ("7", "")]


def test_empty_parameters_of_a_form_are_no_mistakes(db):
    assert PostingFilter(QueryDict("q=&salary_min=&currency=&sort=")).ignored == []


def test_an_address_keeps_every_parameter_and_drops_the_page(db):
    Role.objects.create(name="Base", slug="base")
    found = PostingFilter(QueryDict("workplace=remote&workplace=hybrid&role=base&page=3"))
    assert found.address() == "?role=base&workplace=remote&workplace=hybrid"
    assert found.address(page="4").endswith("&page=4")
    assert found.address(drop=("workplace", "remote")) == "?role=base&workplace=hybrid"
    assert found.address(workplace=None) == "?role=base"


def test_statements_of_a_list_do_not_grow_with_what_is_asked_or_found(
    db, django_assert_max_num_queries
):
    for _ in range(25):
        PostingFactory(places=[PlaceFactory(city=True)], pay=[{}], skills=[SkillFactory()])
    everything = "salary_min=1&with_salary=1&posted_within=30&q=posting&seniority=unknown"
    for text in ("", everything):
        with django_assert_max_num_queries(6):
            assert Results(PostingFilter(QueryDict(text))).total == 25
