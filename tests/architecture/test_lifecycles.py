"""The battery that every lifecycle passes: each state against each move, and what the database would let in."""

from enum import StrEnum

import pytest
from django.db import models

from tests.architecture.tree import lifecycles, permissions
from varn.kernel.lifecycle import Lifecycle, Move, MoveNotOpen

EVERY = [
    pytest.param(model.lifecycle, state, move, id=f"{name}.{state}-{move.name}")
    for name, model in lifecycles().items()
    for state in model.lifecycle.states
    for move in model.lifecycle.moves
]


@pytest.mark.parametrize(("cycle", "state", "move"), EVERY)
def test_a_move_leads_to_its_target_from_its_sources_and_from_nowhere_else(
    cycle: Lifecycle, state: StrEnum, move: Move
) -> None:
    if state in move.sources:
        assert cycle.target(state, move.name) == move.target
    else:
        with pytest.raises(MoveNotOpen):
            cycle.target(state, move.name)


@pytest.mark.parametrize("model", lifecycles().values(), ids=lambda model: model._meta.label)
def test_the_database_holds_exactly_the_declared_states(model: type[models.Model]) -> None:
    declared = set(model.lifecycle.check_constraint_values())
    conditions = [
        constraint.condition
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint) and "state__in" in dict(_pairs(constraint.condition))
    ]
    assert [set(dict(_pairs(condition))["state__in"]) for condition in conditions] == [declared]


@pytest.mark.parametrize("model", lifecycles().values(), ids=lambda model: model._meta.label)
def test_every_move_has_a_declared_permission(model: type[models.Model]) -> None:
    assert {str(move.permission) for move in model.lifecycle.moves} <= permissions()


def _pairs(condition: models.Q) -> list[tuple]:
    return [child for child in condition.children if isinstance(child, tuple)]
