import re

import pytest

from guides.models import Revision
from guides.revisions import newest, publish, record
from tests.factories import GuideFactory, RoleFactory
from tests.guides.admin.forms import change, filled, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    guide = GuideFactory(title="Working title", slug="a", section="First words.")
    record(guide)
    return guide


def history(owner) -> str:
    return change(owner).replace("/change/", "/history/")


def rewrite(owner, user=None, reason="", **fields) -> Revision:
    for name, value in fields.items():
        setattr(owner, name, value)
    owner.save()
    return record(owner, user, reason)


def test_the_history_shows_each_change_and_brings_one_back(editor, guide):
    first = newest(guide)
    data = filled(editor, change(guide)) | {"title": "<b>Second</b>", "reason": "Louder"}
    editor.post(change(guide), data)
    listed = editor.get(f"/admin/guides/guide/{guide.pk}/history/")
    assert "Louder" in said(listed)
    address = f"/admin/guides/guide/{guide.pk}/history/{newest(guide).pk}/"
    html = editor.get(address).content.decode()
    assert "<del>title: Working title</del>" in html
    assert "&lt;b&gt;Second&lt;/b&gt;</ins>" in html
    assert "style=" not in html
    response = editor.post(f"/admin/guides/guide/{guide.pk}/history/{first.pk}/")
    assert response["Location"] == change(guide)
    guide.refresh_from_db()
    assert guide.title == "Working title"


def test_a_revision_is_found_through_its_own_guide_only(editor, guide):
    other = record(GuideFactory())
    assert editor.get(f"/admin/guides/guide/{guide.pk}/history/{other.pk}/").status_code == 404


def test_any_two_texts_are_compared_with_who_when_and_why_of_each(editor, guide):
    first = newest(guide)
    rewrite(guide, title="In between")
    publish(guide)
    last = rewrite(guide, editor.user, "Asked for", title="The last")
    listed = editor.get(history(guide)).content.decode()
    for name in ("old", "new"):
        offered = re.findall(rf'type="radio" name="{name}" value="(\d+)"', listed)
        assert offered == [str(pk) for pk in guide.revisions.values_list("pk", flat=True)]
        assert len(re.findall(rf'name="{name}" value="\d+" checked', listed)) == 1
    page = editor.get(f"{history(guide)}compare/?old={first.pk}&new={last.pk}")
    html = page.content.decode()
    assert "<del>title: Working title</del>" in html
    assert "<ins>title: The last</ins>" in html
    assert "In between" not in html
    assert "By editor Reason Asked for" in said(page)
    assert "By nobody in particular Reason —" in said(page)
    swapped = editor.get(f"{history(guide)}compare/?old={last.pk}&new={first.pk}")
    assert "<ins>title: The last</ins>" in swapped.content.decode()


def test_the_same_text_twice_is_said_to_be_the_same(editor, guide):
    first = newest(guide)
    page = editor.get(f"{history(guide)}compare/?old={first.pk}&new={first.pk}")
    assert "Both texts are the same." in said(page)


def test_two_texts_of_a_role_are_compared_too(editor):
    role = RoleFactory(summary="Begun.")
    first, last = record(role), rewrite(role, summary="Done.")
    page = editor.get(f"{history(role)}compare/?old={first.pk}&new={last.pk}")
    assert "<ins>summary: Done.</ins>" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Choose two texts"),
        ("old=1", "Choose two texts"),
        ("old=x&new=0", "not in this history"),
        ("old=999999&new=999999", "not in this history"),
        (f"old={'9' * 30}&new=1", "not in this history"),
    ],
)
def test_an_impossible_choice_leads_back_with_a_sentence(editor, guide, query, sentence):
    response = editor.get(f"{history(guide)}compare/?{query}", follow=True)
    assert response.redirect_chain == [(history(guide), 302)]
    assert sentence in said(response)


def test_another_guides_text_is_not_compared(editor, guide):
    other = record(GuideFactory())
    query = f"old={newest(guide).pk}&new={other.pk}"
    response = editor.get(f"{history(guide)}compare/?{query}", follow=True)
    assert "not in this history" in said(response)


def test_a_text_is_brought_back_with_the_reason(editor, guide):
    first = newest(guide)
    last = rewrite(guide, title="Worse")
    page = editor.get(f"{history(guide)}compare/?old={first.pk}&new={last.pk}").content.decode()
    address = f"{history(guide)}{first.pk}/"
    assert f'action="{address}"' in page
    assert f'action="{history(guide)}{last.pk}/"' not in page
    editor.post(address, {"reason": "It was clearer"})
    assert newest(guide).reason.endswith(": It was clearer")
    assert newest(guide).created_by == editor.user
    refused = editor.post(address, {"reason": "x" * 161}, follow=True)
    assert "Nothing was brought back" in said(refused)


def test_who_may_not_see_a_guide_compares_nothing(moderator, reader, guide):
    query = f"{history(guide)}compare/?old={newest(guide).pk}&new={newest(guide).pk}"
    assert moderator.get(query).status_code == 403
    assert reader.get(query).status_code == 302
    assert moderator.post(query).status_code == 405
