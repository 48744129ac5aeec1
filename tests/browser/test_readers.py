"""Every page of the readers in a real browser."""

import pytest

from tests.browser.axe import WIDTHS, findings


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_wide_or_narrow_light_or_dark(new_tab, walk, width):
    tab = new_tab(viewport={"width": width, "height": 900})
    both = ("light", "dark")
    found = [one for name, page in walk(tab) for one in findings(page, name, both, (width,))]
    assert not found, "\n".join(found)


def test_no_page_scrolls_sideways_complains_or_sets_a_cookie(new_tab, walk):
    tab = new_tab(viewport={"width": 320, "height": 640})
    for name, page in walk(tab):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        # Laid open, the panel of filters and every other disclosure fit as well.
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, f"{name}, laid open"
    assert not tab.complaints
    assert not tab.page.context.cookies()
