"""Coverage as a live fact: for any units and any day, who is there against what is required.

A unit's own appointments decide; where it has none, those of the nearest unit above it in the same authority count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from varn.areas.organisation.models import Function, Unit, UnitLine
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries.days import UnitOnDay, on_day
from varn.areas.organisation.queries.demands import Demands, demands_on
from varn.areas.organisation.queries.scopes import sight_of
from varn.areas.organisation.queries.staffing import NOBODY, Staffing, Ways, staffing_of, ways_up
from varn.areas.organisation.rules.coverage import Coverage, CoverageStatus, Found, Required, coverage_status
from varn.mechanisms.access.viewer import Viewer

AT_MOST_AT_ONCE = 8_000
FIRST_LOOK = 120


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One unit in one function on a day: what is required, who was found, and how it stands.

    `holder` is the name when it is one only; `through` is the unit above that those found are appointed in.
    """

    unit: UnitOnDay
    function: Function
    required: Required | None
    found: Found
    coverage: Coverage
    holder: str = ""
    through: str = ""

    @property
    def status(self) -> CoverageStatus:
        """How the unit is covered in the function."""
        return self.coverage.status

    @property
    def key(self) -> str:
        """The glossary's key of the status."""
        return f"organisation:coverage.{self.status}"


def coverage_of(units: QuerySet | Iterable[int], day: date, viewer: Viewer) -> dict[int, list[Cell]]:
    """For each of these units that the reader may see staffed: a cell per required function, in the functions' order.

    Five statements, whatever the number of units.
    """
    standing = in_sight(viewer, Unit.objects.standing(day).filter(pk__in=units))
    return coverage_of_known(on_day(standing, day), day)


def coverage_of_known(
    units: Iterable[UnitOnDay], day: date, demands: Demands | None = None, ways: Ways | None = None
) -> dict[int, list[Cell]]:
    """The cells of units that the caller has already found for the reader, and perhaps the ways up from them."""
    demands = demands or demands_on(day)
    known = [unit for unit in units if demands.on(unit)]
    if not known:
        return {}
    ways = ways or ways_up([unit.pk for unit in known], day)
    staffing = staffing_of(ways, day, demands.horizon)
    return {unit.pk: list(_cells(unit, demands, staffing)) for unit in known}


def coverage_summary(day: date, viewer: Viewer) -> dict[str, Counter[CoverageStatus]]:
    """How many required places there are in each status, by tier, over all that the reader may see."""
    summary: dict[str, Counter[CoverageStatus]] = defaultdict(Counter)
    for cell in all_cells(day, viewer):
        summary[cell.function.tier][cell.status] += 1
    return dict(summary)


def gaps(
    day: date, viewer: Viewer, *, after: tuple[str, int] | None = None, within: int | None = None
) -> Iterator[Cell]:
    """What is vacant, under- or overstaffed or ends soon, unit by unit, read as far as it is asked for.

    `after` is the sort name and id of the unit to go on from; `within` is a unit whose subtree it is about.
    """
    return (cell for cell in all_cells(day, viewer, after=after, within=within) if cell.status.is_gap)


def all_cells(
    day: date, viewer: Viewer, *, after: tuple[str, int] | None = None, within: int | None = None
) -> Iterator[Cell]:
    """Every cell there is for the reader, unit by unit in Swedish order, in batches that grow."""
    demands = demands_on(day)
    units = in_sight(viewer, Unit.objects.standing(day).filter(demands.concerned))
    if within is not None:
        units = units.filter(pk__in=UnitLine.objects.filter(holds(day), ancestor=within).values("descendant"))
    size = FIRST_LOOK
    while True:
        batch = on_day(_past(units, after), day, at_most=size)
        for cells in coverage_of_known(batch, day, demands).values():
            yield from cells
        if len(batch) < size:
            return
        after = (batch[-1].sort_name, batch[-1].pk)
        size = min(size * 4, AT_MOST_AT_ONCE)


def _past(units: QuerySet, after: tuple[str, int] | None) -> QuerySet:
    if after is None:
        return units
    name, pk = after
    return units.filter(Q(sort_name__gt=name) | Q(sort_name=name, pk__gt=pk))


def in_sight(viewer: Viewer, units: QuerySet) -> QuerySet:
    """Those of the units whose staffing the reader may see."""
    sight = sight_of(viewer, Permission.READ_APPOINTMENTS)
    return units if sight is None else units.filter(pk__in=sight)


def _cells(unit: UnitOnDay, demands: Demands, staffing: Staffing) -> Iterator[Cell]:
    required_of = demands.on(unit)
    for function_id, function in demands.functions.items():
        if function_id not in required_of:
            continue
        place, through = staffing.nearest(unit.pk, function_id)
        found = staffing.found.get((place, function_id), NOBODY)
        yield Cell(
            unit=unit,
            function=function,
            required=required_of[function_id],
            found=found,
            coverage=coverage_status(required_of[function_id], found, is_own=place == unit.pk),
            holder=staffing.holders.get((place, function_id), "") if found.count == 1 else "",
            through=through,
        )
