"""The guard of a protected action: done at once, made a request of, or carried out with an approval in hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.approvals.actions import close_bootstrapping, prepare_approval
from varn.mechanisms.approvals.approvers import accounts_that_may_decide, somebody_else_decides
from varn.mechanisms.approvals.declared import PROTECTED, Carried, Protected
from varn.mechanisms.approvals.effects import Effects, done_by
from varn.mechanisms.approvals.executing import execute_held
from varn.mechanisms.approvals.models import Approval, InForce
from varn.mechanisms.approvals.payloads import as_payload, from_payload, hash_of
from varn.mechanisms.approvals.permissions import Permission
from varn.mechanisms.approvals.queries import held_by, standing_request
from varn.mechanisms.audit.trail import Refused
from varn.mechanisms.protecting import AwaitsApproval

Deed = Callable[..., Any]


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of a protected action: its arguments as they are stored, those beside, and by whom and when."""

    row: Protected
    deed: Deed
    stored: dict[str, Any]
    beside: Mapping[str, Any]
    by: Viewer
    at: datetime

    @property
    def hash(self) -> str:
        """The hash of the call as things stand now."""
        return hash_of(self.row.key, self.stored, passing=self.row.passing)


def guard(key: str, deed: Deed, arguments: Mapping[str, Any]) -> Any:
    """What the deed returns, where it may be done now; otherwise it has become a request, and `AwaitsApproval` says so.

    Whoever could not do the deed at all, or not now, is told so at once, as without any guard.
    """
    row, by, at = PROTECTED[key], arguments["by"], arguments["at"]
    if by.is_system or row.is_below(arguments) or not in_force(by=by, at=at):
        return deed(**arguments)
    beside = {name: arguments[name] for name in row.beside if name in arguments}
    stored = {name: as_payload(value) for name, value in arguments.items() if name not in ("by", "at", *beside)}
    call = Call(row=row, deed=deed, stored=stored, beside=beside, by=by, at=at)
    if row.carried is Carried.BY_REQUESTER:
        held = held_by(call.by, action=key, payload_hash=call.hash, at=at)
        if held is not None:
            return execute_held(approval=held, beside=beside, by=by, at=at)
    raise AwaitsApproval(_requested(call))


def in_force(*, by: Viewer, at: datetime) -> bool:
    """Whether four eyes are demanded: from the moment when somebody else could have approved, and for ever after.

    Until then whoever sets up the installation is alone, and does alone what has to be done.
    """
    if InForce.objects.filter(pk=1).exists():
        return True
    if not somebody_else_decides(than=None if by.is_system else by, at=at):
        return False
    close_bootstrapping(by=by, at=at)
    return True


def remember_page(approval: Approval, path: str) -> None:
    """The request knows the page that its requester came from, and goes back to when they may do what they asked."""
    Approval.objects.filter(pk=approval.pk, requested_from="").update(requested_from=path[:500])


def _requested(call: Call) -> Approval:
    """The request: the one that stands already for exactly this, or a new one."""
    effects = _rehearsed(call)
    require(Permission.ASK, by=call.by)
    if call.by.person_id is None:
        raise Refused(Refusal("approvals:refusal.no_person"))
    standing = standing_request(call.by, action=call.row.key, payload_hash=call.hash, at=call.at)
    if standing is not None:
        return standing
    thing = from_payload(call.stored[call.row.thing]) if call.row.thing else None
    if not accounts_that_may_decide(call.row, thing, asked_by=call.by, at=call.at):
        raise Refused(Refusal("approvals:refusal.nobody_can", decides=str(call.row.decided_by)))
    return prepare_approval(
        row=call.row,
        thing=thing,
        payload={"arguments": call.stored, "effects": effects},
        payload_hash=call.hash,
        by=call.by,
        at=call.at,
    )


def _rehearsed(call: Call) -> Effects:
    """What the deed would write in the trail. It is really done, and undone: nothing of it is left but these words."""
    with transaction.atomic():
        _given, effects = done_by(call.deed, call.row, call.stored, beside=call.beside, by=call.by, at=call.at)
        transaction.set_rollback(True)
    return effects
