"""A decision after the meeting: verified, posted, appealed, binding, repealed; and a wrong import annulled."""

from datetime import date, datetime

from varn.areas.decisions.actions.undoing import (
    ENDED_BY_ANOTHER,
    annul_assignment,
    forget_adoption,
    forget_closing,
    forget_end,
    forget_extension,
    forget_repeal,
)
from varn.areas.decisions.lifecycle import OPEN_STATES, AssignmentState, DecisionState
from varn.areas.decisions.models import Assignment, Decision, Proposal
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import require_reason
from varn.areas.decisions.rules import StatutoryDate, appealed_until, binding_from, posted_by
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Changes, action, change, record
from varn.mechanisms.moves.making import Refused, make
from varn.mechanisms.search.indexing import index

# Where a decision has days that may have been wrongly given.
WITH_DAYS = (DecisionState.VERIFIED, DecisionState.POSTED, DecisionState.APPEALED, DecisionState.BINDING)


@action
def verify_decision(*, decision: Decision, date: date, by: Viewer, at: datetime, reason: str = "") -> Decision:
    """The minutes are verified since that day, and the lawbook says by when the notice must be posted."""
    _require_day(date, not_before=decision.date, by=by)
    post_by = posted_by(date)
    _set_date(decision, "post_by", post_by, verified_date=date)
    make(decision, "verify", by=by, at=at, reason=reason)
    return decision


@action
def post_decision(*, decision: Decision, date: date, by: Viewer, at: datetime, reason: str = "") -> Decision:
    """The notice is posted since that day, and the lawbook says how long the decision can be appealed."""
    _require_day(date, not_before=decision.verified_date or decision.date, by=by)
    _set_date(decision, "appeal_until", appealed_until(date), posted_date=date)
    make(decision, "post", by=by, at=at, reason=reason)
    return decision


@action
def correct_days(
    *,
    decision: Decision,
    reason: str,
    by: Viewer,
    at: datetime,
    verified_date: date | None = None,
    posted_date: date | None = None,
) -> Decision:
    """The minutes were verified and posted on these days, not on those given before; the lawbook counts anew from them.

    A decision that a wrong day has made binding is posted again while it can still be appealed.
    """
    require(Permission.CORRECT_DAYS, by=by, on=decision)
    require_reason(reason)
    if decision.state not in WITH_DAYS:
        raise Refused(Refusal("moves:refusal.not_from_here", state=f"decisions:decision.{decision.state}"))
    verified, posted = verified_date or decision.verified_date, posted_date or decision.posted_date
    _require_day(verified, not_before=decision.date, by=by)
    bound = decision.binding_date
    is_bound_by_time = bound is not None and bound == binding_from(decision.appeal_until_date)
    changes = _set_date(decision, "post_by", posted_by(verified), verified_date=verified)
    if decision.posted_date is not None:
        _require_day(posted, not_before=verified, by=by)
        changes |= _set_date(decision, "appeal_until", appealed_until(posted), posted_date=posted)
    binds = binding_from(decision.appeal_until_date)
    runs_still = binds is not None and binds > by.day
    if is_bound_by_time:
        changes |= change(decision, binding_date=None if runs_still else binds)
    record(Permission.CORRECT_DAYS, decision, by=by, at=at, changes=changes, reason=reason)
    if is_bound_by_time and runs_still:
        make(decision, "correct_days", by=by, at=at, reason=reason)
    return decision


@action
def gain_force(*, decision: Decision, by: Viewer, at: datetime) -> Decision:
    """The time to appeal is out and nobody did: the decision is legally binding."""
    if decision.appeal_until_date is not None:
        change(decision, binding_date=binding_from(decision.appeal_until_date))
    make(decision, "gain_force", by=by, at=at)
    return decision


@action
def settle_appeal(*, decision: Decision, date: date, reason: str, by: Viewer, at: datetime) -> Decision:
    """The court has let the decision stand: it is binding since that day."""
    _require_day(date, not_before=decision.posted_date or decision.date, by=by)
    change(decision, binding_date=date)
    make(decision, "settle_appeal", by=by, at=at, reason=reason)
    return decision


@action
def quash_decision(*, decision: Decision, date: date, reason: str, by: Viewer, at: datetime) -> Decision:
    """The court has set the decision aside, and its open assignments fall with it."""
    _require_day(date, not_before=decision.posted_date or decision.date, by=by)
    make(decision, "quash", by=by, at=at, reason=reason)
    _repeal_assignments(decision, None, date, by=by, at=at, reason=reason)
    return decision


