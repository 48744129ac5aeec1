import re
from datetime import timedelta

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides import changes
from guides.models import Guide
from guides.revisions import publish, record
from tests.factories import (
    ClaimFactory,
    GuideFactory,
    PublishedGuideFactory,
    RoleFactory,
    SectionFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.headers.get("Location")
    return response.content.decode()


def said(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def entries(html):
    return [said(one) for one in re.findall(r'<li class="change">(.*?)</li>', html, re.DOTALL)]


def pieces(html, tag):
    """The text of each <del> or <ins>, without the words for those who hear it."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", html)
    return [re.sub(r"<[^>]+>", "", re.sub(r"<span.*?</span>", "", one)) for one in found]


def revise(guide, reason="", at=None, user=None, **fields):
    for name, value in fields.items():
        setattr(guide, name, value)
    guide.save()
    return publish(guide, at=at, reason=reason, user=user)


@pytest.fixture
def guide():
    """Public for nine days, with one section of three paragraphs."""
    return PublishedGuideFactory(
        slug="a",
        title="Rigging",
        section="One stays.\n\nTwo is here.\n\nThree stays.\n\nFour stays.",
        at=timezone.now() - timedelta(days=9),
    )


def test_each_published_text_is_there_with_date_note_author_and_changes(reader, guide):
    guide.sections.update(body="One stays.\n\nTwo was here.\n\nThree stays.\n\nFour stays.")
    revise(guide, reason="The tense was wrong", author="A. Author")
    newest, first = entries(page(reader, "/guides/a/history/"))
    assert f"{timezone.now():%-d %B %Y}" in newest
    assert "By A. Author The tense was wrong" in newest
    assert "Two [removed: is ] [added: was ] here." in newest
    assert "One stays." in newest
    assert "Four stays." not in newest
    assert first.endswith("By The editors First published.")


def test_what_stands_around_the_sections_is_told_in_words(reader, guide):
    role = RoleFactory(name="Rigger")
    guide.guide_roles.update(role=role)
    source = SourceFactory(guide=guide, title="Pay survey", publisher="Office of Pay")
    ClaimFactory(guide=guide, key="pay", text="Pay is *so*.", source=source)
    SectionFactory(guide=guide, heading="Skills", aspect="skills", body="Much.[^pay]", order=3)
    revise(guide, title="Rigging now", reviewed_on="2026-11-20")
    html = page(reader, "/guides/a/history/")
    words = entries(html)[0]
    for expected in ("Rigging [added: now ]", "Reviewed on: 2026-11-20", "Rigger",
                     "Beside each other: Required skills", "Much.[^pay]",
                     "[^pay] Pay is so. — Pay survey, Office of Pay"):  # fmt: skip
        assert expected in words
    html5lib.HTMLParser(strict=True).parse(html)


def test_a_section_that_is_gone_added_or_moved_is_seen(reader, guide):
    SectionFactory(guide=guide, heading="Second", body="Second body.", order=2)
    revise(guide, at=timezone.now() - timedelta(days=5))
    SectionFactory(guide=guide, heading="Second", body="Again.", order=1)
    revise(guide, at=timezone.now() - timedelta(days=3))
    guide.sections.filter(body__startswith="One").delete()
    revise(guide)
    gone, again, added, _ = re.split(r'<li class="change">', page(reader, "/guides/a/history/"))[1:]
    assert "One stays." in pieces(gone, "del")
    assert any("Second" in line for line in pieces(again, "ins"))
    assert pieces(added, "ins")[-1] == "Second body."
    assert not pieces(added, "del")


def test_no_draft_and_nothing_scheduled_is_compared_or_named(reader, guide, editor):
    for number in range(3):
        guide.sections.update(body=f"Draft {number} is a secret.")
        guide.title = f"Secret title {number}"
        guide.save()
        record(guide, editor.user, f"Secret reason {number}")
    revise(guide, at=timezone.now() + timedelta(hours=1), reason="Secret plan", user=editor.user)
    html = page(reader, "/guides/a/history/")
    assert len(entries(html)) == 1
    for word in ("secret", "draft", editor.user.username):
        assert word not in html.casefold().replace("guides about editors", "").replace(
            "the editors", ""
        )


def test_a_scheduled_text_is_told_by_the_clock(reader, guide, time_machine):
    revise(guide, at=timezone.now() + timedelta(hours=1), title="Rigging at night")
    assert "night" not in page(reader, "/guides/a/history/")
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    assert "night" in entries(page(reader, "/guides/a/history/"))[0]


def test_what_only_editors_see_is_not_told(reader, guide):
    ClaimFactory(guide=guide, key="unused", text="Nobody refers to this.")
    SourceFactory(guide=guide, title="Source that nothing uses")
    revise(guide, review_due="2031-01-01", summary="Another answer.")
    html = page(reader, "/guides/a/history/")
    assert "Another" in html
    for words in ("Nobody refers", "that nothing uses", "2031"):
        assert words not in html


def test_what_a_text_says_is_escaped(reader, guide):
    guide.sections.update(body="<script>alert(1)</script> & so on")
    revise(guide, reason="<b>bold</b>")
    html = page(reader, "/guides/a/history/")
    assert "<script>alert" not in html
    assert "<b>bold" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_text_published_with_the_same_words_says_so(reader, guide):
    guide.sections.update(body="One stays.\n\n\nTwo is here.\n\nThree stays.\n\nFour stays.")
    revise(guide)
    assert "The words are the same as before." in entries(page(reader, "/guides/a/history/"))[0]


def test_the_history_is_paged_and_each_page_compares_across_its_edge(reader, guide, monkeypatch):
    monkeypatch.setattr(changes, "A_PAGE", 2)
    for number in range(4):
        at = timezone.now() - timedelta(days=8 - number)
        revise(guide, at=at, subtitle=f"Number {number}")
    first, second, third = (page(reader, f"/guides/a/history/?page={n}") for n in (1, 2, 3))
    assert 'data-total="5"' in first
    assert [len(entries(html)) for html in (first, second, third)] == [2, 2, 1]
    assert "Number [removed: 1 ] [added: 2 ]" in entries(first)[1]
    assert "First published." not in second
    assert 'href="?page=3"' in second
    assert "First published." in third


@pytest.mark.parametrize(
    ("query", "name"),
    [("page=x", "page"), ("page=99", "page"), ("page=1&page=2", "page"), ("colour=red", "colour")],
)
def test_what_means_nothing_is_left_out_and_named(reader, guide, query, name):
    html = page(reader, f"/guides/a/history/?{query}")
    assert f'data-ignored="{name}"' in html
    assert "First published." in html


def test_an_old_slug_leads_on_a_retired_guide_says_so_and_a_draft_has_none(reader, guide):
    guide.slug = "new"
    guide.save()
    response = reader.get("/guides/a/history/")
    assert (response.status_code, response["Location"]) == (301, "/guides/new/history/")
    assert "noindex" not in page(reader, "/guides/new/history/")
    Guide.objects.update(state="retired")
    response = reader.get("/guides/new/history/")
    assert response["X-Robots-Tag"] == "noindex"
    assert "This guide is retired" in response.content.decode()
    Guide.objects.update(state="draft")
    page(reader, "/guides/new/history/", 404)
    GuideFactory(slug="never")
    PublishedGuideFactory(slug="future", at=timezone.now() + timedelta(hours=1))
    for slug in ("never", "future", "nobody"):
        page(reader, f"/guides/{slug}/history/", 404)


def test_the_article_links_its_history(reader, guide):
    assert '<a href="/guides/a/history/">History</a>' in page(reader, "/guides/a/")


def test_the_statements_do_not_grow_with_the_history(reader, guide):
    def count():
        with CaptureQueriesContext(connection) as queries:
            page(reader, "/guides/a/history/")
        return len(queries)

    revise(guide, subtitle="Once")
    few = count()
    for number in range(4):
        guide.guide_roles.create(role=RoleFactory(), order=number + 1)
        revise(guide, subtitle=f"Number {number}")
    assert count() == few
    assert few <= 5


def test_the_history_takes_no_post(editor, guide):
    assert editor.post("/guides/a/history/").status_code == 405
