"""What was given to several by the same words: how many they are, and how many have answered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment
from varn.areas.decisions.queries.lists import assignments
from varn.mechanisms.access.viewer import Viewer

ANSWERED = (AssignmentState.REPORTED_BACK, AssignmentState.CLOSED)
Key = tuple[int, str, str]


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """The words that gave the same to several ("samtliga nämnder"), how many got it, and how many have reported."""

    words: str
    count: int
    reported: int


def key_of(assignment: Assignment) -> Key | None:
    """What those share who were given the same together; `None` for an assignment that one alone was given."""
    return (assignment.clause_id, assignment.group, assignment.text) if assignment.group else None


def shared_with(assignment: Assignment, *, viewer: Viewer) -> list[Assignment]:
    """Everyone's assignment that was given by the same words, this one too, by name; empty where it is alone."""
    if not assignment.group:
        return []
    rows = assignments(viewer=viewer).filter(clause=assignment.clause_id, group=assignment.group, text=assignment.text)
    return list(rows.exclude(state=AssignmentState.ANNULLED).order_by("assignee", "pk"))


def sharing_now(rows: Sequence[Assignment]) -> Sharing:
    """How far those have come who were given the same, all of them given."""
    return Sharing(words=rows[0].group, count=len(rows), reported=sum(row.state in ANSWERED for row in rows))


def sharings(
    rows: Iterable[Assignment], *, viewer: Viewer, states_of: Callable[[Iterable[int]], Mapping[int, str]]
) -> dict[Key, Sharing]:
    """For each group that one of the assignments belongs to, how far it had come by the states that are told."""
    wanted = {key for row in rows if (key := key_of(row))}
    members: dict[Key, list[int]] = {key: [] for key in wanted}
    if wanted:
        same = assignments(viewer=viewer).filter(clause__in={clause for clause, _, _ in wanted}).exclude(group="")
        for member in same.exclude(state=AssignmentState.ANNULLED):
            members.setdefault((member.clause_id, member.group, member.text), []).append(member.pk)
    states = states_of([pk for each in members.values() for pk in each]) if wanted else {}
    return {
        key: Sharing(
            words=key[1],
            count=len(members[key]),
            reported=sum(states.get(pk) in ANSWERED for pk in members[key]),
        )
        for key in wanted
    }
