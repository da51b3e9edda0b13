"""A lifecycle is declared once: which states a thing can be in, and which moves lead from one to another.

The guard, the database constraint, the page, the documentation and the tests all read the same declaration. A
declaration that could trap a thing, or that names what does not exist, is refused when it is imported.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

PERMISSION = re.compile(r"[a-z][a-z0-9_]*:[a-z][a-z0-9_]*:(?P<verb>[a-z][a-z0-9_]*)")


class LifecycleError(ValueError):
    """A lifecycle was declared in a way that cannot hold."""


class UnknownMove(LookupError):
    """The lifecycle has no move of this name."""


class MoveNotOpen(LookupError):
    """The move exists, but does not start from the state the thing is in."""


@dataclass(frozen=True, init=False)
class Refusal:
    """Why a move may not be made now: a key of the glossary (or of gettext) and the values its sentence needs."""

    key: str
    values: Mapping[str, object] = field(hash=False)

    def __init__(self, key: str, /, **values: object) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", values)


@dataclass(frozen=True, kw_only=True)
class Context:
    """Who wants to make the move, and when."""

    by: Any
    at: datetime


Condition = Callable[[Any, Context], Refusal | None]


class MadeBy(StrEnum):
    """What brings a move about."""

    # A person, by the move's own button on the page of the thing.
    BUTTON = "button"
    # A person, by another deed that has the move in it: the move has no button of its own.
    DEED = "deed"
    # A job, when its day comes; nobody holds the right to it.
    JOB = "job"


WITHOUT_BUTTON = {MadeBy.DEED: " (by another deed)", MadeBy.JOB: " (by a job)"}


@dataclass(frozen=True, kw_only=True)
class Move:
    """One verb that takes a thing from any of its sources to one target.

    `reason_required`: the one who moves must say why. `made_by`: what brings the move about, and so whether it has a
    button. `goes_back`: the thing is again in the state it was in before the one it leaves, and in `target` only where
    nobody knows which that was.
    """

    name: str
    permission: str
    sources: tuple[StrEnum, ...]
    target: StrEnum
    conditions: tuple[Condition, ...] = ()
    reason_required: bool = False
    made_by: MadeBy = MadeBy.BUTTON
    goes_back: bool = False

    def refusal(self, thing: Any, context: Context) -> Refusal | None:
        """The first condition's reason against the move, or `None` when every condition is met."""
        for condition in self.conditions:
            refusal = condition(thing, context)
            if refusal is not None:
                return refusal
        return None


