"""The list of guides: what it finds, counts, names and never shows."""

from datetime import timedelta
from importlib import import_module
from itertools import product

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides import index
from guides.apply import apply_role
from guides.models import Guide, GuideIndex, Revision, Role, RoleIndex
from guides.revisions import publish
from guides.textform import parse_role
from tests.factories import (
    ClaimFactory,
    GuideFactory,
    PublishedGuideFactory,
    RoleFactory,
    RoleTermFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    TopicFactory,
)
from tests.page import hooks, links, parse, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(reader):
    """The page of the list for a query, as a strict parser reads it."""

    def page_of(query=""):
        response = reader.get(f"/guides/?{query}")
        assert response.status_code == 200
        return parse(response)

    return page_of


@pytest.fixture
def found(listed):
    """The titles in the list for a query, in order; the total must agree where all fit."""

    def titles_of(query=""):
        page = listed(query)
        titles = dict(Guide.objects.values_list("pk", "title"))
        shown = [titles[int(key)] for key in hooks(page, "guide")]
        assert hooks(page, "total") == [str(len(shown))]
        return shown

    return titles_of


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def roles_found(page):
    return hooks(page, "role")


# --- words ------------------------------------------------------------------------------------


def test_every_word_that_a_page_shows_finds_it(found):
    role = RoleFactory(name="Rigger")
    guide = GuideFactory(
        title="Aloft", subtitle="Rope first", summary="The answer is hemp.", about=[role],
        topics=["Seamanship"], section="Tie knots.[^pay]",
    )  # fmt: skip
    source = SourceFactory(guide=guide, title="Almanac", publisher="Harbour office")
    ClaimFactory(guide=guide, key="pay", text="Paid in biscuits.", source=source)
    SectionFactory(guide=guide, heading="Outlook over water", order=3)
    publish(guide)
    PublishedGuideFactory(title="Another")
    for word in ("aloft", "rope", "hemp", "rigger", "seamanship", "knots", "biscuits", "almanac",
                 "harbour", "water"):  # fmt: skip
        assert found(f"q={word}") == ["Aloft"], word
    assert found("q=submarine") == []


def test_titles_that_match_come_first_and_the_newest_first_in_each(found):
    for days, title, body in [
        (1, "Other", "kafka"), (2, "Kafka two", "x"), (3, "Kafka three", "x"), (4, "Old", "kafka"),
    ]:  # fmt: skip
        PublishedGuideFactory(title=title, section=body, at=days_ago(days))
    assert found("q=kafka") == ["Kafka two", "Kafka three", "Other", "Old"]
    assert found() == ["Other", "Kafka two", "Kafka three", "Old"]


@pytest.mark.parametrize(
    ("q", "titles"),
    [
        ("one two", {"A", "B"}), ('"one two"', {"A"}), ("one -three", {"A"}), ("thr*", {"B", "C"}),
        ("C%2B%2B", {"C"}), ("ÜBER", {"C"}), ("uber", {"C"}), ("zero", set()),
        ("-two three", {"C"}), ('one) OR ("x', set()),
    ],
)  # fmt: skip
def test_phrases_excluded_words_and_prefixes(found, q, titles):
    PublishedGuideFactory(title="A", section="one two")
    PublishedGuideFactory(title="B", section="two one three")
    PublishedGuideFactory(title="C", section="three C++ über")
    assert set(found(f"q={q}")) == titles


def test_a_search_finds_what_readers_see_never_a_draft(found, time_machine):
    guide = PublishedGuideFactory(title="Public", section="present", at=days_ago(3))
    guide.sections.update(body="draft")
    guide.save()
    GuideFactory(title="Never", section="present draft")
    assert found("q=present") == ["Public"]
    assert found("q=draft") == []
    guide.sections.update(body="future")
    publish(guide, at=timezone.now() + timedelta(hours=1))
    assert found("q=future") == []
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    assert found("q=future") == ["Public"]
    assert found("q=present") == []
    Guide.objects.update(state="retired")
    assert found("q=future") == []


def test_a_schedule_that_gave_way_is_found_never(found, time_machine):
    guide = PublishedGuideFactory(title="Public", section="present", at=days_ago(3))
    guide.sections.update(body="cancelled")
    publish(guide, at=timezone.now() + timedelta(hours=1))
    guide.sections.update(body="present")
    publish(guide)
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    assert found("q=cancelled") == []
    assert found("q=present") == ["Public"]
    assert GuideIndex.objects.count() == 1


