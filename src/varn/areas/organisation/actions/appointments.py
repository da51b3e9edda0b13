"""The life of an appointment: proposed, accepted, changed, ended. Rights follow at once."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from varn.areas.organisation.actions.handover import list_handover
from varn.areas.organisation.lifecycle import CHANGEABLE_STATES, AppointmentState
from varn.areas.organisation.models import Appointment, AppointmentUnit, Function, Office, Person, Unit
from varn.areas.organisation.models.placements import bound, place
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import (
    account_ids_appointed,
    fault_against,
    fault_of_giving,
    is_for_oneself,
    overload_of,
    require_in_all,
)
from varn.areas.organisation.rules.appointing import FULL_TIME
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused, begin, make
from varn.mechanisms.notices.notifying import notify
from varn.mechanisms.references.numbers import next_reference
from varn.mechanisms.search.indexing import index
from varn.mechanisms.ui.links import url_of

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
    units = list(units)
    require_in_all(Permission.PROPOSE, by=by, units=[unit.pk for unit in units])
    _refuse_giving(function, [unit.pk for unit in units], permission=Permission.PROPOSE, by=by)
    appointment = Appointment(
        person=person,
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
    _refuse_faulty(appointment, units, from_date, is_confirmed=is_confirmed)
    appointment.reference = next_reference(SERIES, at=at)
    appointment.save()
    place(appointment, units=units, share=share, deputy=deputy, from_date=from_date)
    begin(appointment, by=by, at=at)
    record(Permission.PROPOSE, appointment, by=by, at=at, changes=_as_new(appointment, units))
    index(appointment)
    _tell(appointment, "proposed", permission=Permission.ACCEPT, by=by, at=at)
    return appointment


@action
def accept_appointment(*, appointment: Appointment, reason: str = "", by: Viewer, at: datetime) -> Appointment:
    """The appointment is accepted by a manager over all its units; if its first day has come, it is active at once."""
    placed = list(AppointmentUnit.objects.filter(appointment=appointment).values_list("unit", flat=True))
    if may(by, Permission.ACCEPT, appointment):
        _refuse_own(appointment, "own_appointment", by=by)
        _refuse_giving(appointment.function, placed, permission=Permission.ACCEPT, by=by)
    make(appointment, "accept", by=by, at=at, reason=reason)
    if appointment.from_date <= by.day:
        make(appointment, "activate", by=_at_once(at), at=at)
    _tell(appointment, "accepted", permission=Permission.PROPOSE, by=by, at=at)
    return appointment


@action
def decline_appointment(*, appointment: Appointment, reason: str, by: Viewer, at: datetime) -> Appointment:
    """The proposal is declined, with the reason."""
    make(appointment, "decline", by=by, at=at, reason=reason)
    _tell(appointment, "declined", permission=Permission.PROPOSE, by=by, at=at)
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
    require_in_all(Permission.CHANGE_APPOINTMENT, by=by, units=[unit.pk for unit in units])
    _refuse_own(appointment, "own_change", by=by)
    _refuse_giving(appointment.function, [unit.pk for unit in units], permission=Permission.CHANGE_APPOINTMENT, by=by)
    _refuse_unchangeable(appointment, from_date, effective_date, by.day)
    old = _as_it_stands(appointment)
    start = from_date if from_date != appointment.from_date else max(effective_date, from_date)
    bound(appointment, until_date=until_date)
    changes = change(appointment, from_date=from_date, until_date=until_date)
    meant = Appointment.objects.get(pk=appointment.pk)
    meant.share, meant.deputy = share, deputy
    _refuse_faulty(meant, units, start, is_confirmed=is_confirmed)
    place(appointment, units=units, share=share, deputy=deputy, from_date=start)
    changes |= _bring_to_day(appointment, by.day)
    changes |= {
        name: (old[name], value)
        for name, value in {"share": share, "deputy": str(deputy or ""), "units": _names(units)}.items()
        if old[name] != value
    } | {"effective_date": (None, start)}
    record(Permission.CHANGE_APPOINTMENT, appointment, by=by, at=at, changes=changes)
    index(appointment)
    return appointment


@action
def correct_ground(
    *, appointment: Appointment, appointed_by: str, employer: Unit | None, agreement: str, by: Viewer, at: datetime
) -> Appointment:
    """It is written who appointed, and who supplies the person under which agreement."""
    require(Permission.CHANGE_APPOINTMENT, by=by, on=appointment)
    if employer is not None and not agreement.strip():
        raise Refused(Refusal("organisation:refusal.no_agreement"))
    changes = change(appointment, appointed_by=appointed_by, employer=employer, agreement=agreement)
    record(Permission.CHANGE_APPOINTMENT, appointment, by=by, at=at, changes=changes)
    return appointment


@action
def bring_appointment_up_to_date(*, appointment: Appointment, by: Viewer, at: datetime) -> Appointment:
    """The appointment's share and deputy are those that its placements say for today."""
    require(Permission.CHANGE_APPOINTMENT, by=by, on=appointment)
    changes = _bring_to_day(appointment, by.day)
    record(Permission.CHANGE_APPOINTMENT, appointment, by=by, at=at, changes=changes)
    return appointment


