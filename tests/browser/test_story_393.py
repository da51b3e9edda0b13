"""§ 393 in a real browser: from the file that the secretary drops to the board that closes the assignment.

Everything is done as its people do it: by signing in, opening pages, filling in forms and pressing buttons, on the
real text from where it lies. Only the mail is read from the outbox's table, where it waits for a mail server.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.desk import Desk
from tests.browser.founding import SUPPLIED, SUPPLIER
from tests.browser.serving import found, mails, served

pytestmark = [pytest.mark.browser, pytest.mark.examples]

EXCERPT = "decision-ks-2021-12-14-393.txt"
RECIPIENTS = 10  # three committees, three departments, the company, the head of security, who answers, and one by hand
BY_MAIL = 6  # the committees, the department and the company where nobody has an account, and the one by hand

REPORT = """{body}
Sammanträdesprotokoll
{day}

§ {paragraph} Redovisning av uppdrag om den interna säkerhetsorganisationen

Dnr {case}

{body}s beslut

1. Redovisning av kommunstyrelsens uppdrag 2021-12-14 § 393 punkt 1 antecknas och uppdraget förklaras fullgjort.

Beslutsunderlag
Tjänsteskrivelse 2023-01-16
"""


@dataclass(kw_only=True)
class Story:
    """What the story has come to: the people at their desks, and where its things lie."""

    home: Path
    site: str
    browser: Browser
    decision: str = ""
    assignment: str = ""

    def desk(self, name: str = "") -> Desk:
        """This person's desk; without a name, somebody who has no account."""
        return Desk(self.browser, self.site, name)

    def mails(self) -> list[str]:
        """What waits in the outbox, oldest first, but for what the door tells of signing in."""
        return [mail for mail in mails(self.home) if "/my-account/" not in mail]


@pytest.fixture
def story(tmp_path: Path, browser: Browser) -> Iterator[Story]:
    found(tmp_path)
    with served(tmp_path, "--no-work") as site:
        yield Story(home=tmp_path, site=site, browser=browser)


def test_a_decision_is_followed_from_the_dropped_file_to_the_closing(
    story: Story, examples: Path, tmp_path: Path
) -> None:
    eva, david, anna, bo = (story.desk(name) for name in ("Eva", "David", "Anna", "Bo"))
    brings_the_decision(story, eva, examples / EXCERPT)
    follows_the_minutes(story, eva)
    sends_it(story, eva)
    acknowledges_by_the_link(story)
    acknowledges_with_an_account(story, bo)
    does_the_work(story, david, tmp_path)
    appoints_the_supplied_coordinator(anna)
    shows_who_supported_whom_when(anna)
    a_committee_cannot_close(story, eva)
    the_board_closes(story, eva)
    shows_what_came_of_it(story, eva)
    assert [fault for desk in (eva, david, anna, bo) for fault in desk.faults] == []


def brings_the_decision(story: Story, eva: Desk, file: Path) -> None:
    eva.open("/decisions/readings/create/")
    eva.send(file=file)
    proposes_what_the_text_says(eva)
    eva.main.locator("[name=head-body]").select_option("Kommunstyrelsen")
    eva.fill(**{"head-date": "2021-12-14"})
    refuses_what_is_not_confirmed(eva)
    for tick in eva.main.locator("[name$=confirmed]").all():
        tick.check()
    eva.send()
    story.decision = eva.path
    eva.reads("Kommunstyrelsen", "§ 393", "KS 2021-1028", "2021-12-28")


def proposes_what_the_text_says(eva: Desk) -> None:
    assert len(eva.values("clauses", "text")) == 2
    assert eva.values("assignments", "assignee") == ["Kommundirektören"] * 2
    assert len(eva.values("recipients", "text")) == 5
    (movers,) = eva.values("motions", "by")
    assert len(movers.splitlines()) == 3
    assert eva.values("related", "text") == ["KS 2021-53"]
    (basis,) = eva.values("basis", "text")
    assert basis.endswith("2021-12-06")
    mentioned = " ".join(eva.values("mentions", "text"))
    assert [words for words in ("bakgrundskontroll", "H-diariet", "Lejonfastigheter") if words not in mentioned] == []
    assert {"clauses", "assignments", "recipients"} <= set(
        eva.main.locator(".text-pane mark").evaluate_all("all => all.map(one => one.dataset.part)")
    )


def refuses_what_is_not_confirmed(eva: Desk) -> None:
    ticks = eva.main.locator("[name$=confirmed]").count()
    assert ticks
    eva.send()
    assert eva.main.locator("#errors li").count() == ticks
    assert eva.page.evaluate("document.activeElement.id") == "errors"


def follows_the_minutes(story: Story, eva: Desk) -> None:
    eva.do("verify", date="2021-12-20")
    eva.do("post", date="2021-12-21")
    eva.reads("2021-12-20", "2021-12-21", "2022-01-11")


def sends_it(story: Story, eva: Desk) -> None:
    eva.go("dispatch")
    unmatched = eva.main.locator("fieldset", has_text="Kommunkansliet").first
    unmatched.locator("[name^=name-]").fill("Kommunkansliet")
    unmatched.locator("[name^=email-]").fill("kansliet@ekby.example")
    assert eva.main.locator("[name^=to-]").count() == RECIPIENTS - 1
    eva.send()
    assert eva.path == story.decision, eva.text()
    assert eva.main.locator("[data-waiting]").count() == RECIPIENTS
    assert len(story.mails()) == BY_MAIL
    assert [body for body in story.mails() if "393" in body or "säkerhet" in body.lower()] == []


