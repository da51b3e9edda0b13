"""Every kind of page as the demo's people meet it: it answers, it fits, axe finds no barrier, the console is silent.

A kind of page that no link leads to and that is not named here with its reason fails the last test.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse
from playwright.sync_api import Browser, Page

from tests.access.world import patterns
from tests.browser.axe import barriers
from tests.browser.lacking import do_what_the_demo_lacks
from tests.browser.serving import mails
from tests.browser.walking import Walk, kind_of, sign_in_as, walk
from varn.areas.decisions.lifecycle import ASSIGNMENT, DECISION
from varn.areas.organisation.lifecycle import APPOINTMENT, STAND_IN
from varn.config.navigation import SECTIONS
from varn.kernel.lifecycle import MadeBy

pytestmark = pytest.mark.browser

# Those whose links together lead to every kind of page, and those who meet the same pages with less on them.
WALKERS = ("Säkerhetschef", "Nämndsekreterare", "Systemadministratör", "Dataskyddssamordnare")
OTHERS = ("Kommundirektör", "Förvaltningschef", "Säkerhetssamordnare", "Revisor")
LANGUAGES = ("sv", "en")
UNSIGNED = ("/sign-in/", "/accessibility/", "/accessibility/feedback/", "/accessibility/feedback/sent/", "/about/")
NOT_MET = {
    "access:choose-password": "its link is mailed; looked at without signing in",
    "access:enrol": "lies between the password and being signed in; looked at in test_door and test_first_run",
    "access:factor-remove": "nobody has a factor in a demo; looked at in test_door",
    "access:passkey-rename": "nobody has a passkey in a demo; looked at in test_door",
    "access:recovery_codes-make": "nobody has a factor in a demo; looked at in test_door",
    "access:sign-in": "whoever has signed in is led on; looked at without signing in",
    "account_login": "another name of access:sign-in",
    "account_reauthenticate": "comes before a sensitive step a while after signing in; looked at in test_door",
    "decisions:dispatch-link": "its link is mailed; looked at without signing in",
    "directory:scim-": "answers the directory's program, never a person",
    "directory:sso-": "leads to the provider and back; looked at in test_single_sign_on",
    "door:break_glass-": "the demo has no sealed account; looked at in test_door_seldom",
    "door:feedback-sent": "comes after sending; looked at without signing in",
    "door:kept-form": "comes after a form that was sent too late; looked at in test_door_seldom",
    "door:stronger": "comes before what demands more than the session showed; looked at in test_door_seldom",
    "mfa_": "lies between the password and being signed in, or answers a script; looked at in test_door",
    "notices:mail-retry": "no mail fails in a demo; tests/journeys/test_mail.py asks for it",
    "notices:notice-open": "sends on to what the notice is about",
    "overview:first_run": "over when somebody has an account; each step is looked at in test_first_run",
}
MOVES = {
    "decisions:decision": DECISION,
    "decisions:assignment": ASSIGNMENT,
    "organisation:appointment": APPOINTMENT,
    "organisation:stand_in": STAND_IN,
}


@pytest.fixture(scope="module")
def walks(demo_site: str, browser: Browser) -> dict[str, Walk]:
    """What each walker met, after the demo was given what it lacks."""
    done = do_what_the_demo_lacks(browser, demo_site)
    return {name: _walked(browser, demo_site, name, done.get(name, ())) for name in WALKERS}


def _walked(browser: Browser, site: str, name: str, done: Iterable[str]) -> Walk:
    page = browser.new_page(locale="sv-SE")
    sign_in_as(page, site, name)
    met = walk(page, site, *done)
    _meet_closed_moves(page, site, met)
    page.close()
    return met


def _meet_closed_moves(page: Page, site: str, met: Walk) -> None:
    """A move that is closed has no button, but a page that says why: its address is made from the thing's own."""
    for thing, cycle in MOVES.items():
        for move in cycle.moves:
            kind = f"{thing}-{move.name}"
            if kind in met.kinds or move.made_by is not MadeBy.BUTTON or f"{thing}-detail" not in met.pages:
                continue
            known = resolve(urlsplit(met.pages[f"{thing}-detail"]).path).kwargs
            address = site + reverse(kind, kwargs=known)
            if page.request.get(address).status == 200:
                met.pages[kind] = address


