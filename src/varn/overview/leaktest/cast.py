"""Who asks: one reader of every role, those whose rights are gone, borrowed or none, and one that is no person."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from varn.kernel.planting import Canary
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.roles import ROLES

CAST = Path(__file__).with_name("cast.toml")
ANONYMOUS = "anonymous"
# The unit whose scope is the whole municipality.
WHOLE = "1"


class Kind(StrEnum):
    """What is particular about a reader."""

    APPOINTED = "appointed"
    ACCOUNT = "account"
    ADMINISTRATOR = "administrator"
    DEPUTY = "deputy"
    DIRECTORY = "directory"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One reader as the cast has them. `sees` are the plots whose records are theirs, as far as the role reads them.

    A deputy `stands_in_for` another reader, whose role and unit are theirs for now. What is no person `holds` rights.
    """

    key: str
    name: str
    role: str = ""
    unit: str = ""
    kind: Kind = Kind.APPOINTED
    lasts: int | None = None
    stands_in_for: str = ""
    holds: frozenset[str] = frozenset()
    own: str = "21"
    line: str = "211"
    foreign: str = "31"
    sees: frozenset[str] = frozenset()

    @property
    def permissions(self) -> frozenset[str]:
        """What the role table gives the reader. Whoever's appointment has ended has nothing."""
        role = "administrator" if self.kind is Kind.ADMINISTRATOR else self.role
        return self.holds | (ROLES[role].permissions if role and not self.is_over else frozenset())

    @property
    def is_over(self) -> bool:
        """Whether the day before was the last of the appointment."""
        return self.lasts is not None and self.lasts <= 0

    @property
    def is_everywhere(self) -> bool:
        """Whether the reader's rights hold over the whole municipality."""
        return self.unit == WHOLE or self.kind in (Kind.ADMINISTRATOR, Kind.DIRECTORY)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A reader with their account and the session they are signed in with, or with the token that a program shows."""

    part: Part
    account: Account | None = None
    session: str = ""
    token: str = ""

    @property
    def key(self) -> str:
        """What the reader is called in the cast."""
        return self.part.key

    def may_hear(self, canary: Canary) -> bool:
        """Whether the words are this reader's: what the role table and the cast say, never what the product answers."""
        if canary.account is not None:
            return self.account is not None and canary.account == self.account.pk
        if self.part.is_everywhere and canary.general & self.part.permissions:
            return True
        if canary.below & self.part.permissions and any(plot.startswith(canary.plot) for plot in self.part.sees):
            return True
        return self.sees(canary.plot) and bool(canary.read & self.part.permissions)

    def sees(self, plot: str) -> bool:
        """Whether the records of the plot are the reader's, as far as the role reads them."""
        return plot in self.part.sees


def load_cast(path: Path = CAST) -> Sequence[Part]:
    """The readers in their order. Raises `ValueError` where a role of the table has nobody."""
    parts = [_part(key, row) for key, row in tomllib.loads(path.read_text(encoding="utf-8")).items()]
    missing = ROLES.keys() - {part.role for part in parts} - {"administrator"}
    if missing:
        raise ValueError(f"Nobody of the cast has these roles: {', '.join(sorted(missing))}")
    return parts


def _part(key: str, row: dict) -> Part:
    values = {name: value for name, value in row.items() if name != "is"}
    values |= {name: frozenset(values.get(name, ())) for name in ("sees", "holds")}
    return Part(key=key, kind=Kind(row.get("is", Kind.APPOINTED)), **values)
