"""When an assignment is due: read from the words of a decision, read anew, or set by a new decision."""

from datetime import date, datetime

from varn.areas.decisions.models import Assignment, Deadline, Decision
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import clause_at, require_open, require_ruling, the_clause
from varn.areas.decisions.rules import ClauseKind, DeadlineKind
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Changes, action, change, record
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
            clause=before.clause if before else None,
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
    clause: int | None = None,
) -> Deadline:
    """A new decision of the same or a higher body has given the assignment a later deadline.

    `clause` is the place of the clause that does; without it, the only one that extends.
    """
    require(Permission.EXTEND, by=by, on=assignment)
    require_open(assignment)
    require_ruling(assignment, decision)
    _require_later(last_date, decision.date, "decisions:refusal.extended_to_before_the_decision")
    _require_later(last_date, assignment.due_date, "decisions:refusal.extended_to_an_earlier_day")
    return _set_deadline(
        assignment,
        Deadline(
            words=words,
            kind=kind,
            first_date=first_date,
            last_date=last_date,
            extended_by=decision,
            clause=clause_at(decision, clause) or the_clause(decision, ClauseKind.EXTENDS),
        ),
        verb=Permission.EXTEND,
        by=by,
        at=at,
    )


def _require_later(last: date | None, day: date | None, key: str) -> None:
    if last is not None and day is not None and last < day:
        raise Refused(Refusal(key, day=day))


def _set_deadline(assignment: Assignment, new: Deadline, *, verb: str, by: Viewer, at: datetime) -> Deadline:
    if new.first_date and new.last_date and new.last_date < new.first_date:
        raise Refused(Refusal("decisions:refusal.deadline_ends_before_it_begins"))
    assignment.deadlines.filter(until_at=None).update(until_at=at)
    new.assignment, new.interpreted_by, new.from_at = assignment, by.name, at
    new.save()
    changes = change(assignment, due_date=new.last_date, overdue_notice_at=None, escalated_at=None)
    told: Changes = {"deadline": (None, new.words)}
    if new.extended_by_id:
        # By its number only: not everybody who reads this history may see that decision. The page names it to those.
        told["extended_by_id"] = (None, new.extended_by_id)
    record(verb, assignment, by=by, at=at, changes=changes | told)
    return new
