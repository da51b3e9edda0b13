"""Whether a reader may give others the rights that come with a function: nobody gives more than their role appoints to.

These read all appointments, also those the one who asks may not see: what comes out is a reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from varn.areas.organisation.lifecycle import VALID_STATES, AppointmentState
from varn.areas.organisation.models import Appointment, AppointmentUnit, Function, Office, Person, StandIn, Unit
from varn.areas.organisation.queries.scopes import unit_opened_to, units_within
from varn.kernel.levels import Level
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.permissions import Permission as Access
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.approvals.permissions import Deciding

Rights = Mapping[str, set[int]]


def fault_of_giving(
    function: Function, units: Iterable[int], *, permission: str, by: Viewer, offices: Sequence[Office] | None = None
) -> Refusal | None:
    """Why the reader may not give the function in these units to others, or `None`.

    A named office that is held through the function gives its own rights along. `offices` spares asking for them.
    """
    wanted = set(units)
    if by.is_system:
        return None
    held = [
        office
        for office in (Office.objects.filter(function=function) if offices is None else offices)
        if office.function_id == function.pk and office.unit_id in wanted
    ]
    return _fault_of({function.role: wanted} | _rights_of(Q(office__in=held), by), permission=permission, by=by)


def fault_of_role(role: str, *, permission: str, by: Viewer) -> Refusal | None:
    """Why the reader may not give the role to others in the whole municipality, or `None`."""
    return None if by.gives_everywhere(role, permission) else _beyond(role)


def fault_of_entry(person: Person, *, permission: str, by: Viewer) -> Refusal | None:
    """Why the reader may not say who signs in as the person, or `None`: it gives all that the person holds."""
    if by.is_system:
        return None
    own = AppointmentUnit.objects.on_or_after(by.day).filter(appointment__person=person)
    offices = [
        office.pk
        for office in Office.objects.filter(function__in=own.values("appointment__function"))
        if own.filter(unit=office.unit_id, appointment__function=office.function_id).exists()
    ]
    return _fault_of(_rights_of(Q(person=person) | Q(office__in=offices), by), permission=permission, by=by)


def fault_of_office(office: Office, function: Function, unit_id: int, *, permission: str, by: Viewer) -> Refusal | None:
    """Why the reader may not let the office be held through this function in this unit, or `None`."""
    if by.is_system:
        return None
    rights = _rights_of(Q(office=office), by)
    if rights and unit_id in units_held_by(by, function):
        return Refusal("organisation:refusal.own_function", function=function.name_sv)
    return _fault_of(rights, permission=permission, by=by)


def runs_the_installation(by: Viewer) -> bool:
    """Whether the reader opens accounts for others, whatever else they are."""
    return Access.CREATE_ACCOUNT in by.general


def nobody_ties_alone(person: Person | None, account: Account | None, *, by: Viewer) -> bool:
    """Whether to say that the account is the person's, who may be new, takes another person too.

    So it does where the person may approve. Whoever runs the installation makes the accounts, and says alone only whose
    they are of those who have nothing: neither of somebody who is appointed, nor, appointing others, of anybody.
    """
    if account is None or (person is not None and person.account_id == account.pk):
        return False
    if person is not None and any(
        unit_opened_to(person, by.day, permissions=[right]) is not None for right in Deciding
    ):
        return True
    if not runs_the_installation(by):
        return False
    appoints = any(scope.appoints for scope in by.scopes)
    return account.is_administrator or appoints or (person is not None and _has_anything(person, by))


def gives_much(function: Function, unit: Unit, *, by: Viewer) -> bool:
    """Whether who has the function in the unit may approve what nobody does alone, or opens what is sensitive."""
    offices = Office.objects.filter(function=function, unit=unit)
    roles = [ROLES[role] for role in (function.role, *_rights_of(Q(office__in=offices), by)) if role in ROLES]
    return any(role.level >= Level.SENSITIVE or role.permissions & set(Deciding) for role in roles)


def units_held_by(by: Viewer, function: Function) -> set[int]:
    """The units in which the reader has the function, or is to have it, in person or through an office."""
    if by.person_id is None:
        return set()
    own = AppointmentUnit.objects.on_or_after(by.day).filter(appointment__person=by.person_id)
    own = own.filter(appointment__state__in=(*VALID_STATES, AppointmentState.PROPOSED))
    offices = [
        office.pk
        for office in Office.objects.filter(appointments__function=function).distinct()
        if own.filter(unit=office.unit_id, appointment__function=office.function_id).exists()
    ]
    through = AppointmentUnit.objects.on_or_after(by.day).filter(appointment__office__in=offices)
    placed = own.filter(appointment__function=function) | through.filter(appointment__function=function)
    return set(placed.values_list("unit", flat=True))


def is_for_oneself(appointment: Appointment, *, by: Viewer) -> bool:
    """Whether the appointment is the reader's own, that of an office that they hold, or one they stand in for today."""
    if by.is_system or by.person_id is None:
        return False
    if StandIn.objects.standing(by.day).filter(appointment=appointment, deputy=by.person_id).exists():
        return True
    if appointment.office is None:
        return appointment.person_id == by.person_id
    held = AppointmentUnit.objects.on_or_after(by.day).filter(unit=appointment.office.unit_id)
    return held.filter(
        appointment__person=by.person_id,
        appointment__function=appointment.office.function_id,
        appointment__state__in=VALID_STATES,
    ).exists()


def _has_anything(person: Person, by: Viewer) -> bool:
    """Whether they are appointed, are to be, or stand in for somebody."""
    own = AppointmentUnit.objects.on_or_after(by.day).filter(appointment__person=person)
    own = own.filter(appointment__state__in=(*VALID_STATES, AppointmentState.PROPOSED))
    return own.exists() or StandIn.objects.standing(by.day).filter(deputy=person).exists()


def _rights_of(holder: Q, by: Viewer) -> dict[str, set[int]]:
    """The roles of the holder's appointments that stand or are to stand, each with its units."""
    standing = Appointment.objects.filter(holder, state__in=VALID_STATES)
    placed = AppointmentUnit.objects.on_or_after(by.day).filter(appointment__in=standing)
    rights: dict[str, set[int]] = defaultdict(set)
    for role, unit in placed.values_list("appointment__function__role", "unit"):
        rights[role].add(unit)
    return dict(rights)


def _fault_of(rights: Rights, *, permission: str, by: Viewer) -> Refusal | None:
    return next((_beyond(role) for role, units in rights.items() if not _gives(role, units, permission, by)), None)


def _gives(role: str, units: set[int], permission: str, by: Viewer) -> bool:
    if by.gives_everywhere(role, permission):
        return True
    scopes = by.scopes_giving(role, permission)
    if not scopes or not units:
        return bool(scopes)
    within = units_within(scopes=scopes, day=by.day).filter(descendant__in=units)
    return within.values("descendant").distinct().count() == len(units)


def _beyond(role: str) -> Refusal:
    return Refusal("organisation:refusal.beyond_own_rights", role=f"access:role.{role}")
