"""What must hold of an assignment before something is done with it, and the deadline that stands."""

from varn.areas.decisions.lifecycle import OPEN_STATES, DecisionState
from varn.areas.decisions.models import Assignment, Clause, Deadline, Decision
from varn.areas.decisions.rules import ClauseKind, ConfirmedDeadline, DeadlineKind
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.moves.making import Refused


def require_open(assignment: Assignment) -> None:
    """The assignment is open, in force and not yet ended; until the deed is done nobody else can end it."""
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if locked.state not in OPEN_STATES:
        raise Refused(Refusal("decisions:refusal.not_open"))


def require_ruling(assignment: Assignment, decision: Decision) -> None:
    """The decision rules over the assignment: of its giver or of a body above, and not older than it."""
    if decision.body.may_close(assignment.giver) is not None:
        raise Refused(Refusal("decisions:refusal.lower_body_cannot_rule", body=assignment.giver.name))
    if decision.state == DecisionState.ANNULLED:
        raise Refused(Refusal("decisions:refusal.is_annulled"))
    if decision.date < assignment.from_date:
        raise Refused(Refusal("decisions:refusal.too_early", day=assignment.from_date))


def require_reason(reason: str) -> None:
    """The deed has a reason, since it takes something back."""
    if not reason.strip():
        raise Refused(Refusal("moves:refusal.reason_missing"))


def clause_at(decision: Decision, place: int | None) -> Clause | None:
    """The clause at this place of the decision, counted from one; `None` where no place is named."""
    if place is None:
        return None
    found = decision.clauses.filter(position=place).first()
    if found is None:
        raise Refused(Refusal("decisions:refusal.no_such_clause"))
    return found


def the_clause(decision: Decision, kind: ClauseKind) -> Clause | None:
    """The only clause of the decision that does this; `None` where none does, or several do."""
    found = list(decision.clauses.filter(kind=kind, for_body="")[:2])
    return found[0] if len(found) == 1 else None


def stated_deadline(assignment: Assignment) -> ConfirmedDeadline | None:
    """The deadline that holds now, as a decision may state it."""
    held = deadline_now(assignment)
    return stated(held) if held else None


def deadline_now(assignment: Assignment) -> Deadline | None:
    """The deadline that holds now, as it was read."""
    return assignment.deadlines.filter(until_at=None).first()


def stated(deadline: Deadline) -> ConfirmedDeadline:
    """The deadline as a decision states it."""
    kind = DeadlineKind(deadline.kind)
    return ConfirmedDeadline(words=deadline.words, kind=kind, first=deadline.first_date, last=deadline.last_date)
