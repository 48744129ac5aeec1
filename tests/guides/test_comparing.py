"""Roles beside each other: the first answer, the way between them, and what lies near."""

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import comparing
from guides.models import Role, RoleTerm, Skill
from guides.pages import roles_with_terms
from tests.factories import (
    CareerStepFactory,
    PostingFactory,
    PublishedGuideFactory,
    RoleFactory,
    RoleTermFactory,
    SkillFactory,
    ViewFactory,
)
from tests.page import text_of

pytestmark = pytest.mark.django_db


def two_roles():
    """Engineer and Scientist: Python core to both; Kafka and SQL, statistics on one side."""
    a, b = (RoleFactory(name=name, slug=name.lower()) for name in ("Engineer", "Scientist"))
    python = SkillFactory(name="Python", slug="python")
    for role in (a, b):
        RoleTermFactory(role=role, skill=python, weight=3)
    RoleTermFactory(role=a, skill=SkillFactory(name="Kafka", slug="kafka"), weight=1)
    RoleTermFactory(role=a, skill=SkillFactory(name="SQL", slug="sql"), aspect="tools", weight=3)
    RoleTermFactory(role=b, skill=SkillFactory(name="Statistics", slug="statistics"), weight=2)
    return roles_with_terms([a.pk, b.pk])


def names(skills):
    return [skill.name for skill in skills]


# --- the way from one to the other ------------------------------------------------------------


def test_a_gap_says_what_is_held_and_what_is_missing_by_weight():
    engineer, scientist = two_roles()
    way = comparing.gap(scientist, engineer)
    assert names(way.held) == ["Python"]
    assert names(way.missing) == ["SQL", "Kafka"]
    assert (way.total, way.core_total, names(way.core_missing)) == (3, 2, ["SQL"])


def test_a_skill_that_is_a_tool_elsewhere_is_one_skill_with_its_greater_weight():
    a, b = RoleFactory(), RoleFactory()
    git = SkillFactory(name="Git")
    RoleTermFactory(role=a, skill=git, aspect="skills", weight=1)
    RoleTermFactory(role=a, skill=git, aspect="tools", weight=3)
    RoleTermFactory(role=b, skill=git, aspect="skills", weight=2)
    a, b = roles_with_terms([a.pk, b.pk])
    assert [(one.name, one.weight) for one in comparing.gap(b, a).held] == [("Git", 3)]
    assert comparing.gap(a, b).missing == []


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3)), max_size=8, unique_by=lambda t: t[0]),
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3)), max_size=8, unique_by=lambda t: t[0]),
)
def test_held_and_missing_are_all_that_is_asked_and_shared_is_symmetric(first, second):
    skills = [Skill(pk=n + 1, name=f"Skill {n}", slug=f"s{n}") for n in range(10)]
    roles = []
    for number, terms in enumerate((first, second)):
        role = Role(pk=number + 1, name=f"Role {number}", slug=f"r{number}")
        rows = [RoleTerm(role=role, aspect="skills", skill=skills[n], weight=w) for n, w in terms]
        role._prefetched_objects_cache = {"terms": rows}
        roles.append(role)
    there, back = comparing.gap(*roles), comparing.gap(*reversed(roles))
    for way, asked in ((there, second), (back, first)):
        assert {one.slug: one.weight for one in (*way.held, *way.missing)} == {
            f"s{n}": w for n, w in asked
        }
        assert [one.weight for one in way.missing] == sorted(
            (one.weight for one in way.missing), reverse=True
        )
    assert {one.slug for one in there.held} == {one.slug for one in back.held}
    assert not {one.slug for one in there.missing} & {f"s{n}" for n, _ in first}
    found = comparing.overlap([there, back])
    assert found.either == len({n for n, _ in (*first, *second)})
    assert found.shared == len({n for n, _ in first} & {n for n, _ in second})


def test_the_page_leads_from_each_missing_skill_to_its_postings(reader):
    two_roles()
    html = reader.get("/compare/engineer-vs-scientist/").content.decode()
    way = re.search(r'data-gap="scientist-to-engineer">(.*?)</div>', html, re.S)[1]
    assert 'href="/jobs/?role=engineer&amp;skill=sql"' in way
    assert "1 of 3 skills and tools carry over, 1 of the 2 core ones" in text_of(way)
    assert "Still to learn SQL core Kafka helpful" in text_of(way)
    assert "Already there: 1 Python core" in text_of(way)
    html5lib.HTMLParser(strict=True).parse(html)


def test_a_view_asks_for_the_postings_of_its_base_at_its_seniority(reader):
    base, other = RoleFactory(slug="base"), RoleFactory(slug="other")
    view = ViewFactory(slug="view", base=base, seniority="senior")
    for role in (view, other):
        RoleTermFactory(role=role, skill=SkillFactory(slug=f"only-{role.slug}"))
    html = reader.get("/compare/other-vs-view/").content.decode()
    assert "/jobs/?role=base&amp;seniority=senior&amp;skill=only-view" in html


