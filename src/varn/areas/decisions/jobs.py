"""What happens to decisions and assignments when its day comes. One that cannot be done does not stop the others."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from varn.areas.decisions import actions, queries
from varn.areas.decisions.models import Assignment, Decision, Dispatch
from varn.areas.decisions.rules import ESCALATION, REMINDER
from varn.kernel.lawbook import InactiveRule
from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.jobs.rows import each_by_itself


@scheduled("10 1 * * *", name="decisions:gain_force")
def gain_force(*, by: Viewer, at: datetime) -> int:
    """Decisions whose time to appeal is out, and that nobody appealed against, are legally binding."""

    def bind(decision: Decision) -> None:
        actions.gain_force(decision=decision, by=by, at=at)

    return each_by_itself(list(queries.posted_and_past(timezone.localdate(at), viewer=by)), bind)


@scheduled("0 7 * * *", name="decisions:remind_recipients")
def remind_recipients(*, by: Viewer, at: datetime) -> int:
    """Recipients who have not acknowledged are reminded once, after the municipality's number of days.

    Whoever cannot be reached is noted once, for the secretary to see, and tried again when there is a way.
    """
    since, day = _days_before(REMINDER, at), timezone.localdate(at)

    def remind(dispatch: Dispatch) -> None:
        actions.remind_dispatch(dispatch=dispatch, by=by, at=at)

    rows = queries.unanswered_since(since, viewer=by) if since else ()
    wanted = [row for row in rows if row.unreachable_at is None or queries.can_be_reached(row, day)]
    return each_by_itself(wanted, remind)


@scheduled("15 7 * * *", name="decisions:tell_overdue")
def tell_overdue(*, by: Viewer, at: datetime) -> int:
    """Those who answer for an assignment are told when it becomes overdue."""

    def tell(assignment: Assignment) -> None:
        actions.tell_overdue(assignment=assignment, by=by, at=at)

    return each_by_itself(list(queries.overdue_untold(timezone.localdate(at), viewer=by)), tell)


@scheduled("30 7 * * *", name="decisions:escalate_overdue")
def escalate_overdue(*, by: Viewer, at: datetime) -> int:
    """The chief executive is told of assignments that stay overdue beyond the municipality's number of days."""
    since = _days_before(ESCALATION, at, beyond=True)

    def escalate(assignment: Assignment) -> None:
        actions.escalate_assignment(assignment=assignment, by=by, at=at)

    return each_by_itself(list(queries.overdue_since(since, viewer=by)) if since else [], escalate)


def _days_before(rule_id: str, at: datetime, *, beyond: bool = False) -> date | None:
    """The last day that lies so many days back; `None` where no such period is known."""
    day = timezone.localdate(at)
    try:
        return day - timedelta(days=installation().days(rule_id, on=day) + beyond)
    except InactiveRule:
        return None
