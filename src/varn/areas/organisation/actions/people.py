"""People coming, changing and leaving."""

from datetime import date, datetime
from typing import Any

from varn.areas.organisation.actions.appointments import withdraw_appointment
from varn.areas.organisation.actions.ending import announce_ending
from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import Appointment, Person, Unit
from varn.areas.organisation.models.locks import hold_holders
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import fault_of_entry, nobody_ties_alone, require_in_all
from varn.areas.organisation.rules.names import person_sort_name
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.protecting import protected
from varn.mechanisms.search.indexing import index


@action
def create_person(
    *,
    employee_id: str,
    name: str,
    unit: Unit | None,
    from_date: date,
    until_date: date | None = None,
    title: str = "",
    email: str = "",
    phone: str = "",
    by: Viewer,
    at: datetime,
) -> Person:
    """The person can be appointed from the day on. They have no account by this."""
    require_in_all(Permission.CREATE_PERSON, by=by, units=[unit.pk] if unit else [])
    if Person.objects.filter(employee_id__iexact=employee_id).exists():
        raise Refused(Refusal("organisation:refusal.employee_id_taken", employee_id=employee_id))
    if until_date is not None and until_date <= from_date:
        raise Refused(Refusal("organisation:refusal.ends_before_it_begins"))
    person = Person.objects.create(
        employee_id=employee_id,
        name=name,
        sort_name=person_sort_name(name),
        title=title,
        email=email,
        phone=phone,
        unit=unit,
        from_date=from_date,
        until_date=until_date,
    )
    index(person)
    record(Permission.CREATE_PERSON, person, by=by, at=at, changes={"name": (None, name), "unit": (None, str(unit))})
    return person


@action
def change_person(
    *, person: Person, name: str, unit: Unit | None, title: str, email: str, phone: str, by: Viewer, at: datetime
) -> Person:
    """The person has this name, title, unit and these ways of being reached."""
    require(Permission.CHANGE_PERSON, by=by, on=person)
    if unit is not None and unit.pk != person.unit_id:
        require_in_all(Permission.CHANGE_PERSON, by=by, units=[unit.pk])
    changes = change(
        person, name=name, sort_name=person_sort_name(name), title=title, email=email, phone=phone, unit=unit
    )
    changes.pop("sort_name", None)
    index(person)
    record(Permission.CHANGE_PERSON, person, by=by, at=at, changes=changes)
    return person


@action
def leave_person(
    *, person: Person, until_date: date, ends_appointments: bool = False, by: Viewer, at: datetime
) -> Person:
    """The person is not here from the day on, and no right of theirs lives longer.

    Appointments that would be left stand against it, unless `ends_appointments` says that they end with the person:
    then each has its last day and its hand-over list, and those not begun are withdrawn.
    """
    require(Permission.LEAVE, by=by, on=person)
    hold_holders([person.pk])
    if until_date <= person.from_date:
        raise Refused(Refusal("organisation:refusal.ends_before_it_begins"))
    left = list(Appointment.objects.filter(person=person).standing_after(until_date))
    if left and not ends_appointments:
        raise Refused(Refusal("organisation:refusal.leaves_appointments", count=len(left)))
    for appointment in left:
        _end_with_person(appointment, until_date, by=by, at=at)
    record(Permission.LEAVE, person, by=by, at=at, changes=change(person, until_date=until_date))
    return person


def _opens_a_way(*, person: Person, account: Account | None, by: Viewer, **_others: Any) -> bool:
    return nobody_ties_alone(person, account, by=by)


@protected("organisation:person:link_approver", when=_opens_a_way)
@action
def link_account(*, person: Person, account: Account | None, by: Viewer, at: datetime) -> Person:
    """Whoever signs in to the account is this person, with the rights of the person's appointments.

    Nobody makes themselves a person by their own account, and nobody gives another account the rights of a person
    whom they could not have appointed.
    """
    if Permission.LINK_ACCOUNT in by.general:
        require(Permission.LINK_ACCOUNT, by=by)
    else:
        require(Permission.LINK_ACCOUNT, by=by, on=person)
    if account is not None and account.pk == by.account_id and person.account_id != account.pk:
        raise Refused(Refusal("organisation:refusal.own_account"))
    fault = fault_of_entry(person, permission=Permission.LINK_ACCOUNT, by=by)
    if fault is not None and person.account_id != (account.pk if account else None):
        raise Refused(fault)
    taken = Person.objects.filter(account=account).exclude(pk=person.pk).first() if account else None
    if taken is not None:
        raise Refused(Refusal("organisation:refusal.account_taken", person=taken.name))
    record(Permission.LINK_ACCOUNT, person, by=by, at=at, changes=change(person, account=account))
    return person


def _end_with_person(appointment: Appointment, until_date: date, *, by: Viewer, at: datetime) -> None:
    if appointment.state in (AppointmentState.PROPOSED, AppointmentState.ACCEPTED):
        withdraw_appointment(appointment=appointment, reason=str(appointment.person), by=by, at=at)
    else:
        announce_ending(appointment=appointment, until_date=until_date, by=by, at=at)
