"""Ways of using the pages: by keyboard alone, without JavaScript, enlarged, on a phone and on paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import TOO_WIDE
from tests.browser.desk import Desk
from tests.browser.walking import sign_in_as

pytestmark = pytest.mark.browser

ASSIGNMENTS = "/decisions/assignments/"
MAIN_PAGES = {
    "Säkerhetschef": (
        "/my-day/",
        "/picture/",
        "/organisation/units/",
        "/organisation/coverage/",
        "/organisation/appointments/",
        "/organisation/appointments/propose/",
        "/decisions/",
        ASSIGNMENTS,
        "/notices/",
    ),
    "Nämndsekreterare": ("/decisions/readings/create/", "/decisions/bodies/"),
}
# A window of 1280 pixels at 400 and at 200 per cent.
ENLARGED = ((320, 256), (640, 400))
PAPER = {"width": 1047, "height": 718}  # A4 on its side, within the printer's margins
COLOURS = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
FOCUSED = "document.activeElement.id"
LOST = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary, h1, h2')]
    .filter(one => one.checkVisibility() && !one.closest('.table-scroll, .visually-hidden, .ds-skip-link'))
    .filter(one => { const box = one.getBoundingClientRect(); return box.right > innerWidth + 1 || box.left < -1; })
    .map(one => one.outerHTML.slice(0, 120))"""

LEFT_EDGES = """cell => { const said = document.createRange(); said.selectNodeContents(cell);
    return [...said.getClientRects()].map(box => Math.round(box.left)); }"""


@pytest.fixture
def desk(demo_site: str, browser: Browser) -> Iterator[Desk]:
    """The desk of the demo's head of security, who meets most of the pages."""
    desk = _desk(browser, demo_site)
    yield desk
    assert desk.faults == []
    desk.page.close()


@pytest.fixture
def bare(demo_site: str, browser: Browser) -> Desk:
    """The same desk in a browser that runs no JavaScript."""
    return _desk(browser, demo_site, java_script_enabled=False)


def _desk(browser: Browser, site: str, **options: bool) -> Desk:
    desk = Desk(browser, site, **options)
    sign_in_as(desk.page, site, "Säkerhetschef")
    return desk


def test_the_first_key_leads_past_the_navigation(desk: Desk) -> None:
    desk.open(ASSIGNMENTS)
    desk.page.keyboard.press("Tab")
    expect(desk.page.locator(".ds-skip-link")).to_be_focused()
    expect(desk.page.locator(".ds-skip-link")).to_be_in_viewport()
    desk.page.keyboard.press("Enter")
    assert desk.page.evaluate(FOCUSED) == "main"


def test_a_slash_leads_to_the_search_and_its_suggestions(desk: Desk) -> None:
    desk.open("/my-day/")
    desk.page.keyboard.press("/")
    assert desk.page.evaluate(FOCUSED) == "search"
    desk.page.keyboard.type("uppdrag")
    suggestions = desk.page.locator("#suggestions a")
    suggestions.first.wait_for()
    expect(desk.page.locator("#announcer")).not_to_be_empty()
    desk.page.keyboard.press("Escape")
    expect(suggestions).to_have_count(0)


def test_a_slash_within_a_field_is_a_slash(desk: Desk) -> None:
    desk.open(ASSIGNMENTS)
    desk.page.locator("#id_q").focus()
    desk.page.keyboard.type("1/2")
    expect(desk.page.locator("#id_q")).to_have_value("1/2")


def test_a_filter_keeps_the_focus_and_says_how_much_is_left(desk: Desk) -> None:
    desk.open(ASSIGNMENTS)
    desk.page.locator("#id_q").focus()
    desk.page.keyboard.type("larm")
    desk.page.wait_for_url("**q=larm*")
    expect(desk.page.locator("#announcer")).to_contain_text("filtr")
    assert desk.page.evaluate(FOCUSED) == "id_q"


def test_the_next_page_of_a_list_does_not_lose_the_focus(desk: Desk) -> None:
    desk.open("/organisation/units/")
    desk.page.locator("#page-next").focus()
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**page=2*")
    expect(desk.page.locator("#page-previous")).to_be_visible()
    assert desk.page.evaluate("document.activeElement.closest('#list') !== null")


