"""Coverage as a live fact: for any units and any day, who is there against what is required.

A unit's own appointments decide; where it has none, those of the nearest unit above it in the same authority count.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import Q, QuerySet

from varn.areas.organisation.models import Function, Unit, UnitLine
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries.days import UnitOnDay, on_day
from varn.areas.organisation.queries.demands import Demands, demands_on
from varn.areas.organisation.queries.scopes import sight_of
from varn.areas.organisation.queries.staffing import NOBODY, Staffing, Ways, staffing_of, ways_up
from varn.areas.organisation.rules.coverage import Coverage, CoverageStatus, Found, Required, coverage_status
from varn.kernel.levels import Tier
from varn.mechanisms.access.viewer import Viewer

AT_MOST_AT_ONCE = 8_000
# So many units are weighed against one another; where more stand, their gaps are told unit by unit.
MOST_WEIGHED = 1_000
STATUSES, TIERS = tuple(CoverageStatus), tuple(tier.value for tier in Tier)
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

    @property
    def weight(self) -> tuple[int, int, int, str, int]:
        """What comes first among gaps: the most urgent status, the highest tier, then the function and the unit."""
        tier = self.function.tier
        place = TIERS.index(tier) if tier in TIERS else len(TIERS)
        return STATUSES.index(self.status), place, self.function.position, self.unit.sort_name, self.unit.pk


@dataclass(frozen=True, kw_only=True)
class GapPages:
    """Gaps to be shown page by page, the most serious first if they were weighed; and the functions required of any."""

    cells: Iterable[Cell]
    is_weighed: bool
    functions: Collection[Function]


def coverage_of(units: QuerySet | Iterable[int], day: date, viewer: Viewer) -> dict[int, list[Cell]]:
    """For each of these units that the reader may see staffed: a cell per required function, in the functions' order.

    Six statements, whatever the number of units.
    """
    standing = in_sight(viewer, Unit.objects.standing(day).filter(pk__in=units))
    return coverage_of_known(on_day(standing, day), day, viewer)


def coverage_of_known(
    units: Iterable[UnitOnDay], day: date, viewer: Viewer, demands: Demands | None = None, ways: Ways | None = None
) -> dict[int, list[Cell]]:
    """The cells of units that the caller has already found for the reader, and perhaps the ways up from them."""
    demands = demands or demands_on(day)
    known = [unit for unit in units if demands.on(unit)]
    if not known:
        return {}
    ways = ways or ways_up([unit.pk for unit in known], day)
    staffing = staffing_of(ways, day, demands.horizon, viewer)
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
    return filter(_is_gap, all_cells(day, viewer, after=after, within=within))


def gap_pages(
    day: date, viewer: Viewer, *, after: tuple[str, int] | None = None, within: int | None = None
) -> GapPages:
    """The gaps to be shown page by page, weighed against one another where few enough units stand.

    Otherwise they come unit by unit after the one named, read as far as they are asked for.
    """
    demands = demands_on(day)
    units = _concerned(day, viewer, demands, within)
    first = on_day(units, day, at_most=MOST_WEIGHED + 1) if after is None else []
    is_weighed = after is None and len(first) <= MOST_WEIGHED
    if is_weighed:
        cells = chain.from_iterable(coverage_of_known(first, day, viewer, demands).values())
        found: Iterable[Cell] = sorted(filter(_is_gap, cells), key=lambda cell: cell.weight)
    else:
        found = filter(_is_gap, _cells_of_all(units, day, viewer, demands, after, ahead=first[:FIRST_LOOK]))
    return GapPages(cells=found, is_weighed=is_weighed, functions=demands.functions.values())


def all_cells(
    day: date, viewer: Viewer, *, after: tuple[str, int] | None = None, within: int | None = None
) -> Iterator[Cell]:
    """Every cell there is for the reader, unit by unit in Swedish order, in batches that grow."""
    demands = demands_on(day)
    return _cells_of_all(_concerned(day, viewer, demands, within), day, viewer, demands, after)


def _cells_of_all(
    units: QuerySet,
    day: date,
    viewer: Viewer,
    demands: Demands,
    after: tuple[str, int] | None = None,
    ahead: Sequence[UnitOnDay] = (),
) -> Iterator[Cell]:
    """The cells of all the units; the first batch of them may have been read ahead."""
    size = FIRST_LOOK
    while True:
        batch, ahead = ahead or on_day(_past(units, after), day, at_most=size), ()
        for cells in coverage_of_known(batch, day, viewer, demands).values():
            yield from cells
        if len(batch) < size:
            return
        after = (batch[-1].sort_name, batch[-1].pk)
        size = min(size * 4, AT_MOST_AT_ONCE)


def _concerned(day: date, viewer: Viewer, demands: Demands, within: int | None) -> QuerySet:
    """The units of which something is required, in the reader's sight, and within a unit where one is named."""
    units = in_sight(viewer, Unit.objects.standing(day).filter(demands.concerned))
    if within is None:
        return units
    return units.filter(pk__in=UnitLine.objects.filter(holds(day), ancestor=within).values("descendant"))


def _is_gap(cell: Cell) -> bool:
    return cell.status.is_gap


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