def test_the_index_is_written_with_the_publishing_or_not_at_all(found):
    guide = GuideFactory(title="Half", section="present")
    with transaction.atomic():
        publish(guide)
        transaction.set_rollback(True)
    assert not GuideIndex.objects.exists()
    guide.refresh_from_db()
    publish(guide)
    assert found("q=present") == ["Half"]
    guide.delete()
    assert not GuideIndex.objects.exists()


def test_a_new_name_of_a_role_or_topic_is_searched_for_at_once(found):
    role, topic = RoleFactory(name="Rigger"), TopicFactory(name="Ropes", slug="ropes")
    PublishedGuideFactory(title="A", about=[role], topics=[topic.name], section="x")
    role.name, topic.name = "Sailor", "Knots"
    role.save()
    topic.save()
    assert [found(f"q={word}") for word in ("sailor", "knots", "rigger", "ropes")] == [
        ["A"], ["A"], [], [],
    ]  # fmt: skip


def test_the_migration_fills_the_index_with_the_same_rows(found):
    PublishedGuideFactory(title="A", section="present", topics=["Ropes"])
    RoleTermFactory(role=RoleFactory(name="Rigger"), skill=SkillFactory(name="Splicing"))
    expected = [
        [index.revision_entry(one) for one in Revision.objects.published()],
        [index.role_entry(one) for one in Role.objects.all()],
    ]
    for model in (GuideIndex, RoleIndex):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model.TABLE}")
    assert found("q=present") == []
    import_module("guides.migrations.0004_full_text").fill(apps, connection.schema_editor())
    assert found("q=ropes") == ["A"]
    assert [GuideIndex.objects.count(), RoleIndex.objects.count()] == list(map(len, expected))


# --- roles ------------------------------------------------------------------------------------


def test_roles_are_found_by_name_alias_summary_and_profile(listed):
    role = RoleFactory(
        slug="rigger", name="Rigger", aliases=["Takler"], summary="Works aloft.",
        definition="Ties *knots*.",
    )  # fmt: skip
    RoleTermFactory(role=role, skill=SkillFactory(name="Splicing"))
    RoleTermFactory(role=role, aspect="industries", skill=None, name="Shipping")
    RoleFactory(name="Cook")
    for word in ("rigger", "takler", "aloft", "knots", "splicing", "shipping"):
        assert roles_found(listed(f"q={word}")) == ["rigger"], word
    page = listed("q=rigger")
    assert "/roles/rigger/" in links(page)
    assert hooks(page, "total") == ["0"]
    assert roles_found(listed()) == roles_found(listed("q=baker")) == []


def test_roles_with_the_words_in_their_name_come_first_and_five_at_most(listed):
    RoleFactory(slug="a", name="Aaa", summary="No rigger.")
    for number in range(6):
        RoleFactory(slug=f"rigger-{number}", name=f"Rigger {number}")
    assert roles_found(listed("q=rigger")) == [f"rigger-{number}" for number in range(5)]
    assert roles_found(listed("q=rigger+-5")) == [*(f"rigger-{n}" for n in range(5))]
    assert roles_found(listed("q=no+rigger")) == ["a"]


def test_a_role_that_is_called_so_comes_before_those_that_only_have_the_words(listed):
    RoleFactory(slug="a", name="Analytics Rigger", aliases=["Deck Rigger of Data"])
    RoleFactory(slug="b", name="Bosun", aliases=["Deck rigger"])
    RoleFactory(slug="z", name="Deck Rigger")
    assert roles_found(listed("q=deck+rigger")) == ["z", "b", "a"]


def test_a_role_is_searched_as_it_stands(listed):
    skill = SkillFactory(slug="splicing", name="Splicing")
    text = "---\nname: Rigger\nslug: rigger\naliases: []\nsummary: x\nskills: {splicing: 3}\n---\n"
    role = apply_role(parse_role(text))
    assert roles_found(listed("q=splicing")) == ["rigger"]
    skill.name = "Ropework"
    skill.save()
    assert roles_found(listed("q=ropework")) == ["rigger"]
    role.terms.get().delete()
    assert roles_found(listed("q=ropework")) == []
    role.delete()
    assert not RoleIndex.objects.exists()


# --- roles and topics as filters --------------------------------------------------------------


