"""The role table in the words of the glossary: one telling, read by the page and by the documentation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from varn.mechanisms.access.assurance import DEMANDS, Assurance
from varn.mechanisms.access.roles import ROLES, Role


@dataclass(frozen=True, kw_only=True)
class ToldRole:
    """One role by the glossary's keys: how far it reaches, what it opens, who gives it, and what it may do by thing.

    `reach` is where its rights hold; `things` are its permissions under the thing that they are about; `assurance` is
    the most that any of them demands of a session.
    """

    role: Role
    reach: str
    level: str
    things: Mapping[str, list[str]]
    appoints: list[str]
    given_by: list[str]
    assurance: Assurance

    @property
    def key(self) -> str:
        """The glossary key of the role."""
        return f"access:role.{self.role.key}"


def told_roles() -> list[ToldRole]:
    """Every role, in the order of the table."""
    return [told(role) for role in ROLES.values()]


def told(role: Role) -> ToldRole:
    """One role."""
    return ToldRole(
        role=role,
        reach=f"access:reach.{_reach(role)}",
        level=f"level.{role.level.key}",
        things=by_thing(role.permissions),
        appoints=[f"access:role.{key}" for key in ROLES if key in role.appoints],
        given_by=[f"access:role.{other.key}" for other in ROLES.values() if role.key in other.appoints],
        assurance=max((DEMANDS.of(each) for each in role.permissions), default=DEMANDS.default),
    )


def by_thing(permissions: Iterable[str]) -> dict[str, list[str]]:
    """The permissions under the thing that they are about, both in alphabetical order."""
    things: dict[str, list[str]] = {}
    for permission in sorted(permissions):
        things.setdefault(permission.rpartition(":")[0], []).append(permission)
    return things


def roles_with(permission: str) -> list[Role]:
    """The roles that give the permission."""
    return [role for role in ROLES.values() if permission in role.permissions]


def every_permission() -> list[str]:
    """Every permission that some role gives."""
    return sorted({permission for role in ROLES.values() for permission in role.permissions})


def _reach(role: Role) -> str:
    if role.key == "administrator":
        return "installation"
    return "overview" if role.overview else "units"
