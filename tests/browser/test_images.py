"""An image from a writer's disk to the page that readers see."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from guides.revisions import record
from tests import factories
from tests.browser.axe import findings
from tests.browser.test_admin import box, save


def test_an_image_is_chosen_previewed_and_published(
    new_tab, editor, transactional_db, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    guide = factories.GuideFactory()
    record(guide)
    written = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(written, "PNG")

    tab = new_tab(editor)
    page = tab.open(f"/admin/guides/guide/{guide.pk}/change/")
    page.locator("#images-group .add-row a").click()
    page.locator("[name=images-0-key]").fill("pay")
    page.locator("[name=images-0-alt]").fill("Two bars.")
    page.locator("[name=images-0-file]").set_input_files(
        {"name": "bars.png", "mimeType": "image/png", "buffer": written.getvalue()}
    )
    save(page, "_continue")
    box(page).fill("Before.\n\n![The pay](pay)\n\nAfter.")
    shown = page.locator(".markdown-preview figure img")
    expect(shown).to_have_js_property("naturalWidth", 300)
    save(page, "_publish")

    readers = new_tab()
    page = readers.open(guide.get_absolute_url())
    picture = page.get_by_role("figure").get_by_role("img", name="Two bars.")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 300)
    assert not [*tab.complaints, *readers.complaints]
    assert findings(page, "guide with an image") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
