"""Taking back what a wrongly imported decision did to others. Every step stands in the trail."""

from datetime import datetime

from varn.areas.decisions.lifecycle import OPEN_STATES, AssignmentState, DecisionState
from varn.areas.decisions.models import Assignment, Closing, Deadline, Decision, Proposal, Reach
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import answering
from varn.areas.decisions.rules import Ground
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import make
from varn.mechanisms.search.indexing import index

# What has a date is done again, in this order, when a decision comes back.
STEPS = (("verified_date", "verify"), ("posted_date", "post"), ("binding_date", "gain_force"))
# What an assignment is when another decision than one that closes it has ended it.
ENDED_BY_ANOTHER = (AssignmentState.REPEALED, AssignmentState.LAPSED)


@action
def annul_assignment(*, assignment: Assignment, reason: str, by: Viewer, at: datetime) -> Assignment:
    """The assignment counts no more, and stood on no day; nobody sees its decision for its sake.

    Closings that meant it wait for what takes its place.
    """
    change(assignment, until_date=assignment.from_date)
    make(assignment, "annul", by=by, at=at, reason=reason)
    Closing.objects.filter(assignment=assignment).exclude(decision=assignment.decision).update(assignment=None)
    assignment.reaches.end(at)
    index(assignment)
    return assignment


@action
def forget_closing(*, closing: Closing, reason: str, by: Viewer, at: datetime) -> Assignment:
    """The assignment is open again, as far on its way as it was, unless another decision closes it too."""
    assignment = closing.assignment
    record(Permission.LINK_CLOSING, closing, by=by, at=at, reason=reason)
    others = assignment.closings.exclude(decision__state=DecisionState.ANNULLED).select_related("decision")
    remaining = min((other.decision.date for other in others), default=None)
    if assignment.state == AssignmentState.CLOSED:
        change(assignment, until_date=remaining)
        if remaining is None:
            make(assignment, "reopen", by=by, at=at, reason=reason)
            index(assignment)
    return assignment


@action
def forget_repeal(*, decision: Decision, reason: str, by: Viewer, at: datetime) -> Decision:
    """The decision holds again, as far on its way as its own dates say, and so do the assignments that fell with it."""
    fallen = list(decision.assignments.filter(state__in=ENDED_BY_ANOTHER, repealed_by=decision.repealed_by))
    change(decision, repealed_by=None)
    make(decision, "reinstate", by=by, at=at, reason=reason)
    for name, move in STEPS:
        if getattr(decision, name) is not None:
            make(decision, move, by=system_viewer(at=at, job="reinstate"), at=at)
    for assignment in fallen:
        forget_end(assignment=assignment, reason=reason, by=by, at=at)
    index(decision)
    return decision


@action
def forget_adoption(*, proposal: Proposal, reason: str, by: Viewer, at: datetime) -> Assignment:
    """The assignment is only proposed again, in the words and by the body that proposed it.

    Where the proposing decision does not stand either, the assignment counts no more.
    """
    assignment, clause = proposal.assignment, proposal.clause
    who = answering(proposal.assignee, clause.decision.date)
    before = assignment.deadlines.filter(until_at=proposal.made_at).order_by("pk").last()
    if before is not None:
        assignment.deadlines.filter(until_at=None).update(until_at=at)
        _again(before, at)
    held = assignment.deadlines.filter(until_at=None).first()
    changes = change(
        assignment,
        decision=clause.decision,
        clause=clause,
        giver=clause.decision.body,
        from_date=clause.decision.date,
        assignee=who.assignee,
        office=who.office,
        unit=who.unit,
        group="",
        text=proposal.text,
        due_date=held.last_date if held else None,
        report_form=proposal.report_form,
    )
    record(Permission.ADOPT, assignment, by=by, at=at, changes=changes, reason=reason)
    Reach.objects.hold(clause.decision, assignment.answering_unit, Ground.ASSIGNEE, at=at, assignment=assignment)
    Reach.objects.carry(assignment, at=at)
    assignment.reaches.filter(decision=proposal.taken_up_by).end(at)
    if clause.decision.state == DecisionState.ANNULLED:
        return annul_assignment(assignment=assignment, reason=reason, by=by, at=at)
    if assignment.state in OPEN_STATES:
        make(assignment, "suspend", by=by, at=at, reason=reason)
    index(assignment)
    return assignment


@action
def forget_end(*, assignment: Assignment, reason: str, by: Viewer, at: datetime) -> Assignment:
    """The assignment is as it was before a decision repealed it, or said that its proposal came to nothing."""
    change(assignment, repealed_by=None, until_date=None)
    make(assignment, "reopen", by=by, at=at, reason=reason)
    index(assignment)
    return assignment


@action
def forget_extension(*, deadline: Deadline, reason: str, by: Viewer, at: datetime) -> Deadline | None:
    """The deadline that held before the extension holds again."""
    assignment = deadline.assignment
    change(deadline, until_at=at)
    others = assignment.deadlines.exclude(extended_by__state=DecisionState.ANNULLED)
    before = others.order_by("from_at", "pk").last()
    last = before.last_date if before else None
    record(Permission.EXTEND, assignment, by=by, at=at, changes=change(assignment, due_date=last), reason=reason)
    return _again(before, at) if before else None


def _again(deadline: Deadline, at: datetime) -> Deadline:
    return Deadline.objects.create(
        assignment=deadline.assignment,
        words=deadline.words,
        kind=deadline.kind,
        first_date=deadline.first_date,
        last_date=deadline.last_date,
        interpreted_by=deadline.interpreted_by,
        extended_by=deadline.extended_by,
        clause=deadline.clause,
        from_at=at,
    )
