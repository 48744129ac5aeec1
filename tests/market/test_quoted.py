"""Figures in the prose of guides: always the present value, and what drifts from them."""

import pytest

from guides.models import Guide, Section
from guides.revisions import PublishError, publish
from market.stale import stale
from tests.factories import (
    CompanyFactory,
    GuideFactory,
    PostingFactory,
    PublishedGuideFactory,
    RoleFactory,
)
from tests.page import parse, words


@pytest.fixture
def role(db):
    role = RoleFactory(name="Baker", slug="baker")
    companies = [CompanyFactory(), CompanyFactory()]
    for number in range(5):
        PostingFactory(
            role=role,
            company=companies[number % 2],
            workplace="remote" if number < 2 else "onsite",
            pay=[{"minimum": 100_000, "maximum": 100_000}],
        )
    return role


def prose(reader, address="/guides/bread/"):
    page = parse(reader.get(address))
    [text] = [one for one in page.iter("div") if "guide__text" in one.get("class", "").split()]
    return text


def test_a_tag_shows_the_present_value_with_its_note_and_its_postings(role, reader):
    body = "They earn {{figure median-pay baker}}, and {{figure remote-share baker senior}} go out."
    PublishedGuideFactory(slug="bread", about=[role], section=body)
    text = prose(reader)
    assert "They earn USD 100,000 (5 postings, " in words(text).replace("\xa0", " ")
    assert "and too few postings to tell (0) go out." in words(text)
    [figure] = [one for one in text.iter() if one.get("data-figure")]
    assert (figure.get("data-figure"), figure.get("data-n")) == ("median-pay", "5")
    assert figure.find("a").get("href") == "/jobs/?role=baker&with_salary=1"
    PostingFactory(role=role, pay=[{"minimum": 300_000, "maximum": 500_000}])
    assert "USD 100,000 (6 postings" in words(prose(reader)).replace("\xa0", " ")


def test_a_role_that_has_moved_is_still_found(role, reader):
    PublishedGuideFactory(slug="bread", about=[role], section="Open: {{figure open baker}}.")
    role.slug = "pastry-cook"
    role.save()
    assert "Open: 5 (" in words(prose(reader))


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{figure median-pya baker}}", "no figure “median-pya”; did you mean “median-pay”?"),
        ("{{figure open bakr}}", "there is no role “bakr”; did you mean “baker”?"),
        ("{{figure open baker snior}}", "there is no seniority “snior”; did you mean “senior”?"),
        ("{{figure open}}", "write it as in {{figure median-pay data-engineer}}."),
    ],
)  # fmt: skip
def test_an_unknown_tag_is_named_with_a_suggestion_and_not_published(role, tag, said):
    guide = GuideFactory(section=f"Here: {tag}.")
    with pytest.raises(PublishError, match=r"has \{\{figure") as refused:
        publish(guide)
    assert said in str(refused.value)


def test_an_editor_sees_in_the_preview_what_readers_will(role, editor):
    sent = {"text": "Open: {{figure open baker}}, {{figure oven baker}}."}
    html = editor.post("/admin/guides/guide/markdown/", sent).content.decode()
    assert 'data-figure="open"' in html
    assert "{{figure oven baker}}" in html


@pytest.mark.parametrize(
    ("quoted", "is_stale"),
    [
        ("USD 105,000 ({{figure median-pay baker}})", False),
        ("USD 120,000 ({{figure median-pay baker}})", True),
        ("120K a year {{figure median-pay baker}}", True),
        ("EUR 50,000 ({{figure median-pay baker}})", False),
        ("3 roles: {{figure median-pay baker}}", False),
        ("38% {{figure remote-share baker}}", False),
        ("60% {{figure remote-share baker}}", True),
        ("12 postings ({{figure open baker}})", True),
        ("In 2020. {{figure open baker}}", False),
        ("USD 90,000 ({{figure median-pay baker senior}})", True),
    ],
)
def test_a_number_beside_a_figure_is_stale_once_it_has_drifted(role, quoted, is_stale):
    guide = PublishedGuideFactory(about=[role], section=f"They say {quoted}.")
    found = [(one.kind, one.guide) for one in stale()]
    assert found == ([("figure", guide)] if is_stale else [])


def test_the_queue_has_quotations_of_public_guides_alone(role, editor):
    body = "It was 900 ({{figure open baker}})."
    GuideFactory(section=body)
    assert stale() == []
    guide = PublishedGuideFactory(title="Bread", section=body)
    page = editor.get("/admin/stale/?kind=figure").content.decode()
    assert "Open postings is 5 now" in page
    Section.objects.filter(guide=guide).update(body="It is {{figure open baker}}.")
    assert stale() == []
    Guide.objects.all().delete()


def test_postings_of_strangers_show_a_tag_as_it_was_typed(role, reader):
    posting = PostingFactory(description="We pay {{figure median-pay baker}}.")
    assert "{{figure median-pay baker}}" in reader.get(posting.get_absolute_url()).content.decode()
