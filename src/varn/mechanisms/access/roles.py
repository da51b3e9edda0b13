"""The role table as data: which permissions a role gives, read once from roles.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from varn.kernel.levels import Level


@dataclass(frozen=True, kw_only=True)
class Role:
    """A set of permissions that functions carry; `overview` passes the border between committees.

    `appoints` are the roles that whoever has this one may give to others. `level` is how sensitive a record it opens at
    most; `commands` says that whoever has it stands in the line of command over their units. Nobody has
    a `time_limited` one without a last day.
    """

    key: str
    permissions: frozenset[str]
    overview: bool
    appoints: frozenset[str]
    level: Level
    commands: bool
    time_limited: bool = False


def load_roles(path: Path) -> dict[str, Role]:
    """Every role of the table by its key. Raises `ValueError` for an unknown field or an unknown role in `appoints`."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    roles = {key: _role(key, row) for key, row in table.items()}
    unknown = {given for role in roles.values() for given in role.appoints} - roles.keys()
    if unknown:
        raise ValueError(f"Nobody can be appointed to unknown roles: {', '.join(sorted(unknown))}")
    return roles


def _role(key: str, row: Mapping[str, Any]) -> Role:
    unknown = row.keys() - {"permissions", "overview", "appoints", "level", "commands", "time_limited"}
    if unknown:
        raise ValueError(f"Role {key} has unknown fields: {', '.join(sorted(unknown))}")
    return Role(
        key=key,
        permissions=frozenset(row["permissions"]),
        overview=bool(row["overview"]),
        appoints=frozenset(row["appoints"]),
        time_limited=bool(row.get("time_limited", False)),
        level=_level(key, row.get("level", Level.INTERNAL.key)),
        commands=bool(row.get("commands", False)),
    )


def _level(key: str, written: str) -> Level:
    """At least internal, which every record without a marking is."""
    level = Level.of(written)
    if level < Level.INTERNAL:
        raise ValueError(f"Role {key} would open nothing that has no marking: its level is {written}")
    return level


ROLES = load_roles(Path(__file__).with_name("roles.toml"))
