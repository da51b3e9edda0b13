"""What is required of units, from which day until which."""

import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from varn.areas.organisation.models import Function, Requirement, Unit
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import require_in_all
from varn.kernel.calendar import last_day
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require, require_everywhere
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Changes, action, change, record
from varn.mechanisms.moves.making import Refused

STANDARD = Path(__file__).parents[1] / "functions.toml"


@action
def seed_requirements(*, from_date: date, by: Viewer, at: datetime) -> list[Requirement]:
    """From the day on every kind of unit must have what the data file says, where nothing was said of it before."""
    require_everywhere(Permission.SET_REQUIREMENT, by=by)
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
    _require_to_set(unit, by=by)
    if maximum is not None and maximum < minimum:
        raise Refused(Refusal("organisation:refusal.range_is_empty"))
    kind = unit.kind if unit else unit_kind
    Function.objects.select_for_update(no_key=True).get(pk=function.pk)
    said = Requirement.objects.filter(function=function, unit_kind=kind, unit=unit)
    values = {"minimum": minimum, "maximum": maximum, "share": share}
    before = said.filter(holds(from_date)).first()
    if before and before.from_date == from_date:
        record(Permission.SET_REQUIREMENT, before, by=by, at=at, changes=change(before, **values))
        return before
    later = said.filter(from_date__gt=from_date).order_by("from_date").values_list("from_date", flat=True).first()
    row = Requirement(function=function, unit_kind=kind, unit=unit, from_date=from_date, until_date=later, **values)
    if before:
        change(before, until_date=from_date)
    row.save()
    record(Permission.SET_REQUIREMENT, row, by=by, at=at, changes=_as_new(row, before))
    return row


@action
def end_requirement(*, requirement: Requirement, until_date: date, by: Viewer, at: datetime) -> Requirement:
    """From the day on it is no longer required; that it was required before stands.

    What has an end already can be ended earlier, never later: from its end on something else may be required.
    """
    require(Permission.END_REQUIREMENT, by=by, on=requirement)
    Function.objects.select_for_update(no_key=True).get(pk=requirement.function_id)
    requirement.refresh_from_db()
    if until_date <= requirement.from_date:
        raise Refused(Refusal("organisation:refusal.ends_before_it_begins"))
    if requirement.until_date is not None and until_date > requirement.until_date:
        raise Refused(Refusal("organisation:refusal.requirement_ends_before", day=last_day(requirement.until_date)))
    record(Permission.END_REQUIREMENT, requirement, by=by, at=at, changes=change(requirement, until_date=until_date))
    return requirement


def _require_to_set(unit: Unit | None, *, by: Viewer) -> None:
    """What is required of one unit is said by who may over it, what is required of a kind by who may everywhere."""
    if unit is None:
        require_everywhere(Permission.SET_REQUIREMENT, by=by)
    else:
        require_in_all(Permission.SET_REQUIREMENT, by=by, units=[unit.pk])


def _as_new(row: Requirement, before: Requirement | None) -> Changes:
    names = ("minimum", "maximum", "share")
    changes = {name: (getattr(before, name) if before else None, getattr(row, name)) for name in names}
    return changes | {"from_date": (None, row.from_date)}
