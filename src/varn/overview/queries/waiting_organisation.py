"""What waits for a reader among appointments."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import Appointment, AppointmentUnit, HandoverItem
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import appointments_with_units
from varn.kernel.calendar import last_day
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.links import url_of, verb_url
from varn.mechanisms.ui.words import word
from varn.overview.queries.windows import Windows
from varn.overview.rules import Button, Row, Urgency

MOST = 25
STANDING = (AppointmentState.ACTIVE, AppointmentState.ENDING)


def proposals(viewer: Viewer) -> Iterator[Row]:
    """The proposed appointments that the reader may accept or decline."""
    if not viewer.may(Permission.ACCEPT):
        return
    mine = Appointment.objects.visible_to(viewer, Permission.ACCEPT).filter(state=AppointmentState.PROPOSED)
    rows = appointments_with_units(viewer=viewer).filter(pk__in=mine.values("pk")).order_by("from_date", "pk")
    for appointment in rows[:MOST]:
        yield Row(
            urgency=Urgency.DECIDE,
            kind="organisation:appointment",
            title=_title(appointment),
            reference=appointment.reference,
            reason=Refusal("overview:reason.proposed", day=appointment.from_date),
            url=url_of(appointment),
            day=appointment.from_date,
            buttons=tuple(_answers(appointment, viewer)),
        )


def endings(viewer: Viewer, *, placements: list[AppointmentUnit], windows: Windows) -> Iterator[Row]:
    """The appointments that end within the window, the reader's own and those they see to, with what is left.

    Whoever answers for the whole municipality has those of their own units, and of the others what presses.
    """
    own = {row.appointment_id for row in placements if row.appointment.person_id == viewer.person_id}
    rows = _ending(viewer, own, [row.unit_id for row in placements], windows)
    for appointment in rows[:MOST]:
        yield Row(
            urgency=Urgency.ENDING,
            kind="organisation:appointment",
            title=_title(appointment),
            reference=appointment.reference,
            reason=_why(appointment, is_own=appointment.pk in own),
            url=url_of(appointment),
            day=last_day(appointment.until_date),
            buttons=(_handover(appointment),) if appointment.pk in own or viewer.may(Permission.READ_HANDOVER) else (),
        )


def _answers(appointment: Appointment, viewer: Viewer) -> Iterator[Button]:
    """Yes, and no."""
    for permission, verb in ((Permission.ACCEPT, "accept"), (Permission.DECLINE, "decline")):
        if viewer.may(permission):
            yield Button(label=word(permission), url=verb_url(appointment, verb))


def _ending(viewer: Viewer, own: set[int], unit_ids: list[int], windows: Windows) -> QuerySet[Appointment]:
    seen_to = Appointment.objects.visible_to(viewer, Permission.COMPLETE_HANDOVER).values("pk")
    if viewer.may_everywhere(Permission.COMPLETE_HANDOVER):
        seen_to = seen_to.filter(Q(units__in=unit_ids) | Q(until_date__lte=windows.due_soon))
    concerned = Q(pk__in=own) | Q(pk__in=seen_to) if viewer.may(Permission.COMPLETE_HANDOVER) else Q(pk__in=own)
    left, made = (
        Count("handover", filter=Q(handover__done_at=None), distinct=True),
        Exists(HandoverItem.objects.filter(appointment=OuterRef("pk"))),
    )
    return (
        appointments_with_units(viewer=viewer)
        .filter(concerned, state__in=STANDING, until_date__gt=windows.day, until_date__lte=windows.ending_soon)
        .annotate(left=left, has_list=made)
        .order_by("until_date", "pk")
    )


def _handover(appointment: Appointment) -> Button:
    return Button(label=word("organisation:handover"), url=reverse("overview:handover", args=[appointment.reference]))


def _why(appointment: Appointment, *, is_own: bool) -> Refusal:
    day = last_day(appointment.until_date)
    if appointment.left:
        key = "overview:reason.own_ends_with_items" if is_own else "overview:reason.ends_with_items"
        return Refusal(key, day=day, count=appointment.left)
    if not appointment.has_list:
        return Refusal("overview:reason.ends_without_list", day=day)
    return Refusal("overview:reason.own_ends" if is_own else "overview:reason.ends", day=day)


def _title(appointment: Appointment) -> str:
    return f"{appointment.holder}: {appointment.function.name}, {', '.join(appointment.unit_names)}"
