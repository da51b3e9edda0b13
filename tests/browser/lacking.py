"""What the demo has none of, done by its people: feedback, a closed account, imports, evidence, a closing, a case."""

from playwright.sync_api import Browser

from tests.browser.desk import Desk
from tests.browser.walking import sign_in_as

PEOPLE = "Anställningsnummer;Namn;Enhet (kod)\n90001;Kim Exempel;{code}\n"
SOMEBODY, ABSENT = "Johan Adlersköld", "Henrik Åslund"
CLOSING = """Kommunstyrelsen
2020-02-03

§ 900 Redovisning av ett äldre uppdrag

Kommunstyrelsens beslut

1. Redovisning av kommunstyrelsens uppdrag 2019-03-05 § 77 punkt 2 antecknas och uppdraget förklaras fullgjort.
"""
WAITING = f"""{CLOSING}
§ 901 Belysning på skolgårdarna

Kommunstyrelsens beslut

1. Kommundirektören får i uppdrag att se över belysningen på kommunens skolgårdar.
"""


def do_what_the_demo_lacks(browser: Browser, site: str) -> dict[str, list[str]]:
    """Afterwards the demo has one of each. Where they lie, by who did it."""
    anyone = Desk(browser, site)
    anyone.open("/accessibility/feedback/")
    anyone.send(text="Listan går inte att läsa upp.")
    administrator, head, secretary = (
        _desk(browser, site, name) for name in ("Systemadministratör", "Säkerhetschef", "Nämndsekreterare")
    )
    return {
        "Systemadministratör": [
            _closes_an_account(administrator),
            _asks_for_approval(administrator),
        ],
        "Säkerhetschef": [
            _tries_out_a_file(head, code="AK"),
            _tries_out_a_file(head, code="finns-inte"),
            _notes_with_evidence(head),
            _searches(head),
            _says_whom_a_case_concerns(head),
            _places_in_a_compartment(head),
            f"{site}/organisation/people/?q={ABSENT.split()[-1]}",
        ],
        "Nämndsekreterare": [_closes_what_is_not_registered(secretary), _leaves_minutes_waiting(secretary)],
    }


def _desk(browser: Browser, site: str, name: str) -> Desk:
    desk = Desk(browser, site)
    sign_in_as(desk.page, site, name)
    return desk


def _closes_an_account(desk: Desk) -> str:
    """Of two new accounts one is closed; the other has been sent a link that nobody has used."""
    for name in ("Kim", "Lo"):
        desk.open("/accounts/create/")
        desk.send(name=f"{name} Exempel", email=f"{name.lower()}@askevi.example")
    desk.open("/accounts/?q=Kim")
    with desk.page.expect_navigation():
        desk.main.get_by_role("link", name="Kim Exempel").first.click()
    desk.do("close")
    return desk.page.url


def _asks_for_approval(desk: Desk) -> str:
    """How somebody else comes in is what nobody gives alone. One request is asked, the other is only prepared."""
    for verb in ("reset_password", "reset_factors"):
        desk.open("/accounts/?q=Lo")
        with desk.page.expect_navigation():
            desk.main.get_by_role("link", name="Lo Exempel").first.click()
        desk.go(verb)
        desk.send()
        if verb == "reset_password":
            _opens_own_request(desk)
            desk.do("ask", reason="Lo har glömt sitt lösenord.")
    return f"{desk.site}/approvals/own/"


def _opens_own_request(desk: Desk) -> None:
    desk.open("/approvals/own/")
    desk.follow("a[href*='/approvals/GOD-']")


def _tries_out_a_file(desk: Desk, *, code: str) -> str:
    desk.open("/imports/new/people/")
    desk.main.locator("[name=file]").set_input_files(
        {"name": "personer.csv", "mimeType": "text/csv", "buffer": PEOPLE.format(code=code).encode()}
    )
    desk.send()
    assert "/imports/IMP-" in desk.path, desk.text()
    return desk.page.url


def _notes_with_evidence(desk: Desk) -> str:
    desk.open("/decisions/assignments/?open=true")
    desk.follow("table a[href*='/assignments/UPP-']")
    desk.go("note")
    file = {"name": "underlag.txt", "mimeType": "text/plain", "buffer": b"Underlag."}
    desk.main.locator("[name=files]").set_input_files(file)
    desk.send(text="Underlaget är bifogat.")
    return desk.page.url


def _searches(desk: Desk) -> str:
    desk.page.keyboard.press("/")
    desk.page.keyboard.type("uppdrag")
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    return desk.page.url


def _says_whom_a_case_concerns(desk: Desk) -> str:
    desk.open("/secrecy/decisions/decision/2/")
    desk.do("record_subject", person_id=SOMEBODY, capacity="Granskad", ground="Granskas.")
    return desk.page.url


def _places_in_a_compartment(desk: Desk) -> str:
    desk.open("/secrecy/decisions/decision/3/")
    desk.do("place", compartment="Bakgrundskontroller", reason="Rör en kontroll.")
    return desk.page.url


def _closes_what_is_not_registered(desk: Desk) -> str:
    desk.open("/decisions/readings/create/")
    desk.send(text=CLOSING)
    for tick in desk.main.locator("[name$=confirmed]").all():
        tick.check()
    desk.send(**{"head-body": "Kommunstyrelsen", "head-date": "2020-02-03"})
    assert "/readings/" not in desk.path, desk.text()
    return desk.page.url


def _leaves_minutes_waiting(desk: Desk) -> str:
    desk.open("/decisions/readings/create/")
    desk.send(text=WAITING)
    assert "/readings/LAS-" in desk.path, desk.text()
    return desk.page.url
