import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people import AT, Member, Municipality, join
from varn.areas.decisions.actions import create_body, dispatch_decision, register_decision
from varn.areas.decisions.models import Assignment, Decision, Dispatch, Reading
from varn.areas.decisions.queries import To, expansions_of
from varn.areas.decisions.rules import Rank
from varn.areas.decisions.tests.bodies import DECIDED, TEXT, Bodies, closing
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.web.once import new_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def eva(client: Client, bodies: Bodies, eva_secretary: Member) -> Client:
    client.force_login(eva_secretary.account)
    return client


@pytest.fixture
def decision(bodies: Bodies, eva_secretary: Member) -> Decision:
    return register_decision(paragraph=DECIDED, by=eva_secretary.viewer, at=AT)


def told(page: HttpResponse) -> str:
    """The page as it reads, without line breaks and without what keeps a day on one line."""
    return " ".join(re.sub(r'<span class="nowrap">(.*?)</span>', r"\1", page.content.decode()).split())


def brought(client: Client, text: str = TEXT) -> Reading:
    client.post(reverse("decisions:reading-create"), {"text": text})
    return Reading.objects.get()


def as_sent(response) -> dict[str, str]:
    """What a browser would send of the confirmation page, with every tick made and the meeting filled in."""
    context = response.context
    forms = [
        context["head"],
        *(form for part in context["parts"] for form in [part.rows.management_form, *part.rows.forms]),
    ]
    sent = {}
    for form in forms:
        for field in form:
            value = field.value()
            if field.name == "confirmed":
                sent[field.html_name] = "on"
            elif field.name == "DELETE" or value is None or value is False or value == "":
                continue
            else:
                sent[field.html_name] = value.isoformat() if isinstance(value, date) else str(value)
    return sent | {"head-date": "2021-12-14", "head-body": "Kommunstyrelsen", "once": new_key()}


PAGES = [
    "decisions:decision-list",
    "decisions:reading-list",
    "decisions:reading-create",
    "decisions:assignment-list",
    "decisions:assignment-close_several",
    "decisions:closing-list",
    "decisions:dispatch-list",
    "decisions:body-list",
    "decisions:body-create",
]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_answers_the_secretary(eva: Client, decision: Decision, name: str) -> None:
    assert eva.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("verb", ["detail", "chain", "dispatch", "follow", "verify", "annul", "repeal"])
def test_a_page_of_a_decision_answers_the_secretary(eva: Client, decision: Decision, verb: str) -> None:
    response = eva.get(reverse(f"decisions:decision-{verb}", args=[decision.reference]))
    assert response.status_code == 200


@pytest.mark.parametrize(
    "verb",
    [
        "detail", "close", "repeal", "annul", "interpret", "extend", "support", "match",
        "report_progress", "report_back",
    ],
)  # fmt: skip
def test_a_page_of_an_assignment_answers_the_secretary(eva: Client, decision: Decision, verb: str) -> None:
    assignment = decision.assignments.first()
    response = eva.get(reverse(f"decisions:assignment-{verb}", args=[assignment.reference]))
    assert response.status_code == 200


def test_pasted_minutes_are_read_confirmed_and_registered(eva: Client) -> None:
    reading = brought(eva)
    address = reverse("decisions:reading-confirm", args=[reading.reference, 0])
    page = eva.get(address)
    response = eva.post(address, as_sent(page))
    decision = Decision.objects.get()
    assert response.url == reverse("decisions:decision-detail", args=[decision.reference])
    assert (decision.paragraph, decision.case_number, decision.reading) == ("393", "KS 2021-1028", reading)
    assert decision.assignments.count() == 2


def test_nothing_is_registered_until_what_is_uncertain_is_ticked(eva: Client) -> None:
    reading = brought(eva)
    address = reverse("decisions:reading-confirm", args=[reading.reference, 0])
    sent = {key: value for key, value in as_sent(eva.get(address)).items() if not key.endswith("confirmed")}
    response = eva.post(address, sent)
    assert response.status_code == 200
    assert response.context["errors"]
    assert not Decision.objects.exists()


