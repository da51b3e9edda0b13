"""The role table and the permissions that the code declares say the same."""

from tests.architecture.tree import lifecycles, permissions
from varn.mechanisms.access.roles import ROLES


def _automatic() -> set[str]:
    moves = [move for model in lifecycles().values() for move in model.lifecycle.moves]
    return {str(move.permission) for move in moves if move.automatic}


def test_the_role_table_names_only_what_is_declared() -> None:
    assert {right for role in ROLES.values() for right in role.permissions} - permissions() == set()


def test_every_permission_is_held_by_some_role_or_made_by_a_job() -> None:
    assert permissions() - {right for role in ROLES.values() for right in role.permissions} - _automatic() == set()
