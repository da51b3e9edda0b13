from enum import StrEnum
from typing import Any

from varn.kernel.lifecycle import Context, Lifecycle, Move, Refusal
from varn.mechanisms.imports.permissions import Permission


class RunState(StrEnum):
    """Where an import is: tried out, brought in, or thrown away."""

    CHECKED = "checked"
    APPLIED = "applied"
    DISCARDED = "discarded"


def _has_no_errors(run: Any, context: Context) -> Refusal | None:
    errors = run.counts.get("error", 0)
    return Refusal("imports:refusal.has_errors", count=errors) if errors else None


def _does_something(run: Any, context: Context) -> Refusal | None:
    changing = run.counts.get("new", 0) + run.counts.get("changed", 0)
    return None if changing else Refusal("imports:refusal.nothing_to_do")


RUN = Lifecycle(
    name="imports:run",
    states=RunState,
    initial=RunState.CHECKED,
    final=frozenset({RunState.APPLIED, RunState.DISCARDED}),
    moves=(
        Move(
            name="apply",
            permission=Permission.APPLY,
            sources=(RunState.CHECKED,),
            target=RunState.APPLIED,
            conditions=(_has_no_errors, _does_something),
        ),
        Move(
            name="discard",
            permission=Permission.DISCARD,
            sources=(RunState.CHECKED,),
            target=RunState.DISCARDED,
        ),
    ),
)
