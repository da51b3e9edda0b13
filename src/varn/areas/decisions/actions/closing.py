"""Closing assignments: only a decision of the body that gave them, or of a higher one, does it."""

from collections.abc import Sequence
from datetime import datetime

from varn.areas.decisions.lifecycle import OPEN_STATES
from varn.areas.decisions.models import Assignment, Closing, Decision
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import closable_by, require_open
from varn.areas.decisions.rules import ConfirmedClosing, normal_paragraph
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused, make
from varn.mechanisms.search.indexing import index


@action
def say_closing(*, decision: Decision, closing: ConfirmedClosing, by: Viewer, at: datetime) -> list[Closing]:
    """It stands that the decision closes what it refers to, and what is found by that is closed.

    What is not found (not registered yet, or given by a higher body) stays said, and can be linked later.
    """
    require(Permission.REGISTER, by=by, on=decision)
    said = Closing(
        decision=decision,
        body_name=closing.body or decision.body.name,
        date=closing.date,
        paragraph=normal_paragraph(closing.paragraph),
        point=closing.point,
        only=closing.only,
        outcome=closing.outcome[:300],
        made_at=at,
    )
    found = closable_by(said, viewer=by, chosen=closing.chosen)
    record(Permission.LINK_CLOSING, decision, by=by, at=at, changes={"closing": (None, str(said))})
    if not found:
        said.save()
        return [said]
    return [_link(_copy(said), assignment, by=by, at=at) for assignment in found]


@action
def answer_closing(*, closing: Closing, by: Viewer, at: datetime) -> Closing:
    """A closing that was said before its assignment was registered finds it, and the assignment is closed."""
    found = closable_by(closing, viewer=by)
    record(Permission.LINK_CLOSING, closing, by=by, at=at, changes={"found": (0, len(found))})
    for place, assignment in enumerate(found):
        _link(closing if place == 0 else _copy(closing), assignment, by=by, at=at)
    return closing


@action
def link_closing(*, closing: Closing, assignment: Assignment, by: Viewer, at: datetime) -> Closing:
    """A person has said which assignment the closing means, and it is closed."""
    require(Permission.LINK_CLOSING, by=by, on=closing.decision)
    closing = Closing.objects.select_for_update(of=("self",)).select_related("decision__body").get(pk=closing.pk)
    if closing.assignment_id is not None:
        raise Refused(Refusal("decisions:refusal.closing_is_linked"))
    require_open(assignment)
    record(Permission.LINK_CLOSING, closing, by=by, at=at, changes={"assignment": (None, str(assignment))})
    return _link(closing, assignment, by=by, at=at)


@action
def close_assignments(
    *, assignments: Sequence[Assignment], decision: Decision, by: Viewer, at: datetime, outcome: str = ""
) -> list[Closing]:
    """All these assignments are closed by the registered decision, or none is."""
    if not assignments:
        raise Refused(Refusal("decisions:refusal.nothing_to_close"))
    for assignment in assignments:
        require_open(assignment)
    return [_link(_closing_of(decision, each, outcome, at), each, by=by, at=at) for each in assignments]


def _closing_of(decision: Decision, assignment: Assignment, outcome: str, at: datetime) -> Closing:
    return Closing(
        decision=decision,
        body_name=assignment.decision.body.name,
        date=assignment.decision.date,
        paragraph=assignment.decision.paragraph,
        point=assignment.clause.number,
        only=assignment.assignee if assignment.group else "",
        outcome=outcome,
        made_at=at,
    )


def _copy(closing: Closing) -> Closing:
    return Closing(
        decision=closing.decision,
        body_name=closing.body_name,
        date=closing.date,
        paragraph=closing.paragraph,
        point=closing.point,
        only=closing.only,
        outcome=closing.outcome,
        made_at=closing.made_at,
    )


def _link(closing: Closing, assignment: Assignment, *, by: Viewer, at: datetime) -> Closing:
    """The closing names the assignment once; an assignment that is open is closed from the closing decision's day."""
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    same = Closing.objects.filter(decision=closing.decision, assignment=assignment).first()
    if same is not None:
        return same
    if closing.decision.date < assignment.from_date:
        raise Refused(Refusal("decisions:refusal.closed_before_given", day=assignment.from_date))
    closing.assignment = assignment
    closing.save()
    if locked.state in OPEN_STATES:
        change(assignment, until_date=closing.decision.date)
        make(assignment, "close", by=by, at=at)
        index(assignment)
    return closing
