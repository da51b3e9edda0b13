"""Closings that wait: why, and how they are answered, corrected or dismissed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import AT, Member
from varn.areas.decisions.actions import (
    close_assignments,
    correct_closing,
    dismiss_closing,
    link_closing,
    register_decision,
)
from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Closing, Decision
from varn.areas.decisions.queries import closings_unanswered
from varn.areas.decisions.tests.bodies import DECIDED, Bodies, closing
from varn.areas.decisions.tests.test_views import as_sent, brought, told
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.moves.making import Refused

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=600)
FEBRUARY = date(2023, 2, 7)
LOWER = """Socialnämnden 2022-02-08

§ 77 Redovisning av uppdrag

Socialnämndens beslut

1. Uppdraget från Kommunstyrelsen 2021-12-14 § 393 punkt 1 förklaras fullgjort.
"""


@pytest.fixture
def eva(bodies: Bodies, eva_secretary: Member) -> Viewer:
    return eva_secretary.viewer_at(LATER)


@pytest.fixture
def browser(client: Client, bodies: Bodies, eva_secretary: Member) -> Client:
    client.force_login(eva_secretary.account)
    return client


@pytest.fixture
def decision(eva: Viewer) -> Decision:
    return register_decision(paragraph=DECIDED, by=eva, at=AT)


def register(eva: Viewer, **said: object) -> Decision:
    return register_decision(paragraph=closing(day=FEBRUARY, **said), by=eva, at=LATER)


def misread(eva: Viewer) -> Decision:
    """The board's closing of § 393, as if it were the council's §."""
    said = closing(day=FEBRUARY)
    wrong = replace(said.closings[0], body="Kommunfullmäktige")
    return register_decision(paragraph=replace(said, closings=(wrong,)), by=eva, at=LATER)


def states(decision: Decision) -> list[str]:
    return [assignment.state for assignment in decision.assignments.all()]


def page_of(browser: Client, decision: Decision) -> str:
    return told(browser.get(reverse("decisions:decision-detail", args=[decision.reference])))


def lower(eva: Viewer) -> Decision:
    return register_decision(paragraph=replace(closing(day=FEBRUARY), body="Socialnämnden"), by=eva, at=LATER)


def test_the_page_of_a_lower_bodys_decision_says_that_its_rank_forbids_it_to_close(
    browser: Client, decision: Decision, eva: Viewer
) -> None:
    page = page_of(browser, lower(eva))
    assert f"{decision.assignments.first().reference}</a> avslutas inte av det här beslutet" in page
    assert "bara avslutas av det beslutsorgan som gav det eller av ett högre" in page
    assert "registrerat här" not in page


def test_the_page_says_that_nothing_that_fits_is_registered_only_when_nothing_is(browser: Client, eva: Viewer) -> None:
    assert "inget uppdrag som passar är registrerat här" in page_of(browser, register(eva))


def test_the_page_says_which_assignments_a_waiting_closing_may_mean(
    browser: Client, decision: Decision, eva: Viewer
) -> None:
    page = page_of(browser, register(eva, point=""))
    assert "det kan avse" in page
    assert all(row.reference in page for row in decision.assignments.all())


def test_linking_what_a_higher_body_gave_is_refused_by_rank(browser: Client, decision: Decision, eva: Viewer) -> None:
    waiting = lower(eva).closings.get()
    assignment = decision.assignments.first()
    with pytest.raises(Refused) as refused:
        link_closing(closing=waiting, assignment=assignment, by=eva, at=LATER)
    assert refused.value.refusal.key == "decisions:refusal.lower_body_cannot_close"
    address = reverse("decisions:closing-link", args=[waiting.pk])
    page = told(browser.post(address, {"assignment": assignment.reference}))
    assert "bara avslutas av det beslutsorgan som gav det eller av ett högre" in page


def test_a_lower_bodys_closing_must_be_ticked_before_it_is_registered(browser: Client, decision: Decision) -> None:
    reading = brought(browser, LOWER)
    address = reverse("decisions:reading-confirm", args=[reading.reference, 0])
    page = browser.get(address)
    assert "det här beslutet avslutar det inte" in told(page)
    sent = as_sent(page) | {"head-date": "2022-02-08", "head-body": "Socialnämnden"}
    unticked = {name: value for name, value in sent.items() if name != "closings-0-confirmed"}
    browser.post(address, unticked)
    assert not Decision.objects.filter(paragraph="77").exists()
    browser.post(address, sent)
    assert Decision.objects.get(paragraph="77").closings.get().assignment is None


def test_a_dismissed_closing_waits_no_more_and_stands_with_its_reason(
    browser: Client, decision: Decision, eva: Viewer
) -> None:
    later = register(eva, point="7")
    browser.post(
        reverse("decisions:closing-dismiss", args=[later.closings.get().pk]), {"reason": "Punkten finns inte."}
    )
    assert not closings_unanswered(viewer=eva).exists()
    assert "avfärdat" in page_of(browser, later)
    assert "Punkten finns inte." in page_of(browser, later)
    assert [entry.reason for entry in history_of(later, viewer=eva) if entry.verb == "decisions:closing:dismiss"] == [
        "Punkten finns inte."
    ]


def test_a_closing_is_not_dismissed_without_a_reason_nor_twice(decision: Decision, eva: Viewer) -> None:
    waiting = register(eva, point="7").closings.get()
    with pytest.raises(Refused):
        dismiss_closing(closing=waiting, reason=" ", by=eva, at=LATER)
    dismiss_closing(closing=waiting, reason="Fel.", by=eva, at=LATER)
    with pytest.raises(Refused):
        link_closing(closing=waiting, assignment=decision.assignments.first(), by=eva, at=LATER)


def test_a_dismissed_closing_does_not_find_what_is_registered_later(eva: Viewer) -> None:
    dismiss_closing(closing=register(eva).closings.get(), reason="Gäller inte.", by=eva, at=LATER)
    assert states(register_decision(paragraph=DECIDED, by=eva, at=LATER)) == [AssignmentState.DECIDED] * 2


def test_a_closing_whose_body_was_wrongly_read_is_corrected_and_closes(
    browser: Client, decision: Decision, eva: Viewer, bodies: Bodies
) -> None:
    later = misread(eva)
    address = reverse("decisions:closing-correct", args=[later.closings.get().pk])
    sent = {"body": bodies.board.pk, "date": "2021-12-14", "paragraph": "393", "point": "1", "reason": "Fel organ."}
    browser.post(address, sent)
    assert states(decision) == [AssignmentState.CLOSED, AssignmentState.DECIDED]
    assert not closings_unanswered(viewer=eva).exists()


def test_a_correction_that_a_higher_body_forbids_leaves_the_closing_waiting(
    decision: Decision, eva: Viewer, bodies: Bodies
) -> None:
    waiting = lower(eva).closings.get()
    correct_closing(
        closing=waiting,
        body=bodies.board,
        date=DECIDED.date,
        paragraph="393",
        point="2",
        reason="Fel.",
        by=eva,
        at=LATER,
    )
    waiting.refresh_from_db()
    assert waiting.waits
    assert states(decision) == [AssignmentState.DECIDED] * 2


def test_what_the_same_decision_closes_by_hand_waits_no_more(decision: Decision, eva: Viewer) -> None:
    later = misread(eva)
    close_assignments(assignments=decision.assignments.all()[:1], decision=later, by=eva, at=LATER)
    assert [row.assignment for row in Closing.objects.all()] == [decision.assignments.first()]


def test_closing_another_assignment_by_hand_leaves_what_waits(decision: Decision, eva: Viewer) -> None:
    later = misread(eva)
    close_assignments(assignments=[decision.assignments.last()], decision=later, by=eva, at=LATER)
    assert closings_unanswered(viewer=eva).count() == 1


def test_the_trail_of_a_closing_that_found_nothing_does_not_say_that_it_was_linked(eva: Viewer) -> None:
    later = register(eva)
    verbs = [entry.verb for entry in history_of(later, viewer=eva)]
    assert "decisions:closing:wait" in verbs
    assert "decisions:closing:link" not in verbs


def test_a_closing_without_a_day_is_told_without_one() -> None:
    assert str(Closing(body_name="Kommunstyrelsen", paragraph="120")) == "Kommunstyrelsen § 120"
    assert str(Closing(body_name="Kommunstyrelsen")) == "Kommunstyrelsen"
