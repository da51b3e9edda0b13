"""The end of an appointment: announced, changed while it is still to come, warned of, and come."""

from datetime import date, datetime

from varn.areas.organisation.actions.handover import list_handover
from varn.areas.organisation.actions.news import News
from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import Appointment, AppointmentUnit
from varn.areas.organisation.models.placements import bound
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import fault_against, fault_of_giving, is_for_oneself, window_after
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused, make

# The verb of the trail for what the calendar does by itself.
WARN = "organisation:appointment:warn_of_ending"


@action
def announce_ending(
    *, appointment: Appointment, until_date: date, reason: str = "", by: Viewer, at: datetime
) -> Appointment:
    """The appointment has its last day, and its hand-over list is there. A day that has passed ends it at once.

    A last day that was announced can be moved, with a reason, to any day from today on; those who answer for the
    appointment have a notice.
    """
    require(Permission.ANNOUNCE_ENDING, by=by, on=appointment)
    appointment.refresh_from_db()
    is_moved = appointment.state == AppointmentState.ENDING
    if is_moved:
        _refuse_moving(appointment, until_date, reason, by=by)
    _refuse_longer(appointment, until_date, by=by)
    if until_date <= appointment.from_date:
        raise Refused(Refusal("organisation:refusal.ends_before_it_begins"))
    make(appointment, "announce_ending", by=by, at=at, reason=reason)
    bound(appointment, until_date=until_date)
    changes = change(appointment, until_date=until_date)
    record(Permission.CHANGE_APPOINTMENT, appointment, by=by, at=at, changes=changes, reason=reason)
    list_handover(appointment=appointment, by=_at_once(at), at=at)
    if is_moved:
        _tell_moved(appointment, by=by, at=at)
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
    record(WARN, appointment, by=by, at=at, changes=changes)
    News(appointment=appointment, what="ending", permission=Permission.ANNOUNCE_ENDING).tell(by=by, at=at)
    return appointment


def _at_once(at: datetime) -> Viewer:
    """What follows by itself from somebody's deed is done by the system, and the trail says so."""
    return system_viewer(at=at, job="organisation:follow_the_calendar")


def _refuse_moving(appointment: Appointment, until_date: date, reason: str, *, by: Viewer) -> None:
    """An announced day is not moved into the past, and never without a reason."""
    if until_date <= by.day:
        raise Refused(Refusal("organisation:refusal.ends_before_today"))
    if not reason.strip():
        raise Refused(Refusal("moves:refusal.reason_missing"))


def _refuse_longer(appointment: Appointment, until_date: date, *, by: Viewer) -> None:
    """A day that is later than the last day that stood gives rights for longer: it takes what giving them takes."""
    if appointment.until_date is None or until_date <= appointment.until_date:
        return
    if is_for_oneself(appointment, by=by):
        raise Refused(Refusal("organisation:refusal.own_change"))
    last = AppointmentUnit.objects.filter(appointment=appointment, until_date=appointment.until_date)
    units = [row.unit for row in last.select_related("unit")]
    ids = [unit.pk for unit in units]
    meant = Appointment.objects.get(pk=appointment.pk)
    meant.until_date = until_date
    fault = fault_of_giving(appointment.function, ids, permission=Permission.ANNOUNCE_ENDING, by=by)
    fault = fault or fault_against(meant, units=units, start=max(row.from_date for row in last))
    if fault is not None:
        raise Refused(fault)


def _tell_moved(appointment: Appointment, *, by: Viewer, at: datetime) -> None:
    News(appointment=appointment, what="ending_moved", permission=Permission.ANNOUNCE_ENDING).tell(by=by, at=at)
    if appointment.until_date is not None and appointment.until_date <= window_after(by.day):
        change(appointment, warned_of=appointment.until_date)
