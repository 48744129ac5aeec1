"""The facets of a filter panel: each value with its count, and nothing of a stranger as markup."""

import html5lib
import pytest

from lib.filters import Facet, FacetValue
from lib.panels import facet_panel

HOSTILE = "<b>\"&'"


def facet(*values, more=0):
    return Facet("skill", "Skill", list(values), more)


def read(html):
    return html5lib.parse(html, namespaceHTMLElements=False)


def test_each_value_is_a_box_with_the_hooks_of_the_contract():
    page = read(
        facet_panel(facet(FacetValue("go", "Go", 1234, True), FacetValue("c", "C", 1, False)))
    )
    boxes = page.findall(".//input")
    assert [dict(box.attrib) for box in boxes] == [
        {"type": "checkbox", "name": "skill", "value": "go", "data-facet": "skill",
         "data-value": "go", "data-count": "1234", "checked": ""},
        {"type": "checkbox", "name": "skill", "value": "c", "data-facet": "skill",
         "data-value": "c", "data-count": "1"},
    ]  # fmt: skip
    assert [one.text for one in page.findall(".//small")] == ["1,234", "1"]
    assert "open" in page.find(".//details").attrib


def test_a_zero_is_shown_only_where_it_is_chosen():
    html = facet_panel(facet(FacetValue("a", "A", 0, False), FacetValue("b", "B", 0, True)))
    assert [box.get("value") for box in read(html).findall(".//input")] == ["b"]


def test_words_of_a_stranger_stay_words():
    page = read(facet_panel(Facet(HOSTILE, HOSTILE, [FacetValue(HOSTILE, HOSTILE, 2, False)])))
    assert page.find(".//b") is None
    assert page.find(".//input").get("data-value") == HOSTILE
    assert page.find(".//summary").text == HOSTILE


@pytest.mark.parametrize("search", ["Find a skill", ""])
def test_values_that_are_left_out_have_a_page_or_a_reason(search):
    short = facet(FacetValue("a", "A", 1, False), more=1200)
    linked = read(facet_panel(short, all_values="/all/?x=1&y=2", search=search))
    link = linked.find(".//a")
    assert link.get("href") == "/all/?x=1&y=2"
    assert link.text == "Show all 1,201"
    assert ("data-facet-search" in link.attrib) is bool(search)
    assert link.get("data-label", "") == search
    told = read(facet_panel(short, things="guides")).find(".//p").text
    assert told.startswith("1,200 more with fewer guides")
