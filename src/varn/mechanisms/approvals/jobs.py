from datetime import datetime

from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.approvals.actions import expire_approval
from varn.mechanisms.approvals.asking import in_force
from varn.mechanisms.approvals.models import Approval
from varn.mechanisms.approvals.queries import overdue
from varn.mechanisms.jobs.rows import each_by_itself


@scheduled("*/10 * * * *", name="approvals:expire")
def expire(*, by: Viewer, at: datetime) -> int:
    """Requests whose time is over are closed, and from the moment when somebody else can decide, nobody acts alone."""

    def close(approval: Approval) -> None:
        expire_approval(approval=approval, by=by, at=at)

    in_force(by=by, at=at)
    return each_by_itself(overdue(viewer=by), close)