@action
def announce_ending(
    *, appointment: Appointment, until_date: date, reason: str = "", by: Viewer, at: datetime
) -> Appointment:
    """The appointment has its last day, and its hand-over list is there. A day that has passed ends it at once."""
    require(Permission.ANNOUNCE_ENDING, by=by, on=appointment)
    if until_date <= appointment.from_date:
        raise Refused(Refusal("organisation:refusal.ends_before_it_begins"))
    if appointment.state == AppointmentState.ACTIVE:
        bound(appointment, until_date=until_date)
        changes = change(appointment, until_date=until_date)
        record(Permission.CHANGE_APPOINTMENT, appointment, by=by, at=at, changes=changes, reason=reason)
    make(appointment, "announce_ending", by=by, at=at, reason=reason)
    list_handover(appointment=appointment, by=_at_once(at), at=at)
    if until_date <= by.day:
        make(appointment, "end", by=_at_once(at), at=at)
    return appointment


@action
def end_appointment(*, appointment: Appointment, reason: str = "", by: Viewer, at: datetime) -> Appointment:
    """The appointment has ended; its last day has passed, and so have its rights."""
    make(appointment, "end", by=by, at=at, reason=reason)
    return appointment


@action
def warn_of_ending(*, appointment: Appointment, by: Viewer, at: datetime) -> Appointment:
    """Managers of the appointment's units and the strategic level know that it ends; its hand-over list is there."""
    list_handover(appointment=appointment, by=by, at=at)
    changes = change(appointment, warned_of=appointment.until_date)
    record(Permission.ANNOUNCE_ENDING, appointment, by=by, at=at, changes=changes)
    _tell(appointment, "ending", permission=Permission.ANNOUNCE_ENDING, by=by, at=at)
    return appointment


def _tell(appointment: Appointment, what: str, *, permission: str, by: Viewer, at: datetime) -> None:
    """Those who hold the permission in the appointment's units have a notice, save the one who did it."""
    units = AppointmentUnit.objects.on_or_after(by.day).filter(appointment=appointment).values_list("unit", flat=True)
    accounts = account_ids_appointed(list(units), by.day, permission=permission) - {by.account_id}
    notify(
        sorted(accounts),
        kind=f"organisation:notice.{what}",
        url=url_of(appointment),
        about=appointment,
        values={"reference": appointment.reference},
        dedupe_key=f"organisation:{what}:{appointment.reference}:{appointment.until_date}",
        at=at,
    )


def _at_once(at: datetime) -> Viewer:
    """What follows by itself from somebody's deed is done by the system, and the trail says so."""
    return system_viewer(at=at, job="organisation:follow_the_calendar")


def _refuse_faulty(appointment: Appointment, units: Sequence[Unit], start: date, *, is_confirmed: bool) -> None:
    fault = fault_against(appointment, units=units, start=start)
    if fault is None and not is_confirmed:
        fault = overload_of(appointment, start=start)
    if fault is not None:
        raise Refused(fault)


def _refuse_giving(function: Function, units: Sequence[int], *, permission: str, by: Viewer) -> None:
    fault = fault_of_giving(function, units, permission=permission, by=by)
    if fault is not None:
        raise Refused(fault)


def _refuse_own(appointment: Appointment, refusal: str, *, by: Viewer) -> None:
    if is_for_oneself(appointment, by=by):
        raise Refused(Refusal(f"organisation:refusal.{refusal}"))


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


def _bring_to_day(appointment: Appointment, day: date) -> dict:
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
    return {"share": appointment.share, "deputy": str(appointment.deputy or ""), "units": _names(units)}


def _as_new(appointment: Appointment, units: Sequence[Unit]) -> dict:
    values = {
        "holder": str(appointment.holder),
        "function": str(appointment.function),
        "units": _names(units),
        "from_date": appointment.from_date,
        "until_date": appointment.until_date,
        "share": appointment.share,
        "appointed_by": appointment.appointed_by,
    }
    return {name: (None, value) for name, value in values.items()}


def _names(units: Sequence[Unit]) -> str:
    return ", ".join(sorted(unit.name for unit in units))
