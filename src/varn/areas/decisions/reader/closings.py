"""Clauses that close earlier assignments by reference to body, date, § and point."""

from dataclasses import dataclass, replace
from itertools import pairwise

from .endings import Ending, closes, endings_of
from .givers import Giver, giver_before, giver_behind, giver_of_all, named
from .model import Clause, Closing, Span
from .page import Page
from .references import (
    Reference,
    dated,
    only_reference,
    references_around,
    references_in,
    with_own_points,
)
from .sentences import sentences
from .words import fold

_FAR = 240


@dataclass(frozen=True, kw_only=True)
class _Ended:
    """An assignment that a clause ends, by its reference, and the body that is said to have given it.

    `behind` is where that body is named behind the reference, `outside` where title or background tell of it.
    """

    clause: int
    ending: Ending
    reference: Reference
    giver: Giver | None = None
    behind: bool = False
    outside: bool = False


def read_closings(
    page: Page, clauses: list[Clause], body: str | None, elsewhere: list[tuple[int, int]]
) -> list[Closing]:
    """What the clauses in force close; `elsewhere` may name the assignment where the clause does not."""
    found: list[_Ended] = []
    around: list[_Ended] | None = None
    for place, clause in enumerate(clauses):
        endings = endings_of(page, clause) if clause.body is None else []
        own = _ended_in(page, place, clause, endings, body)
        if endings and (not own or any(one.reference.day is None for one in own)):
            around = _ended_around(page, place, endings[0], elsewhere, body) if around is None else around
            here = [replace(one, clause=place, ending=endings[0]) for one in around]
            own = _from_around(page, clause, own, here)
        found += own
    return [closing for one in _of_one_list(page, found, body) for closing in _closings(one, body)]


def closes_without_reference(page: Page, clause: Clause) -> bool:
    """Whether a clause declares an assignment done without saying which."""
    return closes(page, clause) and not references_in(page.text, clause.span.start, clause.span.end)


def _ended_in(page: Page, place: int, clause: Clause, endings: list[Ending], body: str | None) -> list[_Ended]:
    found: list[_Ended] = []
    for ending in endings:
        start = max(ending.span.start, found[-1].reference.end if found else 0)
        references = references_in(page.text, start, ending.span.end)
        if not references and ending.lead:
            references = only_reference(page.text, start, ending.span.end)
        found += _with_givers(page, place, ending, start, references, body)
    if found or not endings:
        return found
    references = references_in(page.text, clause.span.start, clause.span.end)
    return _with_givers(page, place, endings[0], clause.span.start, references, body)


def _with_givers(
    page: Page, place: int, ending: Ending, start: int, references: list[Reference], body: str | None
) -> list[_Ended]:
    """Each reference with the body before or behind it, else with that of the reference before it."""
    found: list[_Ended] = []
    begin = start
    stops = [*(one.start for one in references[1:]), ending.span.end]
    for reference, stop in zip(references, stops, strict=False):
        giver = _before(page.text[max(begin, reference.start - _FAR) : reference.start], reference, body)
        behind = giver_behind(page.text[reference.end : stop], body) if giver is None else None
        if behind:
            giver = behind[0]
        elif giver is None and found:
            giver = _like(found[-1], reference, body)
        found.append(_Ended(clause=place, ending=ending, reference=reference, giver=giver, behind=behind is not None))
        begin = reference.end + (behind[1] if behind else 0)
    for one, other in list(pairwise(found))[::-1]:
        if one.giver is None and other.behind:
            found[found.index(one)] = replace(one, giver=_like(other, one.reference, body))
    return found


def _before(words: str, reference: Reference, body: str | None) -> Giver | None:
    """The body beside the § itself, or the one named before the day."""
    return named(reference.short, body) if reference.short else giver_before(words, body)


def _like(other: _Ended, reference: Reference, body: str | None) -> Giver | None:
    """The body of the reference beside; one named behind that reference is sure only of the same meeting."""
    if not other.behind or other.reference.day == reference.day:
        return other.giver
    return Giver(name=body, sure=False)


def _ended_around(
    page: Page, place: int, ending: Ending, elsewhere: list[tuple[int, int]], body: str | None
) -> list[_Ended]:
    """The assignments that title and background speak of, each with the body that its sentence names."""
    found: list[_Ended] = []
    for reference in references_around(page.text, elsewhere):
        above = page.text[max(0, reference.start - _FAR) : reference.start]
        begin, _ = sentences(above, 0, len(above))[-1] if above.strip() else (0, 0)
        giver = _before(above[begin:], reference, body)
        found.append(_Ended(clause=place, ending=ending, reference=reference, giver=giver, outside=True))
    return found


def _from_around(page: Page, clause: Clause, own: list[_Ended], around: list[_Ended]) -> list[_Ended]:
    """What title and background say of the assignment: its day, or all of it if they speak of one alone."""
    if not own:
        points = [replace(one, reference=with_own_points(page.text, clause.span, one.reference)) for one in around]
        return points if len(points) == 1 else []
    return [one if one.reference.day else _dated(one, around) for one in own]


def _dated(one: _Ended, around: list[_Ended]) -> _Ended:
    reference = dated(one.reference, [other.reference for other in around])
    number, day = reference.number, reference.day
    known = next((each for each in around if each.reference.number == number and each.reference.day == day), None)
    return replace(one, reference=reference, giver=one.giver or known.giver, outside=True) if known else one


def _of_one_list(page: Page, found: list[_Ended], body: str | None) -> list[_Ended]:
    """The lines that name no body with the one their lead names for all; unsure where other lines name their own."""
    named_in = {one.ending.lead for one in found if one.giver}
    return [
        replace(one, giver=_of_all(page, one.ending.lead, body, mixed=one.ending.lead in named_in))
        if one.giver is None and one.ending.lead
        else one
        for one in found
    ]


def _of_all(page: Page, lead: Span, body: str | None, *, mixed: bool) -> Giver | None:
    said = giver_of_all(page.text[lead.start : lead.end], body)
    return said or (Giver(name=body, sure=False) if mixed else None)


def _closings(one: _Ended, body: str | None) -> list[Closing]:
    giver = one.giver or Giver(name=body, sure=True)
    return [
        Closing(
            clause=one.clause,
            body=giver.name,
            day=one.reference.day,
            paragraph=one.reference.number,
            point=point,
            outcome=fold(one.ending.outcome.text),
            outcome_span=one.ending.outcome.span,
            reason=_reason(one, giver),
        )
        for point in one.reference.points
    ]


def _reason(one: _Ended, giver: Giver) -> str | None:
    """What a person has to confirm of it."""
    if one.outside:
        return "reference_outside_the_clause"
    if one.reference.day is None:
        return "day_not_stated"
    return None if giver.sure else "giver_unclear"