@dataclass(frozen=True, kw_only=True)
class Lifecycle:
    """The states of one kind of thing, named as in the glossary ("decisions:assignment"), and the moves between."""

    name: str
    states: type[StrEnum]
    initial: StrEnum
    final: frozenset[StrEnum] = frozenset()
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        faults = [fault for find in FAULT_FINDERS for fault in find(self)]
        if faults:
            raise LifecycleError(f"{self.name}: " + "; ".join(faults))

    def move(self, name: str, source: StrEnum | str | None = None) -> Move:
        """The move of this name. Where two moves share a name, `source` tells which one is meant."""
        named = [move for move in self.moves if move.name == name]
        if not named:
            raise UnknownMove(f"{self.name} has no move called {name!r}")
        if source is not None:
            named = [move for move in named if source in move.sources]
        if len(named) == 1:
            return named[0]
        if named:
            raise UnknownMove(f"{self.name} has several moves called {name!r}; say from which state")
        raise MoveNotOpen(f"{self.name} cannot {name} from {str(source)!r}")

    def moves_from(self, state: StrEnum | str) -> tuple[Move, ...]:
        """Every move that starts from this state, in the order they were declared."""
        return tuple(move for move in self.moves if state in move.sources)

    def target(self, state: StrEnum | str, name: str) -> StrEnum:
        """The state a thing is in after this move; `MoveNotOpen` when the move does not start from `state`."""
        return self.move(name, state).target

    def check_constraint_values(self) -> tuple[str, ...]:
        """Every value the database may hold for the state."""
        return tuple(state.value for state in self.states)

    def mermaid(self) -> str:
        """The lifecycle as a Mermaid state diagram. A move without a button of its own says what brings it about."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial.value}"]
        for move in self.moves:
            label = move.name + WITHOUT_BUTTON.get(move.made_by, "")
            lines += [f"    {source.value} --> {move.target.value} : {label}" for source in move.sources]
        lines += [f"    {state.value} --> [*]" for state in self.states if state in self.final]
        return "\n".join(lines) + "\n"


def another_person_than(path: str, *, key: str = "moves:refusal.another_person") -> Condition:
    """The one who moves is not the one recorded at `path` (dots lead onward: "report.written_by").

    Nothing is refused while nobody is recorded there.
    """

    def condition(thing: Any, context: Context) -> Refusal | None:
        recorded = _follow(thing, path)
        return Refusal(key) if recorded is not None and recorded == context.by else None

    return condition


def all_done(path: str, done: Collection[str], *, key: str = "moves:refusal.not_all_done") -> Condition:
    """Everything at `path` is in one of the `done` states. Nothing there counts as all done.

    The path leads to an iterable or to something whose `all()` gives one. The refusal carries `count`, how many remain.
    """
    states = frozenset(str(state) for state in done)

    def condition(thing: Any, context: Context) -> Refusal | None:
        related = _follow(thing, path)
        rows = related.all() if hasattr(related, "all") else related
        count = sum(1 for row in rows if str(row.state) not in states)
        return Refusal(key, count=count) if count else None

    return condition


def _follow(thing: Any, path: str) -> Any:
    for name in path.split("."):
        if thing is None:
            return None
        thing = getattr(thing, name)
    return thing


def _unknown_states(lifecycle: Lifecycle) -> list[str]:
    named = {lifecycle.initial, *lifecycle.final}
    for move in lifecycle.moves:
        named |= {*move.sources, move.target}
    return sorted(f"{state!r} is not one of its states" for state in named if not isinstance(state, lifecycle.states))


def _duplicate_moves(lifecycle: Lifecycle) -> list[str]:
    pairs = Counter((move.name, str(source)) for move in lifecycle.moves for source in move.sources)
    return [f"{name} is declared twice from {source}" for (name, source), count in pairs.items() if count > 1]


def _misnamed_permissions(lifecycle: Lifecycle) -> list[str]:
    faults = []
    for move in lifecycle.moves:
        match = PERMISSION.fullmatch(move.permission)
        if match is None or match["verb"] != move.name:
            faults.append(f"the permission {str(move.permission)!r} is not area:thing:{move.name}")
    return faults


def _moves_without_source(lifecycle: Lifecycle) -> list[str]:
    return [f"{move.name} starts nowhere" for move in lifecycle.moves if not move.sources]


def _moves_out_of_final_states(lifecycle: Lifecycle) -> list[str]:
    return [
        f"{move.name} leaves the final state {source}"
        for move in lifecycle.moves
        for source in move.sources
        if source in lifecycle.final
    ]


def _dead_ends(lifecycle: Lifecycle) -> list[str]:
    left = {source for move in lifecycle.moves for source in move.sources if source != move.target}
    return [
        f"{state} is a dead end that is not declared final"
        for state in lifecycle.states
        if state not in left and state not in lifecycle.final
    ]


def _unreachable_states(lifecycle: Lifecycle) -> list[str]:
    reached, frontier = {lifecycle.initial}, [lifecycle.initial]
    while frontier:
        new = {move.target for move in lifecycle.moves_from(frontier.pop())} - reached
        reached |= new
        frontier += new
    return [f"{state} cannot be reached" for state in lifecycle.states if state not in reached]


FAULT_FINDERS: tuple[Callable[[Lifecycle], list[str]], ...] = (
    _unknown_states,
    _duplicate_moves,
    _misnamed_permissions,
    _moves_without_source,
    _moves_out_of_final_states,
    _dead_ends,
    _unreachable_states,
)
