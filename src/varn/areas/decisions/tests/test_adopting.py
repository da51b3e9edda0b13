from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.people import AT, Member
from varn.areas.decisions.actions import (
    annul_decision,
    close_assignments,
    delegate_assignment,
    lapse_assignment,
    register_decision,
)
from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment, Decision
from varn.areas.decisions.queries import (
    balance_of,
    chain_of,
    counted_then,
    decisions,
    proposed_below,
    with_certain_adoptions,
)
from varn.areas.decisions.rules import (
    ClauseKind,
    ConfirmedAssignment,
    ConfirmedClause,
    ConfirmedDecision,
    Wording,
    certain,
    named_among,
    suggested,
)
from varn.areas.decisions.tests.bodies import DECIDED, Bodies, closing, in_other
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.moves.making import Refused

LATER = AT + timedelta(days=600)
TO_ALL = "Samtliga nämnder får i uppdrag att utse ett säkerhetsombud."


@pytest.fixture
def eva(bodies: Bodies, eva_secretary: Member) -> Viewer:
    return eva_secretary.viewer_at(LATER)


@pytest.fixture
def proposal(eva: Viewer) -> Assignment:
    clause = replace(DECIDED.clauses[0], for_body="Kommunfullmäktige", kind=ClauseKind.PROPOSES)
    given = replace(DECIDED.assignments[0], in_force=False)
    decision = register(replace(DECIDED, clauses=(clause,), assignments=(given,)), eva)
    return decision.assignments.get()


@pytest.fixture
def several(eva: Viewer) -> Decision:
    return register(to_all(), eva)


def register(confirmed: ConfirmedDecision, eva: Viewer, at: datetime = LATER) -> Decision:
    return register_decision(paragraph=confirmed, by=eva, at=at)


def council(**changes: object) -> ConfirmedDecision:
    first = {"clauses": DECIDED.clauses[:1], "assignments": DECIDED.assignments[:1]} | changes
    return in_other("Kommunfullmäktige", date=date(2022, 1, 25), **first)


def adopting(proposal: Assignment) -> ConfirmedDecision:
    return council(assignments=(replace(DECIDED.assignments[0], adopts=proposal.reference),))


def to_all(**changes: object) -> ConfirmedDecision:
    given = ConfirmedAssignment(clause=1, assignee="Samtliga nämnder", text="utse ett säkerhetsombud")
    return replace(
        DECIDED,
        text=TO_ALL,
        clauses=(ConfirmedClause(number="1", text=TO_ALL, kind=ClauseKind.ASSIGNS),),
        assignments=(replace(given, **changes),),
        motions=(),
        basis=(),
        related=(),
        mentions=(),
        recipients=(),
    )


def test_adopting_gives_the_proposed_assignment_and_no_other(proposal: Assignment, eva: Viewer, bodies: Bodies) -> None:
    decision = register(adopting(proposal), eva)
    proposal.refresh_from_db()
    assert Assignment.objects.get() == proposal
    assert (proposal.state, proposal.giver, proposal.decision) == ("decided", bodies.council, decision)


def test_what_was_taken_up_on_a_day_and_registered_later_was_decided_that_day(
    bodies: Bodies, eva_secretary: Member
) -> None:
    proposing, between = eva_secretary.viewer_at(AT), (AT + timedelta(days=30)).date()
    clause = replace(DECIDED.clauses[0], for_body="Kommunfullmäktige", kind=ClauseKind.PROPOSES)
    given = replace(DECIDED.assignments[0], in_force=False)
    decision = register(replace(DECIDED, clauses=(clause,), assignments=(given,)), proposing, AT)
    later = eva_secretary.viewer_at(LATER)
    assert counted_then(between, viewer=later) == Counter(proposed=1)
    taken_up = replace(adopting(decision.assignments.get()), date=between)
    register(taken_up, later)
    assert counted_then(between, viewer=later) == Counter(decided=1)
    assert [row.state for row in balance_of(bodies.council, between, viewer=later).open] == ["decided"]


def test_an_adopted_assignment_is_in_the_chain_of_both_clauses(proposal: Assignment, eva: Viewer) -> None:
    proposing = proposal.decision
    decision = register(adopting(proposal), eva)
    for each in (proposing, decision):
        assert [row.pk for link in chain_of(each, viewer=eva).links for row in link.assignments] == [proposal.pk]


def test_annulling_the_adopting_decision_leaves_the_assignment_proposed_in_its_own_words(
    proposal: Assignment, eva: Viewer, bodies: Bodies
) -> None:
    adopted = replace(
        DECIDED.assignments[0], adopts=proposal.reference, text="bygga upp säkerhetsarbetet", deadline=None
    )
    decision = register(council(assignments=(adopted,)), eva)
    annul_decision(decision=decision, reason="Fel protokoll.", by=eva, at=LATER)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.giver, proposal.due_date) == ("proposed", bodies.board, date(2022, 12, 31))


