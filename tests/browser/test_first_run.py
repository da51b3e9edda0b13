"""The first run in a real browser: from an empty folder to the gaps, and the first person who chooses a password."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.authenticator import Authenticator
from tests.browser.axe import barriers
from tests.browser.desk import Desk
from tests.browser.serving import LOG, mails, served
from tests.people import PASSWORD

pytestmark = pytest.mark.browser

UNITS = """Kod;Namn;Slag;Under (kod);Från och med
2;Socialnämnden;nämnd;1;2022-01-01
21;Socialförvaltningen;förvaltning;2;2022-01-01
"""
PEOPLE = """Anställningsnummer;Namn;Enhet (kod);E-post;Från och med
1001;Sigrid Säker;1;sigrid@ekby.example;2022-01-01
"""


@pytest.fixture
def desk(tmp_path: Path, browser: Browser) -> Iterator[Desk]:
    """A browser at an installation that nobody has used."""
    with served(tmp_path, "--no-work") as site:
        yield Desk(browser, site)


def test_an_empty_installation_is_led_from_its_code_to_its_gaps(desk: Desk, tmp_path: Path) -> None:
    found: list[str] = []
    gives_the_code(desk, found, (tmp_path / LOG).read_text(encoding="utf-8"))
    founds_the_municipality(desk, found)
    imports_what_there_is(desk, found)
    appoints_the_first(desk, found)
    sees_the_gaps(desk, found)
    comes_in_by_the_mailed_link(desk, mails(tmp_path)[-1])
    assert found + desk.faults == []


def looks(desk: Desk, found: list[str], step: str) -> None:
    """The page is this step, and what axe and the ruler say of it is kept."""
    assert desk.path == f"/first-run/{step}/", desk.text()
    found += [f"{step} {fault}" for fault in barriers(desk.page)]
    desk.page.set_viewport_size({"width": 1440, "height": 900})


def gives_the_code(desk: Desk, found: list[str], console: str) -> None:
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", console)
    assert code, console
    desk.open("/decisions/")
    looks(desk, found, "code")
    desk.send(code="AAAA-BBBB-CCCC")
    assert desk.main.locator("#errors a").count() == 1
    desk.send(code=code[0].lower())


def founds_the_municipality(desk: Desk, found: list[str]) -> None:
    looks(desk, found, "municipality")
    desk.send(name="Ekby kommun", code="1", from_date="2022-01-01")
    looks(desk, found, "administrator")
    desk.send(name="Frida Forsman", email="frida@ekby.example", password=PASSWORD, again=PASSWORD)
    looks(desk, found, "factor")
    desk.go("code_app")
    looks(desk, found, "factor/code_app")
    desk.go("factor")
    makes_a_passkey(desk)


def makes_a_passkey(desk: Desk) -> None:
    Authenticator(desk.page)
    desk.send(name="Den här datorn")
    desk.reads("Dina reservkoder")
    desk.follow("a.ds-button")


def imports_what_there_is(desk: Desk, found: list[str]) -> None:
    looks(desk, found, "imports")
    for kind, text in (("units", UNITS), ("people", PEOPLE)):
        desk.go(kind)
        file = {"name": f"{kind}.csv", "mimeType": "text/csv", "buffer": text.encode()}
        desk.main.locator("[name=file]").set_input_files(file)
        desk.send()
        desk.do("apply")
        desk.open("/first-run/imports/")
    desk.go("levels")


def appoints_the_first(desk: Desk, found: list[str]) -> None:
    looks(desk, found, "levels")
    desk.send(from_date="2022-01-01", head_of_security="Sigrid Säker")
    looks(desk, found, "requirements")
    desk.press("Använd")


def sees_the_gaps(desk: Desk, found: list[str]) -> None:
    looks(desk, found, "gaps")
    desk.reads("Socialförvaltningen", "Säkerhetssamordnare")
    desk.press("Avsluta")
    assert desk.path == "/my-day/"
    assert desk.page.request.get(f"{desk.site}/first-run/gaps/").status == 404


def comes_in_by_the_mailed_link(desk: Desk, mail: str) -> None:
    (link,) = re.findall(r"https?://[^/\s]+(/\S+)", mail)
    desk.page.context.clear_cookies()
    desk.open(link)
    desk.send(password=PASSWORD, again=PASSWORD)
    desk.page.context.clear_cookies()
    desk.open("/sign-in/")
    desk.send(email="sigrid@ekby.example", password=PASSWORD)
    desk.send(name="Sigrids dator")
    desk.reads("Dina reservkoder")
    desk.follow("a.ds-button")
    desk.open("/organisation/gaps/")
    desk.reads("Socialförvaltningen")
