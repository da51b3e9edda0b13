"""A decision of the executive board, from the day it was taken until the board has closed what it asked for."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tests.journeys.desk import read, refusal, send
from tests.people import Member
from varn.areas.decisions.actions import AlreadyRegistered, dispatch_decision, register_decision
from varn.areas.decisions.models import Assignment, Decision, Dispatch
from varn.areas.decisions.queries import To
from varn.areas.decisions.rules import ClauseKind, ConfirmedClause, ConfirmedDecision
from varn.areas.decisions.tests.bodies import DECIDED, Bodies, closing
from varn.areas.organisation.models import Unit
from varn.mechanisms.notices.models import Mail

LINK = re.compile(r"https?://[^/\s]+(/decisions/link/\S+)")
LATER = replace(
    DECIDED,
    date=date(2022, 11, 8),
    paragraph="301",
    clauses=(ConfirmedClause(text=DECIDED.clauses[0].text, kind=ClauseKind.NOTES),),
    assignments=(),
)


@pytest.fixture
def decision(bodies: Bodies, eva_secretary: Member) -> Decision:
    """§ 393 of the board, registered by Eva."""
    return register(DECIDED, eva_secretary)


def register(paragraph: ConfirmedDecision, member: Member) -> Decision:
    now = timezone.now()
    return register_decision(paragraph=paragraph, by=member.viewer_at(now), at=now)


def is_open(client: Client, bodies: Bodies, day: str, assignment: Assignment) -> bool:
    """Whether the board's list of what it is owed holds the assignment on that day."""
    return assignment.reference in read(client, "decisions:body-balance", bodies.board.pk, day=day)


def test_what_the_board_asked_for_is_reported_and_closed_by_the_board(
    decision: Decision, bodies: Bodies, eva: Client, david: Client, eva_secretary: Member
) -> None:
    build = decision.assignments.first()
    send(eva, "decisions:decision-verify", {"date": "2021-12-20"}, decision.reference)
    send(eva, "decisions:decision-post", {"date": "2021-12-21"}, decision.reference)
    for move in ("receive", "start"):
        send(david, f"decisions:assignment-{move}", {}, build.reference)
    send(david, "decisions:assignment-report_progress", {"text": "Sju av tio är utsedda."}, build.reference)
    send(david, "decisions:assignment-propose_report", {"text": "Organisationen finns."}, build.reference)
    report = {"body": bodies.board.pk, "meeting_date": "2023-04-11", "case_number": "KS 2023-7", "text": "Fullgjort."}
    send(david, "decisions:assignment-report_back", report, build.reference)

    register(closing(body="Socialnämnden", day=date(2023, 4, 4)), eva_secretary)
    assert is_open(eva, bodies, "2023-04-05", build)
    register(closing(day=date(2023, 4, 11), paragraph="120"), eva_secretary)
    build.refresh_from_db()
    assert (build.state, build.until_date) == ("closed", date(2023, 4, 11))
    assert is_open(eva, bodies, "2023-04-10", build)
    assert not is_open(eva, bodies, "2023-04-12", build)
    chain = read(eva, "decisions:decision-chain", decision.reference)
    assert "§ 120" in chain
    assert "Sju av tio är utsedda." in chain


def test_recipients_acknowledge_with_an_account_and_by_a_link_that_works_once(
    decision: Decision, bo: Client, eva: Client, eva_secretary: Member
) -> None:
    now, department = timezone.now(), Unit.objects.get(code="21")
    recipient = decision.recipients.first()
    to = (
        To(recipient=recipient, name=department.name, unit_id=department.pk, email="social@ekby.example"),
        To(recipient=recipient, name="Ekby Fastigheter AB", email="post@fastigheter.example"),
    )
    unit, company = dispatch_decision(decision=decision, to=to, by=eva_secretary.viewer_at(now), at=now)
    send(bo, "decisions:dispatch-acknowledge", {"answer": "Vi utser ombud."}, unit.pk)
    link = LINK.search(Mail.objects.get(to="post@fastigheter.example").body)[1]
    stranger = Client()
    stranger.get(link)
    assert not Dispatch.objects.get(pk=company.pk).acknowledged_at
    for answer in ("Vi erbjuder tjänsten.", "Någon annan svarar."):
        stranger.post(link, {"answer": answer})
    company.refresh_from_db()
    assert (company.answer, company.acknowledged_by) == ("Vi erbjuder tjänsten.", "Ekby Fastigheter AB")
    told = read(eva, "decisions:decision-detail", decision.reference)
    assert "Vi utser ombud." in told
    assert "Någon annan svarar." not in told


def test_only_a_new_decision_of_the_board_gives_more_time(
    decision: Decision, eva: Client, eva_secretary: Member
) -> None:
    build = decision.assignments.first()
    lower = register(replace(LATER, body="Socialnämnden"), eva_secretary)
    board = register(LATER, eva_secretary)
    more = {"words": "senast den 30 juni 2023", "kind": "day", "last_date": "2023-06-30"}
    refusal(eva, "decisions:assignment-extend", more | {"decision": lower.reference}, build.reference)
    send(eva, "decisions:assignment-extend", more | {"decision": board.reference, "clause": 1}, build.reference)
    build.refresh_from_db()
    assert build.due_date == date(2023, 6, 30)
    told = read(eva, "decisions:assignment-detail", build.reference)
    assert "under 2022 och ha det klart senast till 2023" in told
    assert "senast den 30 juni 2023" in told


def test_a_decision_that_was_wrongly_brought_in_is_annulled_and_registered_again(
    decision: Decision, eva: Client, david: Client, eva_secretary: Member
) -> None:
    wrong = decision.assignments.first()
    send(david, "decisions:assignment-start", {}, wrong.reference)
    with pytest.raises(AlreadyRegistered):
        register(DECIDED, eva_secretary)
    send(eva, "decisions:decision-annul", {"reason": "Fel dag."}, decision.reference)
    again = register(DECIDED, eva_secretary)
    wrong.refresh_from_db()
    assert wrong.state == "annulled"
    assert {row.state for row in again.assignments.all()} == {"decided"}
    assert "Fel dag." in read(eva, "decisions:decision-detail", decision.reference)
    shown = read(eva, "decisions:assignment-list", open="true")
    assert again.assignments.first().reference in shown
    assert wrong.reference not in shown
