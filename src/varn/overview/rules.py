"""What is most urgent of all that waits for a reader: plain values in, plain values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from varn.kernel.lifecycle import Refusal

# So many of those that wait alike are named.
NAMED = 6


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
class Alike:
    """What a row has in common with others: the list that holds them all, at `url`, and their `title` there.

    `name` tells the row from the others; `reason` is the key of the sentence about all of them, with their `names`.
    """

    url: str
    title: str
    name: str
    reason: str
    button: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing that waits for a reader, or `count` alike. `reason` is the sentence that says why it came to them.

    `kind` is the glossary's word for what it is; `day` is the day it is about, such as the last day of an assignment.
    `buttons` are what they can do about it at once, the usual first; `state` is the key of how far it has come.
    """

    urgency: Urgency
    kind: str
    title: str
    reason: Refusal
    url: str
    reference: str = ""
    day: date | None = None
    buttons: tuple[Button, ...] = ()
    alike: Alike | None = None
    count: int = 1
    state: str = ""

    @property
    def badge(self) -> str:
        """The glossary's key for what stands before the row: its urgency, or its state when nothing presses."""
        return self.state if self.state and self.urgency is Urgency.WAITS else self.urgency.key


def folded(rows: Iterable[Row]) -> list[Row]:
    """The rows, with those that are as urgent and lead to the same list made one."""
    alone: list[Row] = []
    groups: dict[tuple[Urgency, str], list[Row]] = {}
    for row in rows:
        others = groups.setdefault((row.urgency, row.alike.url), []) if row.alike else alone
        others.append(row)
    return [*alone, *map(_fold, groups.values())]


def most_urgent_first(rows: Iterable[Row]) -> list[Row]:
    """The rows by urgency, then by day with those without one last; equal ones by title.

    What ends and what only waits press alike: among them the day alone decides.
    """
    return sorted(rows, key=lambda row: (min(row.urgency, Urgency.ENDING), row.day or date.max, row.title, row.url))


def _fold(group: Sequence[Row]) -> Row:
    first, alike = group[0], group[0].alike
    if alike is None or len(group) == 1:
        return first
    names = ", ".join(row.alike.name for row in group[:NAMED] if row.alike) + (" …" if len(group) > NAMED else "")
    return replace(
        first,
        title=alike.title,
        reference="",
        reason=Refusal(alike.reason, names=names),
        url=alike.url,
        day=min((row.day for row in group if row.day), default=None),
        buttons=(Button(label=alike.button, url=alike.url),),
        count=len(group),
    )


def urgency_of(due: date | None, *, day: date, window: date) -> Urgency:
    """How urgent something with this last day is: overdue after it, soon within the window, otherwise it waits."""
    if due is None or due > window:
        return Urgency.WAITS
    return Urgency.OVERDUE if due < day else Urgency.SOON
