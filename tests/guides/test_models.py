import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from guides.models import Guide, OldSlug, Revision, Role, RoleTerm
from guides.slugs import merge, resolve
from tests.factories import GuideFactory, RoleFactory, RoleTermFactory, SkillFactory, ViewFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["data-vs-ml", "vs-ml", "data-vs", ""])
def test_a_role_slug_that_would_break_comparisons_is_refused(slug):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleFactory(slug=slug)


def test_the_reason_is_a_sentence():
    with pytest.raises(ValidationError, match="that is how comparisons are addressed"):
        Role(name="X", slug="a-vs-b").full_clean()


def test_a_role_whose_slug_only_holds_the_letters_is_fine():
    assert RoleFactory(slug="canvas-developer").pk


def test_a_role_is_not_its_own_base():
    role = RoleFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.filter(pk=role.pk).update(base=role)
    role.base = role
    with pytest.raises(ValidationError, match="view of itself"):
        role.full_clean()


def test_a_view_is_no_base_and_a_base_is_no_view():
    view = ViewFactory()
    with pytest.raises(ValidationError, match="itself a view"):
        Role(name="X", slug="x", base=view).full_clean()
    view.base.base = RoleFactory()
    with pytest.raises(ValidationError, match="cannot become a view"):
        view.base.full_clean()


def test_only_a_view_has_a_seniority():
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleFactory(seniority="senior")


@pytest.mark.parametrize(
    "fields",
    [
        {"aspect": "skills", "skill": None, "name": "Python"},
        {"aspect": "education", "name": "Degree"},
        {"aspect": "industries", "skill": None, "name": ""},
        {"aspect": "skills", "name": "Python"},
        {"weight": 4},
        {"weight": 0},
        {"aspect": "definition"},
    ],
)
def test_a_term_is_a_skill_or_a_name_with_a_weight(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleTermFactory(**fields)


def test_a_term_is_in_an_aspect_once_whatever_its_case():
    role = RoleFactory()
    RoleTermFactory(role=role, aspect="industries", skill=None, name="Finance")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleTermFactory(role=role, aspect="industries", skill=None, name="finance")
    RoleTermFactory(role=role, aspect="education", skill=None, name="Finance")


def test_terms_are_shared_by_skill_or_by_name_whatever_its_case():
    skill = SkillFactory()
    assert RoleTerm(aspect="skills", skill=skill).key == RoleTerm(aspect="skills", skill=skill).key
    one, other = (RoleTerm(aspect="industries", name=name) for name in ("Finance", "FINANCE"))
    assert one.key == other.key
    assert one.key != RoleTerm(aspect="education", name="Finance").key


def test_a_revision_belongs_to_one_thing_and_is_rendered_if_published():
    guide, role = GuideFactory(), RoleFactory()
    since = timezone.now()
    for fields in (
        {},
        {"guide": guide, "role": role},
        {"role": role, "effective_at": since, "rendered": {}},
        {"guide": guide, "effective_at": since},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Revision.objects.create(text="x", **fields)


def test_the_profile_is_rendered_on_save():
    role = RoleFactory(definition="Builds *pipes*.")
    assert role.rendered["definition"] == [{"html": "<p>Builds <em>pipes</em>.</p>\n"}]
    role.definition = "Other."
    role.save(update_fields=["definition"])
    assert "Other." in Role.objects.get().rendered["definition"][0]["html"]


# --- old slugs --------------------------------------------------------------------------------


def test_an_old_slug_leads_to_the_object():
    role = RoleFactory(slug="etl-developer")
    role.slug = "data-engineer"
    role.save()
    found = resolve(Role, "etl-developer")
    assert found.object == role
    assert found.moved
    assert not resolve(Role, "data-engineer").moved
    assert resolve(Role, "nobody") is None


def test_a_slug_taken_back_or_by_another_is_no_old_one():
    role = RoleFactory(slug="a")
    for slug in ("b", "a"):
        role.slug = slug
        role.save()
    assert list(OldSlug.objects.values_list("slug", flat=True)) == ["b"]
    other = RoleFactory(slug="b")
    assert resolve(Role, "b").object == other
    assert not OldSlug.objects.exists()


def test_a_save_that_leaves_the_slug_writes_no_old_one():
    guide = GuideFactory()
    guide.title = "Other"
    guide.save()
    guide.save(update_fields=["title"])
    assert not OldSlug.objects.exists()


def test_an_old_slug_never_leads_to_what_a_query_set_hides():
    guide = GuideFactory(slug="a")
    guide.slug = "b"
    guide.save()
    assert resolve(Guide.objects.public(), "a") is None


def test_every_slug_of_a_merged_role_leads_to_the_other():
    old, into = RoleFactory(slug="one"), RoleFactory()
    old.slug = "two"
    old.save()
    merge(old, into)
    old.delete()
    assert resolve(Role, "one").object == resolve(Role, "two").object == into


def test_roles_of_one_slug_kind_do_not_meet_guides():
    guide = GuideFactory(slug="a")
    guide.slug = "b"
    guide.save()
    assert resolve(Role, "a") is None
