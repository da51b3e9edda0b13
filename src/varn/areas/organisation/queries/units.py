"""Units as they are today, and as they were on any day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from varn.areas.organisation.models import Function, Office, Requirement, Unit, UnitKind, UnitLine, UnitPeriod
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.queries.days import UnitOnDay, on_day
from varn.mechanisms.access.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A unit in the tree of a day, and whether anything lies below it."""

    unit: UnitOnDay
    has_children: bool


def units(*, viewer: Viewer) -> QuerySet[Unit]:
    """Every unit there is or has been, in Swedish order."""
    return Unit.objects.visible_to(viewer).select_related("parent")


def unit_coded(code: str, *, viewer: Viewer) -> Unit | None:
    """The unit with this code, or `None`."""
    return units(viewer=viewer).filter(code=code).first()


def units_on(day: date, *, viewer: Viewer, kinds: Sequence[str] = ()) -> QuerySet[Unit]:
    """The units that exist on the day, of these kinds or of any."""
    standing = units(viewer=viewer).standing(day)
    return standing.filter(kind__in=kinds) if kinds else standing


def committees_on(day: date, *, viewer: Viewer) -> list[UnitOnDay]:
    """The committees of the day."""
    return on_day(units_on(day, viewer=viewer, kinds=[UnitKind.COMMITTEE]), day)


def path_of(unit: Unit, day: date) -> list[UnitOnDay]:
    """The way down to the unit on the day, from the municipality to the unit itself; empty if it did not exist."""
    lines = UnitLine.objects.filter(holds(day), descendant=unit)
    named = lines.filter(holds(day, prefix="ancestor__periods__")).order_by("-depth")
    rows = named.values_list("ancestor_id", "ancestor__periods__name", "ancestor__kind", "ancestor__code")
    return [UnitOnDay(pk=pk, name=name, kind=kind, code=code) for pk, name, kind, code in rows]


def children_of(unit: Unit | None, day: date, *, viewer: Viewer) -> list[Branch]:
    """What lies directly under the unit on the day (without a unit: what lies under nothing), in Swedish order."""
    periods = UnitPeriod.objects.filter(holds(day), unit__in=Unit.objects.visible_to(viewer))
    below = Exists(UnitPeriod.objects.filter(holds(day), parent=OuterRef("unit")))
    rows = periods.filter(parent=unit).annotate(has_children=below).order_by("unit__sort_name", "unit_id")
    return [
        Branch(unit=UnitOnDay(pk=pk, name=name, kind=kind, code=code), has_children=has_children)
        for pk, name, kind, code, has_children in rows.values_list(
            "unit_id", "name", "unit__kind", "unit__code", "has_children"
        )
    ]


def life_of(unit: Unit, *, viewer: Viewer) -> QuerySet[UnitPeriod]:
    """What the unit has been called and where it has lain, oldest first."""
    return UnitPeriod.objects.filter(unit__in=Unit.objects.visible_to(viewer), unit=unit).select_related("parent")


def requirements(*, viewer: Viewer) -> QuerySet[Requirement]:
    """What is, was and will be required of the kinds of units and of single units."""
    return Requirement.objects.visible_to(viewer).select_related("function", "unit")


def requirements_of_kinds(*, viewer: Viewer) -> QuerySet[Requirement]:
    """What is required of every unit of a kind, without what holds for single units."""
    return requirements(viewer=viewer).filter(unit=None)


def requirements_of(function: Function, *, viewer: Viewer) -> QuerySet[Requirement]:
    """Where the function is, was and will be required."""
    return requirements(viewer=viewer).filter(function=function)


def offices(*, viewer: Viewer) -> QuerySet[Office]:
    """The named offices."""
    return Office.objects.visible_to(viewer).select_related("function", "unit")
