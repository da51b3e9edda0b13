"""What the reader of minutes proposes, as a decision that a person can confirm or correct."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from varn.areas.decisions.rules.clauses import clause_kind
from varn.areas.decisions.rules.confirmed import (
    ConfirmedAssignment,
    ConfirmedClause,
    ConfirmedClosing,
    ConfirmedDeadline,
    ConfirmedDecision,
    ConfirmedExtension,
    ConfirmedMotion,
    ConfirmedPassage,
    ConfirmedRecipient,
    ConfirmedSignature,
    ConfirmedVote,
)
from varn.areas.decisions.rules.kinds import ClauseKind, DeadlineKind
from varn.areas.decisions.rules.recipients import purpose_for

Found = Mapping[str, Any]


def proposed(found: Found, *, body: str = "", day: date | None = None) -> ConfirmedDecision:
    """The § as the reader understood it. `body` and `day` fill in what the text itself does not say."""
    ending = _ending(found)
    clauses = tuple(_clause(clause, ends=at in ending) for at, clause in enumerate(_rows(found, "clauses")))
    assignments = tuple(_assignment(assignment) for assignment in _rows(found, "assignments"))
    assignees = [assignment.assignee for assignment in assignments]
    return ConfirmedDecision(
        body=found.get("body") or body,
        date=_day(found.get("date")) or day,
        paragraph=str(found.get("paragraph") or ""),
        title=found.get("title") or "",
        case_number=found.get("diarienummer") or "",
        text=found.get("text") or "",
        clauses=clauses,
        assignments=assignments,
        closings=tuple(_closing(closing) for closing in _rows(found, "closes")),
        extensions=_extensions(clauses),
        motions=tuple(ConfirmedMotion(by=tuple(row["by"]), text=row["text"]) for row in _rows(found, "proposals")),
        votes=tuple(_vote(vote) for vote in _rows(found, "votes")),
        reservations=_passages(found, "reservations"),
        basis=_passages(found, "basis"),
        related=_passages(found, "related"),
        mentions=_passages(found, "mentioned"),
        recipients=tuple(
            ConfirmedRecipient(text=words, purpose=purpose_for(words, assignees))
            for words in _texts(found, "recipients")
        ),
        signatures=_signatures(found.get("signatures")),
    )


def doubts(found: Found) -> tuple[tuple[str, str], ...]:
    """The field paths that a person must confirm, each with the reader's code for why."""
    return tuple((doubt["field"], doubt.get("reason", "")) for doubt in found.get("uncertain") or ())


def reasons_about(path: str, doubted: Sequence[tuple[str, str]]) -> list[str]:
    """Why this part ("assignments[0]") must be confirmed; empty when nothing about it is uncertain."""
    return sorted({why for field, why in doubted if path and (field == path or field.startswith(f"{path}."))})


def reasons_about_the_whole(doubted: Sequence[tuple[str, str]]) -> list[str]:
    """Why something that is in no list of parts ("body", or that no clause was found) must be confirmed."""
    return sorted({why for field, why in doubted if "[" not in field})


def _ending(found: Found) -> set[int]:
    """The places of the clauses that end earlier assignments: by their own words, or named below a lead that does."""
    texts, spans = [clause["text"] for clause in _rows(found, "clauses")], found.get("spans") or {}
    unnamed = {field for field, why in doubts(found) if why == "closes_without_reference"}
    ending = {place for place in range(len(texts)) if f"clauses[{place}]" in unnamed}
    for at, closing in enumerate(_rows(found, "closes")):
        begin, _ = spans.get(f"closes[{at}].outcome", (-1, -1))
        clauses = [spans.get(f"clauses[{place}].text", (0, 0)) for place in range(len(texts))]
        within = [place for place, (first, last) in enumerate(clauses) if first <= begin < last]
        named = re.compile(rf"§\s*{re.escape(closing.get('paragraph') or '§')}\b")
        ending.update(within or [place for place, text in enumerate(texts) if named.search(text)])
    return ending


def _clause(clause: Found, *, ends: bool) -> ConfirmedClause:
    number, for_body = clause.get("n"), clause.get("for") or ""
    kind = clause_kind(clause["text"], for_body=for_body)
    return ConfirmedClause(
        number="" if number is None else str(number),
        text=clause["text"],
        kind=ClauseKind.CLOSES if ends and kind not in (ClauseKind.PROPOSES, ClauseKind.EXTENDS) else kind,
        for_body=for_body,
    )


def _assignment(assignment: Found) -> ConfirmedAssignment:
    """The assignment; `clause` is the place of its clause, from one, as in the form."""
    return ConfirmedAssignment(
        clause=assignment["clause"],
        assignee=assignment["assignee"],
        text=assignment["text"],
        in_force=assignment.get("in_force", True),
        deadline=_deadline(assignment.get("deadline")),
    )


def _deadline(deadline: Found | None) -> ConfirmedDeadline | None:
    if not deadline:
        return None
    last = _day(deadline.get("to")) or _day(deadline.get("date"))
    return ConfirmedDeadline(
        words=deadline["text"], kind=DeadlineKind(deadline["kind"]), first=_day(deadline.get("from")), last=last
    )


def _closing(closing: Found) -> ConfirmedClosing:
    return ConfirmedClosing(
        body=closing.get("body") or "",
        date=_day(closing.get("date")),
        paragraph=str(closing.get("paragraph") or ""),
        point=str(closing.get("point") or ""),
        outcome=closing.get("outcome") or "",
    )


def _extensions(clauses: Sequence[ConfirmedClause]) -> tuple[ConfirmedExtension, ...]:
    """One for each clause that extends; which assignment, and until when, is for a person to say."""
    extending = [place for place, clause in enumerate(clauses, start=1) if clause.kind is ClauseKind.EXTENDS]
    return tuple(ConfirmedExtension(clause=place) for place in extending)


def _vote(vote: Found) -> ConfirmedVote:
    return ConfirmedVote(
        question=vote.get("question") or "", yes=vote.get("ja"), no=vote.get("nej"), abstained=vote.get("avstar")
    )


def _signatures(found: Found | Sequence[str] | None) -> tuple[ConfirmedSignature, ...]:
    lines = found.get("lines", ()) if isinstance(found, Mapping) else found or ()
    return tuple(ConfirmedSignature(role=line) for line in _of_one_page(lines))


def _of_one_page(lines: Sequence[str]) -> Sequence[str]:
    """The lines once, where the foot of every page repeats them. Two of one kind beside each other are two people."""
    for length in range(2, len(lines) // 2 + 1):
        once, pages = list(lines[:length]), len(lines) // length
        if len(set(once)) > 1 and once * pages == list(lines):
            return once
    return lines


def _rows(found: Found, key: str) -> Sequence[Found]:
    return found.get(key) or ()


def _texts(found: Found, key: str) -> tuple[str, ...]:
    return tuple(row if isinstance(row, str) else row["text"] for row in found.get(key) or ())


def _passages(found: Found, key: str) -> tuple[ConfirmedPassage, ...]:
    return tuple(ConfirmedPassage(text=words) for words in _texts(found, key))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
