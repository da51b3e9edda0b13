"""More time by a new decision: what it may be, and where it is seen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.people import AT, Member
from varn.areas.decisions.actions import NotConfirmed, extend_assignment, register_decision
from varn.areas.decisions.models import Assignment, Deadline, Decision
from varn.areas.decisions.queries import chain_of, deadline_in
from varn.areas.decisions.rules import (
    ClauseKind,
    ConfirmedClause,
    ConfirmedDeadline,
    ConfirmedDecision,
    ConfirmedExtension,
    DeadlineKind,
    clause_kind,
)
from varn.areas.decisions.tests.bodies import DECIDED, Bodies
from varn.areas.decisions.tests.test_views import as_sent, brought, told
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.moves.making import Refused

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=600)
WORDS = "Tiden för uppdraget i Kommunstyrelsen 2021-12-14 § 393 punkt 1 förlängs till den 30 juni 2023."


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
        extensions=(ConfirmedExtension(clause=2),),
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


def test_the_page_names_the_decision_that_extends_and_the_history_keeps_only_its_number(
    client: Client, assignment: Assignment, later: Decision, eva: Viewer, eva_secretary: Member
) -> None:
    extend(assignment, later, eva, date(2023, 6, 30))
    client.force_login(eva_secretary.account)
    page = told(client.get(reverse("decisions:assignment-detail", args=[assignment.reference])))
    assert f'förlängt genom <a href="{reverse("decisions:decision-detail", args=[later.reference])}">' in page
    changes = [entry.changes for entry in history_of(assignment, viewer=eva)]
    assert [None, later.pk] in [each.get("extended_by_id") for each in changes]
    assert later.reference not in str(changes)
    assert later.citation not in str(changes)


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


def extending(assignment: Assignment, last: date = date(2023, 6, 30), **changes: object) -> ConfirmedDecision:
    """A § whose only clause gives the assignment more time."""
    deadline = ConfirmedDeadline(words="till den 30 juni 2023", kind=DeadlineKind.DAY, last=last)
    said = {
        "paragraph": "12",
        "date": date(2022, 11, 1),
        "text": WORDS,
        "clauses": (ConfirmedClause(text=WORDS, kind=ClauseKind.EXTENDS),),
        "assignments": (),
        "extensions": (ConfirmedExtension(clause=1, assignment=assignment.reference, deadline=deadline),),
    }
    return replace(DECIDED, **said | changes)


def test_registering_a_clause_that_extends_gives_the_assignment_more_time(assignment: Assignment, eva: Viewer) -> None:
    decision = register_decision(paragraph=extending(assignment), by=eva, at=LATER)
    assignment.refresh_from_db()
    assert assignment.due_date == date(2023, 6, 30)
    assert assignment.deadlines.get(until_at=None).clause == decision.clauses.get()


def test_a_lower_body_does_not_extend_what_a_higher_one_gave(assignment: Assignment, eva: Viewer) -> None:
    with pytest.raises(Refused):
        register_decision(paragraph=extending(assignment, body="Socialnämnden"), by=eva, at=LATER)
    assert not Decision.objects.filter(paragraph="12").exists()


def test_a_clause_that_extends_says_which_assignment_or_that_it_is_not_here(
    assignment: Assignment, eva: Viewer
) -> None:
    with pytest.raises(NotConfirmed):
        register_decision(paragraph=extending(assignment, extensions=()), by=eva, at=LATER)
    elsewhere = (ConfirmedExtension(clause=1),)
    register_decision(paragraph=extending(assignment, extensions=elsewhere), by=eva, at=LATER)
    assert assignment.deadlines.count() == 1


def test_the_page_suggests_which_assignment_is_extended_and_until_when(
    client: Client, assignment: Assignment, eva_secretary: Member
) -> None:
    client.force_login(eva_secretary.account)
    text = f"Kommunstyrelsen 2022-02-08\n\n§ 12 Mer tid\n\nKommunstyrelsens beslut\n\n1. {WORDS}\n"
    reading = brought(client, text)
    address = reverse("decisions:reading-confirm", args=[reading.reference, 0])
    page = client.get(address)
    row = page.context["parts"][3].rows.forms[0]
    assert (row.said("assignment"), row.day("last")) == (assignment.reference, "2023-06-30")
    sent = as_sent(page) | {"head-date": "2022-02-08"}
    client.post(address, {name: value for name, value in sent.items() if name != "extensions-0-confirmed"})
    assert assignment.deadlines.count() == 1
    client.post(address, sent)
    assignment.refresh_from_db()
    assert assignment.due_date == date(2023, 6, 30)


@pytest.mark.parametrize(
    ("words", "said", "last"),
    [
        ("Uppdraget förlängs till och med den 30 juni 2023.", "till och med den 30 juni 2023", date(2023, 6, 30)),
        ("Uppdraget förlängs till senast 2023-06-30.", "senast 2023-06-30", date(2023, 6, 30)),
        ("Uppdraget förlängs till utgången av 2023.", "till utgången av 2023", date(2023, 12, 31)),
    ],
)
def test_the_words_of_an_extension_say_until_when(words: str, said: str, last: date) -> None:
    deadline = deadline_in(words, date(2022, 11, 1))
    assert deadline is not None
    assert (deadline.words, deadline.last) == (said, last)


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
