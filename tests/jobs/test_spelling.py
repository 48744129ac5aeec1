"""A search that finds nothing offers the nearest spelling that finds something."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from jobs.filters import PostingFilter
from jobs.spelling import meant
from tests.factories import CompanyFactory, PlaceFactory, PostingFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db


def offered(query):
    found = meant(PostingFilter(QueryDict(query)))
    return (found.text, found.count) if found else None


@pytest.fixture
def posting():
    return PostingFactory(
        title="Gardener of roses",
        company=CompanyFactory(name="Blumenthal"),
        role=RoleFactory(name="Horticulturist", aliases=["Gärtner"]),
        skills=[SkillFactory(name="Kubernetes", aliases=["k8s"])],
        places=[PlaceFactory(city=True, name="Zürich", country="CH")],
        description="Ordinary.",
        workplace="onsite",
    )


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ("kuberentes", "Kubernetes"),
        ("gardner", "Gardener"),
        ("gartener", "Gärtner"),
        ("horticulturis", "Horticulturist"),
        ("blumental", "Blumenthal"),
        ("zurrich", "Zürich"),
        ("gardner kuberentes", "Gardener Kubernetes"),
        ("gardener kuberentes -tulips", "gardener Kubernetes -tulips"),
        ('"gardner of roses"', '"Gardener of roses"'),
        ("kuberent*", "Kubernetes*"),
    ],
)
def test_each_word_that_nobody_uses_is_spelled_like_the_nearest_known_one(posting, q, text):
    data = QueryDict(mutable=True)
    data["q"] = q
    found = meant(PostingFilter(data))
    assert (found.text, found.count) == (text, 1)
    assert PostingFilter(QueryDict(found.address.removeprefix("?"))).qs.count() == 1


@pytest.mark.parametrize(
    "query",
    ["", "q=roses", "q=qqqqxz", "q=roses+-gardener", "q=kuberentes+qqqqxz", "q=gardner/roses"],
)
def test_nothing_is_offered_that_is_not_better(posting, query):
    assert offered(query) is None


def test_what_is_offered_has_results_under_the_same_other_filters(posting, client):
    assert offered("q=gardner&workplace=onsite") == ("Gardener", 1)
    assert offered("q=gardner&workplace=remote") is None


def test_a_nearer_word_without_results_gives_way_to_one_with_some(posting):
    SkillFactory(name="Gardne")
    assert offered("q=gardner") == ("Gardener", 1)


def test_an_empty_list_shows_the_offer_with_its_count(posting, reader):
    html = reader.get("/jobs/?q=gardner").content.decode()
    assert "Did you mean" in html
    assert 'href="?q=Gardener"' in html
    assert "Did you mean" not in reader.get("/jobs/?q=gardener").content.decode()


def test_a_long_query_takes_no_more_statements_than_a_short_one(posting):
    def count(q):
        data = QueryDict(mutable=True)
        data["q"] = q
        asked = PostingFilter(data)
        assert not asked.narrow()
        with CaptureQueriesContext(connection) as statements:
            assert meant(asked).count == 1
        return len(statements)

    count("gardner")  # reads the words that are known
    assert count("gardner") == count("gardner kuberentes blumental zurrich") == 2
