"""How far a decision has come after the meeting, and what moves it."""

from enum import StrEnum

from varn.areas.decisions.permissions import Permission
from varn.kernel.lifecycle import Context, Lifecycle, MadeBy, Move, Refusal


class DecisionState(StrEnum):
    """How far a decision has come after the meeting."""

    REGISTERED = "registered"
    VERIFIED = "verified"
    POSTED = "posted"
    APPEALED = "appealed"
    BINDING = "binding"
    REPEALED = "repealed"
    ANNULLED = "annulled"


D = DecisionState


def _appeal_period_is_over(decision: object, context: Context) -> Refusal | None:
    if decision.appeal_until_date is None or context.by.day <= decision.appeal_until_date:
        return Refusal("decisions:refusal.appeal_period_runs", day=decision.appeal_until_date or "")
    return None


def _is_repealed_by_a_decision(thing: object, context: Context) -> Refusal | None:
    return None if thing.repealed_by_id else Refusal("decisions:refusal.no_repealing_decision")


def _no_decision_ends_it(thing: object, context: Context) -> Refusal | None:
    return Refusal("decisions:refusal.still_ended_by_a_decision") if thing.repealed_by_id else None


# A move that a later decision brings about has no button of its own: the decision is chosen on a page first.
DECISION = Lifecycle(
    name="decisions:decision",
    states=DecisionState,
    initial=D.REGISTERED,
    final=frozenset({D.ANNULLED}),
    moves=(
        Move(name="verify", permission=Permission.VERIFY, sources=(D.REGISTERED,), target=D.VERIFIED),
        Move(name="post", permission=Permission.POST, sources=(D.VERIFIED,), target=D.POSTED),
        Move(
            name="gain_force",
            permission=Permission.GAIN_FORCE,
            sources=(D.POSTED,),
            target=D.BINDING,
            conditions=(_appeal_period_is_over,),
            made_by=MadeBy.JOB,
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
            name="quash",
            permission=Permission.QUASH,
            sources=(D.APPEALED,),
            target=D.REPEALED,
            reason_required=True,
        ),
        Move(
            name="repeal",
            permission=Permission.REPEAL_DECISION,
            sources=(D.REGISTERED, D.VERIFIED, D.POSTED, D.APPEALED, D.BINDING),
            target=D.REPEALED,
            conditions=(_is_repealed_by_a_decision,),
            made_by=MadeBy.DEED,
        ),
        Move(
            name="correct_days",
            permission=Permission.CORRECT_DAYS,
            sources=(D.BINDING,),
            target=D.POSTED,
            reason_required=True,
            made_by=MadeBy.DEED,
        ),
        Move(
            name="reinstate",
            permission=Permission.REINSTATE,
            sources=(D.REPEALED,),
            target=D.REGISTERED,
            conditions=(_no_decision_ends_it,),
            reason_required=True,
            made_by=MadeBy.DEED,
        ),
        Move(
            name="annul",
            permission=Permission.ANNUL,
            sources=(D.REGISTERED, D.VERIFIED, D.POSTED, D.APPEALED, D.BINDING, D.REPEALED),
            target=D.ANNULLED,
            reason_required=True,
        ),
    ),
)
