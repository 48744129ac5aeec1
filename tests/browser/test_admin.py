"""The editors' and operators' pages in a real browser."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from guides.models import Guide
from tests import factories
from tests.browser.axe import findings

TEXT = """Our *first* step is **small**:

- read the `orders` table
- ask [who owns it](https://example.org/owner)

| Level | Months |
| --- | --- |
| Entry | 3 |
"""


@pytest.fixture
def guide(transactional_db) -> Guide:
    """A public guide of one section."""
    role = factories.RoleFactory(name="Data Engineer", slug="data-engineer")
    return factories.PublishedGuideFactory(about=[role], section="What readers see today.")


def box(page: Page):
    return page.locator("textarea[name=sections-0-body]")


def save(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(f"input[name={button}]").click()


def read(page: Page) -> str:
    """The section's text as the page holds it, blanks collapsed."""
    return " ".join(page.locator(".guide__text").inner_html().split())


def test_an_editor_previews_saves_and_publishes_and_a_stale_edit_shows_both_texts(
    new_tab, editor, guide
):
    form = f"/admin/guides/guide/{guide.pk}/change/"
    mine, theirs, reader = new_tab(editor), new_tab(editor), new_tab()
    page, late = mine.open(form), theirs.open(form)

    box(page).click()
    box(page).fill(TEXT)
    view = page.locator(".markdown-preview").filter(has_text="first step is small")
    expect(view).to_be_visible()
    previewed = " ".join(view.locator("> div").inner_html().split())

    save(page, "_continue")
    assert "What readers see today." in read(reader.open(guide.get_absolute_url()))
    save(page, "_publish")
    assert read(reader.open(guide.get_absolute_url())) == previewed

    box(late).fill("Typed without knowing of the other text.")
    save(late, "_continue")
    both = late.locator(".clash").inner_text()
    assert "Our *first* step is **small**:" in both
    assert "Typed without knowing of the other text." in both
    assert box(late).input_value() == "Typed without knowing of the other text."
    assert "<em>first</em> step" in read(reader.open(guide.get_absolute_url()))
    assert not [*mine.complaints, *theirs.complaints, *reader.complaints]


def test_axe_finds_nothing_in_the_admin_wide_or_narrow(new_tab, operator, guide):
    source = factories.SourceFactory(guide=guide)
    factories.ClaimFactory(guide=guide, source=source)
    skill, place = factories.SkillFactory(), factories.PlaceFactory(city=True)
    posting = factories.PostingFactory(
        role=guide.roles.get(), skills=[skill], places=[place], pay=[{}]
    )
    factories.ListingFactory(posting=posting)
    factories.EventFactory(posting=posting)
    tab = new_tab(operator)
    pages = {
        "admin index": "/admin/",
        "posting list": "/admin/jobs/posting/",
        "posting form": f"/admin/jobs/posting/{posting.pk}/change/",
        "guide form": f"/admin/guides/guide/{guide.pk}/change/",
    }
    complaints, found = [], []
    for name, address in pages.items():
        page = tab.open(address)
        complaints += tab.complaints
        found += findings(page, name)
        # axe sets styles of its own on a page while it looks; the policy complains of those.
        tab.complaints.clear()
    assert not found, "\n".join(found)
    assert not complaints, "\n".join(complaints)


def test_the_stale_queue_works_without_scripts_and_axe_finds_nothing_light_or_dark(
    new_tab, editor, guide
):
    long_ago = date(2020, 1, 2)
    for number in range(60):
        factories.ClaimFactory(guide=guide, key=f"claim-{number:02}", review_on=long_ago)
    tab = new_tab(editor, java_script_enabled=False)
    page = tab.open("/admin/")
    page.get_by_role("link", name="Stale queue").click()
    page.get_by_label("Kind").select_option("claim")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("[data-kind=claim]")).to_have_count(50)
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("[data-kind=claim]")).to_have_count(10)
    page.locator("[data-kind=claim] a").first.click()
    expect(page).to_have_url(f"{tab.site}/admin/guides/guide/{guide.pk}/change/#claims-group")
    assert not tab.complaints

    for scheme in ("light", "dark"):
        tab = new_tab(editor, color_scheme=scheme)
        for query in ("?kind=claim&colour=red", "?kind=source"):
            page = tab.open(f"/admin/stale/{query}")
            assert not tab.complaints
            assert not findings(page, f"stale queue {query}", (scheme,))
            tab.complaints.clear()  # axe's own styles


def test_the_review_works_by_keyboard_without_scripts_and_axe_finds_nothing(
    new_tab, operator, transactional_db
):
    for number in range(2):
        factories.PostingFactory(title=f"Held {number}", pending=True)
    gardener = factories.RoleFactory(name="Gardener", slug="gardener")
    moving = factories.PostingFactory(title="Data Gardener")
    tab = new_tab(operator, java_script_enabled=False)
    page = tab.open("/admin/review/")
    page.get_by_role("link", name="Held for approval").click()
    page.get_by_role("link", name="Tick all on this page").press("Enter")
    page.get_by_role("button", name="Approve").press("Enter")
    expect(page.get_by_text("2 answered.")).to_be_visible()
    page = tab.open("/admin/review/titles/")
    page.locator("[data-title='Data Gardener']").get_by_role("link", name="Make this").click()
    page.get_by_label("Also means the role").select_option("Gardener")
    page.get_by_role("button", name="Show what would move").click()
    expect(page.locator("[data-posting]")).to_have_count(1)
    preview = page.url
    page.get_by_role("button", name="means Gardener").click()
    moving.refresh_from_db()
    assert moving.role == gardener
    assert not tab.complaints

    factories.PostingFactory(title="Held again", pending=True)
    for scheme in ("light", "dark"):
        tab = new_tab(operator, color_scheme=scheme)
        listings = f"/admin/jobs/posting/{moving.pk}/listings/"
        for address in ("/admin/review/", "/admin/review/held/", preview, listings):
            page = tab.open(address.removeprefix(tab.site))
            assert not tab.complaints
            assert not findings(page, address, (scheme,))
            tab.complaints.clear()  # axe's own styles
