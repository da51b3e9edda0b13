"""What hangs on a unit that is to be closed: what must be moved or ended first, and what goes on without it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string

from varn.areas.organisation.lifecycle import VALID_STATES, AppointmentState
from varn.areas.organisation.models import Appointment, AppointmentUnit, Office, Unit, UnitPeriod
from varn.mechanisms.access.viewer import Viewer

SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Tied:
    """How many of a kind hang on the unit, and the first of those that the reader may see."""

    count: int
    things: tuple[Model, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.things)


def units_lying_under(unit: Unit, day: date) -> QuerySet[Unit]:
    """The units that lie directly under the unit on the day or later."""
    periods = UnitPeriod.objects.filter(_not_over(day), parent=unit)
    return Unit.objects.filter(pk__in=periods.values("unit"))


def appointments_standing_in(unit: Unit, day: date) -> QuerySet[Appointment]:
    """The appointments, proposed ones too, that place somebody in the unit on the day or later."""
    placed = AppointmentUnit.objects.filter(_not_over(day), unit=unit)
    return Appointment.objects.filter(
        pk__in=placed.values("appointment"), state__in=[*VALID_STATES, AppointmentState.PROPOSED]
    )


def tied_to(unit: Unit, day: date, *, viewer: Viewer) -> dict[str, Tied]:
    """What hangs on the unit on the day: units and appointments, which hinder; offices and assignments, which stay."""
    appointments = appointments_standing_in(unit, day)
    seen = Appointment.objects.visible_to(viewer).filter(pk__in=appointments.values("pk"))
    return {
        "units": _tied(units_lying_under(unit, day)),
        "appointments": _tied(seen.select_related("person", "office", "function"), count=appointments.count()),
        "offices": _tied(Office.objects.visible_to(viewer).filter(unit=unit)),
        "assignments": _tied(import_string(settings.ASSIGNMENTS_OF_A_UNIT)(unit, viewer=viewer)),
    }


def _tied(rows: QuerySet, *, count: int | None = None) -> Tied:
    return Tied(count=rows.count() if count is None else count, things=tuple(rows[:SHOWN]))


def _not_over(day: date) -> Q:
    return Q(until_date=None) | Q(until_date__gt=day)
