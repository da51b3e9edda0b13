"""The lists of bodies, readings, decisions, dispatches and assignments."""

from datetime import date

from django.db.models import Count, Model, Q, QuerySet

from varn.areas.decisions.lifecycle import OPEN_STATES, DecisionState
from varn.areas.decisions.models import Assignment, Body, Closing, Decision, Dispatch, Meeting, Reading
from varn.areas.decisions.models.dispatch import WAITING_FIRST
from varn.areas.decisions.permissions import Permission
from varn.kernel.calendar import end_of_day
from varn.mechanisms.access.viewer import Viewer


def bodies(*, viewer: Viewer) -> QuerySet[Body]:
    """The bodies, the highest first."""
    return Body.objects.visible_to(viewer).select_related("unit")


def bodies_registered_by(viewer: Viewer) -> QuerySet[Body]:
    """The bodies that still decide and that the reader registers decisions of."""
    return Body.objects.visible_to(viewer, Permission.REGISTER).deciding(viewer.day)


def meetings_of(body: Body, *, viewer: Viewer) -> QuerySet[Meeting]:
    """The body's meetings, the latest first, each with how many of its decisions the reader may see."""
    seen = Decision.objects.visible_to(viewer).exclude(state=DecisionState.ANNULLED)
    count = Count("decisions", filter=Q(decisions__in=seen))
    return Meeting.objects.visible_to(viewer).filter(body=body).annotate(decision_count=count)


def readings(*, viewer: Viewer) -> QuerySet[Reading]:
    """The minutes that have been read and not discarded, the latest first, without what was read."""
    return readings_in_full(viewer=viewer).defer("paragraphs")


def readings_in_full(*, viewer: Viewer) -> QuerySet[Reading]:
    """The minutes that have been read and not discarded, the latest first, with every § as it was read."""
    return Reading.objects.visible_to(viewer).filter(discarded_at=None).select_related("created_by")


def decisions(*, viewer: Viewer) -> QuerySet[Decision]:
    """The decisions that the reader may see, the latest first, without their text."""
    return Decision.objects.visible_to(viewer).select_related("body").defer("text", "law")


def decisions_in_full(*, viewer: Viewer) -> QuerySet[Decision]:
    """The decisions that the reader may see, the latest first, with their text and the law that was applied."""
    return Decision.objects.visible_to(viewer).select_related("body__unit", "follows")


def decision_seen(pk: int | None, *, viewer: Viewer) -> Decision | None:
    """The decision, if one is named and the reader may see it."""
    return decisions(viewer=viewer).filter(pk=pk).first() if pk else None


def dispatches(*, viewer: Viewer) -> QuerySet[Dispatch]:
    """The dispatches of decisions that the reader may see: those that wait first, and of those the earliest sent."""
    rows = Dispatch.objects.visible_to(viewer).select_related("decision__body", "recipient")
    return rows.defer("decision__text", "decision__law").order_by(*WAITING_FIRST)


def assignments(*, viewer: Viewer) -> QuerySet[Assignment]:
    """The assignments that the reader may see, the oldest first."""
    rows = Assignment.objects.visible_to(viewer)
    related = ("decision__body", "giver", "office", "unit", "delegated_to", "support", "clause")
    return rows.select_related(*related).defer("decision__text", "decision__law")


def open_assignments_of(unit: Model, *, viewer: Viewer) -> QuerySet[Assignment]:
    """The open assignments that the unit answers for, itself or by one of its offices, the oldest first."""
    answers = Q(unit=unit) | Q(office__unit=unit)
    return assignments(viewer=viewer).open().filter(answers).order_by("from_date", "pk")


def closings_unanswered(*, viewer: Viewer) -> QuerySet[Closing]:
    """The closings that have not found their assignment, of decisions that count, the last registered first."""
    rows = Closing.objects.visible_to(viewer).waiting().select_related("decision__body")
    return rows.defer("decision__text", "decision__law").order_by("-decision_id", "pk")


def open_assignments_by(decision: Decision, *, viewer: Viewer) -> QuerySet[Assignment]:
    """The open assignments that the decision gave: they end with it."""
    return assignments(viewer=viewer).open().filter(decision=decision).order_by("pk")


def posted_and_past(day: date, *, viewer: Viewer) -> QuerySet[Decision]:
    """The posted decisions whose time to appeal was out before this day."""
    rows = Decision.objects.visible_to(viewer).filter(state=DecisionState.POSTED, appeal_until_date__lt=day)
    return rows.order_by("pk")


def unanswered_since(day: date, *, viewer: Viewer) -> QuerySet[Dispatch]:
    """The dispatches sent on or before this day that nobody has acknowledged, and that were not reminded of."""
    rows = Dispatch.objects.visible_to(viewer).waiting().filter(reminded_at=None, sent_at__lt=end_of_day(day))
    return rows.exclude(decision__state=DecisionState.ANNULLED).select_related("decision", "person").order_by("pk")


def overdue_untold(day: date, *, viewer: Viewer) -> QuerySet[Assignment]:
    """The overdue assignments whose office has not been told."""
    return Assignment.objects.visible_to(viewer).overdue(day).filter(overdue_notice_at=None).order_by("pk")


def overdue_since(day: date, *, viewer: Viewer) -> QuerySet[Assignment]:
    """The open assignments that were due on or before this day and that the chief executive has not been told of."""
    rows = Assignment.objects.visible_to(viewer).filter(state__in=OPEN_STATES, due_date__lte=day)
    return rows.filter(escalated_at=None, overdue_notice_at__isnull=False).order_by("pk")


def given_by_at_least(decision: Decision, *, viewer: Viewer) -> QuerySet[Assignment]:
    """The open assignments that this decision may close: given by its own body or a lower one, no later than itself."""
    ruled = Body.objects.ruled_by(decision.body)
    return assignments(viewer=viewer).filter(giver__in=ruled, state__in=OPEN_STATES, from_date__lte=decision.date)


def rulings_over(assignment: Assignment, *, viewer: Viewer) -> QuerySet[Decision]:
    """The decisions that may close, extend or repeal it: of its giver or of a higher body, and not older than it."""
    ruling = Body.objects.ruling_over(assignment.giver)
    rows = decisions(viewer=viewer).valid().filter(body__in=ruling, date__gte=assignment.from_date)
    return rows.exclude(pk=assignment.decision_id)
