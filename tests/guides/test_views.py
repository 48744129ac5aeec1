import re
from datetime import timedelta

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides import preview
from guides.models import Guide
from guides.revisions import publish
from tests.factories import (
    CareerStepFactory,
    ClaimFactory,
    GuideFactory,
    PublishedGuideFactory,
    RoleFactory,
    RoleTermFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    ViewFactory,
)
from tests.page import text_of

pytestmark = pytest.mark.django_db


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.headers.get("Location")
    return response.content.decode()


# --- the article ------------------------------------------------------------------------------


def full_guide(**fields):
    a, b = RoleFactory(name="Engineer"), RoleFactory(name="Scientist")
    python = SkillFactory(name="Python")
    RoleTermFactory(role=a, skill=python, weight=3)
    RoleTermFactory(role=b, skill=python, weight=1)
    RoleTermFactory(role=a, skill=SkillFactory(name="Kafka"), weight=2)
    guide = GuideFactory(about=[a, b], section="Fact.[^pay]", title="Engineer vs. Scientist",
                         subtitle="Which one?", **fields)  # fmt: skip
    source = SourceFactory(guide=guide, title="Pay survey", publisher="Office of Pay")
    ClaimFactory(guide=guide, key="pay", text="Pay is *so*.", source=source)
    SectionFactory(guide=guide, order=5, heading="Required skills", aspect="skills", body="")
    publish(guide)
    return guide


def test_an_article_says_everything_it_has(reader):
    full_guide(slug="a", reviewer="R. Viewer", reviewed_on="2026-11-20")
    html = page(reader, "/guides/a/")
    said = text_of(html)
    for words in ("Which one?", "By The editors", "Reviewed on 20 November 2026 by R. Viewer",
                  "1 min read", "The answer first.", "Pay survey", "Office of Pay",
                  "read 1 November 2026"):  # fmt: skip
        assert words in said
    assert '<link rel="canonical" href="http://127.0.0.1:8000/guides/a/">' in html
    assert 'href="#required-skills"' in html
    assert 'id="required-skills"' in html
    assert 'href="#note-1"' in html
    assert 'id="note-1"' in html
    assert "noindex" not in html


def test_shared_terms_are_marked_and_weights_are_words(reader):
    full_guide(slug="a")
    html = page(reader, "/guides/a/")
    shared = re.findall(r"<li[^>]*data-shared[^>]*>(.*?)</li>", html)
    assert [text_of(item) for item in shared] == ["Python core shared", "Python helpful shared"]
    assert "Kafka often" in text_of(html)


def test_every_link_inside_the_page_leads_somewhere_and_ids_are_unique(reader):
    guide = full_guide(slug="a")
    a, b = (item.role for item in guide.guide_roles.all())
    for role in (a, b):
        role.definition = "### Same\n\nWords."
        role.save()
    SectionFactory(guide=guide, order=7, heading="Definitions", aspect="definition",
                   body="### Same\n\nAgain.[^pay]")  # fmt: skip
    SectionFactory(guide=guide, order=8, heading="Definitions", body="### Same\n\nx")
    SectionFactory(guide=guide, order=9, heading="Note 1", body="x")
    publish(guide)
    html = page(reader, "/guides/a/")
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    html5lib.HTMLParser(strict=True).parse(html)


def test_a_draft_is_on_no_page(reader):
    role = RoleFactory(slug="r")
    other = RoleFactory(slug="s")
    GuideFactory(slug="draft", title="Secret", about=[role, other])
    PublishedGuideFactory(slug="future", title="Secret", about=[role, other],
                          at=timezone.now() + timedelta(hours=1))  # fmt: skip
    for address in ("/guides/", "/guides/?role=r", "/roles/r/", "/roles/", "/compare/r-vs-s/", "/"):
        assert "Secret" not in page(reader, address)
    for slug in ("draft", "future", "nobody"):
        page(reader, f"/guides/{slug}/", 404)


def test_a_future_guide_appears_by_the_clock(reader, time_machine):
    PublishedGuideFactory(slug="future", at=timezone.now() + timedelta(hours=1))
    time_machine.move_to(timezone.now() + timedelta(hours=1, seconds=1))
    page(reader, "/guides/future/")


def test_a_retired_guide_says_so_and_is_not_indexed(reader):
    PublishedGuideFactory(slug="old", title="Old one")
    Guide.objects.update(state="retired")
    html = page(reader, "/guides/old/")
    assert "This guide is retired" in html
    assert '<meta name="robots" content="noindex">' in html
    assert "Old one" not in page(reader, "/guides/")


def test_saving_changes_no_public_page(reader):
    guide = PublishedGuideFactory(slug="a", title="As published")
    before = page(reader, "/guides/a/"), page(reader, "/guides/")
    guide.title = "Changed"
    guide.save()
    guide.sections.update(body="Changed")
    assert (page(reader, "/guides/a/"), page(reader, "/guides/")) == before


