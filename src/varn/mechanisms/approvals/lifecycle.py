from enum import StrEnum

from varn.kernel.lifecycle import Context, Lifecycle, MadeBy, Move, Refusal
from varn.mechanisms.approvals.permissions import Permission


class ApprovalState(StrEnum):
    """How far a request has come."""

    PREPARED = "prepared"
    WAITING = "waiting"
    APPROVED = "approved"
    EXECUTED = "executed"
    FAILED = "failed"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OPEN_STATES = (ApprovalState.PREPARED, ApprovalState.WAITING, ApprovalState.APPROVED)


def _in_time(approval: object, context: Context) -> Refusal | None:
    """What has waited too long is asked anew: nobody knows any longer whether it is still meant."""
    expires_at = vars(approval)["expires_at"]
    return Refusal("approvals:refusal.expired", at=expires_at) if context.at >= expires_at else None


APPROVAL = Lifecycle(
    name="approvals:approval",
    states=ApprovalState,
    initial=ApprovalState.PREPARED,
    final=frozenset(
        {
            ApprovalState.EXECUTED,
            ApprovalState.FAILED,
            ApprovalState.DENIED,
            ApprovalState.WITHDRAWN,
            ApprovalState.EXPIRED,
        }
    ),
    moves=(
        Move(
            name="ask",
            permission=Permission.ASK,
            sources=(ApprovalState.PREPARED,),
            target=ApprovalState.WAITING,
            conditions=(_in_time,),
            reason_required=True,
        ),
        Move(
            name="approve",
            permission=Permission.APPROVE,
            sources=(ApprovalState.WAITING,),
            target=ApprovalState.APPROVED,
            conditions=(_in_time,),
        ),
        Move(
            name="deny",
            permission=Permission.DENY,
            sources=(ApprovalState.WAITING,),
            target=ApprovalState.DENIED,
            conditions=(_in_time,),
            reason_required=True,
        ),
        Move(
            name="withdraw",
            permission=Permission.WITHDRAW,
            sources=OPEN_STATES,
            target=ApprovalState.WITHDRAWN,
        ),
        Move(
            name="execute",
            permission=Permission.EXECUTE,
            sources=(ApprovalState.APPROVED,),
            target=ApprovalState.EXECUTED,
            conditions=(_in_time,),
            made_by=MadeBy.DEED,
        ),
        Move(
            name="fail",
            permission=Permission.FAIL,
            sources=(ApprovalState.APPROVED,),
            target=ApprovalState.FAILED,
            made_by=MadeBy.JOB,
        ),
        Move(
            name="expire",
            permission=Permission.EXPIRE,
            sources=OPEN_STATES,
            target=ApprovalState.EXPIRED,
            made_by=MadeBy.JOB,
        ),
    ),
)
