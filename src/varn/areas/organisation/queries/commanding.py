"""The line of command: who stands above whom on a day. Read by access, so that nobody sees a case against their own."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from varn.areas.organisation.lifecycle import VALID_STATES
from varn.areas.organisation.models import AppointmentUnit, Person
from varn.areas.organisation.models.units import holds
from varn.mechanisms.access.roles import ROLES

UPWARDS = "unit__lines_up__"
HEADS = f"{UPWARDS}ancestor__placements__"
LEADERS = (f"{HEADS}appointment__person", f"{HEADS}deputy")
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


def lines_over(people: Iterable[int], day: date) -> dict[int, set[int]]:
    """For each of the people the numbers of those in the line of command over them on the day.

    The line is the heads above where the person belongs and is placed, and the heads' deputies. However many the
    people are, the database is asked once.
    """
    over: dict[int, set[int]] = {person: set() for person in people}
    belongs = Person.objects.filter(_led(day), pk__in=over).order_by().values_list("pk", *LEADERS)
    placed = _standing(day).filter(_led(day), appointment__person__in=over).order_by()
    for person, *leaders in belongs.union(placed.values_list("appointment__person", *LEADERS), all=True):
        over[person].update(leader for leader in leaders if leader is not None)
    return over


def _led(day: date) -> Q:
    """The condition that somebody of the line is placed in the row's unit or above it on the day."""
    appointment = f"{HEADS}appointment__"
    led = Q(**{f"{appointment}state__in": VALID_STATES, f"{appointment}function__role__in": COMMANDING})
    return led & holds(day, prefix=UPWARDS) & holds(day, prefix=HEADS) & holds(day, prefix=appointment)


def _standing(day: date) -> QuerySet[AppointmentUnit]:
    rows = AppointmentUnit.objects.on(day).filter(holds(day, prefix="appointment__"))
    return rows.filter(appointment__state__in=VALID_STATES)
