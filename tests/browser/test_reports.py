"""Reporting a problem of a posting, in a browser."""

from jobs.models import Report
from tests.browser.axe import findings
from tests.browser.test_unscripted import tab_to
from tests.factories import PostingFactory


def test_a_problem_is_reported_by_the_keyboard_without_scripts(new_tab, transactional_db):
    tab = new_tab(java_script_enabled=False)
    page = tab.open(PostingFactory().get_absolute_url())
    page.get_by_role("link", name="Report a problem").click()
    assert page.context.cookies()[0]["name"] == "csrftoken"
    page.keyboard.press("Tab")
    page.locator("input[value=closed]").focus()
    page.keyboard.press("Space")
    # The next stop after the choice is the text: no trap for machines lies between.
    page.keyboard.press("Tab")
    page.keyboard.type("It was filled last week.")
    page.keyboard.press("Tab")
    page.keyboard.type("reader@example.org")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/thanks/")
    report = Report.objects.get()
    assert (report.kind, report.text) == ("closed", "It was filled last week.")
    assert report.email == "reader@example.org"


def test_the_form_and_its_mistakes_are_clear_to_everybody(new_tab, transactional_db):
    tab = new_tab()
    address = PostingFactory().get_absolute_url()
    page = tab.open(f"{address}report/")
    found = findings(page, "report", ("light", "dark"))
    tab_to(page, "input[type=submit]")
    page.keyboard.press("Enter")
    page.get_by_text("Choose what is wrong.").wait_for()
    found += findings(page, "report with mistakes", ("light", "dark"))
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page = tab.open(f"{address}report/thanks/")
    found += findings(page, "thanks", ("light", "dark"))
    assert not found, "\n".join(found)
    assert not tab.complaints
