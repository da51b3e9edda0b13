"""Doing what was approved: the very same action, with the stored arguments and the rights of whoever asked, once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.module_loading import import_string

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer, system_viewer, viewer_of
from varn.mechanisms.approvals.effects import Effects, done_by, same
from varn.mechanisms.approvals.models import Approval
from varn.mechanisms.approvals.payloads import Gone, hash_of
from varn.mechanisms.approvals.permissions import Permission
from varn.mechanisms.audit.trail import Refused, action, change
from varn.mechanisms.moves.making import make

JOB = "approvals:carry_out"
NOTHING: Mapping[str, Any] = {}


def is_unchanged(approval: Approval) -> bool:
    """Whether the arguments, and all that they name, are what they were when the request was made."""
    row = approval.row
    return approval.payload_hash == hash_of(row.key, approval.payload["arguments"], passing=row.passing)


def is_as_said(approval: Approval, effects: Effects) -> bool:
    """Whether what was done is what the request said, field by field: also where it reads what it does not name."""
    return same(approval.payload["effects"], effects)


@action
def execute_approval(
    *, approval: Approval, beside: Mapping[str, Any] = NOTHING, at: datetime, by: Viewer | None = None
) -> tuple[Approval, Any]:
    """What was approved is done, with the rights that its requester has now; or it has failed, and it is said why.

    Comes back with what the deed gave, `None` where it was not done. `beside` is what the requester gives beside what
    was approved, where they do it themselves.
    """
    requester = by or viewer_of(approval.requested_by, at=at)
    try:
        with transaction.atomic():
            given = _done(approval, beside, requester, at)
            change(approval, executed_at=at)
            make(approval, "execute", by=requester, at=at)
        return approval, given
    except Refused as refused:
        return _failed(approval, refused.refusal, at), None
    except PermissionDenied:
        return _failed(approval, Refusal("approvals:refusal.right_ended"), at), None
    except Gone:
        return _failed(approval, Refusal("approvals:refusal.gone"), at), None


def execute_held(*, approval: Approval, beside: Mapping[str, Any], by: Viewer, at: datetime) -> Any:
    """The requester does what was approved, and has what it gives; where it can no longer be done, it is refused."""
    executed, given = execute_approval(approval=approval, beside=beside, by=by, at=at)
    if executed.outcome:
        raise Refused(Refusal(executed.outcome, **executed.outcome_values))
    return given


def _done(approval: Approval, beside: Mapping[str, Any], requester: Viewer, at: datetime) -> Any:
    if not approval.requested_by.is_active or not requester.may(Permission.EXECUTE):
        raise Refused(Refusal("approvals:refusal.right_ended"))
    if requester.person_id != approval.requested_person:
        raise Refused(Refusal("approvals:refusal.another_requester"))
    if not is_unchanged(approval):
        raise Refused(Refusal("approvals:refusal.changed"))
    deed = import_string(approval.row.deed).unguarded
    arguments = approval.payload["arguments"]
    given, effects = done_by(deed, approval.row, arguments, beside=beside, by=requester, at=at)
    if not is_as_said(approval, effects):
        raise Refused(Refusal("approvals:refusal.changed"))
    return given


def _failed(approval: Approval, refusal: Refusal, at: datetime) -> Approval:
    approval.refresh_from_db()
    change(approval, outcome=refusal.key, outcome_values=dict(refusal.values))
    make(approval, "fail", by=system_viewer(at=at, job=JOB), at=at)
    return approval
