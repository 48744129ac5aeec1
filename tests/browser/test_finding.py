"""The two scripts of the panel: suggestions of places, and search within a long facet."""

import pytest
from playwright.sync_api import Page, expect

from extraction import gazetteer
from jobs.places import place_for
from jobs.results import TOP
from tests import factories
from tests.browser.axe import findings


@pytest.fixture
def many(transactional_db) -> None:
    cities = [place_for(gazetteer.find_city(name)[0]) for name in ("Bergen", "Munich", "Bonn")]
    for number in range(30):
        factories.PostingFactory(
            company=factories.CompanyFactory(name=f"Company {number:02}"),
            places=[cities[number % 3]],
        )


def total(page: Page) -> int:
    return int(page.locator("[data-total]").get_attribute("data-total"))


def chosen(page: Page, name: str) -> list[str]:
    return page.eval_on_selector_all(
        f"input[name={name}][type=checkbox]:checked", "boxes => boxes.map(box => box.value)"
    )


def place_field(page: Page):
    return page.get_by_role("combobox", name="City, region or country")


def test_a_place_is_suggested_chosen_by_keys_and_asked_for(new_tab, many):
    tab = new_tab()
    page = tab.open("/jobs/")
    field = place_field(page)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("mün")
    options = page.locator(".suggest [role=option]:visible")
    expect(options).to_have_count(1)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".field--suggest [role=status]")).to_have_text("1 place to choose from")
    field.press("ArrowDown")
    expect(options).to_have_attribute("aria-selected", "true")
    active = field.get_attribute("aria-activedescendant")
    assert options.get_attribute("id") == active
    assert page.locator("[role=listbox]").get_attribute("id") == field.get_attribute(
        "aria-controls"
    )
    assert findings(page, "open suggestions", ("light", "dark")) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    field.press("ArrowDown")  # the narrow page, where the panel is closed, took the focus away
    expect(options).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert tab.address == "/jobs/"
    assert chosen(page, "place") == ["munich-de-by"]
    assert field.input_value() == ""
    page.locator(".filters button").first.click()
    page.wait_for_url("**place=munich-de-by*")
    assert total(page) == 10
    assert tab.complaints == []


def test_arrows_go_around_escape_closes_and_a_click_chooses(new_tab, many):
    page = new_tab().open("/jobs/")
    field = place_field(page)
    field.press_sequentially("b")
    options = page.locator(".suggest [role=option]:visible")
    expect(options.filter(has_text="Bonn")).to_have_count(1)
    expect(options.filter(has_text="Bergen")).to_have_count(1)
    count = options.count()
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("Escape")
    expect(options).to_have_count(0)
    assert field.input_value() == "b"
    field.press("ArrowDown")
    expect(options).to_have_count(count)
    options.filter(has_text="Bonn").click()
    assert len(chosen(page, "place")) == 1
    assert chosen(page, "place")[0].startswith("bonn-")


def test_typed_text_is_sent_as_it_stands_with_and_without_scripts(new_tab, many):
    for scripts in (True, False):
        page = new_tab(java_script_enabled=scripts).open("/jobs/")
        field = page.locator("#typed-place")
        field.fill("münchen")
        page.locator("select[name=radius]").select_option("25")
        field.press("Enter")
        page.wait_for_url("**radius=25*")
        expect(page.locator("[data-total]")).to_have_attribute("data-total", "10")
        expect(page.locator(".chip--removable")).to_contain_text("Munich, DE + 25 km")
        expect(page.locator("select[name=radius]")).to_have_value("25")


def test_a_server_that_fails_leaves_the_field_as_it_is(new_tab, many):
    tab = new_tab()
    page = tab.open("/jobs/")
    page.route("**/places/?q=*", lambda route: route.abort())
    field = place_field(page)
    with page.expect_event("requestfailed"):
        field.press_sequentially("mün")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.fill("münchen")
    field.press("Enter")
    page.wait_for_url("**place=m*")
    assert total(page) == 10


def test_values_of_a_long_facet_are_found_while_typing(new_tab, many):
    tab = new_tab()
    page = tab.open("/jobs/")
    page.locator(".facet__name", has_text="Company").click()
    field = page.get_by_role("searchbox", name="Find a company")
    boxes = page.locator("input[name=company]:visible")
    expect(boxes).to_have_count(TOP)
    boxes.first.click()
    first = boxes.first.get_attribute("value")
    field.press_sequentially("pany 2")
    status = page.locator(".facet__find [role=status]:visible")
    expect(status).to_have_text("10 values found")
    shown = {one.get_attribute("value") for one in boxes.all()}
    assert shown == {first, *(f"company-{number}" for number in range(20, 30))}
    assert findings(page, "facet search", ("light", "dark")) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("input[name=company][value=company-27]").click()
    field.press("Escape")
    expect(boxes).to_have_count(TOP + 1)
    expect(status).to_have_count(0)
    page.locator(".filters button").first.click()
    page.wait_for_url("**company=company-27*")
    assert total(page) == 2
    assert tab.complaints == []


def test_the_last_text_wins_however_late_the_answers_come(new_tab, many):
    page = new_tab().open("/jobs/")
    page.locator(".facet__name", has_text="Company").click()
    field = page.get_by_role("searchbox", name="Find a company")
    field.press_sequentially("Company 2", delay=40)
    field.fill("Company 03")
    status = page.locator(".facet__find [role=status]:visible")
    expect(status).to_have_text("1 value found")
    field.fill("nobody")
    expect(status).to_have_text("0 values found")
    field.fill("")
    expect(page.locator("input[name=company]:visible")).to_have_count(TOP)


def test_without_scripts_a_value_behind_the_dozen_is_found_and_chosen(new_tab, many):
    tab = new_tab(java_script_enabled=False)
    page = tab.open("/jobs/?place=munich-de-by&place=bonn-de-nw")
    page.locator(".facet__name", has_text="Company").click()
    page.locator(".facet:has-text('Company') .facet__more a").click()
    page.locator("#find").fill("company 28")
    page.locator(".search--page button").click()
    page.locator(".value-list a").click()
    assert "company=company-28" in tab.address
    assert total(page) == 1
