"""Which comparison stands nearest to a role."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from guides.links import read_role_guides
from guides.models import Aspect, Skill
from guides.nearest import Comparison, nearest_comparisons, overlap
from tests.factories import (
    PublishedGuideFactory,
    RoleFactory,
    RoleTermFactory,
    SkillFactory,
    ViewFactory,
)


def nearest() -> dict[int, Comparison]:
    return nearest_comparisons(read_role_guides().pairs)


def role_with(name: str, **weights: int):
    role = RoleFactory(name=name)
    for skill, weight in weights.items():
        known = Skill.objects.filter(slug=skill).first()
        skill = known or SkillFactory(slug=skill, name=skill)
        RoleTermFactory(role=role, skill=skill, weight=weight)
    return role


@pytest.mark.django_db
def test_the_nearest_role_is_the_one_whose_profile_overlaps_most():
    cook = role_with("Cook", knife=3, pan=2)
    baker = role_with("Baker", oven=3, pan=1)
    butcher = role_with("Butcher", knife=3, saw=1)
    poet = role_with("Poet", rhyme=3)
    found = nearest()
    assert found[cook.pk].label == "Compare Cook and Butcher"
    assert found[cook.pk].url == f"/compare/{'-vs-'.join(sorted([cook.slug, butcher.slug]))}/"
    assert found[baker.pk].label == "Compare Baker and Cook"
    assert poet.pk not in found


@pytest.mark.django_db
def test_a_public_guide_about_exactly_two_roles_goes_before_a_nearer_role():
    cook, near = role_with("Cook", knife=3), role_with("Carver", knife=3)
    far, third = role_with("Baker", oven=3), role_with("Poet", rhyme=1)
    PublishedGuideFactory(about=[cook, near, third])
    assert nearest()[cook.pk].label == "Compare Cook and Carver"
    guide = PublishedGuideFactory(about=[cook, far])
    found = nearest()[cook.pk]
    assert (found.url, found.label) == (guide.get_absolute_url(), "Compare Cook and Baker")


@pytest.mark.django_db
def test_a_view_is_neither_asked_nor_laid_beside_its_base():
    cook = role_with("Cook", knife=3)
    view = ViewFactory(base=cook, seniority="senior")
    RoleTermFactory(role=view, skill=cook.terms.get().skill, weight=3)
    found = nearest()
    assert cook.pk not in found
    assert view.pk not in found


@pytest.mark.django_db
def test_a_skill_that_is_a_tool_as_well_counts_once():
    cook, other = role_with("Cook", knife=1), role_with("Carver", knife=3)
    RoleTermFactory(role=cook, aspect=Aspect.TOOLS, skill=cook.terms.get().skill, weight=3)
    assert nearest()[other.pk].label == "Compare Carver and Cook"


@pytest.mark.django_db
def test_more_roles_and_guides_cost_no_more_statements():
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            nearest()
        return len(asked)

    PublishedGuideFactory(about=[role_with("A", knife=1), role_with("B", knife=1)])
    few = cost()
    for number in range(5):
        PublishedGuideFactory(about=[role_with(f"C{number}", knife=1), role_with(f"D{number}")])
    assert cost() <= few


PROFILES = st.dictionaries(st.integers(0, 9), st.integers(1, 3))


@given(PROFILES, PROFILES)
def test_an_overlap_is_a_share_that_has_no_direction(one, other):
    share = overlap(one, other)
    assert 0 <= share <= 1
    assert share == overlap(other, one)
    assert (share == 1) == (one == other and bool(one))
    assert (share == 0) == (not one.keys() & other.keys())
