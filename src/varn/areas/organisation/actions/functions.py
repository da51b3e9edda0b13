"""The functions that people are appointed to. What a function opens follows its role."""

from datetime import datetime
from typing import Any

from django.utils.text import slugify

from varn.areas.organisation.lifecycle import CHANGEABLE_STATES
from varn.areas.organisation.models import Appointment, Function
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import fault_of_role, units_held_by
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require, require_everywhere
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.protecting import protected


@action
def create_function(
    *, name_sv: str, name_en: str, tier: str, role: str, key: str = "", position: int = 100, by: Viewer, at: datetime
) -> Function:
    """People can be appointed to the function; it opens what its role opens, which the one who adds it may give."""
    require_everywhere(Permission.CREATE_FUNCTION, by=by)
    key = key or slugify(name_en).replace("-", "_")
    if not key:
        raise Refused(Refusal("organisation:refusal.function_without_letters", name=name_en))
    if Function.objects.filter(key=key).exists():
        raise Refused(Refusal("organisation:refusal.function_exists", name=name_sv))
    _refuse_role(role, permission=Permission.CREATE_FUNCTION, by=by)
    function = Function.objects.create(
        key=key, name_sv=name_sv, name_en=name_en, tier=tier, role=role, position=position
    )
    changes = {"tier": (None, tier), "role": (None, role)}
    record(Permission.CREATE_FUNCTION, function, by=by, at=at, changes=changes)
    return function


def _gets_another_role(*, function: Function, role: str, **_others: Any) -> bool:
    return role != function.role


@protected("organisation:function:change_role", when=_gets_another_role)
@action
def change_function(
    *, function: Function, name_sv: str, name_en: str, tier: str, role: str, position: int, by: Viewer, at: datetime
) -> Function:
    """The function has these names, this tier and this role; all who are appointed to it have its rights at once.

    Nobody changes the role of a function that they have themselves, nor from or to a role that they may not give.
    """
    require(Permission.CHANGE_FUNCTION, by=by, on=function)
    if role != function.role:
        _refuse_role(function.role, permission=Permission.CHANGE_FUNCTION, by=by)
        _refuse_role(role, permission=Permission.CHANGE_FUNCTION, by=by)
        if units_held_by(by, function):
            raise Refused(Refusal("organisation:refusal.own_function", function=function.name_sv))
        _refuse_without_end(function, role)
    changes = change(function, name_sv=name_sv, name_en=name_en, tier=tier, role=role, position=position)
    record(Permission.CHANGE_FUNCTION, function, by=by, at=at, changes=changes)
    return function


def _refuse_role(role: str, *, permission: str, by: Viewer) -> None:
    if role not in ROLES:
        raise Refused(Refusal("organisation:refusal.no_such_role", role=role))
    fault = fault_of_role(role, permission=permission, by=by)
    if fault is not None:
        raise Refused(fault)


def _refuse_without_end(function: Function, role: str) -> None:
    """A role for a time is not given to those who stand appointed without a last day."""
    endless = Appointment.objects.filter(function=function, until_date=None, state__in=CHANGEABLE_STATES)
    if ROLES[role].time_limited and endless.exists():
        raise Refused(Refusal("organisation:refusal.needs_a_last_day"))
