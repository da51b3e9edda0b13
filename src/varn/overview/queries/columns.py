"""A coordinator's departments side by side: how each is covered, and what is open there."""

from dataclasses import dataclass
from itertools import islice

from varn.areas.decisions.models import Assignment
from varn.areas.decisions.permissions import Permission as Decisions
from varn.areas.decisions.queries import assignments
from varn.areas.organisation.models import Unit
from varn.areas.organisation.queries import Cell, gaps
from varn.mechanisms.access.viewer import Viewer

SHOWN = 6
MOST_GAPS = 200


@dataclass(frozen=True, kw_only=True)
class Column:
    """One department: the first of its gaps and how many there are, and its oldest open assignments."""

    unit: Unit
    gaps: list[Cell]
    gap_count: int
    assignments: list[Assignment]
    is_cut: bool


def columns(units: list[Unit], *, viewer: Viewer) -> list[Column]:
    """A column for each of these units."""
    return [_column(unit, viewer) for unit in units]


def _column(unit: Unit, viewer: Viewer) -> Column:
    found = list(islice(gaps(viewer.day, viewer, within=unit.pk), MOST_GAPS))
    open_here = []
    if viewer.may(Decisions.READ_ASSIGNMENTS):
        here = {"decision__reaches__unit": unit, "decision__reaches__ground": "assignee"}
        open_here = list(assignments(viewer=viewer).open().filter(**here).order_by("from_date", "pk")[:SHOWN])
    return Column(
        unit=unit,
        gaps=sorted(found, key=_urgency)[:SHOWN],
        gap_count=len(found),
        assignments=open_here,
        is_cut=len(found) == MOST_GAPS,
    )


def _urgency(cell: Cell) -> tuple[int, str]:
    return list(type(cell.status)).index(cell.status), cell.unit.sort_name
