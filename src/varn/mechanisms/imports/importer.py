"""What an area says to be imported: its columns, how a row is judged, and how the judged rows are brought in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class ImportColumn:
    """One column. Its heading may be the Swedish or the English name or any of the synonyms, in any case of letters.

    A required column must stand in the file; whether a cell may be empty is the importer's own judgement. `example` is
    what the file to download shows in its one example row.
    """

    key: str
    sv: str
    en: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    example: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the file: its number there, and the text of each column ("" where the file has nothing).

    Dates are written as 2026-11-23, numbers without thousands and with a decimal point.
    """

    number: int
    values: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")


class Outcome(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why a row cannot be brought in: the column's key ("" for the row as a whole) and a reason from the glossary."""

    column: str
    reason: Refusal


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What one row would do: with which values old and new, or why it cannot. `label` is what the row is about.

    `warnings` say what should be looked at before the row is brought in, and do not stand in its way.
    """

    row: Row
    outcome: Outcome
    label: str
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@runtime_checkable
class Importer(Protocol):
    """One kind of table that can be imported. Areas write it in their `importers.py`.

    `thing` is the glossary key of what a row is ("organisation:unit"); `permission` is the right to import it;
    `fills` are the tables it fills ("organisation.Unit"); `rests_on` the apps whose things decide what a row would do.
    """

    thing: str
    permission: str
    columns: Sequence[ImportColumn]
    fills: Sequence[str]
    rests_on: Sequence[str]

    def check(self, rows: Sequence[Row], *, viewer: Viewer, at: datetime) -> list[Planned]:
        """What each row would do, in the order of the rows. Nothing is written; the same data gives the same answer."""

    def never_alone(self, planned: Sequence[Planned], *, by: Viewer) -> list[str]:
        """What of these rows the reader brings in only with another person, each in words that this person reads."""

    def apply(self, planned: Sequence[Planned], *, by: Viewer, at: datetime) -> None:
        """The rows that are new or changed are brought in, in this order, within the caller's transaction."""
