"""Absence, and who stands in: a deputy has the rights of the holder for a period, and no more than those."""

from collections.abc import Sequence
from datetime import date, datetime

from varn.areas.organisation.actions.news import PersonalNews
from varn.areas.organisation.lifecycle import CHANGEABLE_STATES, AppointmentState
from varn.areas.organisation.models import Absence, AbsenceKind, Appointment, AppointmentUnit, Person, StandIn
from varn.areas.organisation.models.locks import hold_holders
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import fault_of_giving
from varn.areas.organisation.rules.standing_in import Days, fault_of_period
from varn.kernel.calendar import last_day
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused, begin, make
from varn.mechanisms.references.numbers import next_reference

SERIES = "ERS"


@action
def appoint_stand_in(
    *,
    appointment: Appointment,
    deputy: Person,
    from_date: date,
    until_date: date,
    for_all: bool = False,
    by: Viewer,
    at: datetime,
) -> StandIn:
    """The deputy has the appointment's rights from the day until the other, and everything that waits for its holder.

    With `for_all` also those of the holder's other appointments that the reader may give, as far as they stand then.
    Returns the one of the appointment itself. Raises `Refused` with what stands against it.
    """
    require(Permission.APPOINT_STAND_IN, by=by, on=appointment)
    hold_holders([pk for pk in (appointment.person_id, deputy.pk) if pk])
    asked = Days(from_date=from_date, until_date=until_date)
    _refuse(appointment, deputy, asked, by=by)
    made = _stand_in(appointment, deputy, asked, by=by, at=at)
    for other in _others_of(appointment, by) if for_all else ():
        part = asked.within(_days_of(other))
        if not part.is_empty and _fault_against(other, deputy, part, by=by) is None:
            _stand_in(other, deputy, part, by=by, at=at)
    return made


@action
def end_stand_in(*, stand_in: StandIn, reason: str = "", by: Viewer, at: datetime) -> StandIn:
    """The deputy's rights are gone from now on; what was done with them stands."""
    make(stand_in, "end", by=by, at=at, reason=reason)
    ends = min(stand_in.until_date, max(stand_in.from_date, by.day))
    changes = change(stand_in, until_date=ends)
    if changes:
        record(Permission.END_STAND_IN, stand_in, by=by, at=at, changes=changes)
    return stand_in


@action
def withdraw_stand_in(*, stand_in: StandIn, reason: str = "", by: Viewer, at: datetime) -> StandIn:
    """The deputy never had the rights."""
    make(stand_in, "withdraw", by=by, at=at, reason=reason)
    return stand_in


@action
def register_absence(
    *, person: Person, kind: str, from_date: date, until_date: date, by: Viewer, at: datetime
) -> Absence:
    """Those who work with the person see that they are away, and where nobody stands in for them."""
    _require_own_or_managed(person, Permission.REGISTER_ABSENCE, by=by)
    asked = Days(from_date=from_date, until_date=until_date)
    if asked.is_empty:
        raise Refused(Refusal("organisation:refusal.ends_before_it_begins"))
    hold_holders([person.pk])
    known = Absence.objects.filter(person=person)
    if any(asked.meet(Days(from_date=one.from_date, until_date=one.until_date)) for one in known):
        raise Refused(Refusal("organisation:refusal.absence_overlaps"))
    absence = Absence.objects.create(
        person=person, kind=AbsenceKind(kind).value, from_date=from_date, until_date=until_date
    )
    changes = {"kind": (None, absence.kind), "from_date": (None, from_date), "until_date": (None, until_date)}
    record(Permission.REGISTER_ABSENCE, absence, by=by, at=at, changes=changes)
    return absence


@action
def end_absence(*, absence: Absence, until_date: date, by: Viewer, at: datetime) -> Absence:
    """The absence has another last day, earlier or later than was thought."""
    require(Permission.END_ABSENCE, by=by, on=absence)
    if until_date < absence.from_date:
        raise Refused(Refusal("organisation:refusal.ends_before_it_begins"))
    hold_holders([absence.person_id])
    absence.refresh_from_db()
    asked = Days(from_date=absence.from_date, until_date=until_date)
    others = Absence.objects.filter(person=absence.person_id).exclude(pk=absence.pk)
    if any(asked.meet(Days(from_date=one.from_date, until_date=one.until_date)) for one in others):
        raise Refused(Refusal("organisation:refusal.absence_overlaps"))
    record(Permission.END_ABSENCE, absence, by=by, at=at, changes=change(absence, until_date=until_date))
    return absence


