"""Reads of the organisation: what access asks, what pages show, and the area's face for others."""

from varn.areas.organisation.queries.appointing import fault_against, overload_of
from varn.areas.organisation.queries.appointments import (
    Support,
    appointments,
    functions,
    handover_of,
    left_behind,
    people,
    placements_of,
    predecessors_of,
    sees_staffing,
    support_of,
)
from varn.areas.organisation.queries.calendar import (
    appointments_to_bring_up,
    to_activate,
    to_end,
    to_warn_of,
    units_to_bring_up,
)
from varn.areas.organisation.queries.coverage import Cell, coverage_of, coverage_summary, gaps
from varn.areas.organisation.queries.days import UnitOnDay
from varn.areas.organisation.queries.demands import demands_on, window_after
from varn.areas.organisation.queries.giving import (
    fault_of_entry,
    fault_of_giving,
    fault_of_office,
    fault_of_role,
    is_for_oneself,
    units_held_by,
)
from varn.areas.organisation.queries.matching import (
    account_ids_appointed,
    find_unit,
    holder_of,
    offices_named,
    people_named,
    units_of_kind,
)
from varn.areas.organisation.queries.matrix import Matrix, MatrixRow, cells_of, matrix_of
from varn.areas.organisation.queries.scopes import require_in_all, scopes_of, sight_of, units_within
from varn.areas.organisation.queries.searching import SEARCHABLES, suggest_people, suggest_units
from varn.areas.organisation.queries.standing import Standing, standing_of
from varn.areas.organisation.queries.units import (
    Branch,
    children_of,
    committees_on,
    life_of,
    offices,
    path_of,
    requirements,
    units,
    units_on,
)

__all__ = [
    "SEARCHABLES",
    "Branch",
    "Cell",
    "Matrix",
    "MatrixRow",
    "Standing",
    "Support",
    "UnitOnDay",
    "account_ids_appointed",
    "appointments",
    "appointments_to_bring_up",
    "cells_of",
    "children_of",
    "committees_on",
    "coverage_of",
    "coverage_summary",
    "demands_on",
    "fault_against",
    "fault_of_entry",
    "fault_of_giving",
    "fault_of_office",
    "fault_of_role",
    "find_unit",
    "functions",
    "gaps",
    "handover_of",
    "holder_of",
    "is_for_oneself",
    "left_behind",
    "life_of",
    "matrix_of",
    "offices",
    "offices_named",
    "overload_of",
    "path_of",
    "people",
    "people_named",
    "placements_of",
    "predecessors_of",
    "require_in_all",
    "requirements",
    "scopes_of",
    "sees_staffing",
    "sight_of",
    "standing_of",
    "suggest_people",
    "suggest_units",
    "support_of",
    "to_activate",
    "to_end",
    "to_warn_of",
    "units",
    "units_held_by",
    "units_of_kind",
    "units_on",
    "units_to_bring_up",
    "units_within",
    "window_after",
]
