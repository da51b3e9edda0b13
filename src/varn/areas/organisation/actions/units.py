"""Changing the tree of units: every change has a day, and what was before that day stays."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q
from django.db.models.functions import Lower

from varn.areas.organisation.models import Unit, UnitKind, UnitLine, UnitPeriod
from varn.areas.organisation.models.lines import draw_lines, lives_of
from varn.areas.organisation.models.locks import hold_tree, hold_units
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import appointments_standing_in, require_in_all, units_lying_under
from varn.areas.organisation.rules.kinds import may_lie_under
from varn.areas.organisation.rules.periods import (
    NotStanding,
    Stretch,
    changed_from,
    cut,
    reach_of_change,
    stretch_on,
)
from varn.kernel.lifecycle import Refusal
from varn.kernel.ordering import swedish_sort_key
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.search.indexing import index

U = TypeVar("U", Unit, Unit | None)
# The verb of the trail for what the calendar does by itself.
BRING_UP = "organisation:unit:bring_up_to_date"


@action
def create_unit(
    *,
    code: str,
    kind: str,
    name: str,
    parent: Unit | None,
    from_date: date,
    address: str = "",
    email: str = "",
    by: Viewer,
    at: datetime,
) -> Unit:
    """The unit exists from the day on, under its parent. Raises `Refused` where such a unit may not lie there."""
    require_in_all(Permission.CREATE_UNIT, by=by, units=[parent.pk] if parent else [])
    hold_tree()
    parent = _as_it_is(parent)
    _refuse_misplaced(kind, parent, from_date, None)
    if Unit.objects.annotate(lower=Lower("code")).filter(lower=code.lower()).exists():
        raise Refused(Refusal("organisation:refusal.code_taken", code=code))
    unit = Unit.objects.create(
        code=code,
        kind=kind,
        name=name,
        sort_name=swedish_sort_key(name),
        parent=parent,
        from_date=from_date,
        address=address,
        email=email,
    )
    UnitPeriod.objects.create(unit=unit, name=name, parent=parent, from_date=from_date)
    draw_lines([unit.pk])
    new = {"name": name, "kind": kind, "parent": str(parent or ""), "from_date": from_date}
    index(unit)
    record(Permission.CREATE_UNIT, unit, by=by, at=at, changes={key: (None, value) for key, value in new.items()})
    return unit


@action
def change_unit(*, unit: Unit, address: str, email: str, by: Viewer, at: datetime) -> Unit:
    """The unit has this address and this e-mail."""
    require(Permission.CHANGE_UNIT, by=by, on=unit)
    record(Permission.CHANGE_UNIT, unit, by=by, at=at, changes=change(unit, address=address, email=email))
    index(unit)
    return unit


@action
def rename_unit(*, unit: Unit, name: str, from_date: date, by: Viewer, at: datetime) -> Unit:
    """From the day on, until the next change of name, the unit is called this; before that day nothing has changed."""
    require(Permission.RENAME_UNIT, by=by, on=unit)
    life = _life_of(unit)
    old = _stretch_on(unit, life, from_date).name
    _live(unit, changed_from(life, from_date, "name", name), by.day)
    changes = {"name": (old, name), "from_date": (None, from_date)}
    record(Permission.RENAME_UNIT, unit, by=by, at=at, changes=changes)
    return unit


@action
def move_unit(*, unit: Unit, parent: Unit, from_date: date, by: Viewer, at: datetime) -> Unit:
    """From the day on, until its next move, the unit with all below it lies under the parent.

    The lines of the subtree are drawn anew and say the truth of every day. Raises `Refused` when the kinds do not fit,
    the parent does not stand all that time, or the unit would lie under itself on some day.
    """
    require(Permission.MOVE_UNIT, by=by, on=unit)
    require_in_all(Permission.MOVE_UNIT, by=by, units=[parent.pk])
    hold_tree()
    parent = _as_it_is(parent)
    life = _life_of(unit)
    old = _stretch_on(unit, life, from_date).parent_id
    until_date = reach_of_change(life, from_date, "parent_id")
    _refuse_misplaced(unit.kind, parent, from_date, until_date)
    below = UnitLine.objects.filter(_overlapping(from_date, until_date), ancestor=unit)
    if parent.pk == unit.pk or below.filter(descendant=parent).exists():
        raise Refused(Refusal("organisation:refusal.circle", unit=unit.name, parent=parent.name))
    _live(unit, changed_from(life, from_date, "parent_id", parent.pk), by.day)
    draw_lines(set(below.values_list("descendant_id", flat=True)) | {unit.pk})
    before = Unit.objects.filter(pk=old).first()
    changes = {"parent": (str(before or ""), str(parent)), "from_date": (None, from_date)}
    record(Permission.MOVE_UNIT, unit, by=by, at=at, changes=changes)
    return unit


@action
def close_unit(*, unit: Unit, until_date: date, by: Viewer, at: datetime) -> Unit:
    """The unit does not exist from the day on; all that was before is kept.

    Raises `Refused` while units lie under it or appointments stand in it on that day or later.
    """
    require(Permission.CLOSE_UNIT, by=by, on=unit)
    hold_tree()
    hold_units([unit.pk])
    _refuse_occupied(unit, until_date)
    try:
        life = cut(_life_of(unit), until_date)
    except NotStanding as error:
        raise Refused(Refusal("organisation:refusal.ends_before_it_begins")) from error
    old = unit.until_date
    unit.until_date = until_date
    unit.save(update_fields=["until_date"])
    _live(unit, life, by.day)
    draw_lines([unit.pk])
    record(Permission.CLOSE_UNIT, unit, by=by, at=at, changes={"until_date": (old, until_date)})
    return unit


@action
def bring_unit_up_to_date(*, unit: Unit, by: Viewer, at: datetime) -> Unit:
    """The unit bears the name and lies under the parent that its periods say for today."""
    require(Permission.CHANGE_UNIT, by=by, on=unit)
    record(BRING_UP, unit, by=by, at=at, changes=_bring_up(unit, _life_of(unit), by.day))
    return unit


def _as_it_is(unit: U) -> U:
    """The unit as it is after the tree is held: another deed may have closed it a moment ago."""
    if unit is not None:
        unit.refresh_from_db()
    return unit


def _life_of(unit: Unit) -> list[Stretch]:
    hold_units([unit.pk])
    return lives_of([unit.pk])[unit.pk]


def _stretch_on(unit: Unit, life: Sequence[Stretch], day: date) -> Stretch:
    try:
        return stretch_on(life, day)
    except NotStanding as error:
        raise Refused(Refusal("organisation:refusal.unit_not_standing", unit=unit.name, day=day)) from error


def _refuse_misplaced(kind: str, parent: Unit | None, from_date: date, until_date: date | None) -> None:
    if not may_lie_under(kind, parent.kind if parent else None):
        above = f"organisation:unit_kind.{parent.kind}" if parent else "–"
        raise Refused(Refusal("organisation:refusal.wrong_parent", kind=f"organisation:unit_kind.{kind}", parent=above))
    if parent is None:
        if Unit.objects.filter(kind=UnitKind.MUNICIPALITY).exists():
            raise Refused(Refusal("organisation:refusal.one_municipality"))
    elif parent.from_date > from_date:
        raise Refused(Refusal("organisation:refusal.unit_not_standing", unit=parent.name, day=from_date))
    elif parent.until_date is not None and (until_date is None or until_date > parent.until_date):
        raise Refused(Refusal("organisation:refusal.unit_closes", unit=parent.name, day=parent.until_date))


def _refuse_occupied(unit: Unit, until_date: date) -> None:
    children = units_lying_under(unit, until_date).count()
    if children:
        raise Refused(Refusal("organisation:refusal.has_children", unit=unit.name, count=children))
    count = appointments_standing_in(unit, until_date).count()
    if count:
        raise Refused(Refusal("organisation:refusal.has_appointments", unit=unit.name, count=count))


def _overlapping(from_date: date, until_date: date | None) -> Q:
    ends_later = Q(until_date=None) | Q(until_date__gt=from_date)
    return ends_later if until_date is None else ends_later & Q(from_date__lt=until_date)


def _live(unit: Unit, life: Collection[Stretch], day: date) -> None:
    """The unit's periods are exactly this life, and its own fields say what holds today."""
    wanted = {stretch.from_date: stretch for stretch in life}
    rows = {row.from_date: row for row in UnitPeriod.objects.filter(unit=unit)}
    UnitPeriod.objects.filter(pk__in=[row.pk for start, row in rows.items() if start not in wanted]).delete()
    for start, stretch in wanted.items():
        said = {"name": stretch.name, "parent_id": stretch.parent_id, "until_date": stretch.until_date}
        if start not in rows:
            UnitPeriod.objects.create(unit=unit, from_date=start, **said)
        elif any(getattr(rows[start], field) != value for field, value in said.items()):
            UnitPeriod.objects.filter(pk=rows[start].pk).update(**said)
    _bring_up(unit, life, day)


def _bring_up(unit: Unit, life: Collection[Stretch], day: date) -> dict:
    begun = [stretch for stretch in life if stretch.from_date <= day]
    today = (begun or list(life)[:1])[-1]
    changes = change(unit, name=today.name, sort_name=swedish_sort_key(today.name), parent_id=today.parent_id)
    changes.pop("sort_name", None)
    if changes:
        index(unit)
    return changes
