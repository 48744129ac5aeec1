from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from guides import revisions
from guides.models import Guide, Revision
from guides.revisions import (
    Clash,
    PublishError,
    check_began_from,
    newest,
    publish,
    record,
    restore,
)
from tests.factories import (
    ClaimFactory,
    GuideFactory,
    PublishedGuideFactory,
    RoleFactory,
    SectionFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def test_a_save_is_kept_once_however_often_it_is_recorded():
    guide = GuideFactory()
    first = record(guide, reason="Begun")
    assert first.reason == "Begun"
    assert record(guide) is None
    guide.title = "Other"
    guide.save()
    assert record(guide).pk > first.pk
    assert "title: Other" in newest(guide).text


def test_a_role_is_recorded_too():
    role = RoleFactory()
    user = User.objects.create_user("editor")
    assert record(role, user, "Begun").created_by == user
    assert record(role) is None


def test_a_draft_a_reviewed_and_a_future_guide_are_not_public():
    hour = timedelta(hours=1)
    GuideFactory()
    GuideFactory(state="in_review")
    GuideFactory(state="published")
    PublishedGuideFactory(at=timezone.now() + hour)
    back = PublishedGuideFactory()
    back.state = Guide.State.DRAFT
    back.save()
    public = PublishedGuideFactory()
    retired = PublishedGuideFactory()
    retired.state = Guide.State.RETIRED
    retired.save()
    assert list(Guide.objects.public()) == [public]
    assert set(Guide.objects.addressable()) == {public, retired}


def test_two_published_revisions_take_turns_by_the_clock():
    now = timezone.now()
    guide = PublishedGuideFactory(title="Now", at=now - timedelta(days=1))
    guide.title = "Later"
    guide.save()
    publish(guide, at=now + timedelta(days=1))

    def title(at):
        shown = Guide.objects.public(at).with_rendered().first()
        return shown and shown.rendered["title"]

    assert title(now - timedelta(days=2)) is None
    assert title(now) == "Now"
    assert title(now + timedelta(days=1)) == "Later"
    assert list(Revision.objects.scheduled()) == [newest(guide)]


def test_an_older_text_that_waits_gives_way_to_a_newer_one():
    guide = PublishedGuideFactory(at=timezone.now() + timedelta(days=1))
    guide.title = "Corrected"
    guide.save()
    publish(guide)
    late = Guide.objects.public(timezone.now() + timedelta(days=2)).with_rendered().get()
    assert late.rendered["title"] == "Corrected"


def test_publishing_the_same_text_again_changes_nothing():
    guide = PublishedGuideFactory()
    assert publish(guide) == newest(guide)
    assert guide.revisions.count() == 1


def test_saving_changes_nothing_that_readers_see():
    guide = PublishedGuideFactory(title="As published")
    guide.title = "Changed"
    guide.save()
    guide.sections.all().delete()
    record(guide)
    shown = Guide.objects.public().with_rendered().get()
    assert shown.rendered["title"] == "As published"
    assert len(shown.rendered["sections"]) == 1


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda guide: guide.guide_roles.all().delete(), "at least one role"),
        (lambda guide: guide.sections.all().delete(), "at least one section"),
        (lambda guide: guide.sections.update(body="So.[^nope]"), "no claim with this key"),
        (lambda guide: guide.sections.update(body=""), "is empty"),
        (lambda guide: guide.sections.update(body="# Top"), "start at ###"),
    ],
)
def test_what_is_not_ready_is_not_published_and_says_why(spoil, problem):
    guide = GuideFactory()
    spoil(guide)
    with pytest.raises(PublishError, match=problem):
        publish(guide)
    guide.refresh_from_db()
    assert guide.state == Guide.State.DRAFT
    assert not guide.revisions.exists()


def test_a_guide_without_a_summary_is_not_published():
    with pytest.raises(PublishError, match="summary"):
        publish(GuideFactory(summary=" "))


