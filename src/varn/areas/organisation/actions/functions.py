"""Functions, what is required of units, and the named offices."""

import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.db.models import Q
from django.utils.text import slugify

from varn.areas.organisation.models import Function, Office, Requirement, Unit
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.permissions import Permission
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused

STANDARD = Path(__file__).parents[1] / "functions.toml"


@action
def create_function(
    *, name_sv: str, name_en: str, tier: str, role: str, key: str = "", position: int = 100, by: Viewer, at: datetime
) -> Function:
    """People can be appointed to the function; it opens what its role opens."""
    require(Permission.CREATE_FUNCTION, by=by)
    key = key or slugify(name_en).replace("-", "_")
    if not key or Function.objects.filter(key=key).exists():
        raise Refused(Refusal("organisation:refusal.function_exists", name=name_sv))
    if role not in ROLES:
        raise Refused(Refusal("organisation:refusal.no_such_role", role=role))
    function = Function.objects.create(
        key=key, name_sv=name_sv, name_en=name_en, tier=tier, role=role, position=position
    )
    changes = {"tier": (None, tier), "role": (None, role)}
    record(Permission.CREATE_FUNCTION, function, by=by, at=at, changes=changes)
    return function


@action
def change_function(
    *, function: Function, name_sv: str, name_en: str, tier: str, role: str, position: int, by: Viewer, at: datetime
) -> Function:
    """The function has these names, this tier and this role; all who are appointed to it have its rights at once."""
    require(Permission.CHANGE_FUNCTION, by=by, on=function)
    if role not in ROLES:
        raise Refused(Refusal("organisation:refusal.no_such_role", role=role))
    changes = change(function, name_sv=name_sv, name_en=name_en, tier=tier, role=role, position=position)
    record(Permission.CHANGE_FUNCTION, function, by=by, at=at, changes=changes)
    return function


@action
def seed_requirements(*, from_date: date, by: Viewer, at: datetime) -> list[Requirement]:
    """From the day on every kind of unit must have what the data file says, where nothing was said of it before."""
    require(Permission.SET_REQUIREMENT, by=by)
    rows = tomllib.loads(STANDARD.read_text(encoding="utf-8"))["requirements"]
    functions = {function.key: function for function in Function.objects.all()}
    said = set(Requirement.objects.filter(unit=None).values_list("unit_kind", "function__key"))
    for row in rows:
        if (row["kind"], row["function"]) not in said:
            values = {"unit_kind": row["kind"], "minimum": row.get("minimum", 1), "maximum": row.get("maximum")}
            share = Decimal(row["share"]) if "share" in row else None
            set_requirement(
                function=functions[row["function"]], share=share, from_date=from_date, by=by, at=at, **values
            )
    standing = list(Requirement.objects.filter(unit=None).select_related("function"))
    counts = {"requirements": (len(said), len(standing))}
    record(Permission.SET_REQUIREMENT, standing[0], by=by, at=at, changes=counts)
    return standing


@action
def set_requirement(
    *,
    function: Function,
    unit_kind: str,
    unit: Unit | None = None,
    minimum: int = 1,
    maximum: int | None = None,
    share: Decimal | None = None,
    from_date: date,
    by: Viewer,
    at: datetime,
) -> Requirement:
    """From the day on this is required of every unit of the kind (or of the one unit), until the next change.

    What was required before the day stays as it was.
    """
    require(Permission.SET_REQUIREMENT, by=by)
    if maximum is not None and maximum < minimum:
        raise Refused(Refusal("organisation:refusal.range_is_empty"))
    kind = unit.kind if unit else unit_kind
    said = Requirement.objects.filter(function=function, unit_kind=kind, unit=unit)
    before = said.filter(holds(from_date)).first()
    later = said.filter(from_date__gt=from_date).order_by("from_date").first()
    values = {"minimum": minimum, "maximum": maximum, "share": share}
    if before and before.from_date == from_date:
        record(Permission.SET_REQUIREMENT, before, by=by, at=at, changes=change(before, **values))
        return before
    if before:
        change(before, until_date=from_date)
    row = Requirement.objects.create(
        function=function,
        unit_kind=kind,
        unit=unit,
        from_date=from_date,
        until_date=later.from_date if later else None,
        **values,
    )
    old = {name: getattr(before, name) if before else None for name in values}
    changes = {name: (old[name], value) for name, value in values.items()} | {"from_date": (None, from_date)}
    record(Permission.SET_REQUIREMENT, row, by=by, at=at, changes=changes)
    return row


@action
def end_requirement(*, requirement: Requirement, until_date: date, by: Viewer, at: datetime) -> Requirement:
    """From the day on it is no longer required; that it was required before stands."""
    require(Permission.END_REQUIREMENT, by=by, on=requirement)
    if until_date <= requirement.from_date:
        raise Refused(Refusal("organisation:refusal.ends_before_it_begins"))
    record(Permission.END_REQUIREMENT, requirement, by=by, at=at, changes=change(requirement, until_date=until_date))
    return requirement


@action
def create_office(*, name: str, unit: Unit, function: Function, by: Viewer, at: datetime) -> Office:
    """Assignments can go to the office; on any day its holder is whoever is appointed to the function in the unit."""
    require(Permission.CREATE_OFFICE, by=by)
    _refuse_taken(name, None)
    office = Office.objects.create(name=name, unit=unit, function=function)
    changes = {"unit": (None, str(unit)), "function": (None, str(function))}
    record(Permission.CREATE_OFFICE, office, by=by, at=at, changes=changes)
    return office


@action
def change_office(*, office: Office, name: str, unit: Unit, function: Function, by: Viewer, at: datetime) -> Office:
    """The office has this name and is held through this function in this unit."""
    require(Permission.CHANGE_OFFICE, by=by, on=office)
    _refuse_taken(name, office)
    changes = change(office, name=name, unit=unit, function=function)
    record(Permission.CHANGE_OFFICE, office, by=by, at=at, changes=changes)
    return office


def _refuse_taken(name: str, office: Office | None) -> None:
    others = Office.objects.filter(Q(name__iexact=name)).exclude(pk=office.pk if office else None)
    if others.exists():
        raise Refused(Refusal("organisation:refusal.office_exists", name=name))