def test_a_row_can_be_added_without_javascript_and_nothing_is_lost(eva: Client) -> None:
    reading = brought(eva)
    address = reverse("decisions:reading-confirm", args=[reading.reference, 0])
    sent = as_sent(eva.get(address)) | {"head-title": "En annan rubrik", "add": "assignments"}
    response = eva.post(address, sent)
    rows = {part.name: part.rows for part in response.context["parts"]}
    assert len(rows["assignments"].forms) == 3
    assert response.context["head"]["title"].value() == "En annan rubrik"
    assert not response.context["errors"]


def test_an_added_assignment_is_registered_and_a_removed_recipient_is_not(eva: Client) -> None:
    reading = brought(eva)
    address = reverse("decisions:reading-confirm", args=[reading.reference, 0])
    sent = as_sent(eva.post(address, as_sent(eva.get(address)) | {"add": "assignments"}))
    added = {"assignments-2-clause": "2", "assignments-2-assignee": "Kommunkansliet", "assignments-2-text": "köpa"}
    eva.post(address, sent | added | {"recipients-0-DELETE": "on"})
    decision = Decision.objects.get()
    assert decision.assignments.last().assignee == "Kommunkansliet"
    assert decision.recipients.count() == 4


def test_altered_words_of_a_clause_are_refused_with_an_error_at_the_field(eva: Client) -> None:
    reading = brought(eva)
    address = reverse("decisions:reading-confirm", args=[reading.reference, 0])
    response = eva.post(address, as_sent(eva.get(address)) | {"clauses-0-text": "Något som inte står i texten."})
    assert [target for target, _, _ in response.context["errors"]] == ["id_clauses-0-text"]
    assert not Decision.objects.exists()


def test_an_error_of_the_decision_says_in_which_field(eva: Client) -> None:
    reading = brought(eva)
    address = reverse("decisions:reading-confirm", args=[reading.reference, 0])
    response = eva.post(address, as_sent(eva.get(address)) | {"head-title": ""})
    assert [(target, where) for target, where, _ in response.context["errors"]] == [
        ("id_head-title", "Beslutet, Rubrik")
    ]


def test_only_what_is_uncertain_is_open_until_it_is_ticked(eva: Client) -> None:
    reading = brought(eva)
    page = eva.get(reverse("decisions:reading-confirm", args=[reading.reference, 0]))
    rows = {part.name: part.rows.forms for part in page.context["parts"]}
    assert [row.is_open for row in rows["clauses"]] == [False, False]
    assert [row.is_open for row in rows["assignments"]] == [row.is_doubted for row in rows["assignments"]]
    assert page.context["unsure"] == sum(row.is_doubted for part in rows.values() for row in part) > 0


def test_every_row_and_its_place_in_the_text_lead_to_each_other(eva: Client) -> None:
    reading = brought(eva)
    page = eva.get(reverse("decisions:reading-confirm", args=[reading.reference, 0])).content.decode()
    for kind in ("row", "in"):
        targets = set(re.findall(rf'href="#({kind}-[^"]+)"', page))
        assert targets
        assert [target for target in targets if f'id="{target}"' not in page] == []


def test_the_enter_key_neither_registers_nor_adds_a_row(eva: Client) -> None:
    reading = brought(eva)
    page = eva.get(reverse("decisions:reading-confirm", args=[reading.reference, 0])).content.decode()
    form = page[page.index('class="form confirm"') :]
    assert "disabled" in re.search(r'<button[^>]*type="submit"[^>]*>', form).group()


def minutes(*numbers: int) -> str:
    """Minutes of the board, one § after the other, of which the even ones leave something uncertain."""
    sections = [
        f"§ {number} Ärende {number}\n\nKommunstyrelsens beslut\n\n"
        f"Kommundirektören får i uppdrag att redovisa ärendet{'' if number % 2 == 0 else ' senast 2022-03-31'}.\n\n"
        for number in numbers
    ]
    return "Kommunstyrelsen\n2021-12-14\n\nSammanträdesprotokoll\n\n" + "".join(sections)


def test_the_chosen_sections_are_gone_through_one_after_the_other(eva: Client) -> None:
    reading = brought(eva, minutes(401, 402, 403))
    begun = eva.get(reverse("decisions:reading-begin", args=[reading.reference]), {"chosen": ["0", "2"]})
    first, last = (reverse("decisions:reading-confirm", args=[reading.reference, index]) for index in (0, 2))
    assert begun.url == f"{first}?chosen=0&chosen=2"
    response = eva.post(begun.url, as_sent(eva.get(begun.url)) | {"onward": ""})
    assert response.url == f"{last}?chosen=0&chosen=2"
    response = eva.post(response.url, as_sent(eva.get(response.url)) | {"onward": ""})
    assert response.url == reverse("decisions:reading-detail", args=[reading.reference])
    assert [decision.paragraph for decision in Decision.objects.order_by("pk")] == ["401", "403"]


