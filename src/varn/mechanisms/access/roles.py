"""The role table as data: which permissions a role gives, read once from roles.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Role:
    """A set of permissions that functions carry; `overview` passes the border between committees."""

    key: str
    permissions: frozenset[str]
    overview: bool


def load_roles(path: Path) -> dict[str, Role]:
    """Every role of the table by its key. Raises `ValueError` for a role with an unknown field."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: _role(key, row) for key, row in table.items()}


def _role(key: str, row: Mapping[str, Any]) -> Role:
    unknown = row.keys() - {"permissions", "overview"}
    if unknown:
        raise ValueError(f"Role {key} has unknown fields: {', '.join(sorted(unknown))}")
    return Role(key=key, permissions=frozenset(row["permissions"]), overview=bool(row["overview"]))


ROLES = load_roles(Path(__file__).with_name("roles.toml"))
