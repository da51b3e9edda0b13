"""More time by a new decision: what it may be, and where it is seen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import AT, Member
from varn.areas.decisions.actions import extend_assignment, register_decision
from varn.areas.decisions.models import Assignment, Deadline, Decision
from varn.areas.decisions.queries import chain_of
from varn.areas.decisions.rules import ClauseKind, ConfirmedClause, DeadlineKind, clause_kind
from varn.areas.decisions.tests.bodies import DECIDED, Bodies
from varn.areas.decisions.tests.test_views import told
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.moves.making import Refused

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=600)
WORDS = "Tiden för uppdraget i Kommunstyrelsen 2021-12-14 § 393 punkt 1 förlängs till och med juni 2023."


@pytest.fixture
def eva(bodies: Bodies, eva_secretary: Member) -> Viewer:
    return eva_secretary.viewer_at(LATER)


@pytest.fixture
def assignment(eva: Viewer) -> Assignment:
    return register_decision(paragraph=DECIDED, by=eva, at=AT).assignments.first()


@pytest.fixture
def later(eva: Viewer, assignment: Assignment) -> Decision:
    clauses = (
        ConfirmedClause(number="1", text="Redovisningen antecknas.", kind=ClauseKind.NOTES),
        ConfirmedClause(number="2", text=WORDS, kind=ClauseKind.EXTENDS),
    )
    paragraph = replace(
        DECIDED,
        paragraph="12",
        date=date(2022, 11, 1),
        text=f"1. Redovisningen antecknas.\n2. {WORDS}",
        clauses=clauses,
        assignments=(),
    )
    return register_decision(paragraph=paragraph, by=eva, at=LATER)


def extend(assignment: Assignment, decision: Decision, eva: Viewer, last: date) -> Deadline:
    return extend_assignment(
        assignment=assignment,
        decision=decision,
        words="till och med juni 2023",
        kind=DeadlineKind.MONTH,
        last_date=last,
        by=eva,
        at=LATER,
    )


@pytest.mark.parametrize(
    ("last", "key"),
    [
        (date(2022, 10, 31), "decisions:refusal.extended_to_before_the_decision"),
        (date(2022, 12, 30), "decisions:refusal.extended_to_an_earlier_day"),
    ],
)
def test_an_extension_to_an_earlier_day_is_refused(
    assignment: Assignment, later: Decision, eva: Viewer, last: date, key: str
) -> None:
    with pytest.raises(Refused) as refused:
        extend(assignment, later, eva, last)
    assert refused.value.refusal.key == key
    assignment.refresh_from_db()
    assert assignment.due_date == date(2022, 12, 31)


def test_the_chain_of_the_clause_that_extends_shows_the_extension(
    assignment: Assignment, later: Decision, eva: Viewer
) -> None:
    extend(assignment, later, eva, date(2023, 6, 30))
    first, second = chain_of(later, viewer=eva).links
    assert not first.extended
    assert [(row.assignment, row.last_date) for row in second.extended] == [(assignment, date(2023, 6, 30))]


def test_the_page_and_the_history_of_the_assignment_name_the_decision_that_extends(
    client: Client, assignment: Assignment, later: Decision, eva: Viewer, eva_secretary: Member
) -> None:
    extend(assignment, later, eva, date(2023, 6, 30))
    client.force_login(eva_secretary.account)
    page = told(client.get(reverse("decisions:assignment-detail", args=[assignment.reference])))
    assert f'förlängt genom <a href="{reverse("decisions:decision-detail", args=[later.reference])}">' in page
    told_of = [entry.changes.get("decision") for entry in history_of(assignment, viewer=eva)]
    assert [None, f"{later.reference} {later.citation}"] in told_of


def test_extending_by_a_decision_none_of_whose_clauses_extends_asks_which_does(
    client: Client, assignment: Assignment, eva: Viewer, eva_secretary: Member
) -> None:
    other = register_decision(
        paragraph=replace(DECIDED, paragraph="13", date=date(2022, 11, 1), assignments=()), by=eva, at=LATER
    )
    client.force_login(eva_secretary.account)
    address = reverse("decisions:assignment-extend", args=[assignment.reference])
    sent = {"decision": other.reference, "kind": "day", "last_date": "2023-06-30"}
    page = told(client.post(address, sent))
    assert "Ingen sats i det här beslutet är registrerad som att den förlänger ett uppdrag" in page
    client.post(address, sent | {"clause": "1"})
    held = assignment.deadlines.get(until_at=None)
    assert (held.last_date, held.clause) == (date(2023, 6, 30), other.clauses.first())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (WORDS, ClauseKind.EXTENDS),
        ("Nämnden beslutar att förlänga tiden för uppdraget till 2023.", ClauseKind.EXTENDS),
        ("Avtalet förlängs till 2023.", ClauseKind.NOTES),
        ("Kommundirektören får i uppdrag att se till att avtalet förlängs.", ClauseKind.ASSIGNS),
    ],
)
def test_a_clause_extends_by_its_words(text: str, kind: ClauseKind) -> None:
    assert clause_kind(text) == kind