def acknowledges_by_the_link(story: Story) -> None:
    (link,) = re.findall(r"https?://[^/\s]+(/\S+)", story.mails()[-1])
    office = story.desk()
    office.open(link)
    office.press("Visa")
    office.send(answer="Vi tar fram ett förslag till avtal.")
    office.reads("Tack")
    again = story.desk()
    again.open(link)
    again.press("Visa")
    again.reads("Länken kan inte användas")
    assert again.main.locator("[name=answer]").count() == 0
    assert office.faults + again.faults == []


def acknowledges_with_an_account(story: Story, bo: Desk) -> None:
    bo.open("/notices/")
    bo.page.locator("main a[href$='/open/'], main form[action$='/open/'] button").first.click()
    bo.page.wait_for_url("**/acknowledge/")
    bo.send(answer="Vi utser säkerhetsombud på varje enhet.")
    bo.open(story.decision)
    bo.reads("Vi tar fram ett förslag till avtal.", "Vi utser säkerhetsombud på varje enhet.")


def does_the_work(story: Story, david: Desk, folder: Path) -> None:
    david.open(story.decision)
    david.follow("a[href*='/decisions/assignments/']")
    story.assignment = david.path
    evidence = folder / "forordnanden.txt"
    evidence.write_text("Förordnanden 1–7", encoding="utf-8")
    david.do("receive")
    david.do("plan")
    david.do("start")
    david.do("delegate", delegated_to="Bo Berglund")
    david.do("note", text="Sju av tio förvaltningar har samordnare.", files=evidence)
    david.do("report_part", text="Delrapport: taktiska nivån är på plats.")
    david.do("propose_report", text="Organisationen är på plats.")
    david.do("report_back", meeting_date="2023-02-07", case_number="KS 2023-7", text="Redovisas som fullgjort.")
    david.reads("Bo Berglund", "Sju av tio", "forordnanden.txt", "Delrapport", "KS 2023-7")


def appoints_the_supplied_coordinator(anna: Desk) -> None:
    anna.open("/organisation/appointments/propose/")
    anna.fill(person=SUPPLIED, function="Säkerhetssamordnare", units="Bildningsförvaltningen", share="1.00")
    anna.fill(from_date="2022-02-01", until_date="2022-12-31", appointed_by="Kommundirektören")
    anna.send(employer=SUPPLIER, agreement="Avtal om säkerhetssamordnartjänst 2022")
    assert "/propose/" not in anna.path, anna.text()
    anna.do("accept")
    anna.reads(SUPPLIED, SUPPLIER, "Avtal om säkerhetssamordnartjänst 2022")


def shows_who_supported_whom_when(anna: Desk) -> None:
    anna.open("/organisation/units/?q=Bildningsförvaltningen")
    with anna.page.expect_navigation():
        anna.main.get_by_role("link", name="Bildningsförvaltningen").first.click()
    unit = anna.path
    anna.open(f"{unit}?day=2022-03-01")
    anna.reads(SUPPLIED)
    anna.open(unit)
    assert SUPPLIED not in anna.text()


def a_committee_cannot_close(story: Story, eva: Desk) -> None:
    registers(eva, body="Socialnämnden", day="2023-01-31", paragraph="9", case="SN 2023-4")
    eva.open(story.assignment)
    assert eva.main.locator("a[href$='/close/']").count() == 1
    eva.go("close")
    eva.send(decision="Socialnämnden 2023-01-31 § 9")
    assert eva.path.endswith("/close/")
    assert eva.main.locator("#errors").count() == 1


def the_board_closes(story: Story, eva: Desk) -> None:
    registers(eva, body="Kommunstyrelsen", day="2023-02-07", paragraph="31", case="KS 2023-7")
    eva.open(story.assignment)
    eva.reads("KS 2023-7", "§ 31")
    assert eva.main.locator("a[href$='/close/']").count() == 0


def shows_what_came_of_it(story: Story, eva: Desk) -> None:
    reference = story.assignment.rstrip("/").rpartition("/")[2]
    eva.open("/decisions/bodies/")
    with eva.page.expect_navigation():
        eva.main.get_by_role("link", name="Kommunstyrelsen").first.click()
    eva.go("open")
    for day, tables in (("2023-02-06", [True]), ("2023-02-07", [False, True])):
        eva.open(f"{eva.path.partition('?')[0]}?day={day}")
        assert [reference in shown for shown in eva.main.locator("table").all_text_contents()] == tables
    eva.open(f"{story.decision}chain/")
    eva.reads(reference, "under 2022", "Sju av tio", "Delrapport", "KS 2023-7", "fullgjort", "§ 31", "ombud på varje")


def registers(eva: Desk, *, body: str, day: str, paragraph: str, case: str) -> None:
    """A closing decision of this body is pasted, confirmed and registered."""
    eva.open("/decisions/readings/create/")
    eva.send(text=REPORT.format(body=body, day=day, paragraph=paragraph, case=case))
    assert eva.values("closings", "paragraph") == ["393"]
    for tick in eva.main.locator("[name$=confirmed]").all():
        tick.check()
    eva.main.locator("[name=head-body]").select_option(body)
    eva.send(**{"head-date": day})
    eva.reads(f"§ {paragraph}")
    assert "/readings/" not in eva.path, eva.text()
