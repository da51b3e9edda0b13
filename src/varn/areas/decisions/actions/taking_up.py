"""Taking an assignment up: who takes it up has also received the decision that gives it."""

from datetime import datetime

from varn.areas.decisions.actions.dispatching import acknowledge_dispatch
from varn.areas.decisions.models import Assignment
from varn.areas.decisions.queries import awaited_with
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action
from varn.mechanisms.moves.making import make


@action
def receive_assignment(*, assignment: Assignment, by: Viewer, at: datetime, reason: str = "") -> Assignment:
    """The assignment is received, and so is the decision where it waits for the same one's acknowledgement."""
    make(assignment, "receive", by=by, at=at, reason=reason)
    return _acknowledged(assignment, by, at)


@action
def plan_assignment(*, assignment: Assignment, by: Viewer, at: datetime, reason: str = "") -> Assignment:
    """It is settled how and when the work is done; the decision is received."""
    make(assignment, "plan", by=by, at=at, reason=reason)
    return _acknowledged(assignment, by, at)


@action
def start_assignment(*, assignment: Assignment, by: Viewer, at: datetime, reason: str = "") -> Assignment:
    """The work is under way; the decision is received."""
    make(assignment, "start", by=by, at=at, reason=reason)
    return _acknowledged(assignment, by, at)


def _acknowledged(assignment: Assignment, by: Viewer, at: datetime) -> Assignment:
    for dispatch in awaited_with(assignment, viewer=by):
        acknowledge_dispatch(dispatch=dispatch, answer="", by=by, at=at)
    return assignment