def test_what_the_profile_says_of_the_move_stands_beside_it(reader):
    engineer, scientist = two_roles()
    CareerStepFactory(role=engineer, to=scientist, text="Learn to doubt.")
    html = reader.get("/compare/engineer-vs-scientist/").content.decode()
    way = re.search(r'data-gap="engineer-to-scientist">(.*?)</div>', html, re.S)[1]
    assert "Learn to doubt." in way
    assert html.count("Learn to doubt.") == 1


# --- the first answer -------------------------------------------------------------------------


def test_a_comparison_answers_first_in_three_sentences(reader):
    two_roles()
    html = reader.get("/compare/engineer-vs-scientist/").content.decode()
    said = text_of(html)
    assert (
        "Engineer and Scientist share 1 of the 4 skills and tools that either asks for; "
        "core to both is Python. Going from Engineer to Scientist, nothing core is missing. "
        "Going from Scientist to Engineer, the core of what is left to learn is SQL." in said
    )
    assert html.index('id="guide-glance"') < html.index('id="skills"')


def test_the_table_at_a_glance_says_the_weightiest_and_counts_what_it_leaves_out(reader):
    a = RoleFactory(name="Engineer", slug="engineer", summary="Builds.")
    RoleFactory(name="Scientist", slug="scientist", summary="")
    for number in range(comparing.GLANCE_TERMS + 2):
        RoleTermFactory(role=a, skill=SkillFactory(name=f"Core {number}"), weight=3)
    RoleTermFactory(role=a, skill=SkillFactory(name="Lesser"), weight=2)
    PostingFactory(role=a)
    html = reader.get("/compare/engineer-vs-scientist/").content.decode()
    table = text_of(re.search(r"<table.*?</table>", html, re.S)[0])
    assert "In short Engineer Builds. Scientist Not written yet" in table
    assert "Core 0" in table
    assert "2 more" in table
    assert "Lesser" not in table
    assert re.search(r"Open postings Engineer 1 open \d+ \w+ \d{4} Scientist 0 open ", table)


def test_a_guide_has_the_table_the_way_and_the_profile_of_each_role_once(reader):
    roles = two_roles()
    PublishedGuideFactory(slug="a", about=roles)
    html = reader.get("/guides/a/").content.decode()
    for anchor in ("guide-glance", "guide-moves"):
        assert html.count(f'id="{anchor}"') == 1
    assert 'href="#guide-moves"' in html


def test_a_guide_of_one_role_has_no_way_to_show(reader):
    PublishedGuideFactory(slug="a", about=two_roles()[:1])
    assert "guide-moves" not in reader.get("/guides/a/").content.decode()


# --- what lies near ---------------------------------------------------------------------------


def test_neighbours_are_pairs_one_step_away_each_once(reader):
    engineer, scientist = two_roles()
    lead = RoleFactory(name="Lead", slug="lead")
    far = RoleFactory(name="Far", slug="far")
    CareerStepFactory(role=engineer, to=lead)
    CareerStepFactory(role=lead, to=engineer)
    CareerStepFactory(role=engineer, to=scientist)
    CareerStepFactory(role=lead, to=far)
    html = reader.get("/compare/engineer-vs-scientist/").content.decode()
    near = re.search(r'id="guide-neighbours".*?</ul>', html, re.S)[0]
    assert re.findall(r'href="(/compare/[^?"]+)"', near) == ["/compare/engineer-vs-lead/"]
    assert 'href="/compare/?a=scientist"' in near


def test_related_guides_share_most_come_first_and_only_public_ones(reader):
    engineer, scientist = two_roles()
    own = PublishedGuideFactory(slug="own", about=[engineer, scientist])
    PublishedGuideFactory(title="One role", about=[engineer])
    PublishedGuideFactory(title="Both roles", about=[scientist, engineer, RoleFactory()])
    PublishedGuideFactory(title="None of them", about=[RoleFactory()])
    retired = PublishedGuideFactory(title="Retired", about=[engineer])
    retired.state = "retired"
    retired.save()
    html = reader.get("/guides/own/").content.decode()
    near = re.search(r'id="guide-related".*?</ul>', html, re.S)[0]
    assert re.findall(r'<a href="[^"]+">([^<]+)', near) == ["Both roles", "One role"]
    assert own.title not in text_of(near)


def test_guides_of_one_topic_are_related(reader):
    def about(title, *topics):
        return PublishedGuideFactory(title=title, about=[RoleFactory()], topics=topics)

    own = about("Own", "Data")
    about("Same topic", "Data", "Pay")
    about("Another topic", "Music")
    html = reader.get(own.get_absolute_url()).content.decode()
    assert "Same topic" in html
    assert "Another topic" not in html


# --- what search engines are sent to ----------------------------------------------------------


def test_thin_pairs_stay_reachable_but_are_not_indexed(reader, settings):
    settings.BOARD = {**settings.BOARD, "COMPARE_TERMS": 2}
    engineer, scientist = two_roles()
    address = "/compare/engineer-vs-scientist/"
    thin = reader.get(address)
    assert thin.status_code == 200
    assert thin["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in thin.content.decode()
    for role in (engineer, scientist):
        role.definition = "What it is."
        role.save()
    full = reader.get(address)
    assert "X-Robots-Tag" not in full
    assert "noindex" not in full.content.decode()
    scientist.terms.first().delete()
    assert reader.get(address)["X-Robots-Tag"] == "noindex"
