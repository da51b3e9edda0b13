"""The coming of an appointment: proposed, accepted or not, active. Rights follow at once."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from varn.areas.organisation.actions.news import News
from varn.areas.organisation.models import Appointment, AppointmentUnit, Function, Office, Person, Unit
from varn.areas.organisation.models.locks import hold_holders, hold_units
from varn.areas.organisation.models.placements import place
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import (
    fault_against,
    fault_of_giving,
    is_for_oneself,
    overload_of,
    require_in_all,
)
from varn.areas.organisation.rules.appointing import FULL_TIME
from varn.areas.organisation.rules.names import names_of
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.audit.trail import Changes, action, record
from varn.mechanisms.moves.making import Refused, begin, make
from varn.mechanisms.references.numbers import next_reference
from varn.mechanisms.search.indexing import index

SERIES = "FORD"


@action
def propose_appointment(
    *,
    function: Function,
    units: Sequence[Unit],
    from_date: date,
    person: Person | None = None,
    office: Office | None = None,
    until_date: date | None = None,
    share: Decimal = FULL_TIME,
    deputy: Person | None = None,
    appointed_by: str,
    employer: Unit | None = None,
    agreement: str = "",
    is_confirmed: bool = False,
    by: Viewer,
    at: datetime,
) -> Appointment:
    """It is proposed that the person, or the named office, has the function in these units from the day on.

    Raises `Refused` with what stands against it, also that the reader's role does not appoint to the function's. That
    the person would carry more than full time is said once; with `is_confirmed` it is meant.
    """
    ids = [unit.pk for unit in units]
    require_in_all(Permission.PROPOSE, by=by, units=ids)
    placed, people = hold_units(ids), hold_holders([person.pk] if person else [], [office.pk] if office else [])[0]
    appointment = Appointment(
        person=people[person.pk] if person else None,
        office=office,
        function=function,
        from_date=from_date,
        until_date=until_date,
        share=share,
        deputy=deputy,
        appointed_by=appointed_by,
        employer=employer,
        agreement=agreement,
    )
    _refuse_proposal(appointment, [placed[pk] for pk in ids], is_confirmed=is_confirmed, by=by)
    return _propose(appointment, [placed[pk] for pk in ids], by=by, at=at)


@action
def accept_appointment(*, appointment: Appointment, reason: str = "", by: Viewer, at: datetime) -> Appointment:
    """The appointment is accepted by a manager over all its units; if its first day has come, it is active at once."""
    if may(by, Permission.ACCEPT, appointment):
        _refuse_accepting(appointment, by=by)
    make(appointment, "accept", by=by, at=at, reason=reason)
    if appointment.from_date <= by.day:
        make(appointment, "activate", by=system_viewer(at=at, job="organisation:follow_the_calendar"), at=at)
    News(appointment=appointment, what="accepted", permission=Permission.PROPOSE).tell(by=by, at=at)
    return appointment


@action
def decline_appointment(*, appointment: Appointment, reason: str, by: Viewer, at: datetime) -> Appointment:
    """The proposal is declined, with the reason."""
    make(appointment, "decline", by=by, at=at, reason=reason)
    News(appointment=appointment, what="declined", permission=Permission.PROPOSE).tell(by=by, at=at)
    return appointment


@action
def withdraw_appointment(*, appointment: Appointment, reason: str, by: Viewer, at: datetime) -> Appointment:
    """The appointment is taken back before it has begun, with the reason."""
    make(appointment, "withdraw", by=by, at=at, reason=reason)
    return appointment


@action
def activate_appointment(*, appointment: Appointment, by: Viewer, at: datetime) -> Appointment:
    """The appointment is active: its first day has come."""
    make(appointment, "activate", by=by, at=at)
    return appointment


def _refuse_proposal(appointment: Appointment, units: Sequence[Unit], *, is_confirmed: bool, by: Viewer) -> None:
    ids = [unit.pk for unit in units]
    fault = fault_of_giving(appointment.function, ids, permission=Permission.PROPOSE, by=by)
    fault = fault or fault_against(appointment, units=units, start=appointment.from_date)
    if fault is None and not is_confirmed:
        fault = overload_of(appointment, start=appointment.from_date)
    if fault is not None:
        raise Refused(fault)


def _propose(appointment: Appointment, units: Sequence[Unit], *, by: Viewer, at: datetime) -> Appointment:
    appointment.reference = next_reference(SERIES, at=at)
    appointment.save()
    first = appointment.from_date
    place(appointment, units=units, share=appointment.share, deputy=appointment.deputy, from_date=first)
    begin(appointment, by=by, at=at)
    record(Permission.PROPOSE, appointment, by=by, at=at, changes=_as_new(appointment, units))
    index(appointment)
    News(appointment=appointment, what="proposed", permission=Permission.ACCEPT).tell(by=by, at=at)
    return appointment


def _refuse_accepting(appointment: Appointment, *, by: Viewer) -> None:
    if is_for_oneself(appointment, by=by):
        raise Refused(Refusal("organisation:refusal.own_appointment"))
    placed = AppointmentUnit.objects.filter(appointment=appointment).values_list("unit", flat=True)
    fault = fault_of_giving(appointment.function, placed, permission=Permission.ACCEPT, by=by)
    if fault is not None:
        raise Refused(fault)


def _as_new(appointment: Appointment, units: Sequence[Unit]) -> Changes:
    values = {
        "holder": str(appointment.holder),
        "function": str(appointment.function),
        "units": names_of(units),
        "from_date": appointment.from_date,
        "until_date": appointment.until_date,
        "share": appointment.share,
        "appointed_by": appointment.appointed_by,
        "deputy": appointment.deputy and str(appointment.deputy),
        "employer": appointment.employer and str(appointment.employer),
        "agreement": appointment.agreement,
    }
    return {name: (None, value) for name, value in values.items()}
