"""The whole picture as of a day: coverage, assignments and acknowledgements, only what the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from varn.areas.decisions.lifecycle import OPEN_STATES, AssignmentState
from varn.areas.decisions.models import Assignment, Dispatch
from varn.areas.decisions.queries import assignments, counted_then, dispatches
from varn.areas.organisation.queries import MatrixRow, UnitOnDay, matrix_of
from varn.areas.organisation.rules.coverage import Places
from varn.kernel.calendar import end_of_day
from varn.kernel.levels import Tier
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.ui.tones import Mark, tone_of

ROWS = 25
OLDEST = 10
TIERS = tuple(Tier)


@dataclass(frozen=True, kw_only=True)
class TierCell:
    """A department on one tier: how its required places stand together."""

    tier: Tier
    places: Places

    @property
    def key(self) -> str:
        """The glossary's word for how it stands."""
        return f"organisation:coverage.{self.places.status}"

    @property
    def tier_key(self) -> str:
        """The glossary's word for the tier."""
        return f"tier.{self.tier}"

    @property
    def mark(self) -> Mark:
        """The colour and icon of how it stands."""
        return tone_of(self.key)


@dataclass(frozen=True, kw_only=True)
class CoverageRow:
    """One department, company or the municipality itself, with a cell for each tier in their order."""

    unit: UnitOnDay
    cells: tuple[TierCell, ...]


@dataclass(frozen=True, kw_only=True)
class StateCount:
    """How many assignments are in a state; `key` is the glossary's."""

    key: str
    count: int
    state: str


def coverage_rows(day: date, viewer: Viewer) -> tuple[list[CoverageRow], bool]:
    """The municipality and the first departments and companies of the day, and whether there are more of them."""
    matrix = matrix_of(day, viewer, per_page=ROWS)
    tier_of = {function.pk: function.tier for function in matrix.below}
    own = [replace(matrix.municipality, below={})] if matrix.municipality else []
    return [_row(row, tier_of) for row in (*own, *matrix.rows)], matrix.has_next


def tier_totals(rows: Iterable[CoverageRow]) -> list[TierCell]:
    """The same numbers over all rows, tier by tier."""
    columns = zip(*(row.cells for row in rows), strict=True)
    return [
        TierCell(tier=tier, places=sum((cell.places for cell in cells), start=Places()))
        for tier, cells in zip(TIERS, columns, strict=False)
    ]


def oldest_open(day: date, viewer: Viewer) -> list[Assignment]:
    """The assignments that stood open on the day, the oldest first."""
    return list(assignments(viewer=viewer).open_on(day).order_by("from_date", "pk")[:OLDEST])


def states_on(day: date, viewer: Viewer) -> list[StateCount]:
    """How many assignments the reader may see were in each state at the end of the day, in the order of the states."""
    counted = counted_then(day, viewer=viewer)
    shown = [state for state in AssignmentState if state != AssignmentState.ANNULLED]
    return [
        StateCount(key=f"decisions:assignment.{state}", count=counted.get(state, 0), state=state)
        for state in shown
        if counted.get(state) or state in OPEN_STATES
    ]


def waiting_acknowledgements(day: date, viewer: Viewer) -> QuerySet[Dispatch]:
    """The dispatches that nobody had acknowledged at the end of the day, the earliest sent first."""
    if day >= viewer.day:
        return dispatches(viewer=viewer).waiting()
    until = end_of_day(day)
    unanswered = Q(acknowledged_at=None) | Q(acknowledged_at__gte=until)
    standing = Q(taken_back_at=None) | Q(taken_back_at__gte=until)
    return dispatches(viewer=viewer).filter(unanswered, standing, sent_at__lt=until)


def _row(row: MatrixRow, tier_of: dict[int, str]) -> CoverageRow:
    """The unit's own places on each tier and those below it, as one cell."""

    def places(tier: Tier) -> Places:
        own = Places.of(cell.status for cell in row.cells.values() if cell.function.tier == tier)
        return sum((below for pk, below in row.below.items() if tier_of.get(pk) == tier), start=own)

    return CoverageRow(unit=row.unit, cells=tuple(TierCell(tier=tier, places=places(tier)) for tier in TIERS))