def test_a_section_registered_from_another_file_does_not_wait(eva: Client) -> None:
    first = brought(eva, minutes(401))
    address = reverse("decisions:reading-confirm", args=[first.reference, 0])
    eva.post(address, as_sent(eva.get(address)))
    eva.post(reverse("decisions:reading-create"), {"text": minutes(401, 403)})
    again = Reading.objects.exclude(pk=first.pk).get()
    page = eva.get(reverse("decisions:reading-detail", args=[again.reference]))
    assert [section.waits for section, _ in page.context["sections"]] == [False, True]


def test_only_what_is_certain_is_registered_together(eva: Client) -> None:
    reading = brought(eva, minutes(401, 402, 403))
    address = reverse("decisions:reading-register", args=[reading.reference])
    page = eva.get(address)
    assert [section.number for section in page.context["others"]] == ["402"]
    assert "Kommundirektören får i uppdrag att redovisa ärendet senast 2022-03-31" in page.content.decode()
    eva.post(address, {"chosen": ["0", "1"]})
    assert [decision.paragraph for decision in Decision.objects.all()] == ["401"]


def test_what_another_has_registered_meanwhile_is_left_and_the_rest_is_registered(eva: Client) -> None:
    reading = brought(eva, minutes(401, 403))
    address = reverse("decisions:reading-register", args=[reading.reference])
    confirm = reverse("decisions:reading-confirm", args=[reading.reference, 0])
    eva.post(confirm, as_sent(eva.get(confirm)))
    eva.post(address, {"chosen": ["0", "1"]})
    assert [decision.paragraph for decision in Decision.objects.order_by("pk")] == ["401", "403"]


def test_the_same_file_leads_to_where_it_waits(eva: Client) -> None:
    reading = brought(eva)
    response = eva.post(reverse("decisions:reading-create"), {"text": TEXT})
    assert response.url == reverse("decisions:reading-confirm", args=[reading.reference, 0])
    assert Reading.objects.count() == 1


def test_a_file_that_is_not_minutes_gets_a_sentence_and_nothing_is_stored(eva: Client) -> None:
    file = BytesIO(b"%PDF-1.7 broken")
    file.name = "protokoll.pdf"
    response = eva.post(reverse("decisions:reading-create"), {"file": file})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert not Reading.objects.exists()


def test_script_in_the_minutes_is_shown_as_text(eva: Client) -> None:
    reading = brought(eva, TEXT.replace("Ärende\n", "Ärende\n<script>alert(1)</script>\n"))
    page = eva.get(reverse("decisions:reading-confirm", args=[reading.reference, 0]))
    assert b"<script>alert" not in page.content
    assert b"&lt;script&gt;alert" in page.content


def test_an_existing_decision_is_offered_before_it_is_brought_in_again(eva: Client, decision: Decision) -> None:
    reading = brought(
        eva, TEXT.replace("Kommunstyrelsens beslut", "Kommunstyrelsen 2021-12-14\n\nKommunstyrelsens beslut")
    )
    address = reverse("decisions:reading-confirm", args=[reading.reference, 0])
    response = eva.post(address, as_sent(eva.get(address)))
    assert decision.reference in response.content.decode()
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_the_list_for_a_meeting_can_be_taken_out(
    eva: Client, bodies: Bodies, decision: Decision, kind: str, begins: bytes
) -> None:
    address = reverse("decisions:body-balance", args=[bodies.board.pk])
    response = eva.get(address, {"day": "2022-02-01", "format": kind})
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert content.startswith(begins)


def test_the_list_for_a_meeting_shows_what_was_open_that_day(
    eva: Client, bodies: Bodies, decision: Decision, eva_secretary: Member
) -> None:
    at = AT + timedelta(days=500)
    register_decision(paragraph=closing(day=date(2023, 2, 7)), by=eva_secretary.viewer_at(at), at=at)
    address = reverse("decisions:body-balance", args=[bodies.board.pk])
    before = eva.get(address, {"day": "2023-02-06"}).context["balance"]
    after = eva.get(address, {"day": "2023-02-07"}).context["balance"]
    assert (len(before.open), len(after.open), len(after.ended)) == (2, 1, 1)


