"""Coverage as a live fact: for any units and any day, who is there against what is required.

One heavy statement counts the appointments by unit and function; the requirements are a small table. A unit's own
appointments decide; where it has none, those of the nearest unit above it in the same authority count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, FloatField, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from varn.areas.organisation.lifecycle import VALID_STATES
from varn.areas.organisation.models import AppointmentUnit, Function, Requirement, Unit, UnitLine
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries.scopes import sight_of
from varn.areas.organisation.rules.coverage import Coverage, CoverageStatus, Found, Required, coverage_status
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.ui.installation import installation

ENDING_SOON = "L02"
NOBODY = Found()
AT_MOST_AT_ONCE = 8_000
FIRST_LOOK = 120


@dataclass(frozen=True, kw_only=True)
class UnitOnDay:
    """A unit as it was on a day."""

    pk: int
    name: str
    kind: str
    code: str = ""
    sort_name: str = ""


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


@dataclass(frozen=True, kw_only=True)
class Demands:
    """What is required on a day, by kind of unit and for single units, with the functions it speaks of.

    `horizon` is the day until which an ending is "soon".
    """

    functions: Mapping[int, Function]
    of_kind: Mapping[str, Mapping[int, Required]]
    of_unit: Mapping[int, Mapping[int, Required]]
    horizon: date

    def on(self, unit: UnitOnDay) -> dict[int, Required]:
        """What is required of this unit, by function: its own rows replace those of its kind."""
        return {**self.of_kind.get(unit.kind, {}), **self.of_unit.get(unit.pk, {})}

    @property
    def concerned(self) -> Q:
        """The condition that something may be required of a unit."""
        return Q(kind__in=self.of_kind) | Q(pk__in=self.of_unit)


@dataclass(frozen=True, kw_only=True)
class Ways:
    """The way up from each of some units within its authority, as (id, name), and the kind of each unit."""

    lines: QuerySet
    above: Mapping[int, list[tuple[int, str]]]
    kinds: Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class Staffing:
    """Who was found, by unit and function, and where to look for a unit: in itself, then upwards."""

    above: Mapping[int, list[tuple[int, str]]]
    found: dict[tuple[int, int], Found] = field(default_factory=dict)
    holders: dict[tuple[int, int], str] = field(default_factory=dict)


def window_after(day: date) -> date:
    """The day on which the window of "ending soon" is out: the municipality's own number of days, or the lawbook's."""
    return day + timedelta(days=installation().days(ENDING_SOON, on=day))


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
    staffing = _staffing(ways, day, demands.horizon)
    return {unit.pk: list(_cells(unit, demands, staffing)) for unit in known}


def ways_up(units: QuerySet | Iterable[int], day: date) -> Ways:
    """The way up from each of these units on the day, as far as its own authority reaches, the nearest first."""
    lines = UnitLine.objects.filter(holds(day), crosses=False, descendant__in=units)
    above: dict[int, list[tuple[int, str]]] = defaultdict(list)
    kinds: dict[int, str] = {}
    rows = lines.order_by("descendant", "depth")
    for pk, kind, ancestor, name in rows.values_list(
        "descendant_id", "descendant__kind", "ancestor_id", "ancestor__name"
    ):
        above[pk].append((ancestor, name))
        kinds[pk] = kind
    return Ways(lines=lines, above=above, kinds=kinds)


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


def demands_on(day: date) -> Demands:
    """What is required on the day, and until when an ending is soon."""
    rows = Requirement.objects.filter(holds(day)).select_related("function").order_by("function__position", "pk")
    of_kind: dict[str, dict[int, Required]] = defaultdict(dict)
    of_unit: dict[int, dict[int, Required]] = defaultdict(dict)
    functions: dict[int, Function] = {}
    for row in rows:
        functions[row.function_id] = row.function
        target = of_kind[row.unit_kind] if row.unit_id is None else of_unit[row.unit_id]
        target[row.function_id] = Required(minimum=row.minimum, maximum=row.maximum, share=row.share)
    return Demands(functions=functions, of_kind=dict(of_kind), of_unit=dict(of_unit), horizon=window_after(day))


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


def on_day(units: QuerySet, day: date, *, at_most: int | None = None) -> list[UnitOnDay]:
    """These units with the names they had on the day, in Swedish order; those that did not exist are left out."""
    named = units.filter(holds(day, prefix="periods__")).order_by("sort_name", "pk")
    rows = named.values_list("pk", "periods__name", "kind", "code", "sort_name")[:at_most]
    return [UnitOnDay(pk=pk, name=name, kind=kind, code=code, sort_name=sort) for pk, name, kind, code, sort in rows]


def _staffing(ways: Ways, day: date, horizon: date) -> Staffing:
    staffing = Staffing(above=ways.above)
    for unit_id, function_id, holder, *numbers in _counted(ways.lines.values("ancestor"), day, horizon):
        staffing.found[unit_id, function_id] = _found(*numbers)
        staffing.holders[unit_id, function_id] = holder or ""
    return staffing


def _counted(units: QuerySet, day: date, horizon: date) -> QuerySet:
    """The heavy statement: appointments that touch the window, counted by unit and function."""
    here = Q(from_date__lte=day)
    leaves = Q(until_date__lte=horizon)
    stays = Q(until_date__isnull=True) | Q(until_date__gt=horizon)
    rows = AppointmentUnit.objects.on_or_after(day).filter(
        unit__in=units, from_date__lte=horizon, appointment__state__in=VALID_STATES
    )
    name = Coalesce("appointment__person__name", "appointment__office__name")
    grouped = rows.values("unit_id", "appointment__function_id").annotate(
        holder=Min(name, filter=here),
        count=Count("pk", filter=here),
        part=Sum("share", output_field=FloatField(), filter=here),
        staying=Count("pk", filter=here & stays),
        staying_part=Sum("share", output_field=FloatField(), filter=here & stays),
        coming=Count("pk", filter=~here & stays),
        coming_part=Sum("share", output_field=FloatField(), filter=~here & stays),
        first_end=Min("until_date", filter=here & leaves),
        first_coming=Min("from_date", filter=~here),
    )
    return grouped.order_by().values_list(
        "unit_id", "appointment__function_id", "holder", "count", "part", "staying", "staying_part", "coming",
        "coming_part", "first_end", "first_coming",
    )  # fmt: skip


def _found(
    count: int,
    part: float | None,
    staying: int,
    staying_part: float | None,
    coming: int,
    coming_part: float | None,
    first_end: date | None,
    first_coming: date | None,
) -> Found:
    return Found(
        count=count,
        share=part or 0.0,
        staying=staying,
        staying_share=staying_part or 0.0,
        coming=coming,
        coming_share=coming_part or 0.0,
        first_end=first_end,
        first_coming=first_coming,
    )


def _cells(unit: UnitOnDay, demands: Demands, staffing: Staffing) -> Iterator[Cell]:
    required_of = demands.on(unit)
    for function_id, function in demands.functions.items():
        if function_id not in required_of:
            continue
        place, through = _nearest(unit, function_id, staffing)
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


def _nearest(unit: UnitOnDay, function_id: int, staffing: Staffing) -> tuple[int, str]:
    """The unit whose appointments count: its own when somebody is there, otherwise the nearest above with somebody."""
    for place, name in staffing.above.get(unit.pk, ()):
        if staffing.found.get((place, function_id), NOBODY).count:
            return place, "" if place == unit.pk else name
    return unit.pk, ""
