"""The credit that the O*NET database asks for where information from it is shown."""

import re

import html5lib
import pytest
from django.template import engines

from guides.loading import CONTENT
from guides.textform import parse
from tests.factories import PublishedGuideFactory, RoleFactory
from tests.page import words

PAGE = """{% extends "base.html" %}
{% block attribution %}{% include "guides/_attribution.html" %}{% endblock %}"""


@pytest.fixture
def footer(rf):
    html = engines["django"].from_string(PAGE).render({}, rf.get("/roles/"))
    return html5lib.parse(html, namespaceHTMLElements=False).find(".//footer")


def test_the_footer_says_whose_the_information_is_and_who_changed_it(footer, settings):
    said = words(footer)
    assert "information from the O*NET® 29.2 Database by the U.S. Department of Labor" in said
    assert "Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA." in said
    assert f"{settings.BOARD['NAME']} has modified all or some of this information." in said
    assert "USDOL/ETA has not approved, endorsed, or tested these modifications." in said


def test_the_credit_names_the_edition_that_the_guides_quote(footer):
    quoted = {
        source.title
        for path in (CONTENT / "guides").glob("*.md")
        for source in parse(path.read_text("utf-8")).sources
        if re.match(r"O\*NET [\d.]+ Database$", source.title)
    }
    assert [title.replace("O*NET", "O*NET®") for title in quoted] == [
        link.text for link in footer.iter("a") if "onetcenter" in link.get("href")
    ]


@pytest.mark.django_db
def test_every_page_that_shows_a_profile_gives_the_credit(reader):
    a, _ = RoleFactory(slug="a"), RoleFactory(slug="b")
    PublishedGuideFactory(slug="one", about=[a])
    for address in ("/guides/one/", "/roles/a/", "/compare/a-vs-b/"):
        assert "has modified all or some of this information" in reader.get(address).text