def test_a_move_is_made_from_its_page(eva: Client, decision: Decision) -> None:
    eva.post(reverse("decisions:decision-verify", args=[decision.reference]), {"date": "2021-12-20"})
    eva.post(reverse("decisions:decision-post", args=[decision.reference]), {"date": "2021-12-21"})
    decision.refresh_from_db()
    assert (decision.state, decision.appeal_until_date) == ("posted", date(2022, 1, 11))


@pytest.mark.parametrize("verb", ["settle_appeal", "quash"])
def test_a_move_that_is_not_open_is_refused_also_without_its_reason(eva: Client, decision: Decision, verb: str) -> None:
    page = reverse(f"decisions:decision-{verb}", args=[decision.reference])
    for sent in ({"date": "2022-03-01"}, {"date": "2022-03-01", "reason": "Målet är avgjort."}, {}):
        assert eva.post(page, sent).context["form"].errors
    assert (Decision.objects.get().state, Decision.objects.get().binding_date) == (decision.state, None)


def test_a_note_with_evidence_stands_with_the_assignment(
    client: Client, decision: Decision, david_chief_executive: Member
) -> None:
    client.force_login(david_chief_executive.account)
    assignment = Assignment.objects.first()
    file = BytesIO(b"Ett underlag.")
    file.name = "underlag.txt"
    address = reverse("decisions:assignment-report_progress", args=[assignment.reference])
    client.post(address, {"text": "Tre av fem enheter klara.", "files": file})
    page = client.get(reverse("decisions:assignment-detail", args=[assignment.reference])).content.decode()
    assert "Tre av fem enheter klara." in page
    assert "underlag.txt" in page


@pytest.mark.parametrize("deed", ["report_progress", "report_part", "propose_report"])
def test_no_file_was_chosen(client: Client, decision: Decision, david_chief_executive: Member, deed: str) -> None:
    """A browser sends a file that nobody chose as an empty text. A text in its place is asked for by nobody."""
    client.force_login(david_chief_executive.account)
    assignment = Assignment.objects.first()
    for each in ("receive", "plan", "start"):
        client.post(reverse(f"decisions:assignment-{each}", args=[assignment.reference]))
    address = reverse(f"decisions:assignment-{deed}", args=[assignment.reference])
    refused = client.post(address, {"text": "Klart.", "files": "underlag.txt", "once": new_key()})
    assert (refused.status_code, assignment.notes.count()) == (400, 0)
    made = client.post(address, {"text": "Klart.", "files": "", "once": new_key()})
    assert (made.status_code, assignment.notes.count()) == (302, 1)


def test_the_secretary_closes_an_assignment_by_choosing_the_decision(
    eva: Client, decision: Decision, eva_secretary: Member
) -> None:
    later = register_decision(
        paragraph=replace(DECIDED, paragraph="12", date=date(2022, 2, 8), assignments=()),
        by=eva_secretary.viewer,
        at=AT,
    )
    assignment = decision.assignments.first()
    address = reverse("decisions:assignment-close", args=[assignment.reference])
    sent = {"decision": later.reference, "outcome": "förklaras fullgjort"}
    asked = eva.post(address, sent)
    assert "Ingen sats i det här beslutet är registrerad som att den avslutar ett uppdrag" in told(asked)
    eva.post(address, sent | {"clause": "2"})
    assignment.refresh_from_db()
    assert assignment.state == "closed"
    assert assignment.closings.get().clause == later.clauses.last()


def test_a_decision_is_repealed_by_choosing_the_later_one_by_its_date_and_section(
    eva: Client, decision: Decision, eva_secretary: Member
) -> None:
    later = replace(DECIDED, paragraph="12", date=date(2022, 2, 8), assignments=())
    register_decision(paragraph=later, by=eva_secretary.viewer, at=AT)
    eva.post(reverse("decisions:decision-repeal", args=[decision.reference]), {"repealed_by": "2022-02-08 § 12"})
    decision.refresh_from_db()
    assert decision.state == "repealed"


