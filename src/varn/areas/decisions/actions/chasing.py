"""Telling those who answer that an assignment is overdue: the holder of the office first, then the chief executive."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from varn.areas.decisions.models import Assignment
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import accounts_answering_for, chief_executive_accounts
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.notices.notifying import notify

# The verb of the trail for what the calendar does by itself.
ESCALATE = "decisions:assignment:escalate"


@action
def tell_overdue(*, assignment: Assignment, by: Viewer, at: datetime) -> Assignment:
    """The holder of the office, the delegate and the support have been told that the assignment is overdue."""
    require(Permission.TELL_OVERDUE, by=by, on=assignment)
    _refuse_unless_overdue(assignment, at)
    record(Permission.TELL_OVERDUE, assignment, by=by, at=at, changes=change(assignment, overdue_notice_at=at))
    everybody = system_viewer(at=at, job="overdue")
    accounts = accounts_answering_for(assignment, timezone.localdate(at), viewer=everybody)
    _tell(assignment, accounts, "decisions:notice.overdue", at)
    return assignment


@action
def escalate_assignment(*, assignment: Assignment, by: Viewer, at: datetime) -> Assignment:
    """The chief executive has been told that the assignment is still overdue."""
    require(Permission.TELL_OVERDUE, by=by, on=assignment)
    _refuse_unless_overdue(assignment, at)
    record(ESCALATE, assignment, by=by, at=at, changes=change(assignment, escalated_at=at))
    _tell(assignment, chief_executive_accounts(timezone.localdate(at)), "decisions:notice.escalated", at)
    return assignment


def _refuse_unless_overdue(assignment: Assignment, at: datetime) -> None:
    if not Assignment.objects.overdue(timezone.localdate(at)).filter(pk=assignment.pk).exists():
        raise Refused(Refusal("decisions:refusal.not_overdue"))


def _tell(assignment: Assignment, accounts: list[int], kind: str, at: datetime) -> None:
    url = reverse("decisions:assignment-detail", args=[assignment.reference])
    notify(accounts, kind=kind, about=assignment, url=url, values={"reference": assignment.reference}, at=at)