@pytest.fixture
def shelf():
    """Four guides over two roles and two topics."""
    a, b = (RoleFactory(slug=slug, name=f"Role {slug}") for slug in "ab")
    x, y = (TopicFactory(slug=slug, name=slug.upper()).name for slug in "xy")
    PublishedGuideFactory(title="ab-x kafka", about=[a, b], topics=[x], at=days_ago(1))
    PublishedGuideFactory(title="a-y", about=[a], topics=[y], at=days_ago(2))
    PublishedGuideFactory(title="b-xy", about=[b], topics=[x, y], at=days_ago(3))
    PublishedGuideFactory(title="b", about=[b], at=days_ago(4))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("role=a", ["ab-x kafka", "a-y"]),
        ("role=a&role=b", ["ab-x kafka", "a-y", "b-xy", "b"]),
        ("topic=x", ["ab-x kafka", "b-xy"]),
        ("topic=x&topic=y", ["ab-x kafka", "a-y", "b-xy"]),
        ("role=a&topic=y", ["a-y"]),
        ("role=b&topic=y&q=kafka", []),
        ("role=b&topic=x&q=kafka", ["ab-x kafka"]),
    ],
)
def test_values_of_one_parameter_are_or_and_parameters_are_and(found, shelf, query, titles):
    assert found(query) == titles


def test_only_the_text_in_effect_says_what_a_guide_is_about(found, shelf):
    guide = Guide.objects.get(title="a-y")
    guide.topics.clear()
    assert "a-y" in found("topic=y")
    publish(guide)
    assert "a-y" not in found("topic=y")


def test_each_count_is_the_total_behind_it(listed, shelf):
    for parts in product(
        ("", "role=a", "role=a&role=b"), ("", "topic=x", "topic=y"), ("", "q=kafka")
    ):
        query = "&".join(part for part in parts if part)
        page = listed(query)
        for one in page.iter("input"):
            if name := one.get("data-facet"):
                rest = "&".join(p for p in query.split("&") if p and not p.startswith(f"{name}="))
                behind = listed(f"{rest}&{name}={one.get('data-value')}")
                assert hooks(behind, "total") == [one.get("data-count")], (query, name)


def test_a_value_that_counts_nothing_is_shown_only_where_it_is_chosen(listed, shelf):
    RoleFactory(slug="c", name="Nobody writes about it")

    def values(query):
        return [one.get("data-value") for one in listed(query).iter("input")
                if one.get("data-facet") == "role"]  # fmt: skip

    assert values("") == ["b", "a"]
    assert values("role=c") == ["b", "a", "c"]


def test_an_empty_list_names_the_filter_that_emptied_it(listed, shelf):
    page = listed("role=b&topic=y&q=kafka")
    assert "No guide meets all of this at once" in words(page)
    assert "1 guide without “kafka”" in words(page)
    assert "?role=b&topic=y" in links(page)
    assert "?q=kafka&role=b" in links(page)
    RoleFactory(slug="c")
    assert "taking away any one of them still leaves none" in words(listed("q=zzz&role=c"))


def test_the_state_is_kept_by_chips_pages_and_form(listed, shelf, settings):
    settings.BOARD = {**settings.BOARD, "PAGE_SIZE": 2}
    page = listed("role=a&role=b&topic=x&topic=y")
    assert "?role=a&role=b&topic=x&topic=y&page=2" in links(page)
    assert "?role=b&topic=x&topic=y" in links(page)
    checked = [one.get("value") for one in page.iter("input") if "checked" in one.attrib]
    assert sorted(checked) == ["a", "b", "x", "y"]
    assert len(hooks(listed("role=a&role=b&page=2"), "guide")) == 2


# --- what cannot be heeded --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "name", "instead"),
    [
        ("rol=a", "rol", "?role=a"),
        ("role=rol-a", "role", ""),
        ("role=Role A", "role", "?role=a"),
        ("topic=topix", "topic", ""),
        ("q=kafka&q=spark", "q", ""),
        ("page=99", "page", ""),
        ("q=" + "x" * 201, "q", ""),
        ("q=" + "+".join("abcdefghijklm"), "q", ""),
        ("q=-kafka", "q", ""),
        ("q=...", "q", ""),
        ("sort=title", "sort", ""),
    ],
)
def test_what_cannot_be_heeded_is_named_and_the_rest_holds(listed, shelf, query, name, instead):
    page = listed(query)
    assert hooks(page, "ignored") == [name]
    assert hooks(page, "total") == ["1" if query.startswith("q=kafka") else "4"]
    if instead:
        assert instead in links(page)


def test_the_statements_do_not_grow(listed, shelf):
    def count(query):
        with CaptureQueriesContext(connection) as queries:
            listed(query)
        return len(queries)

    asked = ["", "q=kafka", "role=a&topic=x", "role=a&role=b&topic=x&topic=y&q=kafka"]
    few = [count(query) for query in asked]
    for number in range(5):
        role, topic = RoleFactory(name=f"Kafka {number}"), TopicFactory()
        PublishedGuideFactory(title=f"Kafka {number}", about=[role, Role.objects.get(slug="a")],
                              topics=[topic.name])  # fmt: skip
    assert [count(query) for query in asked] == few
    assert max(few) <= 9
