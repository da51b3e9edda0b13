"""What is most urgent of all that waits for a reader: plain values in, plain values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from varn.kernel.lifecycle import Refusal


class Urgency(IntEnum):
    """Why something stands where it does among what waits. The lower comes first."""

    OVERDUE = 1
    DECIDE = 2
    SOON = 3
    ENDING = 4
    WAITS = 5

    @property
    def key(self) -> str:
        """The glossary's word for it."""
        return f"overview:urgency.{self.name.lower()}"


@dataclass(frozen=True, kw_only=True)
class Button:
    """What the reader can do about it at once."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing that waits for a reader. `reason` is the sentence that says why it came to them.

    `kind` is the glossary's word for what it is; `day` is the day it is about, such as the last day of an assignment.
    `buttons` are what they can do about it at once, the usual first.
    """

    urgency: Urgency
    kind: str
    title: str
    reason: Refusal
    url: str
    reference: str = ""
    day: date | None = None
    buttons: tuple[Button, ...] = ()


def most_urgent_first(rows: Iterable[Row]) -> list[Row]:
    """The rows by urgency, then by day with those without one last; equal ones by title."""
    return sorted(rows, key=lambda row: (row.urgency, row.day or date.max, row.title, row.url))


def urgency_of(due: date | None, *, day: date, window: date) -> Urgency:
    """How urgent something with this last day is: overdue after it, soon within the window, otherwise it waits."""
    if due is None or due > window:
        return Urgency.WAITS
    return Urgency.OVERDUE if due < day else Urgency.SOON