def _require_own_or_managed(person: Person, permission: str, *, by: Viewer) -> None:
    require(permission, by=by)
    if person.pk != by.person_id:
        require(Permission.ACCEPT, by=by, on=person)


def _refuse(appointment: Appointment, deputy: Person, asked: Days, *, by: Viewer) -> None:
    fault = _fault_against(appointment, deputy, asked, by=by)
    if fault is not None:
        raise Refused(fault)


def _fault_against(appointment: Appointment, deputy: Person, asked: Days, *, by: Viewer) -> Refusal | None:
    """Why this deputy cannot stand in for these days: judged of the holder, the deputy and the days."""
    appointment.refresh_from_db()
    if appointment.person is None:
        return Refusal("organisation:refusal.stand_in_of_office")
    if appointment.state not in CHANGEABLE_STATES or appointment.state == AppointmentState.PROPOSED:
        return Refusal("organisation:refusal.stand_in_not_standing")
    if deputy.pk == appointment.person_id:
        return Refusal("organisation:refusal.own_deputy")
    if deputy.pk == by.person_id:
        return Refusal("organisation:refusal.own_appointment")
    fault = fault_of_period(asked, today=by.day, appointment=_days_of(appointment))
    if fault is not None:
        return fault
    if not Days(from_date=deputy.from_date, until_date=deputy.until_date).hold(asked):
        return Refusal("organisation:refusal.person_not_here", person=deputy.name)
    return _twice(appointment, asked) or _beyond(appointment, by=by)


def _twice(appointment: Appointment, asked: Days) -> Refusal | None:
    for other in StandIn.objects.standing_after(asked.from_date).filter(appointment=appointment):
        if asked.meet(Days(from_date=other.from_date, until_date=other.until_date)):
            return Refusal("organisation:refusal.stand_in_twice", reference=other.reference)
    return None


def _beyond(appointment: Appointment, *, by: Viewer) -> Refusal | None:
    """Whoever is not the holder gives the rights as they would by accepting the appointment (decision 0011)."""
    if by.is_system or appointment.person_id == by.person_id:
        return None
    placed = AppointmentUnit.objects.on_or_after(by.day).filter(appointment=appointment)
    return fault_of_giving(
        appointment.function, placed.values_list("unit", flat=True), permission=Permission.ACCEPT, by=by
    )


def _days_of(appointment: Appointment) -> Days:
    return Days(from_date=appointment.from_date, until_date=appointment.until_date)


def _others_of(appointment: Appointment, by: Viewer) -> Sequence[Appointment]:
    held = Appointment.objects.filter(person=appointment.person_id).exclude(pk=appointment.pk).standing_after(by.day)
    return [one for one in held.order_by("pk") if may(by, Permission.APPOINT_STAND_IN, one)]


def _stand_in(appointment: Appointment, deputy: Person, days: Days, *, by: Viewer, at: datetime) -> StandIn:
    one = StandIn.objects.create(
        reference=next_reference(SERIES, at=at),
        appointment=appointment,
        deputy=deputy,
        from_date=days.from_date,
        until_date=days.until_date,
    )
    begin(one, by=by, at=at)
    changes = {
        "appointment": (None, str(appointment)),
        "deputy": (None, str(deputy)),
        "from_date": (None, one.from_date),
        "until_date": (None, one.until_date),
    }
    record(Permission.APPOINT_STAND_IN, one, by=by, at=at, changes=changes)
    told = {
        "holder": str(appointment.person),
        "function": appointment.function.name_sv,
        "reference": one.reference,
        "last": str(last_day(one.until_date)),
    }
    PersonalNews(person=deputy, what="stands_in", about=one, values=told).tell(by=by, at=at)
    return one
