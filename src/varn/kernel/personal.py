"""What is kept about people: for each kind of row how it is theirs, why, on what ground and how long; field by field.

Every app with such rows says it in a `personal_data.toml`. A register extract is gathered from it, and the data map is
written from it, so that what a person is told and what the documents say is one and the same.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class PersonalDataError(ValueError):
    """A file says something of personal data that cannot hold."""


class Purpose(StrEnum):
    """What the data is used for."""

    ORGANISATION = "organisation"
    ENTRY = "entry"
    TRAIL = "trail"
    DECISIONS = "decisions"
    TELLING = "telling"
    RUNNING = "running"
    PROTECTION = "protection"


class Ground(StrEnum):
    """The lawful ground of article 6.1 of the GDPR: c, a legal obligation; e, a task in the public interest."""

    OBLIGATION = "obligation"
    PUBLIC_TASK = "public_task"


class Source(StrEnum):
    """Where the data comes from."""

    EMPLOYER = "employer"
    ONESELF = "oneself"
    COLLEAGUES = "colleagues"
    USE = "use"
    DOCUMENTS = "documents"


class Withheld(StrEnum):
    """Why a field is not given out: it is about others, secret by law, would weaken the protection, or says nothing."""

    OTHERS = "others"
    SECRECY = "secrecy"
    SECURITY = "security"
    TECHNICAL = "technical"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One kind of row about people.

    `person`, `account`, `number` (a person's number without a key), `employee` (their employee id), `name` and `email`
    are the paths by which a row is somebody's; what is found by name or e-mail alone may be a namesake's. `read` is the
    right that opens the row in the product, empty where none does by itself; `retention` is the rule of the lawbook.
    `shown` are the fields that an extract gives, `withheld` the others with the reason. `secret` rows are in none,
    nor what they stand beside.
    """

    model: str
    purpose: Purpose
    ground: Ground
    source: Source
    retention: str
    read: str = ""
    person: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    employee: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    withheld: Mapping[str, Withheld] = field(default_factory=dict)
    secret: bool = False

    @property
    def paths(self) -> tuple[str, ...]:
        """Every way by which a row may be somebody's."""
        return (*self.person, *self.account, *self.number, *self.employee, *self.name, *self.email)


PATHS = ("person", "account", "number", "employee", "name", "email", "shown")
FIELDS = {"purpose", "ground", "source", "read", "retention", "withheld", "secret", *PATHS}


def load_kept(path: Path, *, app: str) -> list[Kept]:
    """The kinds of rows that the file names; a model without a dot is the app's own. Raises `PersonalDataError`."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_kept(key if "." in key else f"{app}.{key}", row) for key, row in rows.items()]


def _kept(model: str, row: Mapping[str, Any]) -> Kept:
    unknown = row.keys() - FIELDS
    if unknown:
        raise PersonalDataError(f"{model} says what nobody reads: {', '.join(sorted(unknown))}")
    withheld = {name: Withheld(why) for why, names in row.get("withheld", {}).items() for name in names}
    return Kept(
        model=model,
        purpose=Purpose(row["purpose"]),
        ground=Ground(row["ground"]),
        source=Source(row["source"]),
        read=row.get("read", ""),
        retention=row["retention"],
        withheld=withheld,
        secret=bool(row.get("secret", False)),
        **{name: tuple(row.get(name, ())) for name in PATHS},
    )
