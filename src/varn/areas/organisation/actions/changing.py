"""Changing an appointment that is proposed or stands: from a day on, and never what was before it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from varn.areas.organisation.lifecycle import CHANGEABLE_STATES, AppointmentState
from varn.areas.organisation.models import Appointment, AppointmentUnit, Person, Unit
from varn.areas.organisation.models.locks import hold_holders, hold_units
from varn.areas.organisation.models.placements import bound, place
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import (
    fault_against,
    fault_of_giving,
    is_for_oneself,
    overload_of,
    require_in_all,
)
from varn.areas.organisation.rules.names import names_of
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Changes, action, change, record
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.search.indexing import index

# The verb of the trail for what the calendar does by itself.
BRING_UP = "organisation:appointment:bring_up_to_date"


@action
def change_appointment(
    *,
    appointment: Appointment,
    effective_date: date,
    from_date: date,
    until_date: date | None,
    share: Decimal,
    deputy: Person | None,
    units: Sequence[Unit],
    is_confirmed: bool = False,
    by: Viewer,
    at: datetime,
) -> Appointment:
    """From the effective day on the appointment has these units, this share and this deputy; before it nothing changes.

    The first day can be moved only while the appointment has not begun, and moves everything with it.
    """
    units = list(units)
    require(Permission.CHANGE_APPOINTMENT, by=by, on=appointment)
    _refuse_reaching(appointment, [unit.pk for unit in units], by=by)
    _hold(appointment, units)
    _refuse_unchangeable(appointment, from_date, effective_date, by.day)
    old = _as_it_stands(appointment)
    start = from_date if from_date != appointment.from_date else max(effective_date, from_date)
    bound(appointment, until_date=until_date)
    changes = change(appointment, from_date=from_date, until_date=until_date)
    _refuse_meant(appointment, units, start, share=share, deputy=deputy, is_confirmed=is_confirmed)
    place(appointment, units=units, share=share, deputy=deputy, from_date=start)
    changes |= _bring_to_day(appointment, by.day)
    said = {"share": share, "deputy": str(deputy or ""), "units": names_of(units)}
    changes |= {name: (old[name], value) for name, value in said.items() if old[name] != value}
    changes |= {"effective_date": (None, start)}
    record(Permission.CHANGE_APPOINTMENT, appointment, by=by, at=at, changes=changes)
    index(appointment)
    return appointment


@action
def correct_ground(
    *, appointment: Appointment, appointed_by: str, employer: Unit | None, agreement: str, by: Viewer, at: datetime
) -> Appointment:
    """It is written who appointed, and who supplies the person under which agreement."""
    require(Permission.CORRECT_GROUND, by=by, on=appointment)
    if employer is not None and not agreement.strip():
        raise Refused(Refusal("organisation:refusal.no_agreement"))
    changes = change(appointment, appointed_by=appointed_by, employer=employer, agreement=agreement)
    record(Permission.CORRECT_GROUND, appointment, by=by, at=at, changes=changes)
    return appointment


@action
def bring_appointment_up_to_date(*, appointment: Appointment, by: Viewer, at: datetime) -> Appointment:
    """The appointment's share and deputy are those that its placements say for today."""
    require(Permission.CHANGE_APPOINTMENT, by=by, on=appointment)
    changes = _bring_to_day(appointment, by.day)
    record(BRING_UP, appointment, by=by, at=at, changes=changes)
    return appointment


def _refuse_reaching(appointment: Appointment, units: Sequence[int], *, by: Viewer) -> None:
    """To be for more units, or longer, is to be given more: it takes what giving the function there takes."""
    require_in_all(Permission.CHANGE_APPOINTMENT, by=by, units=units)
    if is_for_oneself(appointment, by=by):
        raise Refused(Refusal("organisation:refusal.own_change"))
    fault = fault_of_giving(appointment.function, units, permission=Permission.CHANGE_APPOINTMENT, by=by)
    if fault is not None:
        raise Refused(fault)


def _hold(appointment: Appointment, units: Sequence[Unit]) -> None:
    hold_units(unit.pk for unit in units)
    people, offices = ([pk] if pk else [] for pk in (appointment.person_id, appointment.office_id))
    hold_holders(people, offices)
    Appointment.objects.select_for_update(no_key=True, of=("self",)).get(pk=appointment.pk)
    appointment.refresh_from_db()


def _refuse_unchangeable(appointment: Appointment, from_date: date, effective_date: date, day: date) -> None:
    if appointment.state not in CHANGEABLE_STATES:
        raise Refused(
            Refusal("organisation:refusal.not_changeable", state=f"organisation:appointment.{appointment.state}")
        )
    has_begun = appointment.state not in (AppointmentState.PROPOSED, AppointmentState.ACCEPTED)
    if from_date != appointment.from_date and (has_begun or appointment.from_date <= day < from_date):
        raise Refused(Refusal("organisation:refusal.has_begun"))
    if appointment.until_date is not None and effective_date >= appointment.until_date:
        raise Refused(Refusal("organisation:refusal.after_the_end"))


def _refuse_meant(
    appointment: Appointment,
    units: Sequence[Unit],
    start: date,
    *,
    share: Decimal,
    deputy: Person | None,
    is_confirmed: bool,
) -> None:
    meant = Appointment.objects.get(pk=appointment.pk)
    meant.share, meant.deputy = share, deputy
    fault = fault_against(meant, units=units, start=start)
    if fault is None and not is_confirmed:
        fault = overload_of(meant, start=start)
    if fault is not None:
        raise Refused(fault)


def _bring_to_day(appointment: Appointment, day: date) -> Changes:
    rows = list(AppointmentUnit.objects.on(day).filter(appointment=appointment).select_related("deputy"))
    if not rows:
        rows = list(AppointmentUnit.objects.on(appointment.from_date).filter(appointment=appointment))
    if not rows:
        return {}
    share = sum((row.share for row in rows), Decimal(0)).quantize(Decimal("0.01"))
    return change(appointment, share=share, deputy=rows[0].deputy)


def _as_it_stands(appointment: Appointment) -> dict:
    units = [
        row.unit for row in appointment.placements.select_related("unit") if row.until_date == appointment.until_date
    ]
    return {"share": appointment.share, "deputy": str(appointment.deputy or ""), "units": names_of(units)}