def test_an_assignment_is_delegated_by_name(
    client: Client, decision: Decision, bo_coordinator: Member, david_chief_executive: Member
) -> None:
    client.force_login(david_chief_executive.account)
    assignment = decision.assignments.first()
    client.post(reverse("decisions:assignment-delegate", args=[assignment.reference]), {"delegated_to": "Bo Berglund"})
    assignment.refresh_from_db()
    assert assignment.delegated_to == bo_coordinator.person


def test_a_closing_that_found_nothing_is_linked_from_its_page(
    eva: Client, decision: Decision, eva_secretary: Member
) -> None:
    at = AT + timedelta(days=500)
    saying = register_decision(
        paragraph=closing(day=date(2023, 2, 7), point="9"), by=eva_secretary.viewer_at(at), at=at
    )
    assignment = decision.assignments.last()
    address = reverse("decisions:closing-link", args=[saying.closings.get().pk])
    eva.post(address, {"assignment": assignment.reference})
    assignment.refresh_from_db()
    assert assignment.state == "closed"


def test_the_real_recipients_are_sent_the_decision_from_the_page(
    eva: Client, decision: Decision, municipality: Municipality
) -> None:
    for unit in municipality.units.values():
        unit.email = f"{unit.code}@ekby.example"
        unit.save()
    address = reverse("decisions:decision-dispatch", args=[decision.reference])
    form = eva.get(address).context["form"]
    sent = {name: "on" for name in form.fields if name.startswith("to-")}
    by_hand = decision.recipients.last().pk
    eva.post(address, sent | {f"name-{by_hand}": "Kansliet", f"email-{by_hand}": "kansliet@ekby.example"})
    assert decision.dispatches.exclude(recipient__text="Kommundirektören").count() == 8
    assert decision.dispatches.get(recipient__text="Kommundirektören").unit == municipality.units["1"]


def test_sending_is_the_first_button_until_somebody_on_every_line_has_it(
    eva: Client, decision: Decision, eva_secretary: Member
) -> None:
    Decision.objects.filter(pk=decision.pk).update(state="binding")
    page = reverse("decisions:decision-detail", args=[decision.reference])
    assert _primary(eva.get(page)) == [reverse("decisions:decision-dispatch", args=[decision.reference])]
    for line in expansions_of(decision, viewer=eva_secretary.viewer):
        to = [replace(each, email="a@ekby.example") for each in line.to or [To(recipient=line.recipient, name="A")]]
        dispatch_decision(decision=decision, to=to, by=eva_secretary.viewer, at=AT)
    assert _primary(eva.get(page)) == []


def test_what_the_law_waits_for_comes_before_sending(eva: Client, decision: Decision) -> None:
    page = eva.get(reverse("decisions:decision-detail", args=[decision.reference]))
    assert _primary(page) == [reverse("decisions:decision-verify", args=[decision.reference])]


def test_only_who_is_to_acknowledge_is_asked_to_on_the_page_of_the_decision(
    eva: Client, decision: Decision, anna_head_of_security: Member, eva_secretary: Member
) -> None:
    lines = expansions_of(decision, viewer=eva_secretary.viewer)
    dispatch_decision(decision=decision, to=list(lines[3].to), by=eva_secretary.viewer, at=AT)
    address = reverse("decisions:decision-detail", args=[decision.reference])
    asked = reverse("decisions:dispatch-acknowledge", args=[decision.dispatches.get().pk])
    assert asked not in eva.get(address).content.decode()
    eva.force_login(anna_head_of_security.account)
    assert asked in eva.get(address).content.decode()


def test_assignments_chosen_in_the_list_for_a_meeting_are_filled_in_to_be_closed(
    eva: Client, bodies: Bodies, decision: Decision
) -> None:
    references = [assignment.reference for assignment in decision.assignments.all()]
    page = eva.get(reverse("decisions:body-balance", args=[bodies.board.pk])).content.decode()
    assert [reference for reference in references if f'name="assignment" value="{reference}"' not in page] == []
    closing_page = eva.get(reverse("decisions:assignment-close_several"), {"assignment": references})
    assert closing_page.context["form"]["assignments"].value() == references
    assert closing_page.content.decode().count('name="assignments"') == len(references)


