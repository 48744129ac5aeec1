"""The rows of a guide's form are moved by keyboard, pointer and number, and its pages are sound."""

import pytest
from playwright.sync_api import Page, expect

from guides.models import Guide
from guides.revisions import record
from tests import factories
from tests.browser.axe import findings
from tests.browser.test_admin import save

HEADINGS = ["First", "Second", "Third"]


@pytest.fixture
def guide(transactional_db) -> Guide:
    guide = factories.GuideFactory(about=[factories.RoleFactory(), factories.RoleFactory()])
    guide.sections.all().delete()
    for order, heading in enumerate(HEADINGS):
        factories.SectionFactory(guide=guide, heading=heading, order=order)
    record(guide)
    return guide


def form_of(guide: Guide) -> str:
    return f"/admin/guides/guide/{guide.pk}/change/"


def stored(guide: Guide) -> list[str]:
    return list(guide.sections.values_list("heading", flat=True))


def shown(page: Page) -> list[str]:
    fields = page.locator("#sections-group .inline-related:not(.empty-form) [name$=-heading]")
    return [field.input_value() for field in fields.all()]


def status(page: Page):
    return page.locator("p.visually-hidden[role=status]")


def test_sections_are_moved_by_the_keyboard_and_the_move_is_told(new_tab, editor, guide):
    tab = new_tab(editor)
    page = tab.open(form_of(guide))
    page.locator("#sections-0").get_by_role("button", name="Move down “First”").focus()
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("“First” is now 2 of 3.")
    page.keyboard.press("Space")
    expect(status(page)).to_have_text("“First” is now 3 of 3.")
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("“First” is the last already.")
    assert shown(page) == ["Second", "Third", "First"]
    save(page, "_save")
    assert stored(guide) == ["Second", "Third", "First"]
    assert not tab.complaints


def test_an_added_section_goes_to_the_end_and_moves_and_one_removed_breaks_nothing(
    new_tab, editor, guide
):
    tab = new_tab(editor)
    page = tab.open(form_of(guide))
    add = page.locator("#sections-group .add-row a")
    add.click()
    page.locator("[name=sections-3-heading]").fill("Added")
    page.locator("[name=sections-3-body]").fill("Words.")
    assert page.locator("[name=sections-3-order]").input_value() == "3"
    page.locator("#sections-3").get_by_role("button", name="Move up").click()
    page.locator("#sections-0").get_by_role("button", name="Move down").click()
    assert shown(page) == ["Second", "First", "Added", "Third"]
    add.click()
    page.locator("[name=sections-4-heading]").fill("Not this")
    page.locator("#sections-4 .inline-deletelink").click()
    assert shown(page) == ["Second", "First", "Added", "Third"]
    save(page, "_save")
    assert stored(guide) == ["Second", "First", "Added", "Third"]
    assert not tab.complaints


def test_a_row_is_dragged_by_its_handle(new_tab, editor, guide):
    tab = new_tab(editor)
    page = tab.open(form_of(guide))
    names = [item.role.name for item in guide.guide_roles.all()]
    handle = page.locator("#guide_roles-1 .reorder__handle")
    handle.scroll_into_view_if_needed()
    start = handle.bounding_box()
    goal = page.locator("#guide_roles-0").bounding_box()
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, goal["y"] + 2, steps=5)
    page.mouse.up()
    expect(status(page)).to_have_text(f"“{names[1]}” is now 1 of 2.")
    save(page, "_save")
    assert [item.role.name for item in guide.guide_roles.all()] == names[::-1]


def test_without_scripts_the_numbers_move_the_rows(new_tab, editor, guide):
    page = new_tab(editor, java_script_enabled=False).open(form_of(guide))
    page.locator("[name=sections-0-order]").fill("9")
    save(page, "_save")
    assert stored(guide) == ["Second", "Third", "First"]


def test_axe_finds_nothing_on_the_pages_of_those_who_write(new_tab, editor, guide):
    factories.SourceFactory(guide=guide)
    factories.CommentFactory(guide=guide, created_by=editor.user)
    factories.CommentFactory(guide=guide).resolve(editor.user)
    first = guide.revisions.get()
    guide.subtitle = "A change that shows beside what was there before it, in two long lines."
    guide.save()
    last = record(guide)
    tab = new_tab(editor)
    base = f"/admin/guides/guide/{guide.pk}"
    pages = {
        "guide form": f"{base}/change/",
        "comments": f"{base}/comments/",
        "history": f"{base}/history/",
        "comparison": f"{base}/history/compare/?old={first.pk}&new={last.pk}",
        "revision": f"{base}/history/{last.pk}/",
    }
    complaints, found = [], []
    for name, address in pages.items():
        page = tab.open(address)
        complaints += tab.complaints
        found += findings(page, name)
        if name == "comparison":
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
        tab.complaints.clear()
    page = tab.open("/admin/guides/guide/")
    page.locator("#result_list .action-select").first.check()
    page.locator("select[name=action]").select_option("publish_now")
    page.get_by_role("button", name="Go").click()
    found += findings(page, "confirmation")
    assert not found, "\n".join(found)
    assert not complaints, "\n".join(complaints)
