"""Registering a decision: what a person has confirmed becomes the decision, its parts and its assignments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction

from varn.areas.decisions.actions.closing import answer_closing, say_closing
from varn.areas.decisions.actions.deadlines import extend_assignment
from varn.areas.decisions.actions.giving import give_assignment
from varn.areas.decisions.models import (
    BasisDocument,
    Body,
    Clause,
    Decision,
    Meeting,
    Mention,
    Motion,
    Reach,
    Reading,
    Recipient,
    RelatedCase,
    Reservation,
    Signature,
    Vote,
)
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import closable_by, closings_waiting_for, extendable_by, registered_as
from varn.areas.decisions.rules import (
    ClauseKind,
    ConfirmedClosing,
    ConfirmedDecision,
    ConfirmedExtension,
    DeadlineKind,
    Fault,
    Ground,
    Span,
    StatutoryDate,
    faults,
    find_at,
    normal_paragraph,
    text_hash,
    verified_by,
)
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, record
from varn.mechanisms.moves.making import Refused, begin
from varn.mechanisms.references.numbers import next_reference
from varn.mechanisms.search.indexing import index


class NotConfirmed(Refused):
    """Something still stands against registering. `faults` says what, and about which field."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__(Refusal(found[0].key))
        self.faults = found


class AlreadyRegistered(Refused):
    """The body's § of that year is registered already, as `decision`. No second one is made."""

    def __init__(self, decision: Decision | None) -> None:
        super().__init__(Refusal("decisions:refusal.already_registered", reference=decision or ""))
        self.decision = decision


@action
def register_decision(
    *,
    paragraph: ConfirmedDecision,
    by: Viewer,
    at: datetime,
    reading: Reading | None = None,
    follows: Decision | None = None,
) -> Decision:
    """The decision stands with all its parts, its assignments are given, what it closes is closed, and what it extends
    has more time.

    Raises `NotConfirmed` while something stands against it, and `AlreadyRegistered` when the body's § of that year is
    there.
    """
    require(Permission.REGISTER, by=by)
    found = faults(paragraph)
    if found:
        raise NotConfirmed(found)
    if paragraph.date > by.day:
        raise Refused(Refusal("decisions:refusal.not_yet_held", day=paragraph.date))
    decision = _write_decision(paragraph, reading, follows, by=by, at=at)
    begin(decision, by=by, at=at)
    places = _places(reading, decision.text)
    clauses = _write_clauses(decision, paragraph, places["clauses"])
    _write_parts(decision, paragraph, places)
    record(Permission.REGISTER, decision, by=by, at=at, changes={"sha256": (None, decision.sha256)})
    Reach.objects.hold(decision, decision.body.unit_id, Ground.BODY, at=at)
    for confirmed in paragraph.assignments:
        give_assignment(clause=clauses[confirmed.clause - 1], confirmed=confirmed, by=by, at=at)
    for closing in paragraph.closings or _unnamed_closings(paragraph):
        say_closing(decision=decision, closing=closing, by=by, at=at)
    for extension in paragraph.extensions:
        if extension.assignment:
            _extend(decision, extension, by=by, at=at)
    for waiting in closings_waiting_for(decision):
        if closable_by(waiting, viewer=by):
            answer_closing(closing=waiting, by=by, at=at)
    index(decision)
    return decision


def _extend(decision: Decision, extension: ConfirmedExtension, *, by: Viewer, at: datetime) -> None:
    assignment = extendable_by(decision, viewer=by).filter(reference=extension.assignment).first()
    if assignment is None:
        raise Refused(Refusal("decisions:refusal.not_extended_by_this", reference=extension.assignment))
    deadline = extension.deadline
    extend_assignment(
        assignment=assignment,
        decision=decision,
        words=deadline.words if deadline else "",
        kind=deadline.kind if deadline else DeadlineKind.VAGUE,
        first_date=deadline.first if deadline else None,
        last_date=deadline.last if deadline else None,
        clause=extension.clause,
        by=by,
        at=at,
    )


def _unnamed_closings(confirmed: ConfirmedDecision) -> list[ConfirmedClosing]:
    """What a clause declares done without anybody having said which assignment: it waits to be linked."""
    closes = [clause for clause in confirmed.clauses if clause.kind == ClauseKind.CLOSES and not clause.for_body]
    return [ConfirmedClosing(body="", date=None, paragraph="", outcome=clause.text) for clause in closes]


