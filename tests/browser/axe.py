"""Looking at a page as axe and a ruler do."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RUN = """tags => axe.run(document, {runOnly: tags, resultTypes: ['violations'], preload: false}).then(found =>
    found.violations.map(one => one.id + ' ' + one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(' | ')))"""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
SIZES = {"1440": {"width": 1440, "height": 900}, "390": {"width": 390, "height": 844}}
THEMES = ("light", "dark")


def barriers(page: Page) -> list[str]:
    """What keeps somebody from using the page, in both sizes and both themes: what axe says, and what does not fit."""
    page.evaluate(SCRIPT)
    found = []
    for width, size in SIZES.items():
        page.set_viewport_size(size)
        if page.evaluate(TOO_WIDE):
            found.append(f"{width}: wider than the window")
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found += [f"{width} {theme}: {fault}" for fault in page.evaluate(RUN, TAGS)]
    return found
