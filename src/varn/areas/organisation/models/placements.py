"""Writing where an appointment is placed: dated rows that are ended and added, never altered backwards."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from varn.areas.organisation.models.appointments import Appointment, AppointmentUnit
from varn.areas.organisation.models.people import Person
from varn.areas.organisation.models.units import Unit
from varn.areas.organisation.rules.appointing import shares_of


def placements_for(
    appointment: Appointment, *, units: Sequence[Unit], share: Decimal, deputy: Person | None, from_date: date
) -> list[AppointmentUnit]:
    """The rows, not yet saved, that place the appointment in these units from the day until its end."""
    return [
        AppointmentUnit(
            appointment=appointment,
            unit=unit,
            share=part,
            deputy=deputy,
            from_date=from_date,
            until_date=appointment.until_date,
        )
        for unit, part in zip(units, shares_of(share, len(units)), strict=True)
    ]


def place(
    appointment: Appointment, *, units: Sequence[Unit], share: Decimal, deputy: Person | None, from_date: date
) -> None:
    """From the day on the appointment is for exactly these units, with this share and deputy; before it as it was."""
    rows = AppointmentUnit.objects.filter(appointment=appointment)
    rows.filter(from_date__gte=from_date).delete()
    rows.on_or_after(from_date).update(until_date=from_date)
    AppointmentUnit.objects.bulk_create(
        placements_for(appointment, units=units, share=share, deputy=deputy, from_date=from_date)
    )


def bound(appointment: Appointment, *, until_date: date | None) -> None:
    """The appointment's placements end with it on the day, those that stood until its former end no earlier."""
    rows = AppointmentUnit.objects.filter(appointment=appointment)
    if until_date is not None:
        rows.filter(from_date__gte=until_date).delete()
        rows.on_or_after(until_date).update(until_date=until_date)
    rows.filter(until_date=appointment.until_date).update(until_date=until_date)
