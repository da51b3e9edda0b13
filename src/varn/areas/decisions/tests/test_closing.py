from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.people import AT, Member
from varn.areas.decisions.actions import (
    adopt_assignment,
    annul_decision,
    close_assignments,
    extend_assignment,
    link_closing,
    register_decision,
    repeal_assignment,
    repeal_decision,
    verify_decision,
)
from varn.areas.decisions.lifecycle import AssignmentState, DecisionState
from varn.areas.decisions.models import Body, Closing, Decision
from varn.areas.decisions.queries import closings_unanswered
from varn.areas.decisions.reader import as_json, read_text
from varn.areas.decisions.rules import ClauseKind, ConfirmedAssignment, DeadlineKind, proposed
from varn.areas.decisions.tests.bodies import DECIDED, Bodies, closing, in_other
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.moves.making import Refused, make, moves_of

LATER = AT + timedelta(days=600)


@pytest.fixture
def eva(bodies: Bodies, eva_secretary: Member) -> Viewer:
    return eva_secretary.viewer_at(LATER)


@pytest.fixture
def decision(eva: Viewer) -> Decision:
    return register_decision(paragraph=DECIDED, by=eva, at=AT)


def register(paragraph: object, eva: Viewer, at: datetime = LATER) -> Decision:
    return register_decision(paragraph=paragraph, by=eva, at=at)


def states(decision: Decision) -> list[str]:
    return [assignment.state for assignment in decision.assignments.all()]


def test_a_decision_closes_an_assignment_by_body_date_section_and_point_under_another_case_number(
    decision: Decision, eva: Viewer
) -> None:
    later = register(closing(day=date(2023, 2, 7)), eva)
    assert states(decision) == [AssignmentState.CLOSED, AssignmentState.DECIDED]
    assert later.case_number != decision.case_number
    assert decision.assignments.first().until_date == date(2023, 2, 7)


LISTED = """Kommunfullmäktige
2022-11-19

§ 99 Avslutade uppdrag

Dnr KS 2022-999

Kommunfullmäktiges beslut

1. Följande uppdrag förklaras fullgjorda:
- Kommunstyrelsen 2021-12-14 § 393 punkt 1
- Kommunstyrelsen 2021-12-14 § 393 punkt 2
"""


def test_what_a_council_lists_as_done_is_closed_each_by_the_body_that_gave_it(decision: Decision, eva: Viewer) -> None:
    (found,) = read_text(LISTED)
    later = register(proposed(as_json(found)), eva)
    assert states(decision) == [AssignmentState.CLOSED, AssignmentState.CLOSED]
    assert {clause.kind for clause in later.clauses.all()} == {ClauseKind.CLOSES}


def test_what_does_not_say_clearly_which_body_gave_it_waits_and_is_not_taken_for_the_body_s_own(
    decision: Decision, eva: Viewer
) -> None:
    words = "1. Uppdraget från kommunstyrelsen och socialnämnden 2021-12-14 § 393 punkt 1 förklaras fullgjort."
    (found,) = read_text(f"Kommunstyrelsen 2022-11-19\n\n§ 99 Uppdrag\n\nKommunstyrelsens beslut\n\n{words}\n")
    register(proposed(as_json(found)), eva)
    assert states(decision) == [AssignmentState.DECIDED, AssignmentState.DECIDED]
    assert [(row.body_name, row.assignment) for row in Closing.objects.all()] == [("", None)]


def test_a_closing_without_a_point_that_does_not_say_which_assignment_waits_to_be_linked(
    decision: Decision, eva: Viewer
) -> None:
    register(closing(day=date(2023, 2, 7), point=""), eva)
    assert states(decision) == [AssignmentState.DECIDED, AssignmentState.DECIDED]
    assert [row.assignment for row in Closing.objects.all()] == [None]


def test_a_closing_without_a_point_closes_the_assignment_that_its_words_name(decision: Decision, eva: Viewer) -> None:
    said = closing(day=date(2023, 2, 7), point="")
    text = "Uppdraget om en samordnartjänst, § 393, förklaras fullgjort."
    register(replace(said, text=text, clauses=(replace(said.clauses[0], text=text),)), eva)
    assert states(decision) == [AssignmentState.DECIDED, AssignmentState.CLOSED]


def test_only_the_assignments_that_a_person_has_ticked_are_closed(decision: Decision, eva: Viewer) -> None:
    said = closing(day=date(2023, 2, 7), point="")
    ticked = replace(said.closings[0], chosen=tuple(row.reference for row in decision.assignments.all()))
    register(replace(said, closings=(ticked,)), eva)
    assert states(decision) == [AssignmentState.CLOSED, AssignmentState.CLOSED]


def test_what_the_closing_cannot_mean_is_not_closed_though_it_is_ticked(decision: Decision, eva: Viewer) -> None:
    other = register(replace(DECIDED, paragraph="12", date=date(2022, 5, 3)), eva)
    said = closing(day=date(2023, 2, 7), point="")
    ticked = replace(said.closings[0], chosen=(other.assignments.first().reference,))
    register(replace(said, closings=(ticked,)), eva)
    assert {row.state for row in other.assignments.all()} == {AssignmentState.DECIDED}
    assert [row.assignment for row in Closing.objects.all()] == [None]


