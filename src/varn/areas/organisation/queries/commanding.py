"""The line of command: who stands above whom on a day. Read by access, so that nobody sees a case against their own."""

from collections import defaultdict
from collections.abc import Collection, Iterable
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


def lines_over(people: Iterable[int], day: date) -> dict[int, set[int]]:
    """For each of the people the numbers of those in the line of command over them on the day.

    The line is the heads above where the person belongs and is placed, and the heads' deputies. However many the
    people are, the database is asked four times.
    """
    wanted = set(people)
    belongs = Person.objects.filter(pk__in=wanted, unit__isnull=False).values_list("pk", "unit")
    placed = _standing(day).filter(appointment__person__in=wanted).values_list("appointment__person", "unit")
    units = _gathered([*belongs, *placed])
    inside = UnitLine.objects.filter(holds(day), descendant__in=set().union(*units.values()))
    above = _gathered(inside.values_list("descendant", "ancestor"))
    heads = _heads_of(set().union(*above.values()), day)
    ancestors = {person: set().union(*(above[unit] for unit in units[person])) for person in wanted}
    return {person: set().union(*(heads[unit] for unit in ancestors[person])) for person in wanted}


def _heads_of(units: set[int], day: date) -> dict[int, set[int]]:
    """Who leads each of the units on the day, and their deputies."""
    rows = _placed(day).filter(unit__in=units).values_list("unit", "appointment__person", "deputy")
    return _gathered((unit, person) for unit, *people in rows for person in people if person is not None)


def _gathered(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """The second numbers of the pairs under the first; nothing under any other."""
    found: dict[int, set[int]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


def _standing(day: date) -> QuerySet[AppointmentUnit]:
    rows = AppointmentUnit.objects.on(day).filter(holds(day, prefix="appointment__"))
    return rows.filter(appointment__state__in=VALID_STATES)


def _placed(day: date) -> QuerySet[AppointmentUnit]:
    """Where somebody of the line is placed on the day."""
    return _standing(day).filter(appointment__function__role__in=COMMANDING)
