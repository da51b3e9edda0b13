"""The decisions that wait to be acknowledged, and by whom."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment, Decision, Dispatch
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries.expansion import accounts_of
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.viewer import Viewer

NOT_TAKEN_UP = (AssignmentState.DECIDED, AssignmentState.DISPATCHED)


def awaited_from(viewer: Viewer, decision: Decision) -> list[Dispatch]:
    """The dispatches of the decision that the reader is to acknowledge and has not yet.

    Whoever may send the decision is asked only for what nobody else can acknowledge.
    """
    rows = list(_awaited(viewer).filter(decision=decision))
    if not rows or not may(viewer, Permission.DISPATCH_DECISION, decision):
        return rows
    return [row for row in rows if not set(accounts_of(row, viewer.day)) - {viewer.account_id}]


def awaited_with(assignment: Assignment, *, viewer: Viewer) -> QuerySet[Dispatch]:
    """The dispatches that the reader acknowledges by taking the assignment up: to them, or to the unit that answers."""
    unit = assignment.answering_unit
    own = Q(person__in=viewer.people) | Q(person=None, unit=unit, unit__isnull=False)
    return _awaited(viewer).filter(own, decision=assignment.decision_id)


def awaited_alone(viewer: Viewer, *, office_ids: Sequence[int]) -> QuerySet[Dispatch]:
    """The dispatches that the reader is to acknowledge, save those that they acknowledge by taking up an assignment.

    Theirs are the assignments of the offices that they hold, and those that they do or support.
    """
    theirs = Q(office__in=office_ids) | Q(delegated_to__in=viewer.people) | Q(support__in=viewer.people)
    to_take_up = Assignment.objects.visible_to(viewer, Permission.RECEIVE).filter(theirs, state__in=NOT_TAKEN_UP)
    new = to_take_up.filter(decision=OuterRef("decision"))
    answers = Q(office__unit=OuterRef("unit")) | Q(office=None, unit=OuterRef("unit"))
    to_me = Q(person__in=viewer.people)
    return _awaited(viewer).exclude((to_me & Exists(new)) | (Q(person=None) & Exists(new.filter(answers))))


def _awaited(viewer: Viewer) -> QuerySet[Dispatch]:
    return Dispatch.objects.visible_to(viewer, Permission.ACKNOWLEDGE).waiting()
