"""Every kind of page, as the people of the demo use it: it answers, it fits the window, and axe finds no barrier."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.walking import kinds_of_pages, sign_in_as

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}
SIZES = {"1440": {"width": 1440, "height": 900}, "390": {"width": 390, "height": 844}}
ROLES = ("Säkerhetschef", "Nämndsekreterare", "Förvaltningschef", "Säkerhetssamordnare", "Systemadministratör")


@pytest.fixture(scope="module")
def pages(demo_site: str, browser: Browser) -> dict[str, dict[str, str]]:
    """For each role, one address of each kind of page; a kind is looked at by the first role that reaches it."""
    seen: set[str] = set()
    found = {}
    for role in ROLES:
        page = browser.new_page(locale="sv-SE")
        sign_in_as(page, demo_site, role)
        kinds = kinds_of_pages(page, demo_site)
        found[role] = {kind: address for kind, address in kinds.items() if kind not in seen}
        seen |= kinds.keys()
        page.close()
    return found


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_no_page_has_a_barrier(
    pages: dict[str, dict[str, str]], demo_site: str, browser: Browser, width: str, theme: str, language: str
) -> None:
    faults = []
    for role, addresses in pages.items():
        context = browser.new_context(viewport=SIZES[width], color_scheme=theme, locale="sv-SE")
        context.add_cookies([{"name": "varn_language", "value": language, "url": demo_site}])
        page = context.new_page()
        sign_in_as(page, demo_site, role)
        faults += [fault for address in addresses.values() for fault in _faults(page, address, language)]
        context.close()
    assert faults == []


def _faults(page: Page, address: str, language: str) -> list[str]:
    response = page.goto(address)
    assert response is not None
    found = [f"{address}: answered {response.status}"] if response.status != 200 else []
    if page.locator("html").get_attribute("lang") != language:
        found.append(f"{address}: is not in {language}")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
        found.append(f"{address}: is wider than the window")
    for violation in Axe().run(page, options=RULES).response["violations"]:
        where = [node["target"] for node in violation["nodes"]][:3]
        found.append(f"{address}: {violation['id']} {where}")
    return found
