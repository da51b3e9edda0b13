"""The municipality's own sign-in in a real browser: by the button, to a provider that really answers, and back."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import barriers
from tests.browser.desk import Desk
from tests.browser.serving import found, served
from tests.harness.providers import CLIENT, SECRET, TWO_FACTORS, OidcProvider, serving

pytestmark = pytest.mark.browser
FILE = """[[providers]]
key = "ekby"
kind = "oidc"
name = "Ekby kommun"
issuer = "{issuer}"
client_id = "{client}"
client_secret_file = "secret.txt"
employee_id = "employee_id"
[providers.levels]
"{two}" = "two_factor"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[OidcProvider]:
    with serving(OidcProvider()) as made:
        yield made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, provider: OidcProvider) -> Iterator[str]:
    """The small municipality, connected to the provider."""
    home = tmp_path_factory.mktemp("sso")
    found(home)
    (home / "secret.txt").write_text(SECRET)
    file: Path = home / "sso.toml"
    file.write_text(FILE.format(issuer=provider.issuer, client=CLIENT, two=TWO_FACTORS))
    os.environ["VARN_SSO"] = str(file)
    try:
        with served(home, "--no-work") as address:
            yield address
    finally:
        del os.environ["VARN_SSO"]


@pytest.fixture
def desk(browser: Browser, site: str) -> Iterator[Desk]:
    sitting = Desk(browser, site, "")
    yield sitting
    sitting.page.close()


def test_the_button_leads_in_and_to_what_was_asked_for(desk: Desk, provider: OidcProvider) -> None:
    provider.claims = {"sub": "s-bo", "employee_id": "bo", "acr": TWO_FACTORS}
    desk.open("/organisation/appointments/")
    assert desk.path.startswith("/sign-in/")
    assert barriers(desk.page) == []
    desk.page.get_by_role("link", name="Ekby kommun").click()
    desk.page.wait_for_url(f"{desk.site}/organisation/appointments/")
    desk.reads("Bo Berglund")


def test_somebody_unknown_is_told_so_in_swedish(desk: Desk, provider: OidcProvider) -> None:
    provider.claims = {"sub": "s-x", "employee_id": "e404", "acr": TWO_FACTORS}
    desk.open("/sign-in/")
    desk.page.get_by_role("link", name="Ekby kommun").click()
    desk.page.get_by_text("finns inte upplagd").wait_for()
    assert barriers(desk.page) == []


def test_a_lie_lets_nobody_in(desk: Desk, provider: OidcProvider) -> None:
    provider.claims = {"sub": "s-bo", "employee_id": "bo", "acr": TWO_FACTORS, "nonce": "x" * 64}
    desk.open("/sign-in/")
    desk.page.get_by_role("link", name="Ekby kommun").click()
    desk.page.get_by_text("går inte att lita på").wait_for()
    desk.page.goto(f"{desk.site}/my-day/")
    assert desk.path.startswith("/sign-in/")
