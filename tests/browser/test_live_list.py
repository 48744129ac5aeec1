"""The list without a reload: address, history, focus, announcements, and what happens between."""

from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from jobs.models import Posting
from tests import factories
from tests.browser.axe import findings
from tests.browser.conftest import Tab
from tests.browser.test_unscripted import MARKED, tab_to, total

STATUS = "main > [role=status]"


@pytest.fixture
def listed(transactional_db, settings) -> None:
    """40 postings of 20 companies, six a page: each has a remote and a hybrid one."""
    settings.BOARD = {**settings.BOARD, "PAGE_SIZE": 6}
    companies = [factories.CompanyFactory(name=f"Company {number:02}") for number in range(20)]
    for number in range(40):
        factories.PostingFactory(
            title=f"{('Painter', 'Baker')[number % 2]} {number}",
            company=companies[number // 2],
            workplace=("remote", "hybrid")[number % 2],
            seniority=("senior", "entry", "mid", "")[number // 2 % 4],
            pay=[{}] if number % 2 else [],
        )


@pytest.fixture
def tab(new_tab, listed) -> Tab:
    return new_tab()


def opened(tab: Tab, address: str = "/jobs/") -> Page:
    """A page with a mark that no reload would leave."""
    page = tab.open(address)
    page.evaluate("() => { window.mark = true; }")
    return page


def updated(page: Page, number: int) -> None:
    """The list came to `number` postings, and without a reload."""
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(number))
    expect(page.locator(".with-panel__main")).not_to_have_attribute("aria-busy", "true")
    assert page.evaluate("() => window.mark === true")


def box(page: Page, name: str, value: str):
    return page.locator(f"input[name={name}][value={value}]")


def focused(page: Page, selector: str) -> bool:
    return page.evaluate("one => document.activeElement.matches(one)", selector)


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def count(page: Page, name: str, value: str) -> int:
    return int(box(page, name, value).get_attribute("data-count"))


def shape(page: Page) -> dict[str, object]:
    """What a reader finds: title, cards, chips, panel and pages."""
    return page.evaluate("""() => ({
        title: document.title,
        canonical: document.querySelector("link[rel=canonical]").href,
        main: document.querySelector(".with-panel__main").innerText,
        links: [...document.querySelectorAll(".with-panel__main a")].map(one => one.href),
        panel: [...document.querySelectorAll(".filters *:not([data-made], [data-made] *)")]
            .flatMap(one => [...one.childNodes]).filter(one => one.nodeType === 3)
            .map(one => one.data.trim()).join("").replace(/\\s+/g, ""),
        values: [...document.querySelectorAll(".filters [name]")].map(one =>
            [one.name, one.type === "checkbox" ? one.value : "", one.checked ?? one.value,
             one.dataset.count, one.type === "checkbox" || one.value]),
        more: [...document.querySelectorAll(".filters a")].map(one => one.href),
    })""")


def as_reloaded(page: Page) -> None:
    """The page that stands is the one that its address gives."""
    live = shape(page)
    page.reload()
    assert shape(page) == live


# --- what updates, and the address ------------------------------------------------------------


def test_a_checkbox_updates_the_list_and_the_address_follows(tab):
    page = opened(tab)
    number = count(page, "workplace", "remote")
    box(page, "workplace", "remote").click()
    updated(page, number)
    assert tab.address == "/jobs/?workplace=remote"
    both = count(page, "seniority", "senior")
    assert 0 < both < number
    box(page, "seniority", "senior").click()
    updated(page, both)
    page.locator("select[name=posted_within]").select_option("7")
    page.wait_for_url("**posted_within=7*")
    updated(page, both)
    assert page.title().startswith(f"{both} open postings")
    expect(page.locator(".filters__applied")).to_have_text("3 applied")
    as_reloaded(page)
    assert tab.complaints == []


def test_the_address_is_what_a_plain_submit_gives(new_tab, listed):
    addresses = []
    for scripts in (True, False):
        tab = new_tab(java_script_enabled=scripts)
        page = tab.open("/jobs/?sort=salary&seniority=mid")
        page.locator("#id_q").fill("painter & -baker")
        page.locator("#id_salary_min").fill("1000")
        page.locator("select[name=currency]").select_option("EUR")
        box(page, "workplace", "remote").click()
        page.locator(".filters button[type=submit]").first.click()
        page.wait_for_url("**workplace=remote*")
        expect(page.locator(".chip--removable")).to_have_count(4)
        addresses.append(parse_qsl(urlsplit(page.url).query))
    assert addresses[0] == addresses[1]
    assert ("sort", "salary") in addresses[0]


def test_words_update_after_a_pause_as_one_step_of_the_history(tab):
    page = opened(tab)
    field = page.locator("#id_q")
    for text, number in (("pain", 0), ("painter ", 20), ("painter 2", 1)):
        field.fill(text)
        updated(page, number)
    assert asked(page) == {"q": ["painter 2"]}
    assert focused(page, "#id_q")
    field.press("Backspace")
    updated(page, 20)
    assert field.input_value() == "painter "
    assert page.evaluate("() => document.activeElement.selectionStart") == len("painter ")
    page.go_back()
    updated(page, 40)
    assert tab.address == "/jobs/"
    assert field.input_value() == ""


def test_a_floor_holds_once_its_field_is_left(tab):
    page = opened(tab)
    field = page.locator("#id_salary_min")
    field.press_sequentially("900")
    field.press("Tab")
    page.wait_for_url("**salary_min=900*")
    assert focused(page, "#id_currency")
    expect(page.locator(".chip--removable")).to_have_count(1)


def test_enter_asks_at_once_and_the_focus_stays(tab):
    page = opened(tab)
    page.locator("#id_q").fill("baker")
    page.locator("#id_q").press("Enter")
    updated(page, 20)
    assert focused(page, "#id_q")
    page.locator("#id_salary_min").fill("1")
    page.wait_for_timeout(700)
    assert asked(page) == {"q": ["baker"]}
    page.locator("#id_salary_min").press("Enter")
    page.wait_for_url("**salary_min=1*")
    assert asked(page) == {"q": ["baker"], "salary_min": ["1"]}
    assert focused(page, "#id_salary_min")
    assert page.evaluate("() => window.mark === true")
    as_reloaded(page)


def test_the_button_leads_to_the_list(tab):
    page = opened(tab)
    page.set_viewport_size({"width": 360, "height": 800})
    page.locator(".filters__summary").click()
    page.locator("#id_q").fill("baker")
    page.locator(".filters button[type=submit]").first.click()
    updated(page, 20)
    assert focused(page, "#total")
    expect(page.locator("#total")).to_be_in_viewport()
    assert page.evaluate("() => document.querySelector('.filters__more').open")


def test_the_button_of_the_open_filters_says_how_many_there_are(tab):
    page = opened(tab)
    page.set_viewport_size({"width": 360, "height": 800})
    page.locator(".filters__summary").click()
    button = page.locator(".filters__actions button")
    expect(button).to_have_text("Show 40 postings")
    box(page, "workplace", "remote").click()
    updated(page, 20)
    expect(button).to_have_text("Show 20 postings")
    expect(button).to_be_in_viewport(ratio=1)
    expect(box(page, "workplace", "remote")).to_be_in_viewport()


def test_the_list_that_an_update_brings_begins_in_view_and_the_panel_stays(tab):
    page = opened(tab)
    page.set_viewport_size({"width": 1280, "height": 500})
    field = box(page, "seniority", "entry")
    field.scroll_into_view_if_needed()
    page.evaluate("() => scrollTo({ top: 300, behavior: 'instant' })")
    place = field.bounding_box()
    field.click()
    updated(page, 10)
    expect(page.locator("#total")).to_be_in_viewport()
    assert field.bounding_box() == place
    page.evaluate("() => scrollTo({ top: 300, behavior: 'instant' })")
    page.locator("#typed-place").fill("Nowhere")
    page.locator("#typed-place").press("Enter")
    expect(page.locator("[data-ignored=place]")).to_be_in_viewport()
    expect(page.locator(STATUS)).to_contain_text("is not a known place")


def test_what_is_typed_while_an_answer_is_on_its_way_stays(tab):
    page = opened(tab)
    held: list[Route] = []
    page.route("**/jobs/?*", lambda route: held.append(route))
    with page.expect_request("**workplace=remote*"):
        box(page, "workplace", "remote").click()
    expect(page.locator(".with-panel__main")).to_have_attribute("aria-busy", "true")
    page.locator("#id_salary_min").press_sequentially("900")
    held[0].continue_()
    updated(page, 20)
    assert page.locator("#id_salary_min").input_value() == "900"
    assert focused(page, "#id_salary_min")
    assert asked(page) == {"workplace": ["remote"]}


def test_a_place_is_asked_for_once_it_is_no_longer_being_typed(tab):
    page = opened(tab)
    page.locator("#id_q").fill("baker")
    page.locator("#typed-place").press_sequentially("Nowhere")
    updated(page, 20)
    assert asked(page) == {"q": ["baker"]}
    assert page.locator("#typed-place").input_value() == "Nowhere"
    assert focused(page, "#typed-place")
    box(page, "seniority", "entry").click()
    updated(page, 5)
    expect(page.locator("[data-ignored=place]")).to_contain_text("Nowhere")
    assert page.locator("#typed-place").input_value() == ""
    as_reloaded(page)


def test_quick_changes_end_in_the_last_state(tab):
    page = opened(tab)
    held: list[Route] = []

    def late(route: Route) -> None:
        if len(held) < 2:
            held.append(route)
        else:
            route.continue_()

    page.route("**/jobs/?*", late)
    for value in ("remote", "hybrid"):
        with page.expect_request(f"**workplace={value}*"):
            box(page, "workplace", value).click()
    box(page, "seniority", "entry").click()
    updated(page, 10)
    for route in held:
        route.continue_()
    page.wait_for_timeout(200)
    updated(page, 10)
    assert asked(page) == {"workplace": ["hybrid", "remote"], "seniority": ["entry"]}
    as_reloaded(page)


# --- links within the list --------------------------------------------------------------------


def test_chips_and_remove_all_are_followed(tab):
    page = opened(tab, "/jobs/?workplace=remote&seniority=senior&seniority=entry")
    page.locator("a.chip--removable", has_text="Entry").click()
    updated(page, 5)
    assert focused(page, "#applied")
    assert not box(page, "seniority", "entry").is_checked()
    page.locator(".filters__actions a", has_text="Remove all").click()
    updated(page, 40)
    assert focused(page, "#total")
    assert tab.address == "/jobs/"
    assert page.locator(".filters input:checked").count() == 0
    as_reloaded(page)


def test_pages_lead_to_the_head_of_the_list_and_sorting_stays_where_it_is(tab):
    page = opened(tab)
    first = page.locator("[data-posting]").first.get_attribute("data-posting")
    page.locator("a[rel=next]").click()
    expect(page.locator(f"[data-posting='{first}']")).to_have_count(0)
    updated(page, 40)
    assert tab.address == "/jobs/?page=2"
    assert focused(page, "#total")
    expect(page.locator("#total")).to_be_in_viewport()
    page.locator(".sorts a", has_text="pay").first.click()
    page.wait_for_url("**sort=salary")
    updated(page, 40)
    assert focused(page, ".sorts a[aria-current]")
    assert page.locator("input[name=sort]").get_attribute("value") == "salary"
    box(page, "workplace", "hybrid").click()
    updated(page, 20)
    assert asked(page) == {"workplace": ["hybrid"], "sort": ["salary"]}


def test_ways_out_of_an_empty_list_are_followed(tab):
    page = opened(tab, "/jobs/?q=submarine&workplace=remote")
    page.locator(".state__ways a", has_text="without").first.click()
    updated(page, 20)
    assert focused(page, "#total")
    assert page.locator("#id_q").input_value() == ""


def test_other_clicks_are_left_to_the_browser(tab):
    page = opened(tab)
    with page.context.expect_page() as other:
        page.locator("a[rel=next]").click(modifiers=["Control"])
    other.value.wait_for_url("**page=2")
    assert tab.address == "/jobs/"
    page.locator(".card__title a").first.click()
    page.wait_for_url("**/jobs/*-*/")
    assert not page.evaluate("() => window.mark === true")


@pytest.mark.parametrize("address", ["/companies/company-03/", "/places/germany/", "/skills/go/"])
def test_lists_about_a_subject_update_alike(tab, address):
    go = factories.SkillFactory(name="Go", slug="go")
    city = factories.PlaceFactory(city=True, name="Berlin", country="DE")
    for workplace in ("remote", "remote", "hybrid"):
        factories.PostingFactory(workplace=workplace, skills=[go], places=[city])
    page = opened(tab, address)
    number = count(page, "workplace", "remote")
    assert 0 < number < total(page)
    box(page, "workplace", "remote").click()
    updated(page, number)
    assert tab.address == f"{address}?workplace=remote"
    page.go_back()
    page.wait_for_url(f"**{address}")
    assert page.evaluate("() => window.mark === true")


# --- back, forward, reload --------------------------------------------------------------------


def test_back_forward_and_reload_restore_list_panel_and_place(tab):
    page = opened(tab)
    page.set_viewport_size({"width": 1280, "height": 500})
    box(page, "workplace", "remote").click()
    updated(page, 20)
    bottom = page.locator("a[rel=next]")
    bottom.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    y = page.evaluate("() => scrollY")
    assert y > 100
    bottom.click()
    page.wait_for_url("**page=2")
    updated(page, 20)
    page.go_back()
    expect(page.locator("a.pagination__here")).to_have_text("1")
    page.wait_for_function("y => Math.abs(scrollY - y) < 3", arg=y)
    assert box(page, "workplace", "remote").is_checked()
    page.go_back()
    updated(page, 40)
    assert not box(page, "workplace", "remote").is_checked()
    page.go_forward()
    updated(page, 20)
    assert box(page, "workplace", "remote").is_checked()
    page.go_forward()
    expect(page.locator("a.pagination__here")).to_have_text("2")
    as_reloaded(page)
    page.go_back()
    expect(page.locator("a.pagination__here")).to_have_text("1")
    as_reloaded(page)


def test_back_from_a_posting_finds_the_list_as_it_was(tab):
    page = opened(tab)
    box(page, "workplace", "remote").click()
    updated(page, 20)
    box(page, "seniority", "senior").click()
    updated(page, 5)
    before = shape(page)
    page.locator(".card__title a").first.click()
    page.wait_for_url("**/jobs/*-*/")
    page.go_back()
    page.wait_for_url("**seniority=senior*")
    assert shape(page) == before


def test_what_is_open_stays_open(tab):
    page = opened(tab)
    company = page.locator(".facet", has_text="Company").first
    workplace = page.locator(".facet", has_text="Workplace").first
    company.locator("summary").click()
    box(page, "workplace", "remote").click()
    updated(page, 20)
    workplace.locator("summary").click()
    box(page, "company", "company-03").click()
    updated(page, 1)
    assert company.evaluate("one => one.open")
    assert not workplace.evaluate("one => one.open")


# --- who does not see it ----------------------------------------------------------------------


def test_by_keyboard_the_focus_stays_and_the_number_is_announced(tab):
    page = opened(tab)
    status = page.locator(STATUS)
    expect(status).to_have_text("")
    status.evaluate("one => { window.region = one; }")
    tab_to(page, "input[name=workplace][value=remote]")
    page.keyboard.press("Space")
    updated(page, 20)
    assert focused(page, "input[name=workplace][value=remote]:checked")
    expect(status).to_have_text("20 open postings")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    updated(page, 40)
    expect(status).to_have_text("40 open postings")
    assert page.evaluate("one => document.querySelector(one) === window.region", STATUS)
    tab_to(page, "a.chip--removable")
    page.keyboard.press("Enter")
    updated(page, 20)
    assert focused(page, "#applied")
    tab_to(page, "a[rel=next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2")
    updated(page, 20)
    assert focused(page, "#total")
    assert page.evaluate(MARKED)
    assert findings(page, "updated list", ("light", "dark")) == []
    assert tab.complaints == []


def test_a_value_that_leaves_the_panel_keeps_the_focus_until_it_is_left(tab):
    page = opened(tab, "/jobs/?company=company-13&workplace=remote")
    chosen = box(page, "company", "company-13")
    chosen.focus()
    page.keyboard.press("Space")
    updated(page, 20)
    assert focused(page, "[name=company][value=company-13]:not(:checked)")
    page.keyboard.press("Space")
    updated(page, 1)
    assert focused(page, "[name=company][value=company-13]:checked")


# --- what goes wrong --------------------------------------------------------------------------


def test_a_fetch_that_fails_becomes_a_plain_visit(tab):
    page = opened(tab)

    def refuse(route: Route, request: Request) -> None:
        if request.resource_type == "fetch":
            route.abort()
        else:
            route.continue_()

    page.route("**/jobs/?*", refuse)
    number = count(page, "workplace", "remote")
    box(page, "workplace", "remote").click()
    page.wait_for_url("**/jobs/?workplace=remote")
    page.wait_for_load_state()
    assert not page.evaluate("() => window.mark === true")
    assert total(page) == number
    page.go_back()
    page.wait_for_url("**/jobs/")
    assert total(page) == 40


def test_an_answer_without_a_list_becomes_a_plain_visit(tab):
    page = opened(tab)
    page.route(
        "**/jobs/?workplace=remote",
        lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Later</h1>"),
    )
    box(page, "workplace", "remote").click()
    expect(page.locator("h1")).to_have_text("Later")


# --- the other scripts ------------------------------------------------------------------------


def test_keeping_works_on_cards_that_came_later(tab):
    page = opened(tab)
    page.locator("a[rel=next]").click()
    page.wait_for_url("**page=2")
    updated(page, 40)
    buttons = page.locator(".card .keep")
    expect(buttons).to_have_count(6)
    buttons.first.click()
    expect(buttons.first).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(page.locator(".card .keep[aria-pressed=true]")).to_have_count(0)
    page.go_forward()
    expect(page.locator(".card .keep[aria-pressed=true]")).to_have_count(1)


def test_a_search_within_a_facet_goes_on_after_an_update(tab):
    page = opened(tab)
    page.locator(".facet__name", has_text="Company").click()
    field = page.get_by_role("searchbox", name="Find a company")
    field.fill("company 1")
    status = page.locator(".facet__find [role=status]:visible")
    expect(status).to_have_text("10 values found")
    box(page, "company", "company-13").click()
    updated(page, 2)
    expect(status).to_have_text("10 values found")
    assert field.input_value() == "company 1"
    box(page, "company", "company-12").click()
    updated(page, 4)
    assert sorted(asked(page)["company"]) == ["company-12", "company-13"]
    box(page, "workplace", "remote").click()
    updated(page, 2)
    expect(box(page, "company", "company-11").locator("xpath=..")).to_contain_text("1")
    field.fill("")
    expect(page.locator("input[name=company]:visible")).not_to_have_count(10)
    expect(page.get_by_role("searchbox")).to_have_count(2)  # beside the keywords
    page.go_back()
    updated(page, 4)
    expect(page.get_by_role("searchbox")).to_have_count(2)


def test_a_facet_that_becomes_long_gets_its_search(tab):
    page = opened(tab, "/jobs/?q=25")
    page.locator(".facet__name", has_text="Company").click()
    field = page.get_by_role("searchbox", name="Find a company")
    expect(field).to_have_count(0)
    page.locator("a.chip--removable").click()
    updated(page, 40)
    field.fill("company 13")
    expect(box(page, "company", "company-13")).to_be_visible()
    page.locator("#id_q").fill("25")
    updated(page, 1)
    expect(field).to_have_count(0)


def test_a_printed_list_says_what_was_asked_and_a_printed_posting_how_to_apply(tab):
    page = tab.open("/jobs/?q=painter")
    page.emulate_media(media="print")
    assert page.locator(".chips").inner_text().split("\n") == ["Applied filters", "“painter”"]
    Posting.objects.update(apply_url="https://acme.example/apply")
    tab.open(page.locator(".card__title a").first.get_attribute("href"))
    said = page.locator(".posting__side .posting__apply a").evaluate(
        "one => getComputedStyle(one, '::after').content"
    )
    assert "https://acme.example/apply" in said
