"""How far an assignment has come on its way back to the body that gave it, and what moves it."""

from enum import StrEnum

from varn.areas.decisions.lifecycle.decision import DecisionState
from varn.areas.decisions.permissions import Permission
from varn.kernel.lifecycle import Context, Lifecycle, MadeBy, Move, Refusal


class AssignmentState(StrEnum):
    """How far an assignment has come on its way back to the body that gave it."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    DISPATCHED = "dispatched"
    RECEIVED = "received"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    PARTLY_REPORTED = "partly_reported"
    READY_TO_REPORT = "ready_to_report"
    REPORTED_BACK = "reported_back"
    CLOSED = "closed"
    REPEALED = "repealed"
    LAPSED = "lapsed"
    ANNULLED = "annulled"


A = AssignmentState

# The states in which an assignment is open: it stands in the list of open assignments.
OPEN_STATES = (
    A.DECIDED,
    A.DISPATCHED,
    A.RECEIVED,
    A.PLANNED,
    A.UNDER_WAY,
    A.PARTLY_REPORTED,
    A.READY_TO_REPORT,
    A.REPORTED_BACK,
)
# The states of an assignment that stands on no day: no body has given it, or it was never given.
NEVER_IN_FORCE = (A.PROPOSED, A.LAPSED, A.ANNULLED)


def _falls_with_its_decision(assignment: object, context: Context) -> Refusal | None:
    if assignment.repealed_by_id or assignment.decision.state == DecisionState.REPEALED:
        return None
    return Refusal("decisions:refusal.no_repealing_decision")


def _is_in_force(assignment: object, context: Context) -> Refusal | None:
    if assignment.clause.for_body:
        return Refusal("decisions:refusal.no_adopting_decision", body=assignment.clause.for_body)
    return None


def _is_adopted_by_none(assignment: object, context: Context) -> Refusal | None:
    undone = assignment.proposals.filter(clause=assignment.clause_id, taken_up_by__state=DecisionState.ANNULLED)
    return None if undone.exists() else Refusal("decisions:refusal.in_force_by_a_decision")


def _is_closed_by_its_own_body(assignment: object, context: Context) -> Refusal | None:
    closings = assignment.closings.exclude(decision__state=DecisionState.ANNULLED).select_related("decision__body")
    refusal: Refusal | None = Refusal("decisions:refusal.no_closing_decision")
    for closing in closings:
        refusal = closing.decision.body.may_close(assignment.giver)
        if refusal is None:
            return None
    return refusal


def _no_decision_closes_it(assignment: object, context: Context) -> Refusal | None:
    closed = assignment.closings.exclude(decision__state=DecisionState.ANNULLED).exists()
    if closed or assignment.repealed_by_id:
        return Refusal("decisions:refusal.still_ended_by_a_decision")
    return None


# A move that a later decision brings about has no button of its own: the decision is chosen on a page first.
ASSIGNMENT = Lifecycle(
    name="decisions:assignment",
    states=AssignmentState,
    initial=A.PROPOSED,
    final=frozenset({A.ANNULLED}),
    moves=(
        Move(
            name="adopt",
            permission=Permission.ADOPT,
            sources=(A.PROPOSED,),
            target=A.DECIDED,
            conditions=(_is_in_force,),
            made_by=MadeBy.DEED,
        ),
        Move(
            name="suspend",
            permission=Permission.SUSPEND,
            sources=OPEN_STATES,
            target=A.PROPOSED,
            conditions=(_is_adopted_by_none,),
            reason_required=True,
            made_by=MadeBy.DEED,
        ),
        Move(
            name="dispatch",
            permission=Permission.DISPATCH_ASSIGNMENT,
            sources=(A.DECIDED,),
            target=A.DISPATCHED,
            made_by=MadeBy.DEED,
        ),
        Move(
            name="recall",
            permission=Permission.RECALL,
            sources=(A.DISPATCHED,),
            target=A.DECIDED,
            reason_required=True,
            made_by=MadeBy.DEED,
        ),
        Move(name="receive", permission=Permission.RECEIVE, sources=(A.DECIDED, A.DISPATCHED), target=A.RECEIVED),
        Move(name="plan", permission=Permission.PLAN, sources=(A.DECIDED, A.DISPATCHED, A.RECEIVED), target=A.PLANNED),
        Move(
            name="start",
            permission=Permission.START,
            sources=(A.DECIDED, A.DISPATCHED, A.RECEIVED, A.PLANNED, A.READY_TO_REPORT, A.REPORTED_BACK),
            target=A.UNDER_WAY,
        ),
        Move(
            name="report_part",
            permission=Permission.REPORT_PART,
            sources=(A.UNDER_WAY, A.PARTLY_REPORTED),
            target=A.PARTLY_REPORTED,
        ),
        Move(
            name="propose_report",
            permission=Permission.PROPOSE_REPORT,
            sources=(A.UNDER_WAY, A.PARTLY_REPORTED),
            target=A.READY_TO_REPORT,
        ),
        Move(
            name="report_back",
            permission=Permission.REPORT_BACK,
            sources=(A.READY_TO_REPORT,),
            target=A.REPORTED_BACK,
        ),
        Move(
            name="close",
            permission=Permission.CLOSE,
            sources=OPEN_STATES,
            target=A.CLOSED,
            conditions=(_is_closed_by_its_own_body,),
            made_by=MadeBy.DEED,
        ),
        Move(
            name="repeal",
            permission=Permission.REPEAL_ASSIGNMENT,
            sources=OPEN_STATES,
            target=A.REPEALED,
            conditions=(_falls_with_its_decision,),
            made_by=MadeBy.DEED,
        ),
        Move(
            name="lapse",
            permission=Permission.LAPSE,
            sources=(A.PROPOSED,),
            target=A.LAPSED,
            reason_required=True,
        ),
        Move(
            name="reopen",
            permission=Permission.REOPEN,
            sources=(A.CLOSED, A.REPEALED, A.LAPSED),
            target=A.UNDER_WAY,
            conditions=(_no_decision_closes_it,),
            reason_required=True,
            made_by=MadeBy.DEED,
            goes_back=True,
        ),
        Move(
            name="annul",
            permission=Permission.ANNUL_ASSIGNMENT,
            sources=(A.PROPOSED, *OPEN_STATES, A.CLOSED, A.REPEALED, A.LAPSED),
            target=A.ANNULLED,
            reason_required=True,
        ),
    ),
)
