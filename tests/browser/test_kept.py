"""Postings kept in the browser: buttons, the page of what is kept, tabs, and hostile storage."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from jobs.models import Posting
from tests.browser.axe import findings
from tests.browser.conftest import Tab
from tests.browser.test_unscripted import MARKED, tab_to
from tests.factories import PostingFactory, PublishedGuideFactory

KEY = "kept postings"


@pytest.fixture
def posting(transactional_db) -> Posting:
    """The newest of eight open postings of one role."""
    role = PublishedGuideFactory().guide_roles.first().role
    made = [PostingFactory(role=role, pay=[{}], workplace="remote") for _ in range(8)]
    return made[-1]


@pytest.fixture
def tab(new_tab, posting) -> Tab:
    return new_tab()


def stored(page: Page) -> list[dict[str, Any]]:
    return json.loads(page.evaluate("key => localStorage.getItem(key)", KEY) or "[]")


def store(page: Page, value: str) -> None:
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, value])


def keep(page: Page, *numbers: int) -> list[int]:
    """Press Keep on cards of the page; their ids."""
    cards = [page.locator("li.card").nth(number) for number in numbers]
    for card in cards:
        card.locator(".keep").click()
    return [int(card.get_attribute("data-posting")) for card in cards]


def shown(page: Page) -> list[int]:
    cards = page.locator("[data-kept] [data-posting]")
    return [int(one.get_attribute("data-posting")) for one in cards.all()]


def open_kept(tab: Tab, cards: int) -> Page:
    page = tab.open("/jobs/kept/")
    page.locator("[data-kept] .keep").nth(cards - 1).wait_for()
    return page


def test_a_card_is_kept_by_its_button_and_let_go_by_it(tab):
    page = tab.open("/jobs/")
    assert page.locator(".site-nav__kept").count() == 0
    ids = keep(page, 2, 0)
    assert [one["id"] for one in stored(page)] == ids
    assert page.locator(".keep[aria-pressed=true]").count() == 2
    assert page.locator(".site-nav__kept").inner_text() == "Kept (2)"
    page = tab.open("/jobs/")
    assert page.locator(".keep[aria-pressed=true]").count() == 2
    keep(page, 2)
    assert [one["id"] for one in stored(page)] == ids[1:]
    assert not tab.complaints


def test_each_button_has_a_name_of_its_own(tab):
    page = tab.open("/jobs/")
    first = page.locator("li.card").first
    title = first.locator(".card__title").inner_text()
    company = first.locator(".card__company").inner_text().removeprefix("@ ")
    name = f"Keep: {title} @ {company}"
    button = page.get_by_role("button", name=name, exact=True)
    assert button.count() == 1
    button.click()
    kept = page.get_by_role("button", name=f"Kept: {title} @ {company}", exact=True, pressed=True)
    assert kept.inner_text() == "Kept"


def test_a_posting_is_kept_from_its_page_by_the_keyboard(tab, posting):
    page = tab.open(posting.get_absolute_url())
    tab_to(page, ".posting__keep .keep")
    page.keyboard.press("Space")
    button = page.locator(".posting__keep .keep")
    assert button.get_attribute("aria-pressed") == "true"
    [one] = stored(page)
    assert one["title"].startswith(page.locator("h1").inner_text())
    assert one["seen"] == "open"
    page.keyboard.press("Enter")
    assert stored(page) == []


def test_kept_postings_are_shown_in_their_order_and_removed(tab):
    ids = keep(tab.open("/jobs/"), 3, 0, 1)
    page = open_kept(tab, 3)
    assert shown(page) == ids
    page.locator("[data-kept] .keep").nth(1).press("Enter")
    assert shown(page) == [ids[0], ids[2]]
    assert [one["id"] for one in stored(page)] == [ids[0], ids[2]]
    # The focus went to the next posting, and the way back is said.
    assert page.evaluate("document.activeElement.dataset.id") == str(ids[2])
    assert page.evaluate(MARKED)
    assert "Removed:" in page.locator(".kept-word").inner_text()
    page.get_by_role("button", name="Undo").click()
    page.locator(f"[data-kept] .keep[data-id='{ids[1]}']:focus").wait_for()
    assert shown(page) == ids
    for _ in ids:
        page.locator("[data-kept] .keep").first.click()
    assert "keeping needs scripts" in page.locator("[data-kept]").inner_text()
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.locator(".site-nav__kept").count() == 0
    assert not tab.complaints


def test_what_closed_since_the_last_look_says_so_once(tab):
    ids = keep(tab.open("/jobs/"), 0, 1)
    page = open_kept(tab, 2)
    assert page.locator(".card__news").count() == 0
    Posting.objects.get(pk=ids[0]).close("filled")
    page = open_kept(tab, 2)
    assert shown(page) == ids[::-1]
    closed = page.locator(f"[data-posting='{ids[0]}']")
    assert "Closed since you last looked" in closed.inner_text()
    assert "filled" in closed.inner_text()
    page = open_kept(tab, 2)
    assert page.locator(".card__news").count() == 0
    Posting.objects.get(pk=ids[0]).reopen()
    page = open_kept(tab, 2)
    assert page.locator(".card__news").inner_text() == "Open again since you last looked"


def test_what_was_withdrawn_or_is_gone_keeps_the_title_it_had_here(tab):
    page = tab.open("/jobs/")
    ids = keep(page, 0)
    title = stored(page)[0]["title"]
    gone = {"id": 987654, "title": "<img src=x onerror=alert(1)> @ Acme", "seen": "open"}
    store(page, json.dumps([*stored(page), gone]))
    Posting.objects.get(pk=ids[0]).withdraw("by the employer")
    page = open_kept(tab, 2)
    cards = page.locator("[data-kept] li.card")
    assert cards.nth(0).locator(".card__title").inner_text() == title
    assert "Withdrawn since you last looked" in cards.nth(0).inner_text()
    assert cards.nth(1).locator(".card__title").inner_text() == gone["title"]
    assert "987654 is not on this board" in cards.nth(1).inner_text()
    assert page.locator("[data-kept] img").count() == 0
    assert not tab.complaints


def test_another_tab_shows_the_change_at_once(tab):
    page = tab.open("/jobs/")
    other = page.context.new_page()
    other.goto(f"{tab.site}/jobs/kept/")
    third = page.context.new_page()
    third.goto(f"{tab.site}/jobs/")
    [kept] = keep(page, 1)
    other.locator(f"[data-kept] [data-posting='{kept}']").wait_for()
    third.locator(f".keep[data-id='{kept}'][aria-pressed=true]").wait_for()
    assert third.locator(".site-nav__kept").inner_text() == "Kept (1)"
    other.locator("[data-kept] .keep").click()
    page.locator(f".keep[data-id='{kept}'][aria-pressed=false]").wait_for()
    assert page.locator(".site-nav__kept").count() == 0


def test_cards_that_another_script_brings_get_their_button(tab):
    page = tab.open("/jobs/")
    [kept] = keep(page, 0)
    page.evaluate("""() => {
      const list = document.querySelector("ol.cards");
      const copy = list.cloneNode(true);
      for (const one of copy.querySelectorAll(".keep")) one.remove();
      list.replaceWith(copy);
    }""")
    page.locator(f".keep[data-id='{kept}'][aria-pressed=true]").wait_for()
    keep(page, 1)
    assert len(stored(page)) == 2
    assert page.locator("li.card").count() == page.locator(".keep").count()


def test_no_more_than_the_limit_are_kept_and_that_is_said(tab):
    page = tab.open("/jobs/")
    many = [{"id": 10_000 + number, "title": "", "seen": "open"} for number in range(200)]
    store(page, json.dumps(many))
    keep(page, 0)
    assert "200 postings are kept already" in page.locator(".kept-word").inner_text()
    assert len(stored(page)) == 200
    page = open_kept(tab, 200)
    assert page.locator(".site-nav__kept").inner_text() == "Kept (200)"


@pytest.mark.parametrize(
    "value",
    [
        "", "{", "null", "7", '"x"', "{}", "[null, 7, [], {}]", '[{"id": "7"}, {"id": -1}]',
        '[{"id": 1e99}, {"id": 1.5}, {"id": 9007199254740993}]',
        '[{"id": 5, "title": {}, "seen": "__proto__"}, {"id": 5}]',
    ],
)  # fmt: skip
def test_whatever_stands_in_the_storage_breaks_nothing(tab, value):
    page = tab.open("/jobs/")
    store(page, value)
    page = tab.open("/jobs/")
    kept = keep(page, 0)
    assert stored(page)[-1]["id"] == kept[0]
    open_kept(tab, 1)
    assert not tab.complaints


def test_a_browser_that_stores_nothing_gets_no_buttons(tab):
    refuse = """Storage.prototype.setItem = () => { throw new DOMException("no"); };"""
    tab.page.add_init_script(refuse)
    page = tab.open("/jobs/")
    assert page.locator(".keep").count() == 0
    assert not tab.complaints


def test_a_list_that_cannot_be_fetched_is_not_lost(tab):
    page = tab.open("/jobs/")
    ids = keep(page, 0)
    page.route("**/jobs/kept/?posting=*", lambda route: route.abort())
    tab.open("/jobs/kept/")
    page.get_by_text("could not be fetched").wait_for()
    page.unroute("**/jobs/kept/?posting=*")
    page.get_by_role("button", name="Try again").click()
    page.locator("[data-kept] .keep").wait_for()
    assert shown(page) == ids


def test_an_address_that_was_shared_keeps_nothing_by_itself(tab, posting):
    page = tab.open(f"/jobs/kept/?posting={posting.pk}")
    assert stored(page) == []
    page.locator(".keep").click()
    assert [one["id"] for one in stored(page)] == [posting.pk]


def test_without_scripts_the_page_shows_what_its_address_names(new_tab, posting):
    tab = new_tab(java_script_enabled=False)
    page = tab.open(f"/jobs/kept/?posting={posting.pk}")
    assert page.locator("h3").inner_text() == posting.title
    assert page.locator(".keep").count() == 0
    page = tab.open("/jobs/kept/")
    assert "keeping needs scripts" in page.locator("main").inner_text()


def test_axe_finds_nothing_on_what_is_kept(tab):
    page = tab.open("/jobs/")
    ids = keep(page, 0, 1, 2)
    store(page, json.dumps([*stored(page), {"id": 987654, "title": "Gone", "seen": "open"}]))
    Posting.objects.get(pk=ids[0]).close("filled")
    Posting.objects.get(pk=ids[1]).withdraw("by the employer")
    page = open_kept(tab, 4)
    page.locator("[data-kept] .keep").first.click()
    found = findings(page, "kept", ("light", "dark"))
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page = tab.open("/jobs/")
    found += findings(page, "list with a kept posting", ("light", "dark"))
    assert not found, "\n".join(found)
