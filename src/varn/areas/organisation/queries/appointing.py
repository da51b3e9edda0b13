"""What stands against an appointment that somebody is about to propose or change.

These read all appointments of the holder, also those the one who asks may not see: what comes out is a reason or a sum.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from varn.areas.organisation.lifecycle import VALID_STATES, AppointmentState
from varn.areas.organisation.models import Appointment, AppointmentUnit, Unit
from varn.areas.organisation.rules.appointing import FULL_TIME, Draft, DraftUnit, Load, fault_of, most_at_once
from varn.areas.organisation.rules.coverage import percent
from varn.kernel.lifecycle import Refusal

COUNTED = (*VALID_STATES, AppointmentState.PROPOSED)


def fault_against(appointment: Appointment, *, units: Sequence[Unit], start: date) -> Refusal | None:
    """The first reason why the appointment (saved or not) cannot be for these units from the day, or `None`."""
    return (
        fault_of(_draft(appointment, units, start))
        or _fault_of_holder(appointment)
        or _fault_of_twin(appointment, units)
    )


def overload_of(appointment: Appointment, *, start: date) -> Refusal | None:
    """That the person would carry more than full time on some day from the start on, and how much; or `None`."""
    if appointment.person is None:
        return None
    total = most_at_once([*_other_loads(appointment, start), _own_load(appointment, start)])
    if total <= FULL_TIME:
        return None
    return Refusal("organisation:refusal.over_full_time", person=appointment.person.name, percent=percent(total))


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
    )


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


def _fault_of_twin(appointment: Appointment, units: Sequence[Unit]) -> Refusal | None:
    """The same holder cannot have the same function in the same unit twice at a time."""
    placed = AppointmentUnit.objects.on_or_after(appointment.from_date).filter(unit__in=units)
    if appointment.until_date is not None:
        placed = placed.filter(from_date__lt=appointment.until_date)
    others = Appointment.objects.filter(
        person=appointment.person,
        office=appointment.office,
        function=appointment.function,
        state__in=COUNTED,
        pk__in=placed.values("appointment"),
    )
    twin = others.exclude(pk=appointment.pk).first()
    return Refusal("organisation:refusal.already_appointed", reference=twin.reference) if twin else None


def _other_loads(appointment: Appointment, start: date) -> list[Load]:
    others = Appointment.objects.filter(person=appointment.person, state__in=COUNTED).exclude(pk=appointment.pk)
    rows = AppointmentUnit.objects.on_or_after(start).filter(appointment__in=others)
    if appointment.until_date is not None:
        rows = rows.filter(Q(from_date__lt=appointment.until_date))
    return [
        Load(share=share, from_date=max(begins, start), until_date=ends)
        for share, begins, ends in rows.values_list("share", "from_date", "until_date")
    ]


def _own_load(appointment: Appointment, start: date) -> Load:
    return Load(share=appointment.share, from_date=start, until_date=appointment.until_date)