def test_a_clause_that_closes_without_saying_what_waits_to_be_linked(decision: Decision, eva: Viewer) -> None:
    later = register(replace(closing(day=date(2023, 2, 7)), closings=()), eva)
    waiting = Closing.objects.get(decision=later)
    link_closing(closing=waiting, assignment=decision.assignments.last(), by=eva, at=LATER)
    assert states(decision) == [AssignmentState.DECIDED, AssignmentState.CLOSED]


def test_what_is_closed_already_is_not_closed_again(decision: Decision, eva: Viewer) -> None:
    later = register(closing(day=date(2023, 2, 7)), eva)
    with pytest.raises(Refused):
        close_assignments(assignments=[decision.assignments.first()], decision=later, by=eva, at=LATER)
    assert Closing.objects.count() == 1


def test_an_annulled_decision_rules_over_nothing(decision: Decision, eva: Viewer) -> None:
    later = register(replace(DECIDED, paragraph="12", date=date(2022, 11, 1), assignments=()), eva)
    annul_decision(decision=later, reason="Fel protokoll.", by=eva, at=LATER)
    later.refresh_from_db()
    with pytest.raises(Refused):
        repeal_assignment(assignment=decision.assignments.first(), decision=later, by=eva, at=LATER)


def test_a_higher_body_may_close_what_a_lower_one_gave(decision: Decision, eva: Viewer) -> None:
    paragraph = replace(closing(day=date(2023, 2, 7)), body="Kommunfullmäktige")
    register(paragraph, eva)
    assert states(decision)[0] == AssignmentState.CLOSED


def test_a_lower_body_does_not_close_what_a_higher_one_gave(decision: Decision, eva: Viewer) -> None:
    register(replace(closing(day=date(2023, 2, 7)), body="Socialnämnden"), eva)
    assert states(decision)[0] == AssignmentState.DECIDED
    assert closings_unanswered(viewer=eva).count() == 1


def test_another_committee_does_not_close_it_either(eva: Viewer, bodies: Bodies) -> None:
    given = register(in_other("Socialnämnden", "393"), eva)
    register(replace(closing(day=date(2023, 2, 7), body="Socialnämnden"), body="Bildningsnämnden"), eva)
    assert states(given)[0] == AssignmentState.DECIDED


def test_nobody_closes_an_assignment_without_a_decision(decision: Decision, eva: Viewer) -> None:
    with pytest.raises(Refused):
        make(decision.assignments.first(), "close", by=eva, at=LATER)


def test_several_assignments_are_closed_by_one_registered_decision_or_none_is(decision: Decision, eva: Viewer) -> None:
    lower = register(in_other("Socialnämnden", date=date(2022, 1, 20)), eva)
    social = register(replace(DECIDED, body="Socialnämnden", paragraph="9", date=date(2023, 1, 9)), eva)
    with pytest.raises(Refused):
        close_assignments(
            assignments=[lower.assignments.first(), decision.assignments.first()], decision=social, by=eva, at=LATER
        )
    assert states(lower)[0] == AssignmentState.DECIDED
    board = register(replace(DECIDED, paragraph="10", date=date(2023, 1, 10), assignments=()), eva)
    close_assignments(
        assignments=[lower.assignments.first(), *decision.assignments.all()], decision=board, by=eva, at=LATER
    )
    assert states(lower)[0] == AssignmentState.CLOSED
    assert states(decision) == [AssignmentState.CLOSED, AssignmentState.CLOSED]


def test_a_closing_registered_before_its_assignment_finds_it_when_it_comes(eva: Viewer) -> None:
    register(closing(day=date(2023, 2, 7)), eva)
    waiting = Closing.objects.get()
    assert waiting.assignment is None
    decision = register(DECIDED, eva)
    waiting.refresh_from_db()
    assert waiting.assignment == decision.assignments.first()
    assert states(decision) == [AssignmentState.CLOSED, AssignmentState.DECIDED]


def test_a_closing_that_found_nothing_is_linked_by_hand(decision: Decision, eva: Viewer) -> None:
    register(closing(day=date(2023, 2, 7), point="7"), eva)
    waiting = Closing.objects.get()
    link_closing(closing=waiting, assignment=decision.assignments.last(), by=eva, at=LATER)
    assert states(decision) == [AssignmentState.DECIDED, AssignmentState.CLOSED]


def test_an_annulled_decision_annuls_its_assignments_and_stands_with_its_reason(
    decision: Decision, eva: Viewer
) -> None:
    annul_decision(decision=decision, reason="Fel protokoll.", by=eva, at=LATER)
    assert (decision.state, states(decision)) == (DecisionState.ANNULLED, [AssignmentState.ANNULLED] * 2)
    assert moves_of(decision, viewer=eva).last().reason == "Fel protokoll."


