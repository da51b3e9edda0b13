from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from tests.people import AT, Member, Municipality, join
from varn.areas.decisions.actions import AlreadyRegistered, NotConfirmed, register_decision
from varn.areas.decisions.lifecycle import AssignmentState, DecisionState
from varn.areas.decisions.models import Clause, Decision
from varn.areas.decisions.rules import ClauseKind, ConfirmedAssignment, ConfirmedClause, text_hash
from varn.areas.decisions.tests.bodies import DECIDED, FIRST, TEXT, Bodies, in_other
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.moves.making import Refused


@pytest.fixture
def decision(bodies: Bodies, eva_secretary: Member) -> Decision:
    return register_decision(paragraph=DECIDED, by=eva_secretary.viewer, at=AT)


def test_a_registered_decision_keeps_its_text_and_clauses_verbatim_with_their_hashes(decision: Decision) -> None:
    assert (decision.text, decision.sha256) == (TEXT, text_hash(TEXT))
    clause = decision.clauses.first()
    assert (clause.text, clause.sha256, clause.kind) == (FIRST, text_hash(FIRST), ClauseKind.ASSIGNS)
    assert decision.text[clause.span_start : clause.span_end] == FIRST


def test_every_part_of_the_decision_is_kept_in_its_order(decision: Decision) -> None:
    assert [motion.movers for motion in decision.motions.all()] == [["Ada Alm (M)", "Bea Björk (L)"]]
    assert [basis.text for basis in decision.basisdocuments.all()] == ["Tjänsteskrivelse 2021-12-06"]
    assert [case.number for case in decision.relatedcases.all()] == ["KS 2021-53"]
    assert len(decision.mentions.all()) == 1
    assert [row.text for row in decision.recipients.all()] == [row.text for row in DECIDED.recipients]


def test_the_law_says_by_when_the_minutes_are_to_be_verified(decision: Decision) -> None:
    assert decision.verify_by_date == date(2021, 12, 28)
    assert decision.law["verify_by"]["rule"] == "D15"
    assert decision.state == DecisionState.REGISTERED


def test_an_assignment_goes_to_the_office_and_is_in_force(decision: Decision) -> None:
    first, second = decision.assignments.all()
    assert first.office.name == second.office.name == "Kommundirektören"
    assert first.state == second.state == AssignmentState.DECIDED
    assert (first.from_date, first.due_date, second.due_date) == (date(2021, 12, 14), date(2022, 12, 31), None)


def test_a_deadline_keeps_the_words_beside_what_they_were_read_as_and_by_whom(decision: Decision) -> None:
    deadline = decision.assignments.first().deadlines.get()
    assert deadline.words == "under 2022 och ha det klart senast till 2023"
    assert (deadline.first_date, deadline.last_date) == (date(2022, 1, 1), date(2022, 12, 31))
    assert deadline.interpreted_by == "Eva Edvall"


def test_a_decision_reaches_its_body_and_the_office_that_answers(decision: Decision) -> None:
    assert {(reach.unit.code, reach.ground) for reach in decision.reaches.all()} == {("10", "body"), ("1", "assignee")}


def test_the_same_section_again_offers_the_decision_that_is_there(decision: Decision, eva_secretary: Member) -> None:
    with pytest.raises(AlreadyRegistered) as refused:
        register_decision(paragraph=replace(DECIDED, paragraph="KS § 393"), by=eva_secretary.viewer, at=AT)
    assert refused.value.decision == decision
    assert Decision.objects.count() == 1


def test_the_same_section_of_another_year_is_another_decision(decision: Decision, eva_secretary: Member) -> None:
    later = replace(DECIDED, date=date(2022, 1, 11))
    assert register_decision(paragraph=later, by=eva_secretary.viewer, at=AT) != decision


def test_a_clause_that_is_not_in_the_text_is_refused_and_nothing_is_stored(
    bodies: Bodies, eva_secretary: Member
) -> None:
    made_up = ConfirmedClause(text="Något som ingen har beslutat.", kind=ClauseKind.NOTES)
    with pytest.raises(NotConfirmed) as refused:
        register_decision(
            paragraph=replace(DECIDED, clauses=(made_up,), assignments=()), by=eva_secretary.viewer, at=AT
        )
    assert [fault.field for fault in refused.value.faults] == ["clauses[0].text"]
    assert not Decision.objects.exists()


def test_what_is_only_proposed_to_a_higher_body_is_not_in_force(bodies: Bodies, eva_secretary: Member) -> None:
    proposing = replace(DECIDED.clauses[0], for_body="Kommunfullmäktige", kind=ClauseKind.PROPOSES)
    proposed = ConfirmedAssignment(clause=1, assignee="Kommundirektören", text="bygga upp", in_force=False)
    paragraph = replace(DECIDED, clauses=(proposing,), assignments=(proposed,))
    decision = register_decision(paragraph=paragraph, by=eva_secretary.viewer, at=AT)
    assert decision.assignments.get().state == AssignmentState.PROPOSED


def test_an_assignment_in_force_under_a_mere_proposal_is_refused(bodies: Bodies, eva_secretary: Member) -> None:
    proposing = replace(DECIDED.clauses[0], for_body="Kommunfullmäktige")
    paragraph = replace(DECIDED, clauses=(proposing, DECIDED.clauses[1]))
    with pytest.raises(NotConfirmed):
        register_decision(paragraph=paragraph, by=eva_secretary.viewer, at=AT)


def test_an_assignee_whom_no_office_matches_is_kept_in_the_words_of_the_text(
    bodies: Bodies, eva_secretary: Member
) -> None:
    other = replace(DECIDED.assignments[1], assignee="Hamnkaptenen")
    decision = register_decision(paragraph=replace(DECIDED, assignments=(other,)), by=eva_secretary.viewer, at=AT)
    assignment = decision.assignments.get()
    assert (assignment.assignee, assignment.office) == ("Hamnkaptenen", None)


def test_a_meeting_that_has_not_been_held_cannot_have_decided(bodies: Bodies, eva_secretary: Member) -> None:
    with pytest.raises(Refused):
        register_decision(
            paragraph=replace(DECIDED, date=AT.date() + timedelta(days=1)), by=eva_secretary.viewer, at=AT
        )


def test_a_secretary_registers_only_for_bodies_in_her_own_scope(bodies: Bodies, municipality: Municipality) -> None:
    gun = join("Gun Gren", municipality, "committee_secretary", "20")
    register_decision(paragraph=in_other("Socialnämnden"), by=gun.viewer, at=AT)
    with pytest.raises(PermissionDenied):
        register_decision(paragraph=DECIDED, by=gun.viewer, at=AT)


def test_a_head_of_department_cannot_register(bodies: Bodies, cecilia_head_of_department: Member) -> None:
    with pytest.raises(PermissionDenied):
        register_decision(paragraph=DECIDED, by=cecilia_head_of_department.viewer, at=AT)


def test_the_text_of_a_clause_cannot_be_altered_in_the_database(decision: Decision) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Clause.objects.filter(decision=decision).update(text="Något annat.")


def test_registering_stands_in_the_trail(decision: Decision, eva_secretary: Member) -> None:
    entries = history_of(decision, viewer=eva_secretary.viewer).filter(verb="decisions:decision:register")
    assert {entry.actor for entry in entries} == {"Eva Edvall"}
    assert [name for entry in entries for name in entry.changes].count("assignment") == 2