def test_no_link_leads_nowhere(walks: dict[str, Walk]) -> None:
    assert {name: met.faults for name, met in walks.items() if met.faults} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WALKERS)
def test_no_page_has_a_barrier(
    walks: dict[str, Walk], demo_site: str, browser: Browser, name: str, language: str
) -> None:
    earlier = [kind for before in WALKERS[: WALKERS.index(name)] for kind in walks[before].pages]
    addresses = [address for kind, address in walks[name].pages.items() if kind not in earlier]
    assert addresses
    assert list(_faults(browser, demo_site, name, language, addresses)) == []


@pytest.mark.parametrize("name", OTHERS)
def test_those_who_see_less_meet_no_barrier_where_the_navigation_leads(
    demo_site: str, browser: Browser, name: str
) -> None:
    entries = [reverse(entry.url_name) for section in SECTIONS for entry in section.entries if not entry.permission]
    assert list(_faults(browser, demo_site, name, "sv", [demo_site + path for path in entries])) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_has_not_signed_in_meets_no_barrier(
    demo_site: str, demo_home: Path, browser: Browser, language: str
) -> None:
    mailed = [link for body in mails(demo_home) for link in re.findall(r"(/password/\S+|/decisions/link/\S+)", body)]
    of_each_kind = {kind_of(link): link for link in mailed}
    assert of_each_kind.keys() == {"access:choose-password", "decisions:dispatch-link"}
    paths = [*of_each_kind.values(), *UNSIGNED, "/decisions/link/used-already/"]
    assert list(_faults(browser, demo_site, "", language, [demo_site + path for path in paths])) == []


def test_every_kind_of_page_has_been_met(walks: dict[str, Walk], demo_site: str, browser: Browser) -> None:
    met = {kind for each in walks.values() for kind in each.kinds}
    page = browser.new_page(locale="sv-SE")
    sign_in_as(page, demo_site, "Säkerhetschef")
    unmet = {
        name for name, pattern in patterns() if name not in met and _can_be_looked_at(page, demo_site, name, pattern)
    }
    assert {name for name in unmet if not name.startswith(tuple(NOT_MET))} == set()
    assert NOT_MET.keys() & met == set(), "met after all: take it off the list"


def _can_be_looked_at(page: Page, site: str, name: str, pattern: object) -> bool:
    """Whether the URL answers to looking at all; a verb that is only sent answers 405."""
    made_up = {"int": 1, "str": "x", "slug": "x", "path": "x"}
    kwargs = {key: made_up[_type(converter)] for key, converter in pattern.pattern.converters.items()}
    return page.request.get(site + reverse(name, kwargs=kwargs), max_redirects=0).status != 405


def _type(converter: object) -> str:
    return type(converter).__name__.removesuffix("Converter").replace("String", "str").lower()


def _faults(browser: Browser, site: str, name: str, language: str, addresses: list[str]) -> Iterator[str]:
    heard: Counter[str] = Counter()
    page = browser.new_page(locale="sv-SE")
    if name:
        sign_in_as(page, site, name)
    page.context.add_cookies([{"name": "varn_language", "value": language, "url": site}])
    page.on("pageerror", lambda error: heard.update([f"{page.url}: {error}"]))
    page.on("console", lambda said: heard.update([f"{page.url}: {said.text}"] if said.type == "error" else []))
    for address in addresses:
        response = page.goto(address)
        if response is None or response.status != 200:
            yield f"{address}: answered {response and response.status}"
            continue
        if page.locator("html").get_attribute("lang") != language:
            yield f"{address}: is not in {language}"
        yield from (f"{kind_of(address)} {address} {fault}" for fault in barriers(page))
    page.close()
    yield from heard
