"""What whoever takes over an appointment must know: live lists, read anew each time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from varn.areas.decisions.models import Assignment
from varn.areas.decisions.permissions import Permission as Decisions
from varn.areas.decisions.queries import assignments
from varn.areas.organisation.models import Appointment, AppointmentUnit, Person, Unit
from varn.areas.organisation.queries import Cell, appointments, coverage_of, handover_of, units
from varn.areas.organisation.rules.coverage import CoverageStatus
from varn.areas.organisation.rules.handover import handover_status, item_text
from varn.kernel.calendar import last_day
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.ui.words import language

MOST = 100


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to hand over in the reader's language, and when and by whom it was done."""

    pk: int
    text: str
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, kw_only=True)
class Handover:
    """The appointment's units, items and deputies, the assignments of its holder, and what is vacant afterwards.

    `left` are the units where nobody has the function on the day after the last.
    """

    last_day: date | None
    units: list[Unit]
    deputies: list[Person]
    items: list[Item]
    assignments: list[Assignment]
    left: list[Cell]
    successors: list[Appointment]

    @property
    def done(self) -> int:
        """How many of the items are done."""
        return sum(item.done_at is not None for item in self.items)

    @property
    def key(self) -> str:
        """The glossary's word for how far the hand-over has come."""
        return f"organisation:handover.{handover_status(item.done_at is not None for item in self.items)}"


def handover(appointment: Appointment, *, viewer: Viewer) -> Handover:
    """The hand-over of an appointment that the reader may see."""
    day = appointment.until_date or viewer.day
    placements = _placements(appointment)
    own = list(units(viewer=viewer).filter(pk__in=[row.unit_id for row in placements]))
    return Handover(
        last_day=last_day(appointment.until_date),
        units=own,
        deputies=list({row.deputy_id: row.deputy for row in placements if row.deputy}.values()),
        items=_items(appointment, viewer),
        assignments=_assignments(appointment, viewer),
        left=_left(appointment, own, day, viewer) if appointment.until_date else [],
        successors=_successors(appointment, own, day, viewer),
    )


def _placements(appointment: Appointment) -> list[AppointmentUnit]:
    rows = AppointmentUnit.objects.filter(appointment=appointment).select_related("deputy").order_by("from_date", "pk")
    latest = [row for row in rows if row.until_date == appointment.until_date]
    return latest or list(rows)


def _items(appointment: Appointment, viewer: Viewer) -> list[Item]:
    return [
        Item(pk=item.pk, text=item.text or item_text(item.key, language()), done_at=item.done_at, done_by=item.done_by)
        for item in handover_of(appointment, viewer=viewer)
    ]


def _assignments(appointment: Appointment, viewer: Viewer) -> list[Assignment]:
    if appointment.person_id is None or not viewer.may(Decisions.READ_ASSIGNMENTS):
        return []
    person = appointment.person_id
    rows = assignments(viewer=viewer).open().filter(Q(delegated_to=person) | Q(support=person))
    return list(rows.order_by("due_date", "pk")[:MOST])


def _left(appointment: Appointment, own: list[Unit], day: date, viewer: Viewer) -> list[Cell]:
    cells = coverage_of([unit.pk for unit in own], day, viewer)
    return [
        cell
        for each in cells.values()
        for cell in each
        if cell.function.pk == appointment.function_id and cell.status == CoverageStatus.VACANT
    ]


def _successors(appointment: Appointment, own: list[Unit], day: date, viewer: Viewer) -> list[Appointment]:
    soon = day + timedelta(days=1)
    later = Q(until_date=None) | Q(until_date__gt=soon)
    placed = AppointmentUnit.objects.filter(unit__in=own).values("appointment")
    rows = appointments(viewer=viewer).filter(
        later, pk__in=placed, function=appointment.function_id, from_date__gt=appointment.from_date
    )
    return list(rows.exclude(pk=appointment.pk).order_by("from_date", "pk")[:MOST])
