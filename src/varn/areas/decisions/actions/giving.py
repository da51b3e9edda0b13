"""Giving assignments: anew, or by adopting what a lower body has proposed; to one, or to each of several."""

from datetime import datetime

from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment, Clause, Deadline, Decision, Proposal, Reach
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import (
    Answering,
    answering,
    each_answering,
    proposed_as,
    require_ruling,
    stated,
    stated_deadline,
)
from varn.areas.decisions.rules import ConfirmedAssignment, ConfirmedDeadline, Ground, nearest_text
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused, begin, make
from varn.mechanisms.references.numbers import next_reference
from varn.mechanisms.search.indexing import index


@action
def give_assignment(*, clause: Clause, confirmed: ConfirmedAssignment, by: Viewer, at: datetime) -> list[Assignment]:
    """What the clause gives is given: one assignment, or one for each where its words mean several.

    Where it adopts a proposed one, that is the same assignment, now by this clause; of several it is the first one's.
    """
    everybody = _those_who_answer(clause.decision, confirmed, by)
    given = []
    if confirmed.adopts:
        given.append(_take_up(confirmed.adopts, clause, confirmed, everybody.pop(0), by=by, at=at))
    given += [_create(clause, confirmed, each, by=by, at=at) for each in everybody]
    for assignment in given:
        _state_deadline(assignment, confirmed.deadline, by=by, at=at)
        if confirmed.in_force:
            make(assignment, "adopt", by=by, at=at)
    names = ", ".join(assignment.reference for assignment in given)
    record(Permission.REGISTER, clause.decision, by=by, at=at, changes={"assignment": (None, names)})
    for each in given:
        Reach.objects.hold(clause.decision, each.answering_unit, Ground.ASSIGNEE, at=at, assignment=each)
    index(*given)
    return given


@action
def adopt_assignment(
    *, assignment: Assignment, decision: Decision, by: Viewer, at: datetime, clause: int | None = None
) -> Assignment:
    """The higher body has decided what was proposed to it: the same assignment, by its clause and owed to it.

    `clause` is the clause's place in the decision; without it, the one whose words are nearest. The words and the
    deadline stay as they were proposed.
    """
    clauses = list(decision.clauses.select_related("decision__body"))
    place = nearest_text(assignment.text, [each.text for each in clauses]) if clause is None else clause - 1
    if not 0 <= place < len(clauses):
        raise Refused(Refusal("decisions:refusal.no_such_clause"))
    as_proposed = ConfirmedAssignment(
        clause=place + 1,
        assignee=assignment.assignee,
        text=assignment.text,
        in_force=not clauses[place].for_body,
        deadline=stated_deadline(assignment),
        report_form=assignment.report_form,
        adopts=assignment.reference,
    )
    give_assignment(clause=clauses[place], confirmed=as_proposed, by=by, at=at)
    assignment.refresh_from_db()
    return assignment


@action
def repeal_assignment(
    *, assignment: Assignment, decision: Decision, by: Viewer, at: datetime, reason: str = ""
) -> Assignment:
    """A decision of the same or a higher body has repealed this assignment and nothing else."""
    require_ruling(assignment, decision)
    change(assignment, repealed_by=decision, until_date=decision.date)
    make(assignment, "repeal", by=by, at=at, reason=reason)
    index(assignment)
    return assignment


@action
def lapse_assignment(
    *, assignment: Assignment, reason: str, by: Viewer, at: datetime, decision: Decision | None = None
) -> Assignment:
    """What was only proposed has come to nothing: a decision said otherwise, or the proposal was never taken up."""
    if decision is not None:
        require_ruling(assignment, decision)
    change(assignment, repealed_by=decision, until_date=assignment.from_date)
    make(assignment, "lapse", by=by, at=at, reason=reason)
    index(assignment)
    return assignment


