"""The list of open assignments for a meeting (balanslista), as of that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment, Body, Deadline, ProgressNote
from varn.areas.decisions.queries.lists import assignments
from varn.areas.decisions.queries.sharing import Sharing, key_of, sharings
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.moves.models import Move


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
    until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    notes = ProgressNote.objects.filter(made_at__lt=until).order_by("made_at", "pk")
    deadlines = Deadline.objects.order_by("from_at", "pk")
    found = list(
        rows.prefetch_related(
            Prefetch("notes", notes, "notes_then"), Prefetch("deadlines", deadlines, "dated")
        ).order_by("from_date", "decision", "clause__position", "assignee", "pk")
    )
    shared = sharings(found, viewer=viewer, states_of=lambda keys: _states_then(keys, until))
    states = _states_then((row.pk for row in found), until)
    return tuple(
        OpenAssignment(
            assignment=row,
            state=states.get(row.pk, AssignmentState.DECIDED),
            deadline=_held(row.dated, until),
            note=row.notes_then[-1] if row.notes_then else None,
            day=day,
            sharing=shared.get(key_of(row)),
        )
        for row in found
    )


def _states_then(keys: Iterable[int], until: datetime) -> dict[int, str]:
    kind = ContentType.objects.get_for_model(Assignment)
    moves = Move.objects.filter(content_type=kind, object_id__in=list(keys), made_at__lt=until).exclude(
        target=AssignmentState.PROPOSED
    )
    return dict(moves.order_by("made_at", "pk").values_list("object_id", "target"))


def _held(deadlines: list[Deadline], until: datetime) -> Deadline | None:
    """The deadline that held at that moment; for a day before the first was written down, the first."""
    before = [deadline for deadline in deadlines if deadline.from_at < until]
    return before[-1] if before else next(iter(deadlines), None)
