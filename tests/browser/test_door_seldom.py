"""What is seldom met at the door: a broken seal, a page that demands a passkey, and a form that was sent too late."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.authenticator import Authenticator
from tests.browser.axe import barriers
from tests.browser.desk import Desk
from tests.browser.serving import DATABASE, found, served
from tests.entering import living_code, wait_for_the_next_code

pytestmark = pytest.mark.browser

WIDE = {"width": 1440, "height": 900}
CHOSEN = """
    insert into installation_setting
    (id, municipality, accent, accent_dark, mail_sender, reply_to, reminders, is_ready)
    values (1, 'Ekby kommun', '#0b5c7a', '', '', '', '{"L14": 0}', true)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a small municipality where nobody has come in yet but the administrator."""
    folder = tmp_path_factory.mktemp("seldom")
    found(folder)
    return folder


@pytest.fixture(scope="module")
def site(home: Path) -> Iterator[str]:
    with served(home, "--no-work") as address:
        yield address


@pytest.fixture(scope="module")
def frida(browser: Browser, site: str) -> Iterator[Desk]:
    """The administrator's desk; a sign-in with a code is all that she has shown."""
    desk = Desk(browser, site, "Frida")
    yield desk
    assert desk.faults == []


def test_a_broken_seal_asks_why_and_is_sealed_anew(browser: Browser, site: str, frida: Desk) -> None:
    """Making the account demands a passkey, and says so."""
    frida.open("/accounts/create/")
    frida.main.locator("[name=is_administrator]").check()
    frida.send(name="Nödkonto", email="nod@ekby.example", language="Svenska")
    frida.open("/accounts/?q=Nödkonto")
    frida.main.get_by_role("link", name="Nödkonto").first.click()
    account = frida.path
    frida.open(f"{account}break_glass/make/")
    assert frida.path.startswith("/my-account/stronger/")
    _looked_at(frida)
    Authenticator(frida.page)
    frida.open("/my-account/passkeys/add/")
    frida.send(name="Fridas dator")
    frida.open(f"{account}break_glass/make/")
    if frida.path.startswith("/my-account/stronger/"):
        frida.follow("a.ds-button")
        frida.press("Använd en inloggningsnyckel")
    assert frida.path == f"{account}break_glass/make/"
    _looked_at(frida)
    frida.send()
    _looked_at(frida)
    password = frida.main.locator("#password").input_value()
    somebody = Desk(browser, site)
    somebody.open("/sign-in/?next=/accounts/")
    somebody.send(email="nod@ekby.example", password=password)
    assert somebody.path.startswith("/my-account/break_glass/")
    _looked_at(somebody)
    somebody.send(reason="Inloggningen hos kommunen ligger nere.")
    assert somebody.path == "/accounts/"
    _looked_at(somebody)
    frida.open(f"{account}break_glass/seal/")
    _looked_at(frida)
    frida.send()
    assert frida.main.locator("#password").input_value() != password
    somebody.page.goto(f"{site}/accounts/")
    assert somebody.path.startswith("/sign-in/")
    assert somebody.faults == []


def test_what_was_sent_too_late_waits_and_is_sent_after_showing_again(home: Path, frida: Desk) -> None:
    frida.open("/accounts/create/")
    with no_proof_lasting(home):
        frida.send(name="Sen Svensson", email="sen@ekby.example", language="Svenska")
    assert frida.path.startswith("/sign-in/again/")
    _looked_at(frida)
    wait_for_the_next_code()
    frida.main.locator("[name=code]").fill(living_code())
    frida.press("Använd koden")
    assert frida.path == "/my-account/kept/"
    _looked_at(frida)
    frida.press("Fortsätt")
    frida.open("/accounts/?q=Sen")
    frida.reads("Sen Svensson")


@contextmanager
def no_proof_lasting(home: Path) -> Iterator[None]:
    """Meanwhile whoever takes a sensitive step showed who they are too long ago (L14)."""
    _write(home, CHOSEN)
    yield
    _write(home, "delete from installation_setting")


def _write(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as database, database:
        database.execute(statement)


def _looked_at(desk: Desk) -> None:
    assert barriers(desk.page) == [], desk.path
    desk.page.set_viewport_size(WIDE)
