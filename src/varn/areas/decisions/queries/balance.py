"""The list of open assignments for a meeting (balanslista), as of that day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment, Body, Deadline, ProgressNote
from varn.areas.decisions.queries.lists import assignments
from varn.areas.decisions.queries.sharing import Sharing, key_of, sharings
from varn.areas.decisions.queries.then import states_then
from varn.kernel.calendar import end_of_day
from varn.mechanisms.access.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class OpenAssignment:
    """One line of the list: the assignment as it stood that day."""

    assignment: Assignment
    state: str
    deadline: Deadline | None
    note: ProgressNote | None
    day: date
    sharing: Sharing | None = None

    @property
    def state_key(self) -> str:
        """The glossary's key for the state it was in."""
        return f"decisions:assignment.{self.state}"

    @property
    def is_overdue(self) -> bool:
        """Whether its last day had passed."""
        return bool(self.deadline and self.deadline.last_date and self.deadline.last_date < self.day)


@dataclass(frozen=True, kw_only=True)
class Balance:
    """What a body was owed at the end of a day, oldest first, and what it closed that day.

    Those who were given the same by one clause stand together.
    """

    body: Body
    day: date
    open: tuple[OpenAssignment, ...]
    ended: tuple[OpenAssignment, ...]


def balance_of(body: Body, day: date, *, viewer: Viewer) -> Balance:
    """The list for the body's meeting on the day, from dated facts alone: it is the same whenever it is made."""
    owed = assignments(viewer=viewer).filter(giver=body)
    standing = owed.open_on(day)
    ended = owed.filter(until_date=day, state__in=[AssignmentState.CLOSED, AssignmentState.REPEALED])
    return Balance(
        body=body, day=day, open=_lines(standing, day, viewer=viewer), ended=_lines(ended, day, viewer=viewer)
    )


def _lines(rows: QuerySet[Assignment], day: date, *, viewer: Viewer) -> tuple[OpenAssignment, ...]:
    until = end_of_day(day)
    notes = ProgressNote.objects.filter(made_at__lt=until).order_by("made_at", "pk")
    deadlines = Deadline.objects.order_by("from_at", "pk")
    found = list(
        rows.prefetch_related(
            Prefetch("notes", notes, "notes_then"), Prefetch("deadlines", deadlines, "dated")
        ).order_by("from_date", "decision", "clause__position", "assignee", "pk")
    )
    shared = sharings(found, viewer=viewer, states_of=lambda keys: states_then(keys, day))
    states = states_then((row.pk for row in found), day)
    return tuple(
        OpenAssignment(
            assignment=row,
            state=states[row.pk],
            deadline=_held(row.dated, until),
            note=row.notes_then[-1] if row.notes_then else None,
            day=day,
            sharing=shared.get(key_of(row)),
        )
        for row in found
    )


def _held(deadlines: list[Deadline], until: datetime) -> Deadline | None:
    """The deadline that held at that moment; for a day before the first was written down, the first."""
    before = [deadline for deadline in deadlines if deadline.from_at < until]
    return before[-1] if before else next(iter(deadlines), None)
