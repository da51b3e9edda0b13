"""Which deadline belongs to which assignment, also when it stands in another sentence or clause."""

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date

from .deadlines import read_deadlines
from .model import Assignment, Clause, Deadline, DeadlineKind, Span
from .page import Page
from .words import TABLES, any_of, pattern

_TABLE = TABLES["assignments"]
_PRODUCT = any_of(_TABLE["products"])
_LATER = pattern(rf"(?:Uppdrag(?P<many>en)?(?:et|en)?|\w*{_PRODUCT}(?:en|n|t|et)?|Detta)\b", re.IGNORECASE)
_REPORTED = pattern(
    rf"\b(?:{any_of(_TABLE['reporting'])}s?|återkommer|redovisar)\b"
    rf"|\b(?:ska|skall|bör|senast) (?:[^\s.;]+ ){{0,6}}?{any_of(_TABLE['delivered'])}\b",
    re.IGNORECASE,
)
_INTERIM = pattern(r"(?:läges|del|status|års|kvartals|månads)(?:rapport|redovisning|beskrivning)", re.IGNORECASE)
_POINTS = pattern(r"(?:punkt(?:en|erna)?|p\.?) (?P<points>\d{1,2}(?: ?(?:,|och|samt|-|–) ?\d{1,2})*)", re.IGNORECASE)
_MANY = pattern(r"uppdragen|samtliga uppdrag|båda uppdrag|alla uppdrag|uppdrag enligt", re.IGNORECASE)


def with_deadlines(
    page: Page, clauses: list[Clause], assignments: list[Assignment], meeting: date | None
) -> list[Assignment]:
    """The assignments with the deadline of their own clause, else the one that a later clause sets for them."""
    leads: dict[Span, int] = {}
    for one in assignments:
        leads.setdefault(one.assignee_span, clauses[one.clause].span.start)
    done = [
        replace(one, deadline=_own(page, place, assignments, clauses[one.clause], meeting))
        if one.assignee_span.end > clauses[one.clause].span.start
        else replace(one, deadline=_below_lead(page, one, clauses[one.clause], leads[one.assignee_span], meeting))
        for place, one in enumerate(assignments)
    ]
    done = _without_reports_on_earlier(page, done)
    charging = {one.clause for one in done}
    waiting = [at for at, one in enumerate(done) if one.deadline is None]
    for place, clause in enumerate(clauses):
        if not waiting or place in charging or not _speaks_of_reporting(clause):
            continue
        deadline = _best(read_deadlines(page.text, clause.span.start, clause.span.end, meeting))
        for at in _meant(clause, place, done, clauses, waiting) if deadline is not None else ():
            done[at] = replace(done[at], deadline=deadline)
            waiting.remove(at)
    return done


def _without_reports_on_earlier(page: Page, assignments: list[Assignment]) -> list[Assignment]:
    """Those left when an office that is to report on what an earlier clause charges it with only hears by when."""
    kept: list[Assignment] = []
    waiting: dict[str, int] = {}
    for one in assignments:
        reports = one.reason == "obligation_to_report" and waiting.get(one.assignee, one.clause) != one.clause
        if reports and not _INTERIM.search(page.text, one.assignee_span.end, one.span.end):
            continue
        kept.append(one)
        if one.deadline is None:
            waiting.setdefault(one.assignee, one.clause)
    return kept


def _speaks_of_reporting(clause: Clause) -> bool:
    return bool(_LATER.match(_without_att(clause.text)) or _REPORTED.search(clause.text))


def _own(
    page: Page, place: int, assignments: list[Assignment], clause: Clause, meeting: date | None
) -> Deadline | None:
    """The deadline between this assignment and the next one of the clause; for the first one also before its verb."""
    one, rest = assignments[place], assignments[place + 1 : place + 2]
    end = rest[0].assignee_span.start if rest and rest[0].clause == one.clause else clause.span.end
    begin = one.assignee_span.end if one.assignee_span.end <= one.span.start else one.span.start
    after = _best(read_deadlines(page.text, begin, max(begin, end), meeting))
    if after is not None or (place and assignments[place - 1].clause == one.clause):
        return after
    verb = max(clause.span.start, min(one.assignee_span.start, one.span.start))
    return _best(read_deadlines(page.text, clause.span.start, verb, meeting))


def _below_lead(page: Page, one: Assignment, clause: Clause, lead_ends: int, meeting: date | None) -> Deadline | None:
    """The deadline of a point whose lead charges somebody: its own, else the one that the lead sets for all."""
    own = _best(read_deadlines(page.text, clause.span.start, clause.span.end, meeting))
    return own or _best(read_deadlines(page.text, one.assignee_span.end, lead_ends, meeting))


def _best(found: list[Deadline]) -> Deadline | None:
    """A deadline with `senast` before others, then one with a day, then one with a time, then the first at all."""
    timed = [one for one in found if one.due or one.first]
    firm = [one for one in timed if one.text.lower().startswith("senast")]
    dated = [one for one in timed if one.due]
    plain = [one for one in found if one.kind is not DeadlineKind.VAGUE]
    return next((one for group in (firm, dated, timed, plain, found) for one in group), None)


def _meant(
    clause: Clause, place: int, assignments: list[Assignment], clauses: list[Clause], waiting: list[int]
) -> list[int]:
    """Of the assignments that wait for a deadline those of which `Uppdraget ska redovisas senast …` speaks."""
    above = waiting[: bisect_left(waiting, place, key=lambda at: assignments[at].clause)]
    if points := _POINTS.search(clause.text):
        numbers = _numbers(points["points"])
        return [at for at in above if clauses[assignments[at].clause].number in numbers]
    return above if _MANY.search(clause.text) else above[-1:]


def _numbers(points: str) -> set[int]:
    return {
        number
        for first, last in re.findall(r"(\d+)(?:\s*[-–]\s*(\d+))?", points)
        for number in range(int(first), min(int(last or first), int(first) + 30) + 1)
    }


def _without_att(text: str) -> str:
    return re.sub(r"^(?:[\wåäö-]+\s+beslutar\s+)?att\s+", "", text, flags=re.IGNORECASE)
