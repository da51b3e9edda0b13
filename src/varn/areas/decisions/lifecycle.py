from enum import StrEnum

from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.rules import may_close
from varn.kernel.lifecycle import Context, Lifecycle, Move, Refusal


class DecisionState(StrEnum):
    """How far a decision has come after the meeting."""

    REGISTERED = "registered"
    VERIFIED = "verified"
    POSTED = "posted"
    APPEALED = "appealed"
    BINDING = "binding"
    REPEALED = "repealed"
    ANNULLED = "annulled"


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
    ANNULLED = "annulled"


D, A = DecisionState, AssignmentState

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


def _appeal_period_is_over(decision: object, context: Context) -> Refusal | None:
    if decision.appeal_until_date is None or context.by.day <= decision.appeal_until_date:
        return Refusal("decisions:refusal.appeal_period_runs", day=decision.appeal_until_date or "")
    return None


def _is_repealed_by_a_decision(thing: object, context: Context) -> Refusal | None:
    return None if thing.repealed_by_id else Refusal("decisions:refusal.no_repealing_decision")


def _is_closed_by_its_own_body(assignment: object, context: Context) -> Refusal | None:
    closing = assignment.closings.select_related("decision__body").order_by("pk").last()
    if closing is None or closing.decision is None:
        return Refusal("decisions:refusal.no_closing_decision")
    giver = assignment.clause.decision.body
    closer = closing.decision.body
    return may_close(giver=giver.rank, closer=closer.rank, same_body=giver.pk == closer.pk)


DECISION = Lifecycle(
    name="decisions:decision",
    states=DecisionState,
    initial=D.REGISTERED,
    final=frozenset({D.REPEALED, D.ANNULLED}),
    moves=(
        Move(name="verify", permission=Permission.VERIFY, sources=(D.REGISTERED,), target=D.VERIFIED),
        Move(name="post", permission=Permission.POST, sources=(D.VERIFIED,), target=D.POSTED),
        Move(
            name="gain_force",
            permission=Permission.GAIN_FORCE,
            sources=(D.POSTED,),
            target=D.BINDING,
            conditions=(_appeal_period_is_over,),
            automatic=True,
        ),
        Move(
            name="appeal",
            permission=Permission.APPEAL,
            sources=(D.POSTED,),
            target=D.APPEALED,
            reason_required=True,
        ),
        Move(
            name="settle_appeal",
            permission=Permission.SETTLE_APPEAL,
            sources=(D.APPEALED,),
            target=D.BINDING,
            reason_required=True,
        ),
        Move(
            name="repeal",
            permission=Permission.REPEAL_DECISION,
            sources=(D.REGISTERED, D.VERIFIED, D.POSTED, D.APPEALED, D.BINDING),
            target=D.REPEALED,
            conditions=(_is_repealed_by_a_decision,),
        ),
        Move(
            name="annul",
            permission=Permission.ANNUL,
            sources=(D.REGISTERED, D.VERIFIED, D.POSTED, D.APPEALED, D.BINDING),
            target=D.ANNULLED,
            reason_required=True,
        ),
    ),
)

ASSIGNMENT = Lifecycle(
    name="decisions:assignment",
    states=AssignmentState,
    initial=A.PROPOSED,
    final=frozenset({A.CLOSED, A.REPEALED, A.ANNULLED}),
    moves=(
        Move(name="adopt", permission=Permission.ADOPT, sources=(A.PROPOSED,), target=A.DECIDED),
        Move(
            name="dispatch",
            permission=Permission.DISPATCH_ASSIGNMENT,
            sources=(A.DECIDED,),
            target=A.DISPATCHED,
            automatic=True,
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
        ),
        Move(
            name="repeal",
            permission=Permission.REPEAL_ASSIGNMENT,
            sources=(A.PROPOSED, *OPEN_STATES),
            target=A.REPEALED,
            conditions=(_is_repealed_by_a_decision,),
        ),
        Move(
            name="annul",
            permission=Permission.ANNUL_ASSIGNMENT,
            sources=(A.PROPOSED, *OPEN_STATES),
            target=A.ANNULLED,
            reason_required=True,
        ),
    ),
)
