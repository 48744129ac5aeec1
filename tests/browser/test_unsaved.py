"""Nothing typed in a guide's form is lost."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from guides.models import Guide
from guides.revisions import record
from tests import factories
from tests.browser.test_admin import box, save

HEADING = "First"
WORDS = "Some words about the role."


@pytest.fixture
def guide(transactional_db) -> Guide:
    guide = factories.GuideFactory(section=WORDS)
    guide.sections.update(heading=HEADING)
    record(guide)
    return guide


def form_of(guide: Guide) -> str:
    return f"/admin/guides/guide/{guide.pk}/change/"


def await_draft(page: Page, text: str) -> None:
    for _ in range(50):
        if text in page.evaluate("JSON.stringify(localStorage)"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"no draft holds {text!r}")


def test_leaving_asks_only_if_something_was_typed(new_tab, editor, guide):
    tab = new_tab(editor)
    asked = []

    def answer(dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    tab.page.on("dialog", answer)
    page = tab.open(form_of(guide))
    page.locator("[name=subtitle]").click()
    tab.open("/admin/guides/guide/")
    assert asked == []
    page = tab.open(form_of(guide))
    page.locator("[name=subtitle]").fill("Typed")
    tab.open("/admin/guides/guide/")
    assert asked == ["beforeunload"]
    page = tab.open(form_of(guide))
    page.locator("[name=subtitle]").fill("Saved")
    save(page, "_save")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_expired_log_in_keeps_the_text_and_sends_it_on(new_tab, editor, guide, scripts):
    tab = new_tab(editor, java_script_enabled=scripts)
    page = tab.open(form_of(guide))
    box(page).fill("Typed for an hour.\n\nAnd more.")
    Session.objects.all().delete()
    save(page, "_continue")
    expect(page.get_by_role("heading", name="Your text is kept")).to_be_visible()
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a long password")
    with page.expect_navigation():
        page.get_by_role("button", name="Log in and send it on").click()
    assert box(page).input_value() == "Typed for an hour.\n\nAnd more."
    assert guide.sections.first().body == "Typed for an hour.\n\nAnd more."


def test_a_draft_outlives_its_tab_and_is_gone_once_saved(new_tab, editor, guide):
    tab = new_tab(editor)
    tab.page.on("dialog", lambda dialog: dialog.accept())
    page = tab.open(form_of(guide))
    box(page).fill("Typed before the lights went out.")
    page.locator("#sections-group .add-row a").click()
    page.locator("[name=sections-1-heading]").fill("A new one")
    await_draft(page, "A new one")

    page = tab.open(form_of(guide))
    assert box(page).input_value() == WORDS
    page.get_by_role("button", name="Put it back").click()
    assert box(page).input_value() == "Typed before the lights went out."
    save(page, "_save")
    assert list(guide.sections.values_list("heading", "body")) == [
        (HEADING, "Typed before the lights went out."),
        ("A new one", ""),
    ]
    assert "A new one" not in page.evaluate("JSON.stringify(localStorage)")
    page = tab.open(form_of(guide))
    assert page.locator(".draft").count() == 0
    assert not tab.complaints


def test_a_draft_of_an_older_text_still_clashes(new_tab, editor, guide):
    tab = new_tab(editor)
    tab.page.on("dialog", lambda dialog: dialog.accept())
    page = tab.open(form_of(guide))
    box(page).fill("Mine.")
    await_draft(page, "Mine.")
    guide.sections.filter(heading="First").update(body="Theirs.")
    record(guide)
    page = tab.open(form_of(guide))
    page.get_by_role("button", name="Put it back").click()
    save(page, "_save")
    assert "Theirs." in page.locator(".clash").inner_text()
    assert guide.sections.first().body == "Theirs."


def test_words_are_counted_as_they_are_typed(new_tab, editor, guide):
    page = new_tab(editor).open(form_of(guide))
    words, total = page.locator("#sections-0 .words"), page.locator("#sections-heading .words")
    expect(words).to_have_text("5 words")
    box(page).fill("Two *words*.[^note]")
    expect(words).to_have_text("2 words")
    expect(total).to_have_text("(2 words)")
    page.locator("#sections-group .add-row a").click()
    page.locator("[name=sections-1-body]").fill("One")
    expect(total).to_have_text("(3 words)")
    page.locator("#sections-1 .inline-deletelink").click()
    expect(total).to_have_text("(2 words)")


def test_no_draft_holds_a_password(new_tab, operator, transactional_db):
    tab = new_tab(operator)
    page = tab.open("/admin/auth/user/add/")
    page.locator("[name=username]").fill("somebody")
    page.locator("[name=password1]").fill("Hush-hush-1")
    await_draft(page, "somebody")
    assert "Hush" not in page.evaluate("JSON.stringify(localStorage)")
