import pytest

from guides.models import Comment
from guides.revisions import newest, record
from guides.textform import dump
from tests.factories import CommentFactory, GuideFactory, PublishedGuideFactory
from tests.guides.admin.forms import change, filled, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    guide = PublishedGuideFactory()
    record(guide)
    return guide


def thread(guide) -> str:
    return f"/admin/guides/guide/{guide.pk}/comments/"


def test_a_comment_is_shown_with_who_and_when(author, editor, guide):
    response = author.post(thread(guide), {"text": "  <b>Is this\r\nso?</b> "}, follow=True)
    comment = guide.comments.get()
    assert (comment.text, comment.created_by) == ("<b>Is this\nso?</b>", author.user)
    assert response.redirect_chain[0][0] == f"{thread(guide)}#comment-{comment.pk}"
    for page in (thread(guide), change(guide)):
        html = editor.get(page).content.decode()
        assert "&lt;b&gt;Is this\nso?&lt;/b&gt;" in html
        assert f'<b>author</b>, <time datetime="{comment.created_at:%Y-%m-%dT%H:%M}' in html


def test_the_change_page_leads_to_the_thread_and_sends_no_comment(editor, guide):
    CommentFactory(guide=guide)
    assert f'href="{thread(guide)}" target="_blank"' in editor.get(change(guide)).content.decode()
    data = filled(editor, change(guide)) | {"title": "Saved", "text": "In the wrong form"}
    assert editor.post(change(guide), data).status_code == 302
    assert guide.comments.count() == 1


@pytest.mark.parametrize(("text", "reason"), [("", "required"), (" \n", "required"),
                                              ("x" * 4_001, "at most 4000")])  # fmt: skip
def test_what_is_no_comment_is_refused_and_stays_in_the_box(editor, guide, text, reason):
    response = editor.post(thread(guide), {"text": text})
    assert response.status_code == 200
    assert reason in said(response)
    assert text.strip() in response.content.decode()
    assert not Comment.objects.exists()


def test_resolving_keeps_who_and_when_and_the_first_who_did(editor, author, guide):
    comment = CommentFactory(guide=guide, created_by=editor.user)
    address = f"{thread(guide)}{comment.pk}/resolve/"
    assert author.get(address).status_code == 405
    assert "Resolved by author" in said(author.post(address, follow=True))
    editor.post(address)
    comment.refresh_from_db()
    assert comment.resolved_by == author.user
    editor.post(address, {"open": ""})
    comment.refresh_from_db()
    assert (comment.resolved_at, comment.resolved_by) == (None, None)


def test_a_comment_is_changed_by_its_writer_alone(author, editor, operator, guide):
    own = CommentFactory(guide=guide, created_by=author.user)
    left = CommentFactory(guide=guide, created_by=None, text="From one who left.")
    address = f"{thread(guide)}{own.pk}/"
    assert author.post(address, {"text": "Better."}).status_code == 302
    for other in (editor, operator):
        assert other.get(address).status_code == 403
        assert other.post(address, {"text": "Not mine."}).status_code == 403
    assert author.post(f"{thread(guide)}{left.pk}/", {"text": "Mine?"}).status_code == 403
    own.refresh_from_db()
    assert own.text == "Better."
    page = author.get(thread(guide)).content.decode()
    assert f'href="{address}"' in page
    assert f'href="{thread(guide)}{left.pk}/"' not in page


def test_a_comment_is_found_through_its_own_guide_only(editor, guide):
    other = CommentFactory(guide=GuideFactory(), created_by=editor.user)
    assert editor.post(f"{thread(guide)}{other.pk}/", {"text": "x"}).status_code == 404
    assert editor.post(f"{thread(guide)}{other.pk}/resolve/").status_code == 404
    assert editor.get("/admin/guides/guide/999/comments/").status_code == 404


def test_only_who_works_on_guides_reads_and_writes(moderator, reader, guide):
    comment = CommentFactory(guide=guide)
    for address in (thread(guide), f"{thread(guide)}{comment.pk}/resolve/"):
        assert moderator.post(address, {"text": "x"}).status_code == 403
        assert reader.post(address, {"text": "x"}).status_code in (302, 403)
    assert moderator.get(thread(guide)).status_code == 403
    assert guide.comments.count() == 1


def test_no_reader_revision_or_text_has_a_comment(editor, reader, guide):
    CommentFactory(guide=guide, text="Between us.")
    data = filled(editor, change(guide)) | {"_publish": "1"}
    editor.post(change(guide), data)
    assert "Between us" not in reader.get(guide.get_absolute_url()).content.decode()
    assert "Between us" not in newest(guide).text
    assert "Between us" not in dump(guide)
    html = editor.get(change(guide)).content.decode()
    draft = html.split('class="viewlink" href="')[1].split('"')[0]
    assert "Between us" not in reader.get(draft).content.decode()


def test_the_list_counts_the_open_ones(editor, guide):
    for _ in range(2):
        CommentFactory(guide=guide)
    CommentFactory(guide=guide).resolve(editor.user)
    html = editor.get("/admin/guides/guide/").content.decode()
    assert '<td class="field-open_comments">2</td>' in html
