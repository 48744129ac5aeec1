"""The promises of the content that ships, held for every file of it."""

import re
from datetime import date

import pytest

from guides.loading import CONTENT, load
from guides.models import Aspect, Guide, Role
from guides.revisions import render_guide
from guides.textform import GuideText, RoleText, parse, parse_role
from lib import text as markdown
from tests.page import links
from tests.page import parse as page_of

GUIDES = {path.stem: path for path in sorted((CONTENT / "guides").glob("*.md"))}
ROLES = {path.stem: path for path in sorted((CONTENT / "roles").glob("*.md"))}
MONEY = re.compile(r"\$\d")
AGAINST = re.compile(r"(?i)do not (choose|become)|choose neither|when to choose something else")


@pytest.fixture(params=GUIDES)
def guide(request) -> GuideText:
    return parse(GUIDES[request.param].read_text("utf-8"))


@pytest.fixture(params=ROLES)
def role(request) -> RoleText:
    return parse_role(ROLES[request.param].read_text("utf-8"))


def test_there_is_enough_to_choose_from():
    comparisons = [name for name in GUIDES if "-vs-" in name]
    assert len(comparisons) >= 12
    assert len(GUIDES) - len(comparisons) >= 6
    assert len(ROLES) >= 14


def test_a_file_is_named_for_the_roles_that_its_guide_is_about(request, guide):
    assert guide.slug in GUIDES
    if len(guide.roles) > 1:
        assert guide.slug == "-vs-".join(sorted(guide.roles))
    else:
        assert guide.slug == f"{guide.roles[0]}-role-guide"


@pytest.mark.django_db
def test_a_guide_is_read_in_a_few_minutes(guide):
    assert 700 <= render_guide(guide)["words"] <= 1_600


def test_a_guide_has_the_sections_that_a_chooser_needs(guide):
    assert [one.aspect for one in guide.sections if one.aspect] == list(Aspect.values)
    assert guide.sections[-1].heading == "Getting started"
    assert AGAINST.search(guide.sections[-1].body), "nobody is told when to leave it"
    assert guide.topics
    assert guide.summary.strip()


def test_every_claim_is_referred_to_and_every_note_is_a_claim(guide):
    noted = {key for one in guide.sections for key in markdown.note_keys(one.body)}
    assert noted == {claim.key for claim in guide.claims}


def test_every_claim_names_a_source_with_its_dates(guide):
    sources = {source.key: source for source in guide.sources}
    assert {claim.source for claim in guide.claims} == set(sources), "a source that nothing uses"
    for claim in guide.claims:
        source = sources[claim.source]
        assert source.title
        assert source.publisher
        assert source.url.startswith("https://")
        assert (source.published or date.min) <= source.accessed <= guide.reviewed_on
        assert guide.reviewed_on < claim.review_on
    assert guide.reviewed_on < guide.review_due


def test_no_paragraph_states_pay_without_a_note(guide):
    for section in guide.sections:
        for paragraph in section.body.split("\n\n"):
            assert not MONEY.search(paragraph) or "[^" in paragraph, paragraph


def test_a_role_has_a_whole_profile_and_ways_onward(role):
    for aspect in Aspect.values:
        assert getattr(role, aspect), aspect
    assert {slug for slug, _ in role.steps} <= set(ROLES)
    assert role.steps


@pytest.mark.django_db
def test_every_link_of_every_guide_and_role_leads_somewhere(reader):
    load()
    pages = [one.get_absolute_url() for one in (*Guide.objects.public(), *Role.objects.all())]
    assert len(pages) == len(GUIDES) + len(ROLES)
    found = {
        link.partition("#")[0]
        for address in pages
        for link in links(page_of(reader.get(address)))
        if link.startswith("/")
    }
    for address in sorted(found):
        response = reader.get(address, follow=True)
        assert response.status_code == 200, address
        assert b"data-ignored" not in response.getvalue(), address