def test_several_assignments_are_ticked_to_be_closed(eva: Client, bodies: Bodies, decision: Decision) -> None:
    first, second = decision.assignments.order_by("pk")
    address = reverse("decisions:assignment-close_several")
    assert f'value="{second.reference}"' in eva.get(address).content.decode()
    page = eva.post(address, {"assignments": [first.reference], "decision": "BES-2022-0099"})
    assert page.context["form"].errors.keys() == {"decision"}
    assert page.context["form"]["assignments"].value() == [first.reference]


def test_the_history_of_a_body_says_its_rank_in_words(eva: Client, bodies: Bodies, eva_secretary: Member) -> None:
    body = create_body(
        name="Äldrenämnden", rank=Rank.COMMITTEE, unit=bodies.social.unit, by=eva_secretary.viewer, at=AT
    )
    page = eva.get(reverse("decisions:body-detail", args=[body.pk]))
    assert ("Rang", "Nämnd") in [(each.label, each.new) for row in page.context["history"] for each in row.changes]


def test_nobody_is_reminded_the_same_day_as_the_decision_was_sent(eva: Client, decision: Decision) -> None:
    assert decision.dispatches.count() == 0
    line = decision.recipients.first()
    unit = decision.body.unit
    old = Dispatch.objects.create(
        decision=decision, recipient=line, name="A", unit=unit, sent_at=AT - timedelta(days=9)
    )
    new = Dispatch.objects.create(decision=decision, recipient=line, name="B", sent_at=timezone.now())
    page = eva.get(reverse("decisions:decision-detail", args=[decision.reference])).content.decode()
    assert reverse("decisions:dispatch-remind", args=[old.pk]) in page
    assert reverse("decisions:dispatch-remind", args=[new.pk]) not in page
    assert reverse("decisions:dispatch-take_back", args=[new.pk]) in page


def test_a_deadline_that_is_read_is_not_asked_for_again(eva: Client, decision: Decision) -> None:
    read, unread = decision.assignments.order_by("pk")
    for assignment, asked in ((read, False), (unread, True)):
        page = eva.get(reverse("decisions:assignment-detail", args=[assignment.reference]))
        assert (reverse("decisions:assignment-interpret", args=[assignment.reference]) in _primary(page)) is asked


def test_an_assignment_that_answers_to_nobody_says_so_and_is_to_be_linked(eva: Client, decision: Decision) -> None:
    assignment = decision.assignments.first()
    decision.assignments.update(office=None, unit=None)
    page = eva.get(reverse("decisions:assignment-detail", args=[assignment.reference]))
    assert _primary(page) == [reverse("decisions:assignment-match", args=[assignment.reference])]
    assert "Ingen kopplad" in page.content.decode()


def test_a_new_assignment_has_its_origin_in_its_history(eva: Client, decision: Decision) -> None:
    page = eva.get(reverse("decisions:assignment-detail", args=[decision.assignments.first().reference]))
    assert [(row.verb, row.changes[0].new) for row in page.context["history"]][-1] == ("Registrera", decision.citation)


def test_a_report_has_one_box_and_receiving_none(
    eva: Client, decision: Decision, david_chief_executive: Member
) -> None:
    eva.force_login(david_chief_executive.account)
    assignment = decision.assignments.first()
    page = eva.get(reverse("decisions:assignment-receive", args=[assignment.reference]))
    assert page.context["form"].fields == {}
    eva.post(reverse("decisions:assignment-receive", args=[assignment.reference]))
    eva.post(reverse("decisions:assignment-start", args=[assignment.reference]))
    page = eva.get(reverse("decisions:assignment-propose_report", args=[assignment.reference]))
    assert list(page.context["form"].fields) == ["text", "files"]


def _primary(page: HttpResponse) -> list[str]:
    """Where the primary buttons of the page lead."""
    return re.findall(r'<a class="ds-button" +href="([^"]+)"', page.content.decode())


@pytest.mark.parametrize("page", ["body-list", "reading-list", "dispatch-list", "closing-list"])
def test_every_list_can_be_taken_out_as_a_file(eva: Client, decision: Decision, page: str) -> None:
    brought(eva)
    answer = eva.get(reverse(f"decisions:{page}") + "?format=csv")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    assert b"".join(answer).startswith(b"\xef\xbb\xbf")