def test_an_annulment_without_a_reason_is_refused(decision: Decision, eva: Viewer) -> None:
    with pytest.raises(Refused):
        annul_decision(decision=decision, reason=" ", by=eva, at=LATER)
    assert Decision.objects.get(pk=decision.pk).state == DecisionState.REGISTERED


def test_annulling_the_closing_decision_opens_the_assignment_again(decision: Decision, eva: Viewer) -> None:
    later = register(closing(day=date(2023, 2, 7)), eva)
    annul_decision(decision=later, reason="Fel protokoll.", by=eva, at=LATER)
    assignment = decision.assignments.first()
    assert (assignment.state, assignment.until_date) == (AssignmentState.DECIDED, None)


def test_an_assignment_closed_twice_stays_closed_when_one_closing_is_annulled(decision: Decision, eva: Viewer) -> None:
    first = register(closing(day=date(2023, 2, 7)), eva)
    second = replace(closing(day=date(2023, 3, 7)), paragraph="80")
    register(second, eva)
    annul_decision(decision=first, reason="Fel protokoll.", by=eva, at=LATER)
    assert (states(decision)[0], decision.assignments.first().until_date) == ("closed", date(2023, 3, 7))


def test_after_an_annulment_the_section_is_registered_anew_and_closings_find_the_new_assignment(
    decision: Decision, eva: Viewer
) -> None:
    register(closing(day=date(2023, 2, 7)), eva)
    annul_decision(decision=decision, reason="Fel text.", by=eva, at=LATER)
    again = register(DECIDED, eva)
    assert again.pk != decision.pk
    assert states(again) == [AssignmentState.CLOSED, AssignmentState.DECIDED]


def test_a_repealed_decision_takes_its_open_assignments_with_it_and_comes_back_when_the_repeal_is_annulled(
    decision: Decision, eva: Viewer
) -> None:
    verify_decision(decision=decision, date=date(2021, 12, 20), by=eva, at=LATER)
    later = register(replace(DECIDED, paragraph="12", date=date(2022, 5, 3), assignments=()), eva)
    repeal_decision(decision=decision, repealed_by=later, by=eva, at=LATER)
    assert states(decision) == [AssignmentState.REPEALED] * 2
    annul_decision(decision=later, reason="Fel protokoll.", by=eva, at=LATER)
    decision.refresh_from_db()
    assert (decision.state, decision.repealed_by) == (DecisionState.VERIFIED, None)
    assert states(decision) == [AssignmentState.DECIDED] * 2


def test_a_lower_body_cannot_repeal(decision: Decision, eva: Viewer) -> None:
    later = register(in_other("Socialnämnden", date=date(2022, 5, 3)), eva)
    with pytest.raises(Refused):
        repeal_decision(decision=decision, repealed_by=later, by=eva, at=LATER)


def test_an_extension_by_a_new_decision_keeps_the_deadline_before_in_its_history(
    decision: Decision, eva: Viewer
) -> None:
    later = register(replace(DECIDED, paragraph="12", date=date(2022, 11, 1), assignments=()), eva)
    assignment = decision.assignments.first()
    extend_assignment(
        assignment=assignment,
        decision=later,
        words="till och med juni 2023",
        kind=DeadlineKind.MONTH,
        last_date=date(2023, 6, 30),
        by=eva,
        at=LATER,
    )
    assert [row.last_date for row in assignment.deadlines.all()] == [date(2022, 12, 31), date(2023, 6, 30)]
    annul_decision(decision=later, reason="Fel protokoll.", by=eva, at=LATER)
    assignment.refresh_from_db()
    assert assignment.due_date == date(2022, 12, 31)


def test_what_was_proposed_is_owed_to_the_higher_body_that_adopts_it(eva: Viewer, bodies: Bodies) -> None:
    proposing = replace(DECIDED.clauses[0], for_body="Kommunfullmäktige", kind=ClauseKind.PROPOSES)
    given = ConfirmedAssignment(clause=1, assignee="Kommundirektören", text="bygga upp", in_force=False)
    proposal = register(replace(DECIDED, clauses=(proposing,), assignments=(given,)), eva)
    council = register(in_other("Kommunfullmäktige", date=date(2022, 1, 25), assignments=()), eva)
    assignment = proposal.assignments.get()
    adopt_assignment(assignment=assignment, decision=council, by=eva, at=LATER)
    assert (assignment.state, assignment.giver) == (AssignmentState.DECIDED, bodies.council)
    register(closing(day=date(2023, 2, 7)), eva)
    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.DECIDED
    annul_decision(decision=council, reason="Fel protokoll.", by=eva, at=LATER)
    assignment.refresh_from_db()
    assert (assignment.state, assignment.giver) == (AssignmentState.PROPOSED, bodies.board)


def test_the_database_names_the_same_bodies_as_the_rule(bodies: Bodies) -> None:
    everybody = list(Body.objects.all())
    for body in everybody:
        assert set(Body.objects.ruling_over(body)) == {other for other in everybody if other.may_close(body) is None}
        assert set(Body.objects.ruled_by(body)) == {other for other in everybody if body.may_close(other) is None}