def _write_decision(
    paragraph: ConfirmedDecision, reading: Reading | None, follows: Decision | None, *, by: Viewer, at: datetime
) -> Decision:
    body = Body.objects.visible_to(by, Permission.REGISTER).filter(name=paragraph.body).first()
    if body is None:
        raise PermissionDenied(Permission.REGISTER)
    number = normal_paragraph(paragraph.paragraph)
    meeting, _ = Meeting.objects.get_or_create(body=body, date=paragraph.date)
    verify_by = verified_by(paragraph.date)
    try:
        with transaction.atomic():
            return Decision.objects.create(
                reference=next_reference("BES", at=at),
                body=body,
                meeting=meeting,
                date=paragraph.date,
                year=paragraph.date.year,
                paragraph=number,
                title=" ".join(paragraph.title.split())[:500],
                case_number=paragraph.case_number,
                text=paragraph.text,
                sha256=text_hash(paragraph.text),
                reading=reading,
                follows=follows,
                verify_by_date=verify_by.day if verify_by else None,
                law=_law("verify_by", verify_by),
            )
    except IntegrityError as error:
        raise AlreadyRegistered(registered_as(body, paragraph.date.year, number)) from error


def _law(name: str, statutory: StatutoryDate | None) -> dict[str, dict[str, str]]:
    return {name: statutory.law} if statutory else {}


def _places(reading: Reading | None, text: str) -> dict[str, list[Span]]:
    """Where the reader found the parts of the § of this text, by what it calls them; nowhere without minutes."""
    places: dict[str, list[Span]] = defaultdict(list)
    same = (found for found in (reading.paragraphs if reading else ()) if found.get("text") == text)
    for path, (start, end) in (next(same, {}).get("spans") or {}).items():
        places[path.partition("[")[0]].append((start, end))
    return places


def _write_clauses(decision: Decision, paragraph: ConfirmedDecision, places: Sequence[Span]) -> list[Clause]:
    rows = [
        Clause(
            number=clause.number,
            text=" ".join(clause.text.split()),
            sha256=text_hash(" ".join(clause.text.split())),
            kind=clause.kind,
            for_body=clause.for_body,
            **_placed(decision, place, clause.text, places),
        )
        for place, clause in enumerate(paragraph.clauses, start=1)
    ]
    return Clause.objects.bulk_create(rows)


def _write_parts(decision: Decision, paragraph: ConfirmedDecision, at: Mapping[str, Sequence[Span]]) -> None:
    motions = ((row.text, {"movers": list(row.by), "text": row.text}) for row in paragraph.motions)
    recipients = ((row.text, {"text": row.text, "purpose": row.purpose}) for row in paragraph.recipients)
    signatures = ((row.role, {"role": row.role, "name": row.name}) for row in paragraph.signatures)
    _write(Motion, decision, motions, at["proposals"])
    _write(Vote, decision, ((row.question, _vote(row)) for row in paragraph.votes), at["votes"])
    _write(
        Reservation, decision, ((row.text, {"text": row.text}) for row in paragraph.reservations), at["reservations"]
    )
    _write(BasisDocument, decision, ((row.text, {"text": row.text}) for row in paragraph.basis), at["basis"])
    _write(RelatedCase, decision, ((row.text, {"number": row.text[:80]}) for row in paragraph.related), at["related"])
    _write(Mention, decision, ((row.text, {"text": row.text}) for row in paragraph.mentions), at["mentioned"])
    _write(Recipient, decision, recipients, at["recipients"])
    _write(Signature, decision, signatures, ())


def _vote(row: Any) -> dict[str, Any]:
    return {"question": row.question, "yes": row.yes, "no": row.no, "abstained": row.abstained}


def _write(
    model: type[models.Model],
    decision: Decision,
    rows: Iterable[tuple[str, dict[str, Any]]],
    places: Sequence[Span],
) -> None:
    model.objects.bulk_create(
        model(**_placed(decision, place, words, places), **values)
        for place, (words, values) in enumerate(rows, start=1)
    )


def _placed(decision: Decision, place: int, words: str, places: Sequence[Span]) -> dict[str, Any]:
    span = find_at(decision.text, words, places)
    start, end = span or (None, None)
    return {"decision": decision, "position": place, "span_start": start, "span_end": end}
