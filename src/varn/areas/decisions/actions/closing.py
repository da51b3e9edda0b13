"""Closing assignments: only a decision of the body that gave them, or of a higher one, does it."""

from collections.abc import Sequence
from datetime import date, datetime

from varn.areas.decisions.lifecycle import OPEN_STATES
from varn.areas.decisions.models import Assignment, Body, Clause, Closing, Decision
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import (
    clause_at,
    clause_saying,
    closable_by,
    require_open,
    require_reason,
    the_clause,
    waiting_for,
)
from varn.areas.decisions.rules import ClauseKind, ConfirmedClosing, normal_paragraph
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused, make
from varn.mechanisms.search.indexing import index

# The verb of the trail for a closing that has found no assignment when its decision is registered.
WAITS = "decisions:closing:wait"


@action
def say_closing(*, decision: Decision, closing: ConfirmedClosing, by: Viewer, at: datetime) -> list[Closing]:
    """It stands that the decision closes what it refers to, and what is found by that is closed.

    What is not found (not registered yet, or given by a higher body) stays said, and can be linked later.
    """
    require(Permission.REGISTER, by=by, on=decision)
    said = Closing(
        decision=decision,
        body_name=closing.body,
        date=closing.date,
        paragraph=normal_paragraph(closing.paragraph),
        point=closing.point,
        only=closing.only,
        outcome=closing.outcome[:300],
        made_at=at,
    )
    said.clause = clause_saying(said)
    found = closable_by(said, viewer=by, chosen=closing.chosen)
    verb = Permission.LINK_CLOSING if found else WAITS
    record(verb, decision, by=by, at=at, changes={"closing": (None, str(said))})
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
    closing = _still_waiting(closing)
    refusal = closing.decision.body.may_close(assignment.giver)
    if refusal is not None:
        raise Refused(refusal)
    require_open(assignment)
    record(Permission.LINK_CLOSING, closing, by=by, at=at, changes={"assignment": (None, str(assignment))})
    return _link(closing, assignment, by=by, at=at)


@action
def dismiss_closing(*, closing: Closing, reason: str, by: Viewer, at: datetime) -> Closing:
    """The closing waits for no assignment any more, for this reason. It still stands with its decision."""
    require(Permission.DISMISS_CLOSING, by=by, on=closing.decision)
    require_reason(reason)
    closing = _still_waiting(closing)
    closing.dismissed_at, closing.dismissed_because = at, reason[:2000]
    closing.save()
    changes = {"closing": (str(closing), None)}
    record(Permission.DISMISS_CLOSING, closing.decision, by=by, at=at, changes=changes, reason=reason)
    return closing


@action
def correct_closing(
    *,
    closing: Closing,
    body: Body,
    date: date,
    paragraph: str,
    reason: str,
    by: Viewer,
    at: datetime,
    point: str = "",
) -> Closing:
    """The closing refers to this § and point, which were wrongly read, and what is found by that is closed."""
    require(Permission.CORRECT_CLOSING, by=by, on=closing.decision)
    require_reason(reason)
    closing = _still_waiting(closing)
    said = {"body_name": body.name, "date": date, "paragraph": normal_paragraph(paragraph), "point": point}
    changes = change(closing, **said)
    record(Permission.CORRECT_CLOSING, closing.decision, by=by, at=at, changes=changes, reason=reason)
    found = closable_by(closing, viewer=by)
    for place, assignment in enumerate(found):
        _link(closing if place == 0 else _copy(closing), assignment, by=by, at=at)
    return closing


@action
def close_assignments(
    *,
    assignments: Sequence[Assignment],
    decision: Decision,
    by: Viewer,
    at: datetime,
    outcome: str = "",
    clause: int | None = None,
) -> list[Closing]:
    """All these assignments are closed by the registered decision, or none is.

    `clause` is the place of the clause that says it; without it, the only one that closes. What the decision said of
    them before, and waited, is answered by this.
    """
    if not assignments:
        raise Refused(Refusal("decisions:refusal.nothing_to_close"))
    for assignment in assignments:
        require_open(assignment)
    by_clause = clause_at(decision, clause) or the_clause(decision, ClauseKind.CLOSES)
    return [_link(_closing_of(decision, each, outcome, by_clause, at), each, by=by, at=at) for each in assignments]


def _still_waiting(closing: Closing) -> Closing:
    """The closing, while nobody else can answer or dismiss it."""
    closing = Closing.objects.select_for_update(of=("self",)).select_related("decision__body").get(pk=closing.pk)
    if closing.assignment_id is not None:
        raise Refused(Refusal("decisions:refusal.closing_is_linked"))
    if closing.dismissed_at is not None:
        raise Refused(Refusal("decisions:refusal.closing_is_dismissed"))
    return closing


def _closing_of(
    decision: Decision, assignment: Assignment, outcome: str, clause: Clause | None, at: datetime
) -> Closing:
    waiting = waiting_for(assignment, decision=decision)
    if waiting is not None:
        waiting.body_name, waiting.outcome = assignment.decision.body.name, outcome or waiting.outcome
        waiting.date, waiting.paragraph = assignment.decision.date, assignment.decision.paragraph
        waiting.clause = clause or waiting.clause
        return waiting
    return Closing(
        decision=decision,
        clause=clause,
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
        clause=closing.clause,
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
        if closing.pk is not None:
            closing.delete()
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
