"""What the reader says about one § of the minutes: plain values, each with its place in the text."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class DeadlineKind(StrEnum):
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RECURRING = "recurring"
    EVENT = "event"
    VAGUE = "vague"


class MentionKind(StrEnum):
    ASSIGNMENT = "assignment"
    FUNDING = "funding"
    POSITION = "position"
    PURCHASE = "purchase"


@dataclass(frozen=True, kw_only=True)
class Span:
    """Half-open place in the text of the §, in characters."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """The words of a deadline and the days they can mean.

    `first` and `last` are both included; `due` is the last day, if a day follows from the words.
    """

    text: str
    span: Span
    kind: DeadlineKind
    first: date | None = None
    last: date | None = None
    reason: str | None = None

    @property
    def due(self) -> date | None:
        return None if self.kind in (DeadlineKind.RECURRING, DeadlineKind.EVENT, DeadlineKind.VAGUE) else self.last


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One point of the decision, word for word.

    `body` is the higher body to which it is only proposed, `charged` the office that the lead above charges with it,
    `closed` the words by which that lead declares done what the clause names, `conditional` whether it holds only if
    something else is decided or happens.
    """

    number: int | None
    text: str
    span: Span
    body: str | None = None
    charged: "Passage | None" = None
    closed: "Passage | None" = None
    conditional: bool = False


@dataclass(frozen=True, kw_only=True)
class Assignment:
    clause: int
    assignee: str
    assignee_span: Span
    text: str
    span: Span
    in_force: bool
    deadline: Deadline | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Closing:
    """An earlier assignment that a clause declares done, by body, date, § and point."""

    clause: int
    body: str | None
    day: date | None
    paragraph: str | None
    point: str | None
    outcome: str
    outcome_span: Span
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A piece of the text that is a value by itself: a recipient, a basis document, a reservation."""

    text: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Proposal:
    by: tuple[Passage, ...]
    text: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Vote:
    question: Passage | None
    yes: int | None
    no: int | None
    abstained: int | None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Mention:
    """What the text names but no clause decides."""

    kind: MentionKind
    text: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Signatures:
    """The signature lines that stood in the text, and whether it says that they were given digitally."""

    lines: tuple[str, ...]
    digital: bool


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A field that a person has to confirm, and why."""

    field: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    text: str
    body: str | None
    day: date | None
    number: str | None
    number_span: Span | None
    title: Passage | None
    case_number: Passage | None
    related: tuple[Passage, ...] = ()
    clauses: tuple[Clause, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    closings: tuple[Closing, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    votes: tuple[Vote, ...] = ()
    reservations: tuple[Passage, ...] = ()
    basis: tuple[Passage, ...] = ()
    recipients: tuple[Passage, ...] = ()
    mentioned: tuple[Mention, ...] = ()
    signatures: Signatures | None = None
    doubts: tuple[Doubt, ...] = field(default=())
