"""The line of command: who stands above whom on a day. Read by access, so that nobody sees a case against their own."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from varn.areas.organisation.lifecycle import VALID_STATES
from varn.areas.organisation.models import AppointmentUnit, Person, UnitLine
from varn.areas.organisation.models.units import holds
from varn.mechanisms.access.roles import ROLES

COMMANDING = tuple(key for key, role in ROLES.items() if role.commands)


def commands_over(*, units: Collection[int], day: date, row: str) -> Q:
    """The condition that these units lie at or above where the person stands whose number is in the row's field.

    So whoever stands in the line of command in the units is above the person: whatever authority that is in, up to the
    chief executive.
    """
    lines = holds(day, prefix="unit__lines_up__") & Q(unit__lines_up__ancestor__in=list(units))
    belongs = Person.objects.filter(lines, pk=OuterRef(row))
    placed = _standing(day).filter(lines, appointment__person=OuterRef(row))
    return Q(Exists(belongs)) | Q(Exists(placed))


def line_over(person_id: int, day: date) -> set[int]:
    """The numbers of the people in the line of command over the person on the day: heads above, and their deputies."""
    stands = Person.objects.filter(pk=person_id).values("unit")
    placed = _standing(day).filter(appointment__person=person_id).values("unit")
    lines = UnitLine.objects.filter(holds(day)).filter(Q(descendant__in=stands) | Q(descendant__in=placed))
    heads = _placed(day).filter(unit__in=lines.values("ancestor"))
    return {pk for row in heads.values_list("appointment__person", "deputy") for pk in row if pk is not None}


def _standing(day: date) -> QuerySet[AppointmentUnit]:
    rows = AppointmentUnit.objects.on(day).filter(holds(day, prefix="appointment__"))
    return rows.filter(appointment__state__in=VALID_STATES)


def _placed(day: date) -> QuerySet[AppointmentUnit]:
    """Where somebody of the line is placed on the day."""
    return _standing(day).filter(appointment__function__role__in=COMMANDING)
