"""What the directory asks of the area that knows people: named in the settings, because a mechanism imports no area."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Known:
    """A person whom the organisation knows. `is_here`: they have come and have not left."""

    employee_id: str
    name: str
    email: str
    is_here: bool
    account: Account | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the directory says of a person. A value of `None` was not said, and leaves what stands."""

    employee_id: str
    name: str | None = None
    title: str | None = None
    email: str | None = None
    phone: str | None = None
    unit_code: str | None = None


class Face(Protocol):
    """What the organisation does for the directory."""

    def person_of(self, *, employee_id: str, at: datetime) -> Known | None:
        """Whom the employee id names, in any case of letters."""

    def receive_person(self, *, told: Told, by: Viewer, at: datetime) -> str:
        """The person stands as the directory says. Returns the employee id as the organisation writes it."""

    def link_person(self, *, employee_id: str, account: Account, by: Viewer, at: datetime) -> None:
        """Whoever signs in to the account is this person."""

    def follow_groups(self, *, employee_ids: Collection[str], by: Viewer, at: datetime) -> None:
        """These people have what their groups give, and no longer what only groups gave that they have left."""

    def given_by(self, *, groups: Collection[int], viewer: Viewer) -> Mapping[int, list[str]]:
        """What each of the groups gives, in words, by the group's id."""

    def unknown_units(self, *, codes: Collection[str]) -> list[str]:
        """Those of the codes that are no unit's, in any case of letters."""


def face() -> Face:
    """The organisation, as the settings name it."""
    return cast(Face, _Named())


class _Named:
    def __getattr__(self, name: str) -> Any:
        return import_string(settings.DIRECTORY_FACE[name])
