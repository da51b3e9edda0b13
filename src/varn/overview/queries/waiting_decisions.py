"""What waits for a reader among decisions and assignments."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.areas.decisions.lifecycle import AssignmentState, DecisionState
from varn.areas.decisions.models import Assignment, Decision, Dispatch, Reading, Recipient
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import assignments as assignments_seen
from varn.areas.decisions.queries import awaited_alone, decisions, dispatches, readings, sent_in_part
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.links import url_of, verb_url
from varn.mechanisms.ui.words import word
from varn.overview.queries.windows import Windows
from varn.overview.rules import Alike, Button, Row, Urgency, urgency_of

MOST = 25
# What usually comes next, by the state of the assignment.
NEXT = {
    AssignmentState.DECIDED: Permission.RECEIVE,
    AssignmentState.DISPATCHED: Permission.RECEIVE,
    AssignmentState.RECEIVED: Permission.START,
    AssignmentState.PLANNED: Permission.START,
    AssignmentState.UNDER_WAY: Permission.REPORT_PROGRESS,
    AssignmentState.PARTLY_REPORTED: Permission.REPORT_PROGRESS,
    AssignmentState.READY_TO_REPORT: Permission.REPORT_BACK,
}
NEW = (AssignmentState.DECIDED, AssignmentState.DISPATCHED)


def assignments(viewer: Viewer, *, unit_ids: list[int], office_ids: list[int], windows: Windows) -> Iterator[Row]:
    """The open assignments of the reader's offices and units, and those they do or support.

    Reported ones wait for the body.
    """
    of_units = Assignment.objects.visible_to(viewer, Permission.RECEIVE).filter(office=None, unit__in=unit_ids)
    mine = Q(office__in=office_ids) | Q(pk__in=of_units.values("pk"))
    mine |= Q(delegated_to__in=viewer.people) | Q(support__in=viewer.people)
    rows = assignments_seen(viewer=viewer).open().exclude(state=AssignmentState.REPORTED_BACK).filter(mine)
    for assignment in rows.order_by("due_date", "pk")[:MOST]:
        yield _assignment_row(assignment, viewer, office_ids, windows)


def acknowledgements(viewer: Viewer, *, unit_ids: list[int], office_ids: list[int], windows: Windows) -> Iterator[Row]:
    """The decisions sent to the reader's own units, or to them in person, that nobody has acknowledged.

    Where an assignment of the same decision waits for them too, taking that up is the one step.
    """
    if not viewer.may(Permission.ACKNOWLEDGE):
        return
    own = Q(person__in=viewer.people) | Q(person=None, unit__in=unit_ids)
    mine = awaited_alone(viewer, office_ids=office_ids).filter(own)
    rows = dispatches(viewer=viewer).filter(pk__in=mine.values("pk"))
    for dispatch in rows[:MOST]:
        sent = timezone.localdate(dispatch.sent_at)
        is_late = sent < windows.sent_too_long_ago
        yield Row(
            urgency=Urgency.OVERDUE if is_late else Urgency.DECIDE,
            kind="decisions:dispatch",
            title=dispatch.decision.title,
            reference=dispatch.decision.reference,
            reason=Refusal("overview:reason.sent_to", name=dispatch.name, day=sent),
            url=url_of(dispatch.decision),
            day=sent + (windows.day - windows.sent_too_long_ago),
            buttons=(Button(label=word(Permission.ACKNOWLEDGE), url=verb_url(dispatch, "acknowledge")),),
            alike=Alike(
                url=_listed("decisions:dispatch-list", waiting="true", q=dispatch.decision.reference),
                title=dispatch.decision.title,
                name=dispatch.name,
                reason="overview:reason.sent_to_several",
                button=_("Show all"),
            ),
        )


def secretary(viewer: Viewer, *, windows: Windows) -> Iterator[Row]:
    """What a secretary has not finished: minutes to confirm, decisions to send, assignments without an office."""
    if viewer.may(Permission.READ_READINGS):
        yield from (_reading_row(reading) for reading in _unconfirmed(readings(viewer=viewer))[:MOST])
    if viewer.may(Permission.DISPATCH_DECISION):
        yield from (_unsent_row(decision) for decision in _unsent(viewer, windows)[:MOST])
        in_part = sent_in_part(since=windows.unsent_since, viewer=viewer)
        yield from (_sent_in_part_row(decision, lines) for decision, lines in in_part.items())
    if viewer.may(Permission.REMIND):
        lost = Dispatch.objects.visible_to(viewer, Permission.REMIND).waiting().exclude(unreachable_at=None)
        rows = lost.select_related("decision").exclude(decision__state=DecisionState.ANNULLED).order_by("sent_at", "pk")
        yield from (_unreachable_row(dispatch) for dispatch in rows[:MOST])
    if viewer.may(Permission.MATCH):
        mine = Assignment.objects.visible_to(viewer, Permission.MATCH).open().unanswered()
        rows = assignments_seen(viewer=viewer).filter(pk__in=mine.values("pk")).order_by("from_date", "pk")
        yield from (_unmatched_row(assignment) for assignment in rows[:MOST])


def _unreachable_row(dispatch: Dispatch) -> Row:
    return Row(
        urgency=Urgency.DECIDE,
        kind="decisions:dispatch",
        title=dispatch.decision.title,
        reference=dispatch.decision.reference,
        reason=Refusal("overview:reason.cannot_be_reached", name=dispatch.name),
        url=url_of(dispatch.decision),
    )


def _assignment_row(assignment: Assignment, viewer: Viewer, office_ids: list[int], windows: Windows) -> Row:
    urgency = urgency_of(assignment.due_date, day=windows.day, window=windows.due_soon)
    if urgency is Urgency.WAITS and assignment.state in NEW:
        urgency = Urgency.DECIDE
    verb = NEXT.get(assignment.state)
    return Row(
        urgency=urgency,
        kind="decisions:assignment",
        title=assignment.text,
        reference=assignment.reference,
        reason=_why(assignment, viewer, office_ids),
        url=url_of(assignment),
        day=assignment.due_date,
        buttons=(_button(assignment, verb),) if verb and viewer.may(verb) else (),
        state=f"decisions:assignment.{assignment.state}",
    )


def _why(assignment: Assignment, viewer: Viewer, office_ids: list[int]) -> Refusal:
    if assignment.delegated_to_id in viewer.people:
        return Refusal("overview:reason.delegated", office=assignment.answers)
    if assignment.support_id in viewer.people and assignment.office_id not in office_ids:
        return Refusal("overview:reason.supports", office=assignment.answers)
    return Refusal("overview:reason.answers_for", office=assignment.answers)


def _button(assignment: Assignment, permission: Permission) -> Button:
    return Button(label=word(permission), url=verb_url(assignment, permission.rpartition(":")[2]))


def _unconfirmed(rows: QuerySet[Reading]) -> QuerySet[Reading]:
    return rows.filter(decisions=None)


def _reading_row(reading: Reading) -> Row:
    return Row(
        urgency=Urgency.DECIDE,
        kind="decisions:reading",
        title=reading.name,
        reference=reading.reference,
        reason=Refusal("overview:reason.reading_waits", day=timezone.localdate(reading.created_at)),
        url=url_of(reading),
    )


def _unsent(viewer: Viewer, windows: Windows) -> QuerySet[Decision]:
    sent = Dispatch.objects.standing().filter(decision=OuterRef("pk"))
    mine = Decision.objects.visible_to(viewer, Permission.DISPATCH_DECISION).filter(
        ~Exists(sent), date__gte=windows.unsent_since, recipients__isnull=False
    )
    settled = [DecisionState.ANNULLED, DecisionState.REPEALED]
    return decisions(viewer=viewer).filter(pk__in=mine.values("pk")).exclude(state__in=settled)


def _unsent_row(decision: Decision) -> Row:
    return Row(
        urgency=Urgency.DECIDE,
        kind="decisions:decision",
        title=decision.title,
        reference=decision.reference,
        reason=Refusal("overview:reason.not_sent", body=decision.body, day=decision.date),
        url=url_of(decision),
        day=decision.date,
        buttons=(Button(label=word(Permission.DISPATCH_DECISION), url=verb_url(decision, "dispatch")),),
    )


def _sent_in_part_row(decision: Decision, lines: list[Recipient]) -> Row:
    return Row(
        urgency=Urgency.DECIDE,
        kind="decisions:decision",
        title=decision.title,
        reference=decision.reference,
        reason=Refusal("overview:reason.lines_left", lines=", ".join(line.text for line in lines)),
        url=url_of(decision),
        day=decision.date,
        buttons=(Button(label=word(Permission.DISPATCH_DECISION), url=verb_url(decision, "dispatch")),),
    )


def _unmatched_row(assignment: Assignment) -> Row:
    return Row(
        urgency=Urgency.DECIDE,
        kind="decisions:assignment",
        title=assignment.text,
        reference=assignment.reference,
        reason=Refusal("overview:reason.no_office", assignee=assignment.assignee),
        url=url_of(assignment),
        day=assignment.due_date,
        buttons=(_button(assignment, Permission.MATCH),),
        alike=Alike(
            url=_listed("decisions:assignment-list", open="true", unmatched="true", q=assignment.decision.reference),
            title=f"{assignment.decision.citation} {assignment.decision.title}",
            name=assignment.assignee,
            reason="overview:reason.no_office_for_several",
            button=_("Show all"),
        ),
    )


def _listed(name: str, **filters: str) -> str:
    return f"{reverse(name)}?{urlencode(filters)}"
