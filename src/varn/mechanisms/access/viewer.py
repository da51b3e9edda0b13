"""The reader of a request: who it is, and what their appointments open on this day."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from varn.kernel.levels import Level
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.roles import ROLES


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What one appointment opens: a unit with all below it, the role's permissions, and how far it reaches.

    `overview` passes the border to the next committee; `everything` is the overview of the whole municipality.
    `level` is how sensitive a record it opens at most; `commands`: it is of the line of command over its units.
    `appoints` are the roles that it may give to others within its units. `stands_in_for` is the person in all of whose
    appointments the reader is the deputy.
    """

    unit_id: int
    permissions: frozenset[str]
    function: str
    overview: bool = False
    everything: bool = False
    appoints: frozenset[str] = frozenset()
    stands_in_for: int | None = None
    level: Level = Level.INTERNAL
    commands: bool = False


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """A reader with their scopes as of one moment. Immutable: a new request reads a new one."""

    name: str
    at: datetime
    account_id: int | None = None
    person_id: int | None = None
    scopes: tuple[Scope, ...] = ()
    general: frozenset[str] = field(default_factory=frozenset)
    is_system: bool = False

    @property
    def day(self) -> date:
        """The day of the request in the municipality's own time."""
        return timezone.localdate(self.at)

    @property
    def function(self) -> str:
        """The functions the reader holds, as the trail and the top bar show them."""
        return ", ".join(dict.fromkeys(scope.function for scope in self.scopes if scope.function))

    @property
    def people(self) -> frozenset[int]:
        """The reader, and those in all of whose appointments they are deputy: what is sent to these is theirs."""
        stood_for = {scope.stands_in_for for scope in self.scopes if scope.stands_in_for is not None}
        return frozenset(stood_for if self.person_id is None else {self.person_id, *stood_for})

    def may(self, permission: str) -> bool:
        """Whether the reader holds the permission anywhere."""
        return self.is_system or permission in self.general or any(permission in s.permissions for s in self.scopes)

    def may_any(self, permissions: Iterable[str]) -> bool:
        """Whether the reader holds at least one of the permissions anywhere."""
        return any(self.may(permission) for permission in permissions)

    def may_everywhere(self, permission: str) -> bool:
        """Whether the reader holds the permission over the whole municipality."""
        everywhere = any(scope.everything for scope in self.scopes_for(permission))
        return self.is_system or permission in self.general or everywhere

    def gives_everywhere(self, role: str, permission: str) -> bool:
        """Whether the reader may give this role to others anywhere in the municipality, by way of the permission."""
        if self.is_system or (permission in self.general and role in ROLES["administrator"].appoints):
            return True
        return any(scope.everything for scope in self.scopes_giving(role, permission))

    def scopes_giving(self, role: str, permission: str) -> tuple[Scope, ...]:
        """The scopes in which the reader may give this role to others, by way of the permission."""
        is_overview = role in ROLES and ROLES[role].overview
        giving = (scope for scope in self.scopes_for(permission) if role in scope.appoints)
        return tuple(scope for scope in giving if scope.everything or not is_overview)

    def narrowed(self, level: Level) -> "Viewer":
        """The same reader with what opens records of this level: what is sensitive no overview opens."""
        if level < Level.SENSITIVE:
            return self
        scopes = (scope for scope in self.scopes if scope.level >= level)
        return replace(self, scopes=tuple(replace(scope, overview=False, everything=False) for scope in scopes))

    @property
    def commanded(self) -> frozenset[int]:
        """The units in which the reader stands in the line of command: as their head, or as the deputy of one."""
        return frozenset(scope.unit_id for scope in self.scopes if scope.commands)

    def scopes_for(self, permission: str) -> tuple[Scope, ...]:
        """The scopes in which the reader holds the permission."""
        return tuple(scope for scope in self.scopes if permission in scope.permissions)


def viewer_of(account: Account, *, at: datetime) -> Viewer:
    """The viewer behind an account at a moment: scopes from valid appointments, and the administrator's own rights."""
    person_id, scopes = import_string(settings.ACCESS_SCOPES)(account_id=account.pk, at=at)
    general = ROLES["administrator"].permissions if account.is_administrator else frozenset()
    return Viewer(
        name=account.name, at=at, account_id=account.pk, person_id=person_id, scopes=tuple(scopes), general=general
    )


def system_viewer(*, at: datetime, job: str) -> Viewer:
    """The viewer that jobs name: it sees every row, and the trail shows the job's name."""
    return Viewer(name=job, at=at, is_system=True)
