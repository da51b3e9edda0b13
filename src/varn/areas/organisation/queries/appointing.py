"""What stands against an appointment that somebody is about to propose or change."""

from collections.abc import Sequence
from datetime import date

from varn.areas.organisation.models import Appointment, Function, Unit
from varn.areas.organisation.queries.standing import Standing, standing_of
from varn.areas.organisation.rules.appointing import Draft, DraftUnit, fault_of
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.installation.chosen import installation

# The local rule of how long an appointment to a time-limited role stands at most.
LONGEST = "L19"


def fault_against(
    appointment: Appointment, *, units: Sequence[Unit], start: date, standing: Standing | None = None
) -> Refusal | None:
    """The first reason why the appointment (saved or not) cannot be for these units from the day, or `None`.

    `standing` spares asking what its holder is appointed to already.
    """
    fault = fault_of(_draft(appointment, units, start)) or _fault_of_holder(appointment)
    if fault is not None:
        return fault
    return (standing_for(appointment) if standing is None else standing).twin_of(appointment, units)


def overload_of(appointment: Appointment, *, start: date) -> Refusal | None:
    """That the person would carry more than full time on some day from the start on, and how much; or `None`."""
    return standing_for(appointment).overload_of(appointment, start)


def standing_for(appointment: Appointment) -> Standing:
    """What the holder of this one appointment is appointed to."""
    people = [] if appointment.person_id is None else [appointment.person_id]
    return standing_of(people, [] if appointment.office_id is None else [appointment.office_id])


def _draft(appointment: Appointment, units: Sequence[Unit], start: date) -> Draft:
    return Draft(
        from_date=start,
        until_date=appointment.until_date,
        units=[
            DraftUnit(name=unit.name, kind=unit.kind, from_date=unit.from_date, until_date=unit.until_date)
            for unit in units
        ],
        holder_id=appointment.person_id,
        deputy_id=appointment.deputy_id,
        is_supplied=appointment.employer_id is not None,
        agreement=appointment.agreement,
        longest=_longest(appointment.function, start),
    )


def _longest(function: Function, day: date) -> int | None:
    role = ROLES.get(function.role)
    return installation().days(LONGEST, on=day) if role is not None and role.time_limited else None


def _fault_of_holder(appointment: Appointment) -> Refusal | None:
    person, end = appointment.person, appointment.until_date
    if (person is None) == (appointment.office is None):
        return Refusal("organisation:refusal.no_holder")
    if person is None:
        return None
    leaves_first = person.until_date is not None and (end is None or end > person.until_date)
    if person.from_date > appointment.from_date or leaves_first:
        return Refusal("organisation:refusal.person_not_here", person=person.name)
    return None
