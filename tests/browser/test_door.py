"""The door in a real browser: the first sign-in, a passkey instead of a password, and what was lost."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.authenticator import Authenticator
from tests.browser.axe import barriers
from tests.browser.desk import Desk
from tests.browser.serving import found, mails, served
from tests.entering import living_code
from tests.people import PASSWORD

pytestmark = pytest.mark.browser

At = Callable[..., Desk]
COLUMNS = "all => new Set(all.map(one => one.getBoundingClientRect().left)).size"
PAGES = (
    "/my-account/",
    "/my-account/passkeys/add/",
    "/my-account/code_app/add/",
    "/my-account/recovery_codes/make/",
    "/sign-in/again/?next=/my-account/",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the small municipality; everybody in it has a password and an app for codes."""
    folder = tmp_path_factory.mktemp("door")
    found(folder)
    return folder


@pytest.fixture(scope="module")
def site(home: Path) -> Iterator[str]:
    with served(home, "--no-work") as address:
        yield address


@pytest.fixture
def desk_of(browser: Browser, site: str) -> Iterator[At]:
    """Somebody at a browser of their own; nothing may have gone wrong in it."""
    desks: list[Desk] = []

    def sit(name: str = "", **options: bool) -> Desk:
        desks.append(Desk(browser, site, name, **options))
        return desks[-1]

    yield sit
    assert [fault for desk in desks for fault in desk.faults] == []
    for desk in desks:
        desk.page.close()


def test_the_first_sign_in_goes_from_the_mail_through_a_password_to_a_passkey(home: Path, desk_of: At) -> None:
    frida = desk_of("Frida")
    frida.open("/accounts/create/")
    frida.send(name="Nils Nyberg", email="nils@ekby.example", language="Svenska")
    link = re.findall(r"https?://[^/\s]+(/password/\S+)", mails(home)[-1])[-1]
    nils = desk_of()
    Authenticator(nils.page)
    nils.open(link)
    nils.send(password=PASSWORD, again=PASSWORD)
    nils.send(email="nils@ekby.example", password=PASSWORD)
    assert nils.path == "/sign-in/first/"
    assert barriers(nils.page) == []
    nils.page.goto(f"{nils.site}/my-day/")
    assert nils.path.startswith("/sign-in/?next=")
    nils.open("/sign-in/first/")
    nils.send(name="Nils dator")
    nils.reads("Dina reservkoder")
    assert barriers(nils.page) == []
    nils.follow("a.ds-button")
    assert nils.path == "/my-day/"
    told = "\n".join(mails(home))
    assert "En inloggningsnyckel har lagts till" in told
    assert "Nya reservkoder har skapats" in told


def test_a_passkey_is_made_and_then_opens_alone(desk_of: At) -> None:
    bo = desk_of("Bo")
    key = Authenticator(bo.page)
    bo.open("/my-account/passkeys/add/")
    bo.send(name="Bos dator")
    bo.reads("Bos dator", "Så loggar du in")
    assert len(key.passkeys()) == 1
    bo.page.context.clear_cookies()
    bo.open("/sign-in/?next=/my-account/")
    bo.press("Logga in med inloggningsnyckel")
    assert bo.path == "/my-account/"
    bo.reads("Bo Berglund")
    key.forget_owner()
    bo.page.context.clear_cookies()
    bo.open("/sign-in/")
    bo.main.get_by_role("button", name="Logga in med inloggningsnyckel").click()
    bo.main.locator("[data-passkey-failed]").wait_for(state="visible")
    assert bo.path == "/sign-in/"


def test_a_passkey_shows_again_who_one_is(desk_of: At) -> None:
    cecilia = desk_of("Cecilia")
    Authenticator(cecilia.page)
    cecilia.open("/my-account/passkeys/add/")
    cecilia.send(name="Cecilias telefon")
    cecilia.open("/sign-in/again/?next=/my-account/code_app/add/")
    cecilia.press("Använd en inloggningsnyckel")
    assert cecilia.path == "/my-account/code_app/add/"


