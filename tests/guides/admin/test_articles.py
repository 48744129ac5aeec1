import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from guides.models import Guide, Role, RoleTerm
from guides.revisions import newest, publish, record
from lib import text
from tests.factories import (
    ClaimFactory,
    GuideFactory,
    PublishedGuideFactory,
    RoleFactory,
    RoleTermFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
)
from tests.guides.admin.forms import change, filled, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    guide = GuideFactory(title="Working title", slug="a", section="First words.")
    source = SourceFactory(guide=guide, key="src")
    ClaimFactory(guide=guide, key="claim", source=source)
    record(guide)
    return guide


# --- saving and publishing --------------------------------------------------------------------


def test_saving_keeps_a_revision_with_who_and_why(editor, guide):
    data = filled(editor, change(guide)) | {"title": "Better title", "reason": "It was dull"}
    assert editor.post(change(guide), data).status_code == 302
    revision = newest(guide)
    assert "title: Better title" in revision.text
    assert (revision.created_by, revision.reason) == (editor.user, "It was dull")
    assert not revision.is_published
    assert not Guide.objects.public().exists()


def test_saving_without_a_change_keeps_no_revision(editor, guide):
    before = newest(guide)
    assert editor.post(change(guide), filled(editor, change(guide))).status_code == 302
    assert newest(guide) == before


def test_save_and_publish_shows_it_to_readers(editor, guide, reader):
    data = filled(editor, change(guide)) | {"_publish": "1", "reason": "Ready"}
    response = editor.post(change(guide), data, follow=True)
    assert "Readers see this text now." in said(response)
    assert "First words." in reader.get("/guides/a/").content.decode()
    assert newest(guide).reason == "Ready"
    assert guide.revisions.published().count() == 1


def test_publishing_can_wait_for_an_instant(editor, guide):
    data = filled(editor, change(guide)) | {
        "_publish": "1", "publish_at_0": "2031-05-01", "publish_at_1": "08:30:00",
    }  # fmt: skip
    assert "from 1 May 2031 08:30" in said(editor.post(change(guide), data, follow=True))
    assert not Guide.objects.public().exists()
    assert Guide.objects.public(datetime(2031, 5, 1, 8, 30, tzinfo=UTC)).exists()
    assert "1 May 2031" in said(editor.get("/admin/guides/guide/"))


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (
            {"_publish": "1", "publish_at_0": "2001-05-01", "publish_at_1": "08:30:00"},
            "in the past",
        ),
        ({"publish_at_0": "2031-05-01", "publish_at_1": "08:30:00"}, "Press “Save and publish”"),
        ({"sections-0-body": "# Top"}, "start at ###"),
        ({"sections-0-body": "```\nopen"}, "not closed"),
        ({"sections-0-heading": "Ends {aspect=x}"}, "must not end in"),
        ({"claims-0-key": "Not A Key"}, "small letters"),
        ({"review_due": "2020-01-01", "reviewed_on": "2021-01-01"}, "before the last"),
    ],
)
def test_what_cannot_be_saved_is_said_and_stays_in_the_form(editor, guide, extra, message):
    data = filled(editor, change(guide)) | {"title": "As typed"} | extra
    response = editor.post(change(guide), data)
    assert response.status_code == 200
    assert message in said(response)
    assert 'value="As typed"' in response.content.decode()
    guide.refresh_from_db()
    assert guide.title == "Working title"


def test_what_is_not_ready_is_saved_but_not_published(editor, guide):
    data = filled(editor, change(guide)) | {"sections-0-body": "So.[^nope]", "_publish": "1"}
    response = editor.post(change(guide), data, follow=True)
    assert "Saved, but not published." in said(response)
    assert "no claim with this key" in said(response)
    assert guide.sections.get().body == "So.[^nope]"
    assert "[^nope]" in newest(guide).text
    assert not Guide.objects.public().exists()


def test_a_new_guide_is_written_on_one_page(editor):
    role = RoleFactory()
    data = filled(editor, "/admin/guides/guide/add/") | {
        "title": "New", "slug": "new", "summary": "So.", "_publish": "1",
        "guide_roles-0-role": str(role.pk),
        "sections-TOTAL_FORMS": "1", "sections-0-order": "0", "sections-0-heading": "Start",
        "sections-0-body": "Words.", "sections-0-aspect": "",
    }  # fmt: skip
    response = editor.post("/admin/guides/guide/add/", data, follow=True)
    assert response.status_code == 200
    assert Guide.objects.public().get().slug == "new"


