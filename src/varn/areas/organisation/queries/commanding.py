"""The line of command: who stands above whom on a day. Read by access, so that nobody sees a case against their own."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from varn.areas.organisation.lifecycle import VALID_STATES
from varn.areas.organisation.models import AppointmentUnit, Person, UnitLine
from varn.areas.organisation.models.units import holds
from varn.mechanisms.access.roles import ROLES

COMMANDING = tuple(key for key, role in ROLES.items() if role.commands)


def commands_over(*, units: Collection[int], person_id: int | None, day: date, row: str) -> Q:
    """The condition that somebody stands in the line of command over the person whose number is in the row's field.

    The line over a person on a day is whoever heads a unit where the person stands, or any unit above it, whatever
    authority that is in, up to the chief executive; and the named deputies of these. `units` are those that the one
    asked about heads on the day, by appointments, offices and absences; where they are a named deputy is asked here.
    """
    lines = holds(day, prefix="unit__lines_up__")
    heads = Q(unit__lines_up__ancestor__in=list(units))
    named = _placed(day).filter(deputy=person_id).order_by()
    if person_id is not None:
        heads |= Q(unit__lines_up__ancestor__in=named.values("unit"))
    belongs = Person.objects.filter(lines & heads, pk=OuterRef(row))
    placed = _standing(day).filter(lines & heads, appointment__person=OuterRef(row))
    is_above = Q(Exists(belongs)) | Q(Exists(placed))
    # Whoever heads nothing stands above somebody only as a named deputy: few do, and that is asked first.
    return is_above if units or person_id is None else Q(Exists(named)) & is_above


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