def test_who_has_lost_the_app_comes_in_by_a_recovery_code(desk_of: At) -> None:
    anna = desk_of("Anna")
    anna.open("/my-account/recovery_codes/make/")
    anna.send()
    code = anna.main.locator(".codes li").first.inner_text()
    anna.page.set_viewport_size({"width": 390, "height": 844})
    assert anna.main.locator(".codes li").evaluate_all(COLUMNS) == 1
    anna.page.context.clear_cookies()
    anna.open("/sign-in/")
    anna.send(email="anna@ekby.example", password=PASSWORD)
    assert anna.path == "/sign-in/second/"
    assert barriers(anna.page) == []
    anna.send(code=code)
    anna.open("/my-account/")
    anna.reads("9 reservkoder är kvar")


def test_who_has_lost_everything_begins_anew_by_a_link_from_the_administrator(browser: Browser, tmp_path: Path) -> None:
    """While nobody else who may approve has come in, the administrator does alone what needs two afterwards."""
    found(tmp_path)
    with served(tmp_path, "--no-work") as site:
        bo, frida = Desk(browser, site, "Bo"), Desk(browser, site, "Frida")
        link = resets_the_ways_in(frida, "Bo Berglund")
        assert "/password/" not in mails(tmp_path)[-1]
        bo.page.goto(f"{site}/my-day/")
        assert bo.path.startswith("/sign-in/")
        Authenticator(bo.page)
        bo.open(link)
        bo.send(password=f"{PASSWORD} igen", again=f"{PASSWORD} igen")
        bo.send(email="bo@ekby.example", password=f"{PASSWORD} igen")
        assert bo.path == "/sign-in/first/"
        bo.send(name="Ny telefon")
        bo.follow("a.ds-button")
        assert bo.path == "/my-day/"
        assert bo.faults + frida.faults == []


def resets_the_ways_in(frida: Desk, name: str) -> str:
    """The link that the administrator is shown, to hand over."""
    frida.open(f"/accounts/?q={name.split()[0]}")
    frida.main.get_by_role("link", name=name).first.click()
    frida.go("reset_factors")
    assert barriers(frida.page) == []
    frida.page.set_viewport_size({"width": 1440, "height": 900})
    frida.send()
    return frida.main.locator("#link").input_value()


def test_an_app_for_codes_needs_no_script(desk_of: At, home: Path) -> None:
    frida = desk_of("Frida")
    frida.open("/accounts/create/")
    frida.send(name="Sven Svensson", email="sven@ekby.example", language="Svenska")
    link = re.findall(r"https?://[^/\s]+(/password/\S+)", mails(home)[-1])[-1]
    sven = desk_of(java_script_enabled=False)
    sven.open(link)
    sven.send(password=PASSWORD, again=PASSWORD)
    sven.send(email="sven@ekby.example", password=PASSWORD)
    sven.reads("Den här webbläsaren skapar inga inloggningsnycklar")
    sven.go("code_app")
    secret = sven.main.locator(".secret").inner_text().replace(" ", "")
    sven.send(code=living_code(secret=secret))
    sven.reads("Dina reservkoder")
    sven.follow("a.ds-button")
    assert sven.path == "/my-day/"


def test_the_pages_of_ones_own_account_have_no_barriers(desk_of: At) -> None:
    eva = desk_of("Eva")
    Authenticator(eva.page)
    eva.open("/my-account/passkeys/add/")
    eva.send(name="Evas dator")
    found_there = []
    for path in PAGES:
        eva.open(path)
        found_there += [f"{path}: {fault}" for fault in barriers(eva.page)]
    eva.open("/my-account/")
    for deed in ("rename", "remove"):
        eva.go(deed)
        found_there += [f"{deed}: {fault}" for fault in barriers(eva.page)]
        eva.page.set_viewport_size({"width": 1440, "height": 900})
        eva.open("/my-account/")
    assert found_there == []
