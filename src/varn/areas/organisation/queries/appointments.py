"""People and their appointments."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import Appointment, AppointmentUnit, Function, HandoverItem, Person
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries.matching import account_ids_appointed
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.moves.making import moves_of

MOST_PREDECESSORS = 5


def people(*, viewer: Viewer, to: str | None = None) -> QuerySet[Person]:
    """The people whom the reader may see, or, with `to`, may do that with."""
    return Person.objects.visible_to(viewer, to).select_related("unit", "account")


def functions(*, viewer: Viewer) -> QuerySet[Function]:
    """The functions that people are appointed to."""
    return Function.objects.visible_to(viewer)


def function_called(key: str, *, viewer: Viewer) -> Function | None:
    """The function with this key, or `None`."""
    return functions(viewer=viewer).filter(key=key).first()


def appointments(*, viewer: Viewer, to: str | None = None) -> QuerySet[Appointment]:
    """The appointments that the reader may see, or, with `to`, may do that with, newest first.

    A deputy whose identity is protected from the reader stands there as none.
    """
    rows = Appointment.objects.visible_to(viewer, to).select_related("person", "office", "function", "employer")
    return rows.prefetch_related(_deputies_named_to(viewer))


def appointments_with_units(*, viewer: Viewer) -> QuerySet[Appointment]:
    """The appointments that the reader may see, newest first, with what a row of a list shows."""
    placements = AppointmentUnit.objects.select_related("unit").order_by("from_date", "pk")
    return appointments(viewer=viewer).prefetch_related(Prefetch("placements", queryset=placements))


def appointments_of(person: Person, *, viewer: Viewer) -> QuerySet[Appointment]:
    """The person's appointments that the reader may see, newest first, with what a row of a list shows."""
    return appointments_with_units(viewer=viewer).filter(person=person)


def placements_of(appointment: Appointment, *, viewer: Viewer) -> QuerySet[AppointmentUnit]:
    """The dated units, shares and deputies of an appointment that the reader may see, oldest first."""
    seen = Appointment.objects.visible_to(viewer).filter(pk=appointment.pk)
    rows = AppointmentUnit.objects.filter(appointment__in=seen).select_related("unit")
    return rows.prefetch_related(_deputies_named_to(viewer))


def handover_of(appointment: Appointment, *, viewer: Viewer) -> QuerySet[HandoverItem]:
    """What is to be handed over when the appointment ends."""
    return HandoverItem.objects.visible_to(viewer, Permission.READ_HANDOVER).filter(appointment=appointment)


def predecessors_of(appointment: Appointment, *, viewer: Viewer) -> list[tuple[Appointment, bool]]:
    """The last appointments that this one takes over from: same function, a unit in common, ended or ending.

    Each with whether the reader may open its hand-over list.
    """
    units = AppointmentUnit.objects.filter(appointment=appointment).values("unit")
    before = appointments(viewer=viewer).filter(
        function=appointment.function_id,
        state__in=[AppointmentState.ENDING, AppointmentState.ENDED],
        from_date__lt=appointment.from_date,
        pk__in=AppointmentUnit.objects.filter(unit__in=units).values("appointment"),
    )
    rows = list(before.exclude(pk=appointment.pk).order_by("-until_date", "-pk")[:MOST_PREDECESSORS])
    open_to = Appointment.objects.visible_to(viewer, Permission.READ_HANDOVER).filter(pk__in=[row.pk for row in rows])
    opened = set(open_to.values_list("pk", flat=True))
    return [(row, row.pk in opened) for row in rows]


def answerers_of(appointment: Appointment, *, viewer: Viewer) -> list[str]:
    """The names of those who may accept the proposal: they hold that right in every one of its units."""
    if not Appointment.objects.visible_to(viewer).filter(pk=appointment.pk).exists():
        return []
    units = (
        AppointmentUnit.objects.on_or_after(viewer.day).filter(appointment=appointment).values_list("unit", flat=True)
    )
    reached = [account_ids_appointed([unit], viewer.day, permission=Permission.ACCEPT) for unit in units]
    everywhere = set.intersection(*reached) if reached else set()
    people = Person.objects.filter(account__in=everywhere).exclude(pk=appointment.person_id)
    return list(people.order_by("sort_name", "pk").values_list("name", flat=True))


def is_proposed_by(appointment: Appointment, *, viewer: Viewer) -> bool:
    """Whether the reader made the proposal themselves: they take it back, they do not decline it."""
    first = moves_of(appointment, viewer=viewer).order_by("made_at", "pk").first()
    return first is not None and viewer.account_id is not None and first.account_id == viewer.account_id


def left_behind(person: Person, day: date, *, viewer: Viewer) -> QuerySet[Appointment]:
    """The appointments that would be left if the person went after the day before this one."""
    return appointments_of(person, viewer=viewer).standing_after(day)


def _deputies_named_to(viewer: Viewer) -> Prefetch:
    return Prefetch("deputy", queryset=Person.objects.named_to(viewer))
