"""The role table as data: which permissions a role gives, read once from roles.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Role:
    """A set of permissions that functions carry; `overview` passes the border between committees.

    `appoints` are the roles that whoever has this one may give to others.
    """

    key: str
    permissions: frozenset[str]
    overview: bool
    appoints: frozenset[str]


def load_roles(path: Path) -> dict[str, Role]:
    """Every role of the table by its key. Raises `ValueError` for an unknown field or an unknown role in `appoints`."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    roles = {key: _role(key, row) for key, row in table.items()}
    unknown = {given for role in roles.values() for given in role.appoints} - roles.keys()
    if unknown:
        raise ValueError(f"Nobody can be appointed to unknown roles: {', '.join(sorted(unknown))}")
    return roles


def _role(key: str, row: Mapping[str, Any]) -> Role:
    unknown = row.keys() - {"permissions", "overview", "appoints"}
    if unknown:
        raise ValueError(f"Role {key} has unknown fields: {', '.join(sorted(unknown))}")
    return Role(
        key=key,
        permissions=frozenset(row["permissions"]),
        overview=bool(row["overview"]),
        appoints=frozenset(row["appoints"]),
    )


ROLES = load_roles(Path(__file__).with_name("roles.toml"))