def _those_who_answer(decision: Decision, confirmed: ConfirmedAssignment, by: Viewer) -> list[Answering]:
    """Who gets it. What is only proposed is one thing still; whom it reaches is settled when it is decided."""
    several = each_answering(confirmed.assignee, decision.date, viewer=by) if confirmed.in_force else []
    if not several:
        return [answering(confirmed.assignee, decision.date)]
    wanted = [each for each in several if confirmed.units is None or each.unit.pk in confirmed.units]
    if not wanted:
        raise Refused(Refusal("decisions:refusal.given_to_nobody"))
    return wanted


def _create(clause: Clause, confirmed: ConfirmedAssignment, who: Answering, *, by: Viewer, at: datetime) -> Assignment:
    assignment = Assignment.objects.create(
        reference=next_reference("UPP", at=at),
        decision=clause.decision,
        clause=clause,
        giver=clause.decision.body,
        assignee=who.assignee,
        office=who.office,
        unit=who.unit,
        group=who.group,
        text=confirmed.text,
        due_date=confirmed.deadline.last if confirmed.deadline else None,
        report_form=confirmed.report_form,
        from_date=clause.decision.date,
    )
    begin(assignment, by=by, at=at)
    record(Permission.REGISTER, assignment, by=by, at=at, changes={"decision": (None, clause.decision.citation)})
    return assignment


def _take_up(
    reference: str, clause: Clause, confirmed: ConfirmedAssignment, who: Answering, *, by: Viewer, at: datetime
) -> Assignment:
    """The proposed assignment has the clause, the giver and the words of the higher body; what was proposed is kept."""
    decision, assignment = clause.decision, _proposed_to(reference, clause.decision, by)
    Reach.objects.hold(decision, assignment.giver.unit_id, Ground.PROPOSER, at=at, assignment=assignment)
    Proposal.objects.create(
        assignment=assignment,
        clause=assignment.clause,
        assignee=assignment.assignee,
        text=assignment.text,
        report_form=assignment.report_form,
        taken_up_by=decision,
        made_at=at,
    )
    changes = change(
        assignment,
        decision=decision,
        clause=clause,
        giver=decision.body,
        from_date=decision.date,
        assignee=who.assignee,
        office=who.office,
        unit=who.unit,
        group=who.group,
        text=confirmed.text,
        due_date=confirmed.deadline.last if confirmed.deadline else None,
        report_form=confirmed.report_form,
    )
    require(Permission.ADOPT, by=by, on=assignment)
    Reach.objects.carry(assignment, at=at)
    record(Permission.ADOPT, assignment, by=by, at=at, changes=changes)
    return assignment


def _proposed_to(reference: str, decision: Decision, by: Viewer) -> Assignment:
    """The assignment under the reference, still only proposed, by a body below the one that decides now."""
    assignment = proposed_as(reference, viewer=by)
    if assignment is None or not _is_still_proposed(assignment):
        raise Refused(Refusal("decisions:refusal.not_proposed", reference=reference))
    if decision.body.rank <= assignment.giver.rank or decision.date < assignment.decision.date:
        raise Refused(Refusal("decisions:refusal.adopted_by_a_higher_body"))
    return assignment


def _is_still_proposed(assignment: Assignment) -> bool:
    """Whether nobody else has taken it up; until this deed is done nobody can."""
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    return locked.state == AssignmentState.PROPOSED


def _state_deadline(assignment: Assignment, deadline: ConfirmedDeadline | None, *, by: Viewer, at: datetime) -> None:
    """The assignment has the deadline that its decision states, in its words; none where the decision states none.

    One that says the same already stands as it is, with whoever read it.
    """
    before = assignment.deadlines.filter(until_at=None).first()
    if deadline is not None and before is not None and stated(before) == deadline:
        return
    assignment.deadlines.filter(until_at=None).update(until_at=at)
    if deadline is not None:
        Deadline.objects.create(
            assignment=assignment,
            words=deadline.words,
            kind=deadline.kind,
            first_date=deadline.first,
            last_date=deadline.last,
            interpreted_by=by.name,
            from_at=at,
        )