def test_a_page_of_a_deed_says_what_it_is_about(eva: Client, decision: Decision) -> None:
    assignment = decision.assignments.first()
    for verb in ("close", "interpret", "annul"):
        page = told(eva.get(reverse(f"decisions:assignment-{verb}", args=[assignment.reference])))
        for words in (assignment.assignee, assignment.text, str(assignment.due_date), decision.citation):
            assert words in page
    page = eva.get(reverse("decisions:decision-verify", args=[decision.reference])).content.decode()
    assert decision.title in page


def test_the_page_that_annuls_says_which_assignments_open_again_and_which_fall(
    eva: Client, decision: Decision, eva_secretary: Member
) -> None:
    closed = decision.assignments.first()
    later = register_decision(paragraph=closing(day=AT.date()), by=eva_secretary.viewer, at=AT)
    page = told(eva.get(reverse("decisions:decision-annul", args=[later.reference])))
    assert f"Öppnas igen: {closed.reference}." in page
    page = told(eva.get(reverse("decisions:decision-annul", args=[decision.reference])))
    assert closed.reference in page.partition("Makuleras tillsammans med beslutet:")[2]


def test_a_closed_assignment_is_not_said_to_run_through_its_last_day(
    eva: Client, decision: Decision, eva_secretary: Member
) -> None:
    page = reverse("decisions:decision-detail", args=[decision.reference])
    assert "till och med 2022-12-31" in told(eva.get(page))
    register_decision(paragraph=closing(day=AT.date()), by=eva_secretary.viewer, at=AT)
    assert "till och med 2022-12-31" not in told(eva.get(page))


def test_the_deeds_that_fit_best_stand_first_and_the_others_are_folded(
    client: Client, decision: Decision, david_chief_executive: Member
) -> None:
    client.force_login(david_chief_executive.account)
    page = client.get(reverse("decisions:assignment-detail", args=[decision.assignments.first().reference]))
    first, _, folded = page.content.decode().partition("Fler åtgärder")
    assert ("/receive/" in first, "/delegate/" in first, "/plan/" in first) == (True, True, False)
    assert "/plan/" in folded


def test_an_overdue_assignment_says_so_wherever_its_state_stands(eva: Client, decision: Decision) -> None:
    assignment = decision.assignments.first()
    decision.assignments.exclude(pk=assignment.pk).update(due_date=None)
    Assignment.objects.filter(pk=assignment.pk).update(state="under_way", due_date=date(2022, 1, 31))
    pages = [
        reverse("decisions:assignment-list"),
        reverse("decisions:assignment-detail", args=[assignment.reference]),
        reverse("decisions:decision-detail", args=[decision.reference]),
        reverse("decisions:decision-chain", args=[decision.reference]),
    ]
    for page in pages:
        assert told(eva.get(page)).count("Försenat") == 1


def test_a_recipient_is_marked_where_the_reader_found_it_not_where_its_words_first_stand(eva: Client) -> None:
    clause = "1. Säkerhetschefen får i uppdrag att se över rutinerna."
    text = f"Kommunstyrelsen 2022-02-08\n\n§ 7 Rutiner\n\nKommunstyrelsens beslut\n\n{clause}\n\n"
    reading = brought(eva, text + "Beslutet skickas till\nSäkerhetschefen\n")
    address = reverse("decisions:reading-confirm", args=[reading.reference, 0])
    eva.post(address, as_sent(eva.get(address)) | {"head-date": "2022-02-08"})
    decision = Decision.objects.get()
    recipient = decision.recipients.get()
    assert decision.text[recipient.span_start :].strip() == "Säkerhetschefen"
    assert recipient.span_start > decision.clauses.get().span_end


def test_an_earlier_decision_that_the_reader_may_not_see_is_not_named_by_the_one_that_follows_it(
    client: Client, bodies: Bodies, decision: Decision, municipality: Municipality
) -> None:
    sol = join("Sol Sand", municipality, "committee_secretary", "20")
    client.force_login(sol.account)
    later = register_decision(
        paragraph=replace(DECIDED, body="Socialnämnden", date=date(2022, 3, 1), recipients=(), assignments=()),
        by=system_viewer(at=AT, job="test"),
        at=AT,
    )
    Decision.objects.filter(pk=later.pk).update(follows=decision)
    assert client.get(reverse("decisions:decision-detail", args=[decision.reference])).status_code == 404
    page = client.get(reverse("decisions:decision-follow", args=[later.reference]))
    assert page.status_code == 200
    assert decision.reference not in page.content.decode()
