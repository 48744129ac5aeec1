"""A search of guides that finds nothing offers the nearest spelling that finds some."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides import spelling
from guides.filters import GuideFilter
from guides.models import Guide
from guides.revisions import publish
from guides.spelling import meant
from tests.factories import PublishedGuideFactory, RoleFactory, TopicFactory
from tests.page import hooks, links, parse, words

pytestmark = pytest.mark.django_db


def offered(q, **more):
    data = QueryDict(mutable=True)
    data.update({"q": q, **more})
    asked = GuideFilter(data)
    assert not asked.qs.exists()
    found = meant(asked)
    return (found.text, found.count) if found else None


@pytest.fixture
def guide():
    role = RoleFactory(slug="rigger", name="Rigger", aliases=["Takler"])
    topic = TopicFactory(slug="ropes", name="Ropes")
    return PublishedGuideFactory(
        title="Gardener of roses", section="Kubernetes runs C++ über alles.", about=[role],
        topics=[topic.name], at=timezone.now() - timedelta(days=2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ("kuberentes", "kubernetes"),
        ("Gardner", "gardener"),
        ("riger", "rigger"),
        ("ropse", "ropes"),
        ("cplusplu", "c++"),
        ("ubr", "uber"),
        ("gardner kuberentes", "gardener kubernetes"),
        ("takler kuberentes -tulips -kuberentse", "takler kubernetes -tulips -kuberentse"),
        ('"gardner of roses"', '"gardener of roses"'),
        ("kuberent*", "kubernetes*"),
    ],
)
def test_each_word_that_no_guide_has_is_spelled_like_the_nearest_one_of_a_guide(guide, q, text):
    assert offered(q) == (text, 1)
    found = meant(GuideFilter(QueryDict(f"q={q}")))
    assert GuideFilter(QueryDict(found.address.removeprefix("?"))).qs.get() == guide


@pytest.mark.parametrize(
    "q",
    ["qqqqxz", "plumber", "roses -gardener", "kuberentes qqqqxz", "gardner/kubernetes",
     '"roses gardner"'],
)  # fmt: skip
def test_nothing_is_offered_that_is_not_better(guide, q):
    assert offered(q) is None


def test_a_mark_is_no_word(guide):
    role = guide.roles.get()
    assert offered(f"0r{role.pk}1") is None


def test_what_is_offered_has_guides_under_the_same_other_filters(guide):
    RoleFactory(slug="cook")
    PublishedGuideFactory(section="Gardening")
    assert offered("gardner", role="rigger") == ("gardener", 1)
    assert offered("gardner", role="cook") is None


def test_a_word_of_more_guides_is_offered_before_one_as_like(db):
    PublishedGuideFactory(title="A", section="kafta")
    for title in "BC":
        PublishedGuideFactory(title=title, section="kafka kafka")
    assert offered("kafca") == ("kafka", 2)
    for title in "DE":
        PublishedGuideFactory(title=title, section="kafta")
    assert offered("kafca") == ("kafta", 3)


def test_only_words_that_readers_can_find_now_are_offered(guide, time_machine):
    assert offered("gardner") == ("gardener", 1)
    guide.title = "Florist of roses"
    guide.save()
    assert offered("florits") is None
    publish(guide)
    assert offered("florits") == ("florist", 1)
    # The old text is no text of a guide any more, so its words are spelled anew.
    guide.sections.update(body="Gardner's florists")
    publish(guide, at=timezone.now() + timedelta(hours=1))
    assert offered("gardner") is None
    assert offered("floritss") == ("florist", 1)
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    assert offered("gardnr") == ("gardner", 1)
    assert offered("florits")[0] in ("florist", "florists")
    guide.state = Guide.State.RETIRED
    guide.save()
    assert offered("gardnr") is None


def test_an_empty_page_shows_the_offer_with_its_count_and_address(guide, reader):
    page = parse(reader.get("/guides/?q=gardner&topic=ropes"))
    assert "Did you mean gardener? 1 guide has that." in words(page)
    assert "?q=gardener&topic=ropes" in links(page)
    assert hooks(parse(reader.get("/guides/?q=gardener&topic=ropes")), "total") == ["1"]


def test_where_a_role_is_found_no_other_word_is_offered(guide, reader):
    RoleFactory(name="Gardner")
    assert "Did you mean" not in words(parse(reader.get("/guides/?q=gardner")))


def test_a_page_that_finds_something_looks_for_no_other_spelling(guide, reader, monkeypatch):
    monkeypatch.setattr(spelling.spelling, "meant", None)
    monkeypatch.setattr("guides.results.meant", None)
    for query in ("", "q=gardener", "role=rigger"):
        assert reader.get(f"/guides/?{query}").status_code == 200


def test_the_statements_grow_with_neither_words_nor_guides(guide, reader):
    def count(q):
        with CaptureQueriesContext(connection) as statements:
            reader.get("/guides/", {"q": q})
        return len(statements)

    hostile = ["gardner kuberentes riger ropse ubr", "-".join(f"x{n}y" for n in range(45)),
               " ".join(f"zz{n}q" for n in range(12))]  # fmt: skip
    few = count("gardner")
    for number in range(5):
        PublishedGuideFactory(title=f"Guide {number}", section=f"gardenr{number}")
    assert count("gardner") == few
    assert max(map(count, hostile)) <= few
