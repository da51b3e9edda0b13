"""An appointment that ends while its holder works: the next click gives what a stranger gets, and nothing more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import barriers
from tests.browser.desk import Desk
from tests.browser.serving import found, served

pytestmark = pytest.mark.browser

MINE = "/organisation/appointments/"
PROPOSE = "/organisation/appointments/propose/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("ended")
    found(folder)
    with served(folder, "--no-work") as address:
        yield address


def status(desk: Desk, path: str) -> int:
    """What the page answers to a click on a link to it."""
    response = desk.page.goto(f"{desk.site}{path}")
    assert response is not None
    return response.status


def test_a_coordinator_whose_appointment_ends_in_the_middle_of_a_form(browser: Browser, site: str) -> None:
    bo, anna = Desk(browser, site, "Bo"), Desk(browser, site, "Anna")
    bo.open(MINE)
    own = bo.main.get_by_role("row").filter(has_text="Bo Berglund").get_by_role("link").first.get_attribute("href")
    assert own is not None
    bo.open(own)
    bo.open(PROPOSE)
    bo.fill(appointed_by="Förvaltningschefen")

    anna.open(f"{own}announce_ending/")
    yesterday = anna.page.evaluate("() => new Date(Date.now() - 86400000).toISOString().slice(0, 10)")
    anna.send(until_date=yesterday)

    with bo.page.expect_navigation() as sent:
        bo.main.locator("form button[type=submit]").last.click()
    assert sent.value.status == 403
    told = [status(bo, path) for path in (own, MINE, PROPOSE, "/organisation/people/")]
    assert told == [404, 404, 404, 404]
    assert "Bo Berglund" not in bo.main.inner_text()

    bo.open("/my-day/")
    assert bo.main.get_by_role("link", name="Förordnanden").count() == 0
    assert not barriers(bo.page)
    again = Desk(browser, site, "Bo")
    again.open("/my-account/")
    assert status(again, own) == 404
    for desk in (bo, anna, again):
        desk.page.close()


def test_a_deputy_works_as_the_holder_and_is_named_so(browser: Browser, site: str) -> None:
    anna, david = Desk(browser, site, "Anna"), Desk(browser, site, "David")
    david.open(MINE)
    own = david.main.get_by_role("row").filter(has_text="David").get_by_role("link").first.get_attribute("href")
    assert own is not None
    david.open(f"{own}deputy/")
    assert not barriers(david.page)
    through = david.page.evaluate("() => new Date(Date.now() + 7 * 86400000).toISOString().slice(0, 10)")
    david.send(deputy="anna", until_date=through)
    assert "/organisation/deputies/" in david.page.url
    assert "Anna Ahlberg (ersättare för David Dahlin)" in david.main.inner_text()
    anna.open("/my-day/")
    assert "Kommundirektör (ersättare för David Dahlin)" in anna.page.locator("header").first.inner_text()
    for desk in (anna, david):
        desk.page.close()
