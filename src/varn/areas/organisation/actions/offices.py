"""The named offices that assignments go to."""

from datetime import datetime

from varn.areas.organisation.models import Function, Office, Unit
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import fault_of_office
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require, require_everywhere
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused


@action
def create_office(*, name: str, unit: Unit, function: Function, by: Viewer, at: datetime) -> Office:
    """Assignments can go to the office; on any day its holder is whoever is appointed to the function in the unit."""
    require_everywhere(Permission.CREATE_OFFICE, by=by)
    _refuse_taken(name, None)
    office = Office.objects.create(name=name, unit=unit, function=function)
    changes = {"unit": (None, str(unit)), "function": (None, str(function))}
    record(Permission.CREATE_OFFICE, office, by=by, at=at, changes=changes)
    return office


@action
def change_office(*, office: Office, name: str, unit: Unit, function: Function, by: Viewer, at: datetime) -> Office:
    """The office has this name and is held through this function in this unit.

    Who holds it has the rights of what the office itself is appointed to, so nobody makes themselves its holder.
    """
    require(Permission.CHANGE_OFFICE, by=by, on=office)
    _refuse_taken(name, office)
    if (function.pk, unit.pk) != (office.function_id, office.unit_id):
        fault = fault_of_office(office, function, unit.pk, permission=Permission.CHANGE_OFFICE, by=by)
        if fault is not None:
            raise Refused(fault)
    changes = change(office, name=name, unit=unit, function=function)
    record(Permission.CHANGE_OFFICE, office, by=by, at=at, changes=changes)
    return office


def _refuse_taken(name: str, office: Office | None) -> None:
    others = Office.objects.filter(name__iexact=name).exclude(pk=office.pk if office else None)
    if others.exists():
        raise Refused(Refusal("organisation:refusal.office_exists", name=name))