@action
def repeal_decision(
    *, decision: Decision, repealed_by: Decision, by: Viewer, at: datetime, reason: str = ""
) -> Decision:
    """A later decision of the same or a higher body has repealed this one; its open assignments fall with it."""
    _require_later(decision, repealed_by)
    change(decision, repealed_by=repealed_by)
    make(decision, "repeal", by=by, at=at, reason=reason)
    _repeal_assignments(decision, repealed_by, repealed_by.date, by=by, at=at, reason=reason)
    index(decision)
    return decision


@action
def follow_decision(*, decision: Decision, follows: Decision | None, by: Viewer, at: datetime) -> Decision:
    """The decision stands as following up an earlier one, and is found from it."""
    require(Permission.FOLLOW, by=by, on=decision)
    if follows is not None and (follows.pk == decision.pk or follows.date > decision.date):
        raise Refused(Refusal("decisions:refusal.follows_an_earlier_one"))
    record(Permission.FOLLOW, decision, by=by, at=at, changes=change(decision, follows=follows))
    return decision


@action
def annul_decision(*, decision: Decision, reason: str, by: Viewer, at: datetime) -> Decision:
    """The decision was wrongly brought in: it counts no more, nor does what came of it, and nothing is deleted.

    Its assignments are annulled. What it closed, repealed, adopted or extended is again as if it had not been said.
    Afterwards the body's § of that year can be registered anew.
    """
    make(decision, "annul", by=by, at=at, reason=reason)
    taken_up = Proposal.objects.filter(taken_up_by=decision, assignment__decision=decision)
    for proposal in taken_up.select_related("assignment", "clause__decision__body"):
        forget_adoption(proposal=proposal, reason=reason, by=by, at=at)
    for assignment in decision.assignments.exclude(state=AssignmentState.ANNULLED):
        annul_assignment(assignment=assignment, reason=reason, by=by, at=at)
    for closing in decision.closings.exclude(assignment=None):
        forget_closing(closing=closing, reason=reason, by=by, at=at)
    for repealed in Decision.objects.filter(repealed_by=decision):
        forget_repeal(decision=repealed, reason=reason, by=by, at=at)
    for ended in Assignment.objects.filter(repealed_by=decision, state__in=ENDED_BY_ANOTHER):
        forget_end(assignment=ended, reason=reason, by=by, at=at)
    for extension in decision.extends.filter(until_at=None):
        forget_extension(deadline=extension, reason=reason, by=by, at=at)
    decision.dispatches.exclude(token_hash="").update(token_hash="", token_expires_at=None)
    index(decision)
    return decision


def _require_day(day: date, *, not_before: date, by: Viewer) -> None:
    if day < not_before:
        raise Refused(Refusal("decisions:refusal.too_early", day=not_before))
    if day > by.day:
        raise Refused(Refusal("decisions:refusal.not_yet_come", day=by.day))


def _set_date(decision: Decision, name: str, statutory: StatutoryDate | None, **values: date) -> Changes:
    if statutory is not None:
        values |= {f"{name}_date": statutory.day}
        decision.law = decision.law | {name: statutory.law}
        decision.save(update_fields=["law"])
    return change(decision, **values)


def _require_later(decision: Decision, later: Decision) -> None:
    if later.pk == decision.pk or later.date < decision.date or later.state == DecisionState.ANNULLED:
        raise Refused(Refusal("decisions:refusal.repealed_by_a_later_one"))
    if later.body.may_close(decision.body) is not None:
        raise Refused(Refusal("decisions:refusal.lower_body_cannot_repeal"))


def _repeal_assignments(
    decision: Decision, repealed_by: Decision | None, day: date, *, by: Viewer, at: datetime, reason: str
) -> None:
    """Its open assignments are repealed with it; what it only proposed comes to nothing."""
    for assignment in decision.assignments.filter(state__in=[AssignmentState.PROPOSED, *OPEN_STATES]):
        move = "lapse" if assignment.state == AssignmentState.PROPOSED else "repeal"
        change(assignment, repealed_by=repealed_by, until_date=max(day, assignment.from_date))
        make(assignment, move, by=by, at=at, reason=reason or str(repealed_by.citation if repealed_by else ""))
        index(assignment)