def test_an_old_slug_leads_to_the_new_one_for_good(reader):
    guide = PublishedGuideFactory(slug="old")
    guide.slug = "new"
    guide.save()
    response = reader.get("/guides/old/")
    assert (response.status_code, response["Location"]) == (301, "/guides/new/")


def test_the_statements_of_a_page_do_not_grow(reader):
    def count(address):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(reader, address)
        return len([q for q in queries if "guides_" in q["sql"] and "jobs_" not in q["sql"]])

    full_guide(slug="small")
    big = GuideFactory(slug="big", about=[role := RoleFactory(slug="big-role"), RoleFactory()])
    for number in range(12):
        RoleTermFactory(role=role)
        RoleTermFactory(role=role, aspect="industries", skill=None, name=f"Industry {number}")
        SectionFactory(guide=big, aspect="skills", order=number)
        ClaimFactory(guide=big, key=f"c{number}", source=SourceFactory(guide=big))
        SectionFactory(guide=big, order=number, body=f"x[^c{number}]")
    publish(big)
    assert count("/guides/big/") == count("/guides/small/")
    assert count("/guides/big/") <= 8
    few = count("/guides/"), count("/roles/"), count("/roles/big-role/")
    for _ in range(4):
        PublishedGuideFactory(about=[role, other := RoleFactory()])
        CareerStepFactory(role=role, to=other)
        CareerStepFactory(role=other, to=role)
    assert (count("/guides/"), count("/roles/"), count("/roles/big-role/")) == few


def test_no_page_takes_a_post(editor):
    PublishedGuideFactory(slug="a")
    for address in ("/guides/", "/guides/a/", "/roles/", "/compare/"):
        assert editor.post(address).status_code == 405


# --- the index --------------------------------------------------------------------------------


def test_the_newest_guide_is_first_and_a_revision_moves_nothing(reader):
    now = timezone.now()
    old = PublishedGuideFactory(title="Older", at=now - timedelta(days=9))
    PublishedGuideFactory(title="Newer", at=now - timedelta(days=1))
    old.summary = "Revised."
    old.save()
    publish(old)
    html = page(reader, "/guides/")
    assert html.index("Newer") < html.index("Older")
    assert 'data-total="2"' in html


def test_guides_are_filtered_by_the_roles_of_the_published_text(reader):
    role = RoleFactory(slug="r", name="Rigger")
    PublishedGuideFactory(title="About riggers", about=[role])
    PublishedGuideFactory(title="Something else")
    html = page(reader, "/guides/?role=r")
    assert "About riggers" in html
    assert "Something else" not in html
    assert "Guides about Rigger" in html


def test_the_index_is_paged(reader, settings):
    settings.BOARD = {**settings.BOARD, "PAGE_SIZE": 2}
    for _ in range(5):
        PublishedGuideFactory()
    html = page(reader, "/guides/?page=2")
    assert html.count('class="guide-card" ') == 2
    assert "?page=3" in html
    assert "?page=1" in html
    assert 'data-total="5"' in html


@pytest.mark.parametrize(
    ("query", "name"),
    [("role=nobody", "role"), ("page=x", "page"), ("page=99", "page"), ("page=0", "page"),
     ("colour=red", "colour"), ("page=1&page=2", "page"), ("role=%22%3Cb%3E", "role")],
)  # fmt: skip
def test_what_means_nothing_is_left_out_and_named(reader, query, name):
    PublishedGuideFactory(title="Still here")
    html = page(reader, f"/guides/?{query}")
    assert f'data-ignored="{name}"' in html
    assert "Still here" in html


# --- roles ------------------------------------------------------------------------------------


def test_a_role_page_shows_profile_guides_and_whom_to_compare_with(reader):
    role = RoleFactory(slug="r", aliases=["Rigger"], definition="Rigs *things*.")
    RoleTermFactory(role=role, aspect="industries", skill=None, name="Shipping", weight=3)
    PublishedGuideFactory(title="How to rig", about=[role])
    RoleFactory(slug="other", name="Other role")
    html = page(reader, "/roles/r/")
    for words in ("Also called Rigger", "Rigs things", "Shipping core", "How to rig", "Other role"):
        assert words in text_of(html)
    assert '<option value="r" selected>' in html
    assert html.count('<option value="other">') == 2
    assert "data-shared" not in html
    html5lib.HTMLParser(strict=True).parse(html)


