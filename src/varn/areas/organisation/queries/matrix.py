"""The matrix of coverage: a page of units against functions, with the levels below rolled up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from varn.areas.organisation.models import Function, Unit, UnitLine, UnitPeriod
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries.coverage import Cell, all_cells, coverage_of_known, in_sight
from varn.areas.organisation.queries.days import UnitOnDay, on_day
from varn.areas.organisation.queries.demands import Demands, demands_on
from varn.areas.organisation.queries.scopes import sight_of
from varn.areas.organisation.queries.staffing import Ways, ways_up
from varn.areas.organisation.rules.coverage import CoverageStatus, Places
from varn.areas.organisation.rules.kinds import HEADED, UnitKind
from varn.kernel.levels import Tier
from varn.mechanisms.access.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """One unit: its own cells and the sums of what lies below it, by function; `has_below`: something does."""

    unit: UnitOnDay
    cells: Mapping[int, Cell]
    below: Mapping[int, Places]
    has_below: bool


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """A page of rows, the functions that stand as columns (own and below), and whether another page follows.

    `municipality` is the whole municipality, whose own functions nobody else needs: it stands by itself, above the
    first page, for those who may see it staffed.
    """

    rows: list[MatrixRow]
    own: list[Function]
    below: list[Function]
    has_next: bool
    municipality: MatrixRow | None = None


def matrix_of(
    day: date,
    viewer: Viewer,
    *,
    page: int = 1,
    per_page: int = 25,
    committee: int | None = None,
    under: int | None = None,
) -> Matrix:
    """The municipality, then its departments and companies on the day (or what lies directly under a unit), by pages.

    The cost follows the rows on the page and what lies below them, not the size of the municipality.
    """
    is_whole = committee is None and under is None
    kinds = (UnitKind.MUNICIPALITY, *HEADED) if is_whole and page == 1 else HEADED
    units = _rows_of(day, viewer, kinds, committee=committee, under=under)
    skipped = (page - 1) * per_page
    first_kind = UnitKind.MUNICIPALITY if is_whole else ""
    standing = on_day(units, day, first=first_kind, at_most=skipped + per_page + 2)[skipped:]
    first = [unit for unit in standing if unit.kind == first_kind]
    found = standing[len(first) :]
    demands = demands_on(day)
    filled = _filled([*first, *found[:per_page]], day, viewer, demands)
    rows = filled[len(first) :]
    return Matrix(
        rows=rows,
        own=_columns(demands, [row.cells for row in rows]),
        below=_columns(demands, [row.below for row in rows]),
        has_next=len(found) > per_page,
        municipality=filled[0] if first else None,
    )


def cells_of(day: date, viewer: Viewer, *, committee: int | None = None, under: int | None = None) -> Iterator[Cell]:
    """Every cell the reader may see, unit by unit: what an export of the matrix holds."""
    return all_cells(day, viewer, within=under or committee)


def _rows_of(day: date, viewer: Viewer, kinds: Sequence[str], *, committee: int | None, under: int | None) -> QuerySet:
    units = in_sight(viewer, Unit.objects.standing(day))
    if under is not None:
        return units.filter(pk__in=UnitPeriod.objects.filter(holds(day), parent=under).values("unit"))
    units = units.filter(kind__in=kinds)
    if committee is None:
        return units
    return units.filter(pk__in=UnitLine.objects.filter(holds(day), ancestor=committee).values("descendant"))


def _columns(demands: Demands, found: Sequence[Mapping[int, object]]) -> list[Function]:
    """The functions that some row has something to say of, tier by tier."""
    tiers = {tier.value: place for place, tier in enumerate(Tier)}
    shown = [one for pk, one in demands.functions.items() if any(pk in row for row in found)]
    return sorted(shown, key=lambda one: (tiers.get(one.tier, len(tiers)), one.position, one.pk))


def _filled(units: list[UnitOnDay], day: date, viewer: Viewer, demands: Demands) -> list[MatrixRow]:
    if not units:
        return []
    ways = ways_up(_within([unit.pk for unit in units], day, viewer), day)
    below, known = _below(units, ways), {unit.pk: unit for unit in units}
    everyone = known | {unit.pk: unit for part in below.values() for unit in part if unit.pk not in known}
    cells = coverage_of_known(everyone.values(), day, viewer, demands, ways)
    return [
        MatrixRow(
            unit=unit,
            cells={cell.function.pk: cell for cell in cells.get(unit.pk, ())},
            below=_rolled_up(below[unit.pk], cells),
            has_below=bool(below[unit.pk]),
        )
        for unit in units
    ]


def _within(unit_ids: list[int], day: date, viewer: Viewer) -> QuerySet:
    lines = UnitLine.objects.filter(holds(day), inside__in=unit_ids)
    sight = sight_of(viewer, Permission.READ_APPOINTMENTS)
    return (lines if sight is None else lines.filter(descendant__in=sight)).values("descendant")


def _below(units: list[UnitOnDay], ways: Ways) -> dict[int, list[UnitOnDay]]:
    """The way up from a unit tells which of the rows it lies below."""
    found: dict[int, list[UnitOnDay]] = {unit.pk: [] for unit in units}
    for pk, above in ways.above.items():
        for ancestor, _name in above:
            if ancestor != pk and ancestor in found:
                found[ancestor].append(UnitOnDay(pk=pk, name="", kind=ways.kinds[pk]))
    return found


def _rolled_up(units: list[UnitOnDay], cells: Mapping[int, list[Cell]]) -> dict[int, Places]:
    found: dict[int, list[CoverageStatus]] = defaultdict(list)
    for unit in units:
        for cell in cells.get(unit.pk, ()):
            found[cell.function.pk].append(cell.status)
    summed = {pk: Places.of(statuses) for pk, statuses in found.items()}
    return {pk: places for pk, places in summed.items() if places.total}
