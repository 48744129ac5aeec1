"""The board without scripts, and by the keyboard alone."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def total(page: Page) -> int:
    return int(page.locator("[data-total]").get_attribute("data-total"))


def apply(page: Page) -> None:
    page.locator(".filters button[type=submit]").first.click()


def test_without_scripts_filters_chips_pages_guides_and_comparisons_work(new_tab, board):
    tab = new_tab(java_script_enabled=False)
    page = tab.open("/jobs/")
    before = total(page)
    box = page.locator("[data-facet=role][data-value=data-engineer]")
    count = int(box.get_attribute("data-count"))
    assert 6 < count < before
    box.check()
    apply(page)
    assert asked(page) == {"role": ["data-engineer"]}
    assert total(page) == count

    page.locator("a[rel=next]").click()
    assert asked(page) == {"role": ["data-engineer"], "page": ["2"]}
    assert total(page) == count
    assert page.locator("[aria-current=page].pagination__here").inner_text() == "2"

    page.locator("a.chip--removable").click()
    assert asked(page) == {}
    assert total(page) == before

    page = tab.open(board["open"])
    page.locator(".posting__guide a").first.click()
    expect(page.locator("h1")).to_contain_text("data engineer", ignore_case=True)
    assert tab.address.split("/")[1] in ("guides", "roles")

    page = tab.open("/compare/")
    page.locator("select[name=a]").select_option("platform-engineer")
    page.locator("select[name=b]").select_option("data-analyst")
    page.locator(".compare-pick button").click()
    assert "-vs-" in tab.address
    expect(page.locator(".rows--compared .rows__name").nth(3)).to_be_visible()


def test_on_a_phone_the_words_are_asked_for_without_opening_the_filters(new_tab, board):
    tab = new_tab(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = tab.open("/jobs/")
    page.locator("input[name=q]").fill("scientist")
    page.locator(".filters__words button").click()
    assert asked(page) == {"q": ["scientist"]}
    assert 0 < total(page) < 25
    page.locator(".filters__summary").click()
    button = page.locator(".filters__actions button")
    for box in ("seniority][value=senior", "workplace][value=remote"):
        page.locator(f"input[name={box}]").check()
        expect(button).to_be_in_viewport(ratio=1)
    button.click()
    assert asked(page).keys() == {"q", "seniority", "workplace"}
    # However many there are, applied filters take one row.
    page = tab.open("/jobs/?workplace=remote&workplace=hybrid&workplace=onsite&seniority=senior")
    heights = {round(one.bounding_box()["y"]) for one in page.locator(".chip").all()}
    assert len(heights) == 1


def test_without_scripts_guides_are_searched_filtered_and_their_changes_read(new_tab, board):
    tab = new_tab(java_script_enabled=False)
    page = tab.open("/guides/")
    before = total(page)
    box = page.locator("[data-facet=topic][data-value=machine-learning]")
    count = int(box.get_attribute("data-count"))
    assert 0 < count < before
    box.check()
    apply(page)
    assert asked(page) == {"topic": ["machine-learning"]}
    assert total(page) == count

    page.locator("input[name=q]").fill("data scientist")
    apply(page)
    assert asked(page) == {"topic": ["machine-learning"], "q": ["data scientist"]}
    assert page.locator(".found-roles a").first.inner_text() == "Data Scientist"

    page = tab.open(board["article"])
    page.locator(".guide__meta a").click()
    assert tab.address == board["history of an article"]
    assert "A new beginning." in page.locator("ins").first.inner_text()


# Whether the focused element is marked by an outline of its own or of the label around it.
MARKED = """() => {
  const one = document.activeElement;
  const shown = [one, one.closest("label")].filter(Boolean).map((each) => getComputedStyle(each));
  return shown.some((style) =>
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1)
    || style.boxShadow !== "none");
}"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; on the way every stop must be visible."""
    for _ in range(80):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert page.evaluate(MARKED), f"no mark of focus on {here}"
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")


def test_the_keyboard_alone_reaches_the_content_and_works_the_filters(new_tab, board):
    tab = new_tab()
    page = tab.open("/jobs/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    assert page.evaluate(MARKED)
    place = skip.bounding_box()
    assert place["x"] >= 0
    assert place["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.reload()
    tab_to(page, "[href='#total']")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "total"
    page = tab.open("/jobs/")

    tab_to(page, "input[name=q]")
    page.keyboard.type("scientist")
    tab_to(page, "[data-facet=seniority][data-value=senior]")
    page.keyboard.press("Space")
    tab_to(page, ".filters__actions button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/jobs/?*")
    assert asked(page)["q"] == ["scientist"]
    assert asked(page)["seniority"] == ["senior"]
    assert 0 < total(page) < 25

    # On a narrow screen the filters are a disclosure, opened by its summary.
    page.set_viewport_size({"width": 360, "height": 800})
    page = tab.open("/jobs/")
    box = page.locator("[data-facet=seniority][data-value=senior]")
    assert not box.is_visible()
    tab_to(page, ".filters__summary")
    page.keyboard.press("Enter")
    tab_to(page, "[data-facet=seniority][data-value=senior]")
    page.keyboard.press("Space")
    expect(page.locator(".filters__actions button")).to_be_in_viewport(ratio=1)
    page.wait_for_url("**/jobs/?*")
    assert asked(page)["seniority"] == ["senior"]
    assert not tab.complaints
