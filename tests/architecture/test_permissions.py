"""The role table and the permissions that the code declares say the same."""

from tests.architecture.tree import lifecycles, permissions
from varn.kernel.lifecycle import MadeBy
from varn.mechanisms.access.roles import ROLES


def _held_by_a_role() -> set[str]:
    return {right for role in ROLES.values() for right in role.permissions}


def _made_by_a_job() -> set[str]:
    moves = [move for model in lifecycles().values() for move in model.lifecycle.moves]
    return {str(move.permission) for move in moves if move.made_by is MadeBy.JOB}


def test_the_role_table_names_only_what_is_declared() -> None:
    assert _held_by_a_role() - permissions() == set()


def test_every_permission_is_held_by_some_role_save_those_of_the_jobs() -> None:
    assert permissions() - _held_by_a_role() == _made_by_a_job()
