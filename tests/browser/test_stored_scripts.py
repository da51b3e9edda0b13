"""T-WEB-3: what somebody writes is never run, whichever text it stands in and whichever page shows it.

Nor does the policy have to step in: escaping itself holds, so that there is no report either.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.browser.serving import environment, prepare, served
from tests.browser.walking import walk
from tests.harness.payloads import PAYLOADS
from varn.config.navigation import SECTIONS

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
HOOK = """
window.__told = [];
document.addEventListener("securitypolicyviolation", (event) => window.__told.push(event.effectiveDirective));
"""
# Resolved when the policy has stopped it, or has had its time. Playwright's own waiting is an eval, which it stops too.
WRITTEN_INTO_THE_PAGE = """
() => new Promise((stopped) => {
    document.addEventListener("securitypolicyviolation", () => stopped(), {once: true});
    setTimeout(stopped, 5000);
    document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=window.__x=1>");
})
"""
LOOKED_AT = """
() => [window.__x === undefined ? [] : ["ran"], window.__told || ["no hook"]].flat()
"""
FEWEST = 40


@pytest.fixture(scope="module")
def poisoned_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo, in which every text is a piece of script."""
    home = tmp_path_factory.mktemp("poisoned")
    prepare(home, "demo", "--no-serve", "--yes")
    subprocess.run(
        [sys.executable, "-m", "tests.harness.poison"], env=environment(home), cwd=ROOT, check=True, timeout=300
    )
    with served(home, "--no-work") as address:
        yield address


def test_there_are_sixty() -> None:
    assert len(set(PAYLOADS)) == 60


def test_nothing_that_is_written_is_run_where_the_navigation_leads(poisoned_site: str, browser: Browser) -> None:
    entries = [reverse(entry.url_name) for section in SECTIONS for entry in section.entries if not entry.permission]
    page, heard = _listening(browser, poisoned_site)
    heard += _looked_at(page, [poisoned_site + path for path in entries])
    page.close()
    assert entries
    assert heard == []


@pytest.mark.long
def test_nothing_that_is_written_is_run_or_has_to_be_stopped(poisoned_site: str, browser: Browser) -> None:
    page, heard = _listening(browser, poisoned_site)
    met = walk(page, poisoned_site)
    heard += _looked_at(page, met.pages.values())
    page.close()
    assert len(met.pages) >= FEWEST
    assert heard == []


def test_what_is_run_and_what_is_stopped_are_heard(poisoned_site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.add_init_script(HOOK)
    page.goto(f"{poisoned_site}/about/")
    page.evaluate(WRITTEN_INTO_THE_PAGE)
    assert "script-src-attr" in page.evaluate(LOOKED_AT)
    page.evaluate("window.__x = 1")
    assert "ran" in page.evaluate(LOOKED_AT)
    page.close()


def _listening(browser: Browser, site: str) -> tuple[Page, list[str]]:
    """Somebody who has signed in, and what their pages say without being asked."""
    page = browser.new_page(locale="sv-SE")
    page.add_init_script(HOOK)
    heard: list[str] = []
    page.on("dialog", lambda dialog: (heard.append(f"{page.url}: dialog"), dialog.dismiss()))
    _sign_in(page, site)
    return page, heard


def _looked_at(page: Page, addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        page.goto(address)
        yield from (f"{address}: {what}" for what in page.evaluate(LOOKED_AT))


def _sign_in(page: Page, site: str) -> None:
    """The names of the demo's people are payloads now: the one in the place of the head of security is taken."""
    page.goto(f"{site}/demo/people/")
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_load_state()
