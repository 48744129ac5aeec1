"""What axe finds on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
WIDTHS = (1280, 360)
# A colour scheme changes nothing but colours, so the other rules are asked once a width.
COLOURS = ["color-contrast", "link-in-text-block"]


def findings(
    page: Page,
    name: str,
    schemes: tuple[str, ...] = ("light",),
    widths: tuple[int, ...] = WIDTHS,
) -> list[str]:
    """Rule, first targets and summary of each finding, at each width in each colour scheme."""
    found = []
    page.evaluate(AXE.axe_script)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            options: dict[str, Any] = {"resultTypes": ["violations"]}
            if scheme != schemes[0]:
                options["runOnly"] = COLOURS
            result = page.evaluate("options => axe.run(options)", options)
            for violation in result["violations"]:
                nodes = violation["nodes"]
                targets = [" ".join(map(str, node["target"])) for node in nodes]
                summary = " ".join(nodes[0]["failureSummary"].split())[:200]
                found.append(
                    f"{name}, {width} px, {scheme}: {violation['id']} at {len(nodes)}, such as "
                    f"{', '.join(targets[:4])}: {summary}"
                )
    return found
