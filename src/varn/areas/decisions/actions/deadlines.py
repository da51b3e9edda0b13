"""When an assignment is due: read from the words of a decision, read anew, or set by a new decision."""

from datetime import date, datetime

from varn.areas.decisions.models import Assignment, Deadline, Decision
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import require_open, require_ruling
from varn.areas.decisions.rules import DeadlineKind
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused


@action
def interpret_deadline(
    *,
    assignment: Assignment,
    kind: DeadlineKind,
    by: Viewer,
    at: datetime,
    first_date: date | None = None,
    last_date: date | None = None,
) -> Deadline:
    """The deadline's words stay; from now on they are read as these days (both included), by this person."""
    require(Permission.INTERPRET, by=by, on=assignment)
    require_open(assignment)
    before = assignment.deadlines.filter(until_at=None).first()
    return _set_deadline(
        assignment,
        Deadline(
            words=before.words if before else "",
            kind=kind,
            first_date=first_date,
            last_date=last_date,
            extended_by=before.extended_by if before else None,
        ),
        verb=Permission.INTERPRET,
        by=by,
        at=at,
    )


@action
def extend_assignment(
    *,
    assignment: Assignment,
    decision: Decision,
    words: str,
    kind: DeadlineKind,
    by: Viewer,
    at: datetime,
    first_date: date | None = None,
    last_date: date | None = None,
) -> Deadline:
    """A new decision of the same or a higher body has given the assignment another deadline."""
    require(Permission.EXTEND, by=by, on=assignment)
    require_open(assignment)
    require_ruling(assignment, decision)
    deadline = Deadline(words=words, kind=kind, first_date=first_date, last_date=last_date, extended_by=decision)
    return _set_deadline(assignment, deadline, verb=Permission.EXTEND, by=by, at=at)


def _set_deadline(assignment: Assignment, new: Deadline, *, verb: str, by: Viewer, at: datetime) -> Deadline:
    if new.first_date and new.last_date and new.last_date < new.first_date:
        raise Refused(Refusal("decisions:refusal.deadline_ends_before_it_begins"))
    assignment.deadlines.filter(until_at=None).update(until_at=at)
    new.assignment, new.interpreted_by, new.from_at = assignment, by.name, at
    new.save()
    changes = change(assignment, due_date=new.last_date, overdue_notice_at=None, escalated_at=None)
    record(verb, assignment, by=by, at=at, changes=changes | {"deadline": (None, new.words)})
    return new
