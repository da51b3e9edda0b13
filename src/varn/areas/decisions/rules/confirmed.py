"""What a person has confirmed of a decision before it is registered, and what still stands against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from varn.areas.decisions.rules.kinds import ClauseKind, DeadlineKind, Purpose
from varn.areas.decisions.rules.verbatim import find_verbatim


@dataclass(frozen=True, kw_only=True)
class ConfirmedPassage:
    """Words of the text that are a part by themselves: a recipient, a basis document, a case number, a mention."""

    text: str


@dataclass(frozen=True, kw_only=True)
class ConfirmedClause:
    """One clause in the words of the text; `for_body` is the higher body that it only proposes to."""

    number: str = ""
    text: str
    kind: ClauseKind
    for_body: str = ""


@dataclass(frozen=True, kw_only=True)
class ConfirmedDeadline:
    """The words of a deadline, and the first and last day that a person read into them (both included)."""

    words: str
    kind: DeadlineKind
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, kw_only=True)
class ConfirmedAssignment:
    """What a clause (counted from one) gives an office to do. It is in force unless it is only proposed.

    `adopts` is the reference of the assignment that a lower body has proposed and that this is. Where the words mean
    several ("samtliga nämnder"), `units` are those of them who get it; `None` is every one.
    """

    clause: int
    assignee: str
    text: str
    in_force: bool = True
    deadline: ConfirmedDeadline | None = None
    report_form: str = ""
    adopts: str = ""
    units: tuple[int, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class ConfirmedClosing:
    """An earlier assignment that the decision closes, as it says so; `only` where the point gave it to several.

    `chosen` are the references that a person has ticked of those that may be meant; `None` where nobody was asked.
    """

    body: str
    date: date | None
    paragraph: str
    point: str = ""
    only: str = ""
    outcome: str = ""
    chosen: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class ConfirmedExtension:
    """More time that a clause (counted from one) gives an earlier assignment, by its reference.

    Without a reference the clause extends something that is not registered here, and nothing is done.
    """

    clause: int
    assignment: str = ""
    deadline: ConfirmedDeadline | None = None


@dataclass(frozen=True, kw_only=True)
class ConfirmedMotion:
    """What someone moved, and who."""

    by: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class ConfirmedVote:
    """How the votes fell."""

    question: str = ""
    yes: int | None = None
    no: int | None = None
    abstained: int | None = None


@dataclass(frozen=True, kw_only=True)
class ConfirmedRecipient:
    """A recipient in the words of the minutes, and why they are sent the decision."""

    text: str
    purpose: Purpose


@dataclass(frozen=True, kw_only=True)
class ConfirmedSignature:
    """A line of signature: the role, and the name where it is filled in."""

    role: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class ConfirmedDecision:
    """One § as a person has confirmed it. `body` is the name of a registered body. `text` is the § verbatim."""

    body: str
    date: date | None
    paragraph: str
    title: str
    case_number: str = ""
    text: str
    clauses: tuple[ConfirmedClause, ...]
    assignments: tuple[ConfirmedAssignment, ...] = ()
    closings: tuple[ConfirmedClosing, ...] = ()
    extensions: tuple[ConfirmedExtension, ...] = ()
    motions: tuple[ConfirmedMotion, ...] = ()
    votes: tuple[ConfirmedVote, ...] = ()
    reservations: tuple[ConfirmedPassage, ...] = ()
    basis: tuple[ConfirmedPassage, ...] = ()
    related: tuple[ConfirmedPassage, ...] = ()
    mentions: tuple[ConfirmedPassage, ...] = ()
    recipients: tuple[ConfirmedRecipient, ...] = ()
    signatures: tuple[ConfirmedSignature, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What stands against registering: a key of the glossary, and the field it is about ("clauses[0].text")."""

    field: str
    key: str


def faults(decision: ConfirmedDecision) -> tuple[Fault, ...]:
    """Everything that stands against registering the decision as it is; empty when nothing does."""
    return (
        *_faults_of_the_whole(decision),
        *_faults_of_clauses(decision),
        *_faults_of_assignments(decision),
        *_faults_of_extensions(decision),
    )


def _faults_of_the_whole(decision: ConfirmedDecision) -> Iterator[Fault]:
    for name in ("body", "paragraph", "title", "text"):
        if not getattr(decision, name).strip():
            yield Fault(field=name, key=f"decisions:refusal.no_{name}")
    if decision.date is None:
        yield Fault(field="date", key="decisions:refusal.no_date")
    if not decision.clauses:
        yield Fault(field="clauses", key="decisions:refusal.no_clause")


def _faults_of_clauses(decision: ConfirmedDecision) -> Iterator[Fault]:
    for index, clause in enumerate(decision.clauses):
        if find_verbatim(decision.text, clause.text) is None:
            yield Fault(field=f"clauses[{index}].text", key="decisions:refusal.clause_is_not_verbatim")


def _faults_of_extensions(decision: ConfirmedDecision) -> Iterator[Fault]:
    extending = {extension.clause for extension in decision.extensions}
    for index, clause in enumerate(decision.clauses):
        if clause.kind == ClauseKind.EXTENDS and not clause.for_body and index + 1 not in extending:
            yield Fault(field=f"clauses[{index}].kind", key="decisions:refusal.extends_nothing")
    for index, extension in enumerate(decision.extensions):
        path = f"extensions[{index}]"
        if not 1 <= extension.clause <= len(decision.clauses):
            yield Fault(field=f"{path}.clause", key="decisions:refusal.no_such_clause")
        yield from _faults_of_deadline(extension.deadline, decision.text, path)


def _faults_of_assignments(decision: ConfirmedDecision) -> Iterator[Fault]:
    adopted = [assignment.adopts for assignment in decision.assignments]
    for index, assignment in enumerate(decision.assignments):
        path = f"assignments[{index}]"
        if assignment.adopts and assignment.adopts in adopted[:index]:
            yield Fault(field=f"{path}.adopts", key="decisions:refusal.adopted_twice")
        if assignment.units == ():
            yield Fault(field=f"{path}.units", key="decisions:refusal.given_to_nobody")
        if not 1 <= assignment.clause <= len(decision.clauses):
            yield Fault(field=f"{path}.clause", key="decisions:refusal.no_such_clause")
        elif assignment.in_force and decision.clauses[assignment.clause - 1].for_body:
            yield Fault(field=f"{path}.in_force", key="decisions:refusal.only_proposed")
        if not assignment.assignee.strip():
            yield Fault(field=f"{path}.assignee", key="decisions:refusal.no_assignee")
        yield from _faults_of_deadline(assignment.deadline, decision.text, path)


def _faults_of_deadline(deadline: ConfirmedDeadline | None, text: str, path: str) -> Iterator[Fault]:
    if deadline is None:
        return
    if deadline.words and find_verbatim(text, deadline.words) is None:
        yield Fault(field=f"{path}.deadline.text", key="decisions:refusal.deadline_is_not_verbatim")
    if deadline.first and deadline.last and deadline.last < deadline.first:
        yield Fault(field=f"{path}.deadline.last", key="decisions:refusal.deadline_ends_before_it_begins")
