"""What this mechanism asks the organisation, through the settings: it knows people and units by number alone."""

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings

from varn.mechanisms.access.viewer import Viewer


class Known(Protocol):
    """A person or a unit."""

    pk: int
    name: str
    account_id: int | None


class Organisation(Protocol):
    """The organisation's face for who is kept out and let in."""

    def person_meant(self, text: str, *, viewer: Viewer) -> Known | None:
        """The one person whose employee id or name this is."""

    def unit_meant(self, text: str, *, viewer: Viewer) -> Known | None:
        """The one unit whose code or name this is."""

    def suggested_at(self, kind: str, *, viewer: Viewer) -> str:
        """Where a "person" or a "unit" is suggested by what is typed; empty for a viewer who may read of none."""

    def people_known(self, numbers: Iterable[int], *, viewer: Viewer | None = None) -> dict[int, Known]:
        """People by number; for a viewer without those of whom the viewer may not know."""

    def units_known(self, numbers: Iterable[int]) -> dict[int, Known]:
        """Units by number."""

    def people_behind(self, accounts: Iterable[int]) -> dict[int, int]:
        """People by account."""

    def kept_out_with(self, people: Iterable[int], day: date) -> dict[int, set[int]]:
        """For each of the people everybody who is kept out of a case about them."""


def organisation() -> Organisation:
    """The organisation as the settings name it."""
    return cast(Organisation, cast(Any, import_module(settings.ACCESS_NAMES)))
