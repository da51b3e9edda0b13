"""A § as the JSON that `varn decision parse` prints."""

from collections.abc import Iterator
from typing import Any

from .model import Assignment, Closing, Deadline, Paragraph, Signatures, Span, Vote

_LISTS = ("reservations", "basis", "recipients", "mentioned")


def as_json(paragraph: Paragraph) -> dict[str, Any]:
    """The § as plain values; `spans` maps a field path to its half-open place in `text`.

    `clause` of an assignment is the place of its clause in `clauses`, counted from one: numbers of own clauses and of
    proposals to a higher body may both begin at one.
    """
    return {
        **_of_head(paragraph),
        "clauses": [{"n": one.number, "text": one.text, "for": one.body} for one in paragraph.clauses],
        "assignments": [_assignment(one) for one in paragraph.assignments],
        "closes": [_closing(one) for one in paragraph.closings],
        "proposals": [{"by": [name.text for name in one.by], "text": one.text} for one in paragraph.proposals],
        "votes": [_vote(one) for one in paragraph.votes],
        **{name: [one.text for one in getattr(paragraph, name)] for name in _LISTS},
        "signatures": _signatures(paragraph.signatures) if paragraph.signatures else None,
        "text": paragraph.text,
        "spans": {path: [span.start, span.end] for path, span in spans_of(paragraph)},
        "uncertain": [{"field": one.field, "reason": one.reason} for one in paragraph.doubts],
    }


def spans_of(paragraph: Paragraph) -> Iterator[tuple[str, Span]]:
    """Every verbatim value's path and place."""
    if paragraph.number_span:
        yield "paragraph", paragraph.number_span
    if paragraph.title:
        yield "title", paragraph.title.span
    if paragraph.case_number:
        yield "diarienummer", paragraph.case_number.span
    for name in ("related", *_LISTS):
        for place, one in enumerate(getattr(paragraph, name)):
            yield f"{name}[{place}]", one.span
    yield from _of_decision(paragraph)
    for place, proposal in enumerate(paragraph.proposals):
        yield f"proposals[{place}].text", proposal.span
        for at, name in enumerate(proposal.by):
            yield f"proposals[{place}].by[{at}]", name.span
    for place, vote in enumerate(paragraph.votes):
        if vote.question:
            yield f"votes[{place}].question", vote.question.span


def _of_decision(paragraph: Paragraph) -> Iterator[tuple[str, Span]]:
    for place, clause in enumerate(paragraph.clauses):
        yield f"clauses[{place}].text", clause.span
    for place, one in enumerate(paragraph.assignments):
        yield f"assignments[{place}].assignee", one.assignee_span
        yield f"assignments[{place}].text", one.span
        if one.deadline:
            yield f"assignments[{place}].deadline.text", one.deadline.span
    for place, closing in enumerate(paragraph.closings):
        yield f"closes[{place}].outcome", closing.outcome_span


def _of_head(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "body": paragraph.body,
        "date": paragraph.day.isoformat() if paragraph.day else None,
        "paragraph": paragraph.number,
        "title": paragraph.title.text if paragraph.title else None,
        "diarienummer": paragraph.case_number.text if paragraph.case_number else None,
        "related": [one.text for one in paragraph.related],
    }


def _assignment(one: Assignment) -> dict[str, Any]:
    return {
        "clause": one.clause + 1,
        "assignee": one.assignee,
        "text": one.text,
        "in_force": one.in_force,
        "deadline": _deadline(one.deadline) if one.deadline else None,
    }


def _closing(one: Closing) -> dict[str, str | None]:
    return {
        "body": one.body,
        "date": one.day.isoformat() if one.day else None,
        "paragraph": one.paragraph,
        "point": one.point,
        "outcome": one.outcome,
    }


def _vote(one: Vote) -> dict[str, str | int | None]:
    return {
        "question": one.question.text if one.question else None,
        "ja": one.yes,
        "nej": one.no,
        "avstar": one.abstained,
    }


def _signatures(signed: Signatures) -> dict[str, Any]:
    return {"lines": list(signed.lines), "digital": signed.digital}


def _deadline(deadline: Deadline) -> dict[str, str | None]:
    days = {"date": deadline.due, "from": deadline.first, "to": deadline.last}
    return {
        "text": deadline.text,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "kind": deadline.kind.value,
    }