def test_dead_links_are_named_after_saving_and_stop_publishing(editor, guide):
    body = "See [this](/roles/nope/) and [that](/guides/later/)."
    GuideFactory(slug="later")
    data = filled(editor, change(guide)) | {"sections-0-body": body}
    page = editor.post(change(guide), data | {"_continue": "1"}, follow=True)
    assert "links to /roles/nope/: there is no role at this address." in said(page)
    assert "links to /guides/later/: readers cannot see that guide yet." in said(page)
    data = filled(editor, change(guide)) | {"_publish": "1"}
    page = editor.post(change(guide), data, follow=True)
    assert "Saved, but not published. The section" in said(page)
    assert not Guide.objects.public().exists()
    data |= {"sections-0-body": "See [that](/guides/later/).",
             "began_from": str(newest(guide).pk)}  # fmt: skip
    page = editor.post(change(guide), data, follow=True)
    assert "Readers see this text now." in said(page)
    assert "readers cannot see that guide yet" in said(page)


def test_dead_links_of_a_role_are_named_after_saving(editor):
    role = RoleFactory()
    data = filled(editor, change(role)) | {"outlook": "[x](/roles/nope/)", "_continue": "1"}
    assert "Outlook links to /roles/nope/" in said(editor.post(change(role), data, follow=True))


def test_many_dead_links_are_not_all_listed(editor, guide):
    body = " ".join(f"[x](/roles/nope-{n}/)" for n in range(14))
    data = filled(editor, change(guide)) | {"sections-0-body": body, "_continue": "1"}
    page = said(editor.post(change(guide), data, follow=True))
    assert page.count("there is no role at this address") == 10
    assert "4 more links lead nowhere." in page


def test_the_words_of_the_list_are_those_of_the_published_page(editor, guide):
    SectionFactory(guide=guide, body="Two words.[^claim]", order=1)
    published = publish(guide).rendered["words"]
    assert published == 4
    html = editor.get("/admin/guides/guide/").content.decode()
    assert f'<td class="field-words">{published}</td>' in html
    assert 'data-words="2"' in editor.get(change(guide)).content.decode()


# --- clashes ----------------------------------------------------------------------------------


def test_a_stale_edit_is_refused_with_both_texts_and_nothing_is_lost(editor, operator, guide):
    mine = filled(editor, change(guide)) | {"sections-0-body": "What I typed."}
    theirs = filled(operator, change(guide)) | {"sections-0-body": "What they saved."}
    operator.post(change(guide), theirs)
    response = editor.post(change(guide), mine)
    assert response.status_code == 200
    assert "Somebody else has saved this text" in said(response)
    html = response.content.decode()
    assert "<del>What they saved.</del>" in html
    assert "<ins>What I typed.</ins>" in html
    assert "What I typed.</textarea>" in html
    assert guide.sections.get().body == "What they saved."
    assert editor.post(change(guide), mine).status_code == 200


def test_after_both_texts_were_seen_the_next_save_counts(editor, operator, guide):
    mine = filled(editor, change(guide)) | {"title": "Mine"}
    operator.post(change(guide), filled(operator, change(guide)) | {"title": "Theirs"})
    html = editor.post(change(guide), mine).content.decode()
    began = re.search(r'name="began_from" value="(\d+)"', html)[1]
    assert int(began) == newest(guide).pk
    assert editor.post(change(guide), mine | {"began_from": began}).status_code == 302
    guide.refresh_from_db()
    assert guide.title == "Mine"


def test_a_stale_edit_of_a_role_is_refused_too(editor, operator):
    role = RoleFactory(definition="Begun.")
    RoleTermFactory(role=role, skill=SkillFactory(slug="python"))
    record(role)
    mine = filled(editor, change(role)) | {"definition": "Mine."}
    operator.post(change(role), filled(operator, change(role)) | {"definition": "Theirs."})
    response = editor.post(change(role), mine)
    assert "<del>Theirs.</del>" in response.content.decode()
    assert "<ins>Mine.</ins>" in response.content.decode()
    assert "python: 2" in said(response)
    role.refresh_from_db()
    assert role.definition == "Theirs."


# --- roles and skills -------------------------------------------------------------------------


def test_a_role_edit_keeps_a_revision(editor):
    role, skill = RoleFactory(), SkillFactory(slug="sql")
    data = filled(editor, change(role)) | {
        "aliases": "One\n\n Two ", "definition": "Does.", "reason": "Filled in",
        "terms-0-aspect": "skills", "terms-0-skill": str(skill.pk), "terms-0-weight": "3",
    }  # fmt: skip
    assert editor.post(change(role), data).status_code == 302
    role.refresh_from_db()
    assert role.aliases == ["One", "Two"]
    assert newest(role).reason == "Filled in"
    assert "sql: 3" in newest(role).text


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"slug": "a-vs-b"}, "that is how comparisons are addressed"),
        ({"terms-0-aspect": "industries", "terms-0-name": ""}, "Fill that one field only"),
        ({"definition": "## Top"}, "start at ###"),
        ({"seniority": "senior"}, "Only a view"),
        ({"aliases": "One\none"}, "there twice"),
    ],
)
def test_an_impossible_role_is_refused_with_a_sentence(editor, extra, message):
    role = RoleFactory()
    RoleTermFactory(role=role)
    response = editor.post(change(role), filled(editor, change(role)) | extra)
    assert response.status_code == 200
    assert message in said(response)