def test_who_does_it_sees_the_decision_that_it_belongs_to(
    proposal: Assignment, eva: Viewer, bo_coordinator: Member, david_chief_executive: Member
) -> None:
    proposing, david, bo = proposal.decision, david_chief_executive.viewer_at(LATER), bo_coordinator.viewer_at(LATER)
    adopting_one = register(adopting(proposal), eva)
    proposal.refresh_from_db()
    delegate_assignment(assignment=proposal, delegated_to=bo_coordinator.person, by=david, at=LATER)
    assert list(decisions(viewer=bo)) == [adopting_one]
    annul_decision(decision=adopting_one, reason="Fel protokoll.", by=eva, at=LATER)
    assert list(decisions(viewer=bo)) == [proposing]


def test_the_proposing_body_sees_the_adopting_decision_until_it_is_annulled(
    proposal: Assignment, eva: Viewer, bodies: Bodies
) -> None:
    adopting_one = register(adopting(proposal), eva)
    reaches = adopting_one.reaches.filter(unit=bodies.board.unit)
    assert [reach.ground for reach in reaches.holding(LATER)] == ["proposer"]
    annul_decision(decision=adopting_one, reason="Fel protokoll.", by=eva, at=LATER)
    assert not reaches.holding(LATER).exists()


def test_what_is_no_longer_proposed_is_not_adopted_again(proposal: Assignment, eva: Viewer) -> None:
    register(adopting(proposal), eva)
    with pytest.raises(Refused):
        register(replace(adopting(proposal), paragraph="6"), eva)


def test_a_proposal_is_not_adopted_by_a_body_of_the_same_rank(proposal: Assignment, eva: Viewer) -> None:
    same = replace(adopting(proposal), body="Kommunstyrelsen", paragraph="12")
    with pytest.raises(Refused):
        register(same, eva)


def test_a_proposal_that_nobody_took_up_lapses_with_a_reason(proposal: Assignment, eva: Viewer) -> None:
    lapse_assignment(assignment=proposal, reason="Fullmäktige avslog förslaget.", by=eva, at=LATER)
    assert proposal.state == AssignmentState.LAPSED


def test_a_proposal_of_the_same_case_and_words_is_adopted_without_asking(
    proposal: Assignment, eva: Viewer, bodies: Bodies
) -> None:
    confirmed = with_certain_adoptions(council(), bodies.council, viewer=eva)
    assert [row.adopts for row in confirmed.assignments] == [proposal.reference]


def test_a_proposal_in_another_case_is_offered_only_in_the_same_words(
    proposal: Assignment, eva: Viewer, bodies: Bodies
) -> None:
    day = date(2022, 1, 25)
    found = [
        bool(proposed_below(bodies.council, day, numbers={"KS 2020-1"}, texts=texts, viewer=eva))
        for texts in ([proposal.text], ["något helt annat"])
    ]
    assert found == [True, False]


def test_the_nearest_of_the_same_case_is_suggested_and_only_the_same_words_are_certain() -> None:
    incoming = Wording(assignee="Kommundirektören", text="bygga upp säkerhetsarbetet till 2024", case_number="KS 1")
    near = replace(incoming, text="bygga upp säkerhetsarbetet till 2023")
    far = replace(incoming, text="köpa en tjänst")
    proposed = [("UPP-1", far), ("UPP-2", near)]
    assert (suggested(incoming, proposed), certain(incoming, proposed)) == ("UPP-2", "")


def test_an_assignment_to_every_committee_is_one_for_each_with_a_reference_of_its_own(several: Decision) -> None:
    given = list(several.assignments.order_by("assignee"))
    assert [row.assignee for row in given] == ["Bildningsnämnden", "Kommunstyrelsen", "Socialnämnden"]
    assert (len({row.reference for row in given}), {row.clause_id for row in given}) == (3, {given[0].clause_id})


def test_only_the_ticked_of_those_who_are_meant_get_it(eva: Viewer, bodies: Bodies) -> None:
    decision = register(to_all(units=(bodies.social.unit_id,)), eva)
    assert [row.assignee for row in decision.assignments.all()] == ["Socialnämnden"]


def test_closing_the_point_closes_everybodys(several: Decision, eva: Viewer) -> None:
    register(closing(day=date(2023, 2, 7)), eva)
    assert {row.state for row in several.assignments.all()} == {AssignmentState.CLOSED}


def test_the_list_of_open_assignments_says_how_many_have_reported(
    several: Decision, eva: Viewer, bodies: Bodies
) -> None:
    first, *others = several.assignments.order_by("assignee")
    later = register(replace(closing(day=date(2023, 2, 7)), closings=()), eva)
    close_assignments(assignments=[first], decision=later, by=eva, at=LATER)
    rows = balance_of(bodies.board, eva.day, viewer=eva).open
    assert [(row.assignment, row.sharing.reported, row.sharing.count) for row in rows] == [
        (other, 1, 3) for other in others
    ]


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("Uppdraget om besöksrutiner förklaras fullgjort.", [0]),
        ("Uppdragen i § 340 förklaras fullgjorda.", [0, 1]),
        ("Uppdraget förklaras fullgjort.", []),
        ("Redovisningen om utbildning i receptionen antecknas.", [1]),
    ],
)
def test_the_words_of_a_closing_name_one_of_several_assignments_or_none(said: str, places: list[int]) -> None:
    texts = ["ta fram besöksrutiner för stadshuset", "utbilda personalen i receptionen"]
    assert named_among(said, texts) == places