def test_a_role_page_says_where_people_go_and_come_from(reader):
    role, junior, chief = (RoleFactory(slug=slug, name=slug.title()) for slug in "rjc")
    CareerStepFactory(role=role, to=chief, text="Lead a team.")
    CareerStepFactory(role=junior, to=role, text="Finish one thing.")
    html = page(reader, "/roles/r/")
    said = text_of(html)
    assert "From here to C Lead a team. People come here from J Finish one thing." in said
    assert 'href="/roles/c/"' in html
    assert "People come here from" not in text_of(page(reader, "/roles/j/"))
    assert 'id="steps"' not in page(reader, RoleFactory().get_absolute_url())


def test_a_view_says_what_its_base_is(reader):
    base = RoleFactory(name="Engineer", slug="engineer")
    ViewFactory(slug="lead", base=base)
    html = page(reader, "/roles/lead/")
    assert 'data-view-of="engineer"' in html
    assert "is a view of Engineer at Senior-level / Expert" in text_of(html)


def test_an_old_slug_of_a_role_leads_on(reader):
    role = RoleFactory(slug="old")
    role.slug = "new"
    role.save()
    assert reader.get("/roles/old/")["Location"] == "/roles/new/"
    assert reader.get("/compare/old-vs-other/").status_code == 404
    RoleFactory(slug="other")
    response = reader.get("/compare/old-vs-other/")
    assert (response.status_code, response["Location"]) == (301, "/compare/new-vs-other/")


def test_the_roles_are_listed(reader):
    RoleFactory(name="Rigger")
    assert "Rigger" in page(reader, "/roles/")


# --- comparisons ------------------------------------------------------------------------------


def test_any_two_roles_are_compared_from_their_profiles(reader):
    a, b = RoleFactory(slug="a", outlook="Grows."), RoleFactory(slug="b")
    for role, name in ((a, "Finance"), (b, "FINANCE"), (b, "Farming")):
        RoleTermFactory(role=role, aspect="industries", skill=None, name=name)
    html = page(reader, "/compare/a-vs-b/")
    assert html.count("data-shared") == 2
    assert "Grows." in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/compare/a-vs-b/">' in html
    html5lib.HTMLParser(strict=True).parse(html)


@pytest.mark.parametrize(
    ("address", "status", "location"),
    [
        ("/compare/b-vs-a/", 301, "/compare/a-vs-b/"),
        ("/compare/a-vs-a/", 301, "/roles/a/"),
        ("/compare/?a=b&b=a", 302, "/compare/a-vs-b/"),
        ("/compare/?a=a&b=a", 302, "/roles/a/"),
        ("/compare/a-vs-nobody/", 404, None),
        ("/compare/a/", 404, None),
        ("/compare/a-vs-b-vs-a/", 404, None),
    ],
)
def test_a_comparison_has_one_address(reader, address, status, location):
    RoleFactory(slug="a"), RoleFactory(slug="b")
    response = reader.get(address)
    assert (response.status_code, response.headers.get("Location")) == (status, location)


def test_a_published_guide_of_exactly_these_two_goes_first(reader):
    a, b = RoleFactory(slug="a"), RoleFactory(slug="b")
    PublishedGuideFactory(about=[a, b, RoleFactory()])
    GuideFactory(about=[a, b])
    page(reader, "/compare/a-vs-b/")
    PublishedGuideFactory(slug="first", about=[b, a], at=timezone.now() - timedelta(days=2))
    PublishedGuideFactory(slug="second", about=[b, a], at=timezone.now() - timedelta(days=1))
    response = reader.get("/compare/a-vs-b/")
    assert (response.status_code, response["Location"]) == (302, "/guides/second/")


def test_the_picker_keeps_what_was_chosen_and_names_what_is_unknown(reader):
    RoleFactory(slug="a"), RoleFactory(slug="b")
    html = page(reader, "/compare/?a=a&b=nobody&c=1")
    assert '<option value="a" selected>' in html
    assert "Choose a second role to compare it with." in html
    assert "Choose a second role" not in page(reader, "/compare/")
    assert 'data-ignored="b"' in html
    assert 'data-ignored="c"' in html


# --- previews ---------------------------------------------------------------------------------


def test_a_draft_can_be_shown_by_a_signed_link_that_expires(reader, time_machine):
    address = preview.address(GuideFactory(title="Not yet public"))
    response = reader.get(address)
    assert "Not yet public" in response.content.decode()
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    time_machine.move_to(timezone.now() + timedelta(days=8))
    page(reader, address, 404)


def test_a_forged_preview_link_shows_nothing(reader):
    address = preview.address(GuideFactory())
    page(reader, address[:-2] + "x/", 404)
    page(reader, "/guides/preview/1/", 404)


def test_a_draft_that_cannot_be_rendered_is_no_error(reader):
    guide = GuideFactory(section="# Top")
    assert "start at ###" in text_of(page(reader, preview.address(guide), 404))


def test_readers_get_no_cookie(reader):
    PublishedGuideFactory(slug="a")
    for address in ("/guides/", "/guides/a/", "/roles/", "/compare/"):
        assert not reader.get(address).cookies