def test_a_list_is_filtered_without_javascript(bare: Desk) -> None:
    bare.open(ASSIGNMENTS)
    bare.fill(q="larm")
    bare.press("Visa")
    assert "q=larm" in bare.path
    assert [row for row in _rows(bare.page) if "larm" not in row] == []
    assert _rows(bare.page)


def test_a_form_says_what_is_wrong_and_keeps_what_was_written_without_javascript(bare: Desk) -> None:
    bare.open("/organisation/units/create/")
    bare.main.locator("form.form").evaluate("form => form.noValidate = true")
    bare.send(code="utan-namn")
    expect(bare.main.locator("#errors")).to_be_visible()
    expect(bare.main.locator("[name=code]")).to_have_value("utan-namn")


def test_a_move_is_made_without_javascript(bare: Desk) -> None:
    bare.open("/organisation/appointments/?state=proposed")
    bare.follow("table a[href*='/appointments/FORD-']")
    bare.do("accept")
    expect(bare.main.locator("a[href$='/accept/']")).to_have_count(0)


@pytest.mark.parametrize("size", ENLARGED)
def test_nothing_is_lost_when_the_page_is_enlarged(desk: Desk, size: tuple[int, int]) -> None:
    desk.page.set_viewport_size({"width": size[0], "height": size[1]})
    lost = []
    for name, paths in MAIN_PAGES.items():
        sign_in_as(desk.page, desk.site, name)
        for path in paths:
            desk.open(path)
            lost += [f"{path}: {part}" for part in desk.page.evaluate(LOST)]
            lost += [f"{path}: wider than the window"] if desk.page.evaluate(TOO_WIDE) else []
    assert lost == []


def test_the_navigation_is_at_hand_on_a_phone(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.open("/my-day/")
    desk.page.locator("header summary").first.click()
    desk.page.locator(f"nav.drawer a[href='{ASSIGNMENTS}']").click()
    desk.page.wait_for_url(f"**{ASSIGNMENTS}")
    assert desk.page.locator("main h1").is_visible()


def test_two_who_change_the_same_see_both_texts_whole_and_at_once(demo_site: str, browser: Browser) -> None:
    one, other = _desk(browser, demo_site), _desk(browser, demo_site)
    for each in (one, other):
        each.open("/organisation/units/3/change/")
    other.send(address="Storgatan 1 från 2026-12-01, ingång från gården till 2027-01-15", email="b@askevi.example")
    one.send(address="Nygatan 2 tills vidare", email="en.lang.adress.till.namnden@askevi.example")
    table = one.main.locator(".conflict .table-scroll")
    assert table.get_attribute("aria-label") == "Vad som skiljer"
    assert table.evaluate("box => box.scrollWidth <= box.clientWidth + 1")
    one.page.set_viewport_size({"width": 390, "height": 844})
    first, *others = table.locator("td[data-label^='Den andres']").first.evaluate(LEFT_EDGES)
    assert first == min(others)


def test_the_list_for_a_meeting_is_printed_without_the_shell_around_it(desk: Desk) -> None:
    desk.open("/decisions/bodies/")
    desk.follow("a:text('Kommunstyrelsen')")
    desk.go("open")
    desk.page.emulate_media(media="print", color_scheme="dark")
    desk.page.set_viewport_size(PAPER)
    for shell in ("header.bar", "nav", "main button"):
        assert not [one for one in desk.page.locator(shell).all() if one.is_visible()], shell
    assert _rows(desk.page)
    assert desk.page.locator(".table-scroll").first.evaluate("box => box.scrollWidth <= box.clientWidth + 1")
    ground, ink = desk.page.locator("body").evaluate(COLOURS)
    assert _light(ground) > 0.9
    assert _light(ink) < 0.3


def _rows(page: Page) -> list[str]:
    return [row.lower() for row in page.locator("main table tbody tr").all_text_contents()]


def _light(colour: str) -> float:
    """How light a colour such as `rgb(1, 2, 3)` is, from 0 to 1; what is see-through lies on white paper."""
    parts = [float(part) for part in colour.partition("(")[2].rstrip(")").split(",")]
    return 1.0 if parts[3:] == [0.0] else sum(parts[:3]) / 3 / 255
