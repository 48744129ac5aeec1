"""What axe finds on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
WIDTHS = (1280, 360)
# A colour scheme changes nothing but colours, so the other rules are asked once a width.
COLOURS = ["color-contrast", "link-in-text-block"]


def findings(page: Page, name: str, schemes: tuple[str, ...] = ("light",)) -> list[str]:
    """Rule, target and summary of each finding at each width in each colour scheme."""
    found = []
    page.evaluate(AXE.axe_script)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            options: dict[str, Any] = {"resultTypes": ["violations"]}
            if scheme != schemes[0]:
                options["runOnly"] = COLOURS
            result = page.evaluate("options => axe.run(options)", options)
            found += [
                f"{name}, {width} px, {scheme}: {violation['id']} at {node['target']}: "
                + " ".join(node["failureSummary"].split())
                for violation in result["violations"]
                for node in violation["nodes"]
            ]
    return found
