"""The picture that other sites show for a page."""

import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from guides.share import share_image
from tests.factories import GuideFactory, PublishedGuideFactory, RoleFactory


def opened(content):
    return Image.open(BytesIO(content))


@pytest.mark.django_db
def test_each_page_of_a_guide_or_role_names_a_picture_that_is_there(reader):
    a, _ = RoleFactory(slug="a"), RoleFactory(slug="b")
    PublishedGuideFactory(slug="one", about=[a])
    RoleFactory(slug="c")
    for address in ("/guides/one/", "/roles/a/", "/compare/b-vs-c/"):
        html = reader.get(address).content.decode()
        [found] = re.findall(
            r'<meta property="og:image" content="http://127.0.0.1:8000(.+?)"', html
        )
        response = reader.get(found)
        assert response["Content-Type"] == "image/png"
        assert "public" in response["Cache-Control"]
        assert opened(response.content).size == (1200, 630)
        assert not response.cookies


@pytest.mark.django_db
def test_a_draft_has_no_picture_and_an_old_address_has_todays(reader):
    GuideFactory(slug="draft")
    assert reader.get("/guides/draft/share.png").status_code == 404
    for address in ("/roles/nobody/share.png", "/compare/a-vs-b/share.png", "/compare/a/share.png"):
        assert reader.get(address).status_code == 404
    guide = PublishedGuideFactory(slug="old")
    guide.slug = "new"
    guide.save()
    old, new = (reader.get(f"/guides/{slug}/share.png").content for slug in ("old", "new"))
    assert old == new


def test_the_words_are_on_it():
    plain, other = share_image("Data Engineer", "Which one?"), share_image("Data Scientist")
    assert plain != other
    assert share_image("Data Engineer", "Which one?") == plain


@settings(max_examples=20)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_title_can_be_drawn(title, subtitle):
    assert opened(share_image(title, subtitle)).size == (1200, 630)


def test_a_word_that_is_longer_than_the_card_is_cut():
    assert opened(share_image("W" * 200)).size == (1200, 630)