def test_a_term_twice_is_refused_not_an_error(editor):
    role = RoleFactory()
    data = filled(editor, change(role)) | {
        "terms-TOTAL_FORMS": "2",
        **{f"terms-{n}-aspect": "industries" for n in (0, 1)},
        **{f"terms-{n}-weight": "1" for n in (0, 1)},
        **{f"terms-{n}-order": "0" for n in (0, 1)},
        "terms-0-name": "Finance",
        "terms-1-name": "finance",
    }
    response = editor.post(change(role), data)
    assert "is twice in one part of the profile" in said(response)
    assert not RoleTerm.objects.exists()


# --- who may ----------------------------------------------------------------------------------


def test_the_groups_are_there():
    names = set(Group.objects.values_list("name", flat=True))
    assert names >= {"Author", "Editor", "Moderator"}


def test_an_author_writes_and_does_not_publish(author, guide):
    data = filled(author, change(guide))
    assert "publish_at_0" not in data
    data |= {"title": "By the author", "_publish": "1", "state": "published"}
    author.post(change(guide), data)
    assert not Guide.objects.public().exists()
    assert not guide.revisions.published().exists()
    assert "Save and publish" not in author.get(change(guide)).content.decode()
    data = filled(author, change(guide)) | {"title": "By the author"}
    assert author.post(change(guide), data).status_code == 302
    assert "By the author" in newest(guide).text


def test_an_author_does_not_take_a_public_guide_away(author):
    guide = PublishedGuideFactory()
    author.post(change(guide), filled(author, change(guide)) | {"state": "draft"})
    assert Guide.objects.public().exists()


def test_an_author_changes_no_role(author):
    role = RoleFactory()
    assert author.post(change(role), {"name": "X"}).status_code == 403
    first = record(role)
    role.summary = "Other."
    role.save()
    record(role)
    address = f"/admin/guides/role/{role.pk}/history/{first.pk}/"
    assert author.get(address).status_code == 200
    assert author.post(address).status_code == 403


def test_a_moderator_and_a_reader_edit_no_guide(moderator, reader, guide):
    assert moderator.get(change(guide)).status_code == 403
    assert moderator.get(f"/admin/guides/guide/{guide.pk}/history/").status_code == 403
    assert reader.get(change(guide)).status_code == 302


# --- preview ----------------------------------------------------------------------------------


def test_the_preview_is_exactly_what_the_site_renders(editor):
    source = "### Top\n\nA *word*.[^a]\n\n<script>x</script>"
    response = editor.post("/admin/guides/guide/markdown/", {"text": source})
    assert response.content.decode() == text.render(source, notes={"a": 1}, prefix="preview--").html
    assert "&lt;script&gt;" in response.content.decode()
    assert response["X-Words"] == str(text.count_words(source))


def test_the_preview_says_what_it_cannot_render(editor):
    response = editor.post("/admin/guides/guide/markdown/", {"text": "x" * 60_000})
    assert response.status_code == 400
    assert "too long" in response.content.decode()


def test_the_preview_is_for_staff_and_posts_only(editor, reader):
    assert reader.post("/admin/guides/guide/markdown/", {"text": "x"}).status_code == 403
    assert editor.get("/admin/guides/guide/markdown/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor.user)
    assert strict.post("/admin/guides/guide/markdown/", {"text": "x"}).status_code == 403


def test_the_form_offers_the_draft_and_the_public_page(editor, guide):
    html = editor.get(change(guide)).content.decode()
    draft = re.search(r'href="(/guides/preview/[^"]+)"', html)[1]
    assert Client().get(draft).status_code == 200
    assert 'href="/guides/a/"' not in html
    publish(guide)
    assert 'href="/guides/a/"' in editor.get(change(guide)).content.decode()


@pytest.mark.parametrize("address", ["guide/", "guide/add/", "role/", "role/add/", "skill/"])
def test_pages_have_no_inline_script_or_style(editor, guide, address):
    RoleTermFactory()
    html = editor.get(f"/admin/guides/{address}").content.decode()
    assert not re.search(r"<script(?![^>]*(src=|application/json|type=\"text/html))", html)
    assert "<style" not in html
    assert not re.search(r"\son\w+=", html)


def test_the_lists_are_searched_filtered_and_do_not_ask_for_each_row(editor, guide):
    for _ in range(3):
        PublishedGuideFactory()
    html = said(editor.get("/admin/guides/guide/?q=working"))
    assert "Working title" in html
    for query in ("review=overdue", "review=none", "state__exact=draft"):
        assert editor.get(f"/admin/guides/guide/?{query}").status_code == 200
    RoleFactory(aliases=["Plumber"], name="Engineer")
    assert "Engineer" in said(editor.get("/admin/guides/role/?q=plumber"))
    assert Role.objects.count() > 1