def test_each_claim_needs_a_source_unless_the_board_says_otherwise(settings):
    guide = GuideFactory()
    ClaimFactory(guide=guide, key="sourced")
    ClaimFactory(guide=guide, key="bare", source=None)
    ClaimFactory(guide=guide, key="naked", source=None)
    with pytest.raises(PublishError) as caught:
        publish(guide)
    assert caught.value.problems == [
        f"The claim “{key}” has no source: choose where it comes from." for key in ("bare", "naked")
    ]
    settings.BOARD = {**settings.BOARD, "CLAIMS_NEED_SOURCES": False}
    assert publish(guide).is_published


def test_notes_are_numbered_as_the_reader_meets_them():
    guide = GuideFactory(section="First.[^b] Again.[^b]")
    source = SourceFactory(guide=guide, title="A survey")
    ClaimFactory(guide=guide, key="a", text="A is so.", source=source)
    ClaimFactory(guide=guide, key="b")
    ClaimFactory(guide=guide, key="unused")
    SectionFactory(guide=guide, order=9, heading="Main", body="Second.[^a] `[^unused]`")
    rendered = publish(guide).rendered
    assert [(note["number"], note["key"]) for note in rendered["notes"]] == [(1, "b"), (2, "a")]
    note = rendered["notes"][1]
    assert note["title"] == "A survey"
    assert note["accessed"] == "2026-11-01"
    html = rendered["sections"][1]["parts"][0]["html"]
    assert f'id="{note["ref"]}" href="#note-2"' in html
    assert rendered["sections"][1]["anchor"] == "on-main"


def test_a_published_revision_names_its_roles_whatever_the_working_copy_says():
    a, b = RoleFactory(), RoleFactory()
    guide = PublishedGuideFactory(about=[b, a])
    assert newest(guide).rendered["roles"] == [b.pk, a.pk]
    guide.guide_roles.filter(role=a).delete()
    public = Guide.objects.public()
    assert list(public.about(a, b, only=True)) == [guide]
    assert not public.about(a, only=True).exists()
    assert list(public.about(a)) == [guide]


def test_restoring_brings_rows_back_and_leaves_readers_alone():
    guide = PublishedGuideFactory(title="First", section="Old words.")
    first = newest(guide)
    guide.title = "Second"
    guide.save()
    guide.sections.update(body="New words.")
    publish(guide)
    restored = restore(first, User.objects.create_user("editor"))
    assert restored.title == "First"
    assert guide.sections.get().body == "Old words."
    assert newest(guide).reason.startswith("Restored from")
    assert Guide.objects.public().with_rendered().get().rendered["title"] == "Second"


def test_a_role_is_restored():
    role = RoleFactory(definition="Old.")
    first = record(role)
    role.definition = "New."
    role.save()
    record(role)
    restore(first)
    role.refresh_from_db()
    assert role.definition == "Old."


def test_who_began_from_an_older_text_is_told_both():
    guide = GuideFactory(title="A")
    check_began_from(guide, None)
    first = record(guide)
    check_began_from(guide, first.pk)
    guide.title = "B"
    guide.save()
    second = record(guide)
    with pytest.raises(Clash) as caught:
        check_began_from(guide, first.pk)
    assert (caught.value.began, caught.value.newest) == (first, second)
    with pytest.raises(Clash):
        check_began_from(guide, None)
    other = record(GuideFactory())
    with pytest.raises(Clash) as caught:
        check_began_from(guide, other.pk)
    assert caught.value.began is None


def test_a_role_that_is_gone_is_left_out_of_the_rendered_text():
    guide = GuideFactory()
    parsed = revisions.textform.read_guide(guide)
    guide.guide_roles.all().delete()
    parsed_role = parsed.roles[0]
    assert revisions.render_guide(parsed)["roles"]
    revisions.Role.objects.filter(slug=parsed_role).delete()
    assert revisions.render_guide(parsed)["roles"] == []
