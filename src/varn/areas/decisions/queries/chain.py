"""From a clause to everything that came of it, and the decisions around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from varn.areas.decisions.lifecycle import AssignmentState, DecisionState
from varn.areas.decisions.models import Assignment, Clause, Closing, Deadline, Decision, Proposal, RelatedCase
from varn.areas.decisions.queries.lists import assignments, decisions
from varn.areas.decisions.queries.sharing import key_of
from varn.mechanisms.access.viewer import Viewer

PARTS = (
    "proposals__clause__decision__body",
    "deadlines__extended_by__body",
    "notes",
    "reports__body",
    "closings__decision__body",
)


@dataclass(frozen=True, kw_only=True)
class Link:
    """One clause with the assignments that came of it, those that it extended and those that it closed."""

    clause: Clause
    assignments: tuple[Assignment, ...]
    extended: tuple[Deadline, ...]
    closed: tuple[Closing, ...]


@dataclass(frozen=True, kw_only=True)
class Chain:
    """A decision clause by clause, and the decisions that it follows, repeals, closes for, and is related to.

    `extended` is what it extended without its being known by which clause.
    """

    links: tuple[Link, ...]
    extended: tuple[Deadline, ...]
    before: tuple[Decision, ...]
    after: tuple[Decision, ...]
    same_case: tuple[Decision, ...]
    names: tuple[Decision, ...]
    named_by: tuple[Decision, ...]


def chain_of(decision: Decision, *, viewer: Viewer, clause: int | None = None) -> Chain:
    """The chain of a decision the reader may see, or of one clause of it, through the reader's eyes."""
    clauses = Clause.objects.visible_to(viewer).filter(decision=decision)
    if clause is not None:
        clauses = clauses.filter(position=clause)
    by_clause = given_by(decision, viewer=viewer, parts=PARTS)
    extended = extended_by_clause(decision, viewer=viewer)
    closed = Closing.objects.filter(decision=decision, assignment__in=assignments(viewer=viewer))
    closed = list(closed.select_related("assignment"))
    seen = decisions(viewer=viewer).valid().exclude(pk=decision.pk)
    return Chain(
        links=tuple(
            Link(
                clause=each,
                assignments=tuple(by_clause.get(each.pk, ())),
                extended=tuple(extended.get(each.pk, ())),
                closed=tuple(closing for closing in closed if closing.clause_id == each.pk),
            )
            for each in clauses
        ),
        extended=tuple(extended.get(None, ())),
        before=tuple(_before(decision, seen)),
        after=tuple(_after(decision, seen)),
        same_case=tuple(_same_case(decision, seen)[:50]),
        names=tuple(seen.filter(case_number__in=_numbers(decision)).exclude(case_number="")[:50]),
        named_by=tuple(_named_by(decision, seen)[:50]),
    )


def given_by(decision: Decision, *, viewer: Viewer, parts: Sequence[str] = ()) -> dict[int, list[Assignment]]:
    """What came of each clause of the decision: what it gives, and what it proposed that a higher body took up.

    What a higher body gave to several by taking up one proposal came, all of it, of the proposing clause.
    """
    proposals = Proposal.objects.filter(clause__decision=decision).select_related("clause", "assignment")
    clauses = {each.assignment.clause_id for each in proposals}
    rows = assignments(viewer=viewer).filter(Q(decision=decision) | Q(proposals__in=proposals) | Q(clause__in=clauses))
    by_clause: dict[int, list[Assignment]] = {}
    for assignment in rows.distinct().prefetch_related(*parts):
        for clause in _clauses_of(assignment, decision, proposals):
            by_clause.setdefault(clause, []).append(assignment)
    return by_clause


def extended_by_clause(decision: Decision, *, viewer: Viewer) -> dict[int | None, list[Deadline]]:
    """The deadlines that each clause of the decision gave to earlier assignments, as last read; under `None` those of
    which nobody has said the clause.
    """
    rows = Deadline.objects.visible_to(viewer).filter(extended_by=decision).select_related("assignment")
    latest = {(row.clause_id, row.assignment_id): row for row in rows.order_by("from_at", "pk")}
    by_clause: dict[int | None, list[Deadline]] = {}
    for (clause, _), row in latest.items():
        by_clause.setdefault(clause, []).append(row)
    return by_clause


def closings_said_by(decision: Decision, *, viewer: Viewer) -> list[Assignment]:
    """The assignments that this decision closed and that the reader may see."""
    return list(assignments(viewer=viewer).filter(closings__decision=decision).distinct())


def touched_by_annulling(decision: Decision, *, viewer: Viewer) -> tuple[list[Assignment], list[Assignment]]:
    """The assignments that are open again when the decision is annulled, and those that fall with it.

    One that another decision closes too stays closed.
    """
    seen = assignments(viewer=viewer)
    others = Closing.objects.exclude(decision=decision).exclude(decision__state=DecisionState.ANNULLED)
    closed = Q(state=AssignmentState.CLOSED, closings__decision=decision) & ~Q(closings__in=others)
    ended = Q(state__in=(AssignmentState.REPEALED, AssignmentState.LAPSED)) & (
        Q(repealed_by=decision) | Q(decision__repealed_by=decision)
    )
    own = seen.filter(decision=decision).exclude(state=AssignmentState.ANNULLED)
    taken_up = own.filter(proposals__taken_up_by=decision).exclude(
        proposals__clause__decision__state=DecisionState.ANNULLED
    )
    reopened = seen.filter(closed | ended).exclude(decision=decision).distinct()
    return list(reopened), list(own.exclude(pk__in=taken_up.values("pk")))


def _clauses_of(assignment: Assignment, decision: Decision, proposals: Iterable[Proposal]) -> list[int]:
    """The clauses of the decision that the assignment came of."""
    if assignment.decision_id == decision.pk:
        return [assignment.clause_id]
    same = [
        each.clause_id
        for each in proposals
        if each.assignment_id == assignment.pk or key_of(each.assignment) == key_of(assignment) is not None
    ]
    return list(dict.fromkeys(same))


def _before(decision: Decision, seen: QuerySet[Decision]) -> QuerySet[Decision]:
    return seen.filter(
        Q(followed_by=decision)
        | Q(repealed_by=decision)
        | Q(assignments__closings__decision=decision)
        | Q(assignments__deadlines__extended_by=decision)
        | Q(clauses__proposals__taken_up_by=decision)
    ).distinct()


def _after(decision: Decision, seen: QuerySet[Decision]) -> QuerySet[Decision]:
    given = Q(closings__assignment__decision=decision) | Q(extends__assignment__decision=decision)
    ruled = Q(follows=decision) | Q(repeals=decision) | Q(takes_up__clause__decision=decision)
    return seen.filter(given | ruled).order_by("date", "pk").distinct()


def _same_case(decision: Decision, seen: QuerySet[Decision]) -> QuerySet[Decision]:
    return seen.filter(case_number=decision.case_number) if decision.case_number else seen.none()


def _numbers(decision: Decision) -> QuerySet:
    return RelatedCase.objects.filter(decision=decision).values("number")


def _named_by(decision: Decision, seen: QuerySet[Decision]) -> QuerySet[Decision]:
    if not decision.case_number:
        return seen.none()
    naming = RelatedCase.objects.filter(number=decision.case_number).exclude(decision__state=DecisionState.ANNULLED)
    return seen.filter(pk__in=naming.values("decision"))
