"""Clauses that close earlier assignments by reference to body, date, § and point."""

import re
from bisect import bisect

from . import bodies
from .model import Clause, Closing, Passage, Span
from .page import Page
from .references import Reference, dated, references_around, references_in, with_own_points
from .sentences import sentences
from .words import TABLES, any_of, fold, pattern

_TABLE = TABLES["closings"]
_DONE = any_of(_TABLE["outcomes"])
_OUTCOME = pattern(
    rf"(?:(?:{any_of(_TABLE['noted'])}),? (?:och|samt) (?:uppdraget |uppdragen |att )?)?(?:(?:förklaras|förklara|"
    rf"förklarar|anses|anse|anser|bedöms|är|betraktas)\b(?: [^\s.,;]+){{0,6}}? {_DONE}\b|\b(?:förklara|förklarar|"
    rf"anse|anser|ansåg|förklarade) [^.;]{{0,240}}?\b{_DONE}\b|\b{any_of(_TABLE['alone'])}\b|"
    rf"\b(?P<ends>{any_of(_TABLE['ends'])})\b(?= (?:[^\s.;]+ ){{0,6}}?\w*uppdrag))",
    re.IGNORECASE,
)
_CHARGED = pattern(r"(?:\bi uppdrag|\buppdra(?:r|s|ga)?\b[^.;]{2,160}?) att\b[^.;]*$", re.IGNORECASE)
_TASK = pattern(r"\b\w*uppdrag(?:et|en|ets|ens)?\b|\bberedningsuppdrag\w*", re.IGNORECASE)
_GENITIVE = pattern(rf"(?P<body>{bodies.NAME}s) (?:\w+ )?(?:uppdrag|beredningsuppdrag|beslut)", re.IGNORECASE)
_FROM = pattern(rf"(?:från|av|i) (?P<body>{bodies.NAME}|KF|KS)\b", re.IGNORECASE)
_LONG_OUTCOME = 9
_NEAR = 160
_ANSWERED = pattern(r"\b(?:motion|medborgarförslag|interpellation|e-förslag|remiss)", re.IGNORECASE)
_TASK_ITSELF = pattern(
    r"uppdrag\w* (?:\S+ ){0,4}(?:förklaras|anses|är|avslutas)"
    r"|(?:och|samt) uppdrag\w* (?:\S+ ){0,5}(?:avslut|slutför|fullgjor)",
    re.IGNORECASE,
)
_REFUSED = pattern(r"\b(?:inte|ej)\b[^.]{0,20}$|\b(?:bordlägg|avslå|återremit|avstyrk)\w*[^.;,]*$", re.IGNORECASE)
_NOT = pattern(r"\b(?:inte|ej|icke)\b", re.IGNORECASE)


def read_closings(
    page: Page, clauses: list[Clause], body: str | None, elsewhere: list[tuple[int, int]]
) -> list[Closing]:
    """What the clauses in force close; `elsewhere` may name the assignment where the clause does not."""
    found: list[Closing] = []
    around: list[Reference] | None = None
    for place, clause in enumerate(clauses):
        outcome = _outcome(page, clause.span) or clause.closed
        if outcome is None or clause.body is not None:
            continue
        references = references_in(page.text, clause.span.start, clause.span.end)
        reason = None
        if not references or any(one.day is None for one in references):
            around = references_around(page.text, elsewhere) if around is None else around
            references, reason = _from_around(page, clause, references, around), "reference_outside_the_clause"
        found += [
            one for reference in references for one in _closings(page, place, clause, reference, outcome, body, reason)
        ]
    return found


def _from_around(page: Page, clause: Clause, own: list[Reference], around: list[Reference]) -> list[Reference]:
    """What title and background say of the assignment: its day, or all of it if they speak of one alone."""
    if own:
        return [one if one.day else dated(one, around) for one in own]
    return [with_own_points(page.text, clause.span, one) for one in around] if len(around) == 1 else []


def closed_in(page: Page, start: int, end: int) -> Passage | None:
    """The words by which a lead declares done the assignments that the points below it name."""
    return _outcome(page, Span(start=start, end=end))


def closes(page: Page, clause: Clause) -> bool:
    """Whether a clause declares an assignment done."""
    return (_outcome(page, clause.span) or clause.closed) is not None


def closes_without_reference(page: Page, clause: Clause) -> bool:
    """Whether a clause declares an assignment done without saying which."""
    return closes(page, clause) and not references_in(page.text, clause.span.start, clause.span.end)


def _outcome(page: Page, span: Span) -> Passage | None:
    words = page.text[span.start : span.end]
    if not _TASK.search(words):
        return None
    starts = [begin for begin, _ in sentences(words, 0, len(words))]
    found = next((match for match in _OUTCOME.finditer(words) if _ends_task(words, match, starts)), None)
    if found is None:
        return None
    first = (
        found.start() if len(found.group().split()) <= _LONG_OUTCOME else found.end() - len(found.group().split()[-1])
    )
    return page.passage(span.start + first, span.start + found.end())


def _ends_task(words: str, match: re.Match[str], starts: list[int]) -> bool:
    """Motions are answered and matters end too; only what an assignment is said to be counts.

    `förklaras inte fullgjort` and `inte … anses fullgjort` end nothing, nor does an assignment to end something.
    """
    begin = starts[max(bisect(starts, match.start()) - 1, 0)]
    sentence = words[begin : match.end()]
    if _REFUSED.search(words, max(begin, match.start() - _NEAR), match.start()) or _NOT.search(match.group()):
        return False
    if match["ends"]:
        return not _CHARGED.search(words, max(begin, match.start() - 2 * _NEAR), match.start())
    if _ANSWERED.search(sentence) and not _TASK.match(sentence.lstrip(" .")):
        return bool(_TASK_ITSELF.search(sentence))
    return bool(_TASK.search(sentence))


def _closings(
    page: Page,
    place: int,
    clause: Clause,
    reference: Reference,
    outcome: Passage,
    body: str | None,
    reason: str | None,
) -> list[Closing]:
    begin = clause.span.start if reason is None else 0
    words = page.text[max(begin, reference.start - _NEAR) : reference.end + _NEAR]
    return [
        Closing(
            clause=place,
            body=_body(words, reference, body),
            day=reference.day,
            paragraph=reference.number,
            point=point,
            outcome=fold(outcome.text),
            outcome_span=outcome.span,
            reason=reason,
        )
        for point in reference.points
    ]


def _body(words: str, reference: Reference, body: str | None) -> str | None:
    """The body that gave the assignment: the one in whose name it is mentioned, else the one that closes it."""
    if reference.short and (short := bodies.from_any(reference.short)):
        return short
    for shape in (_GENITIVE, _FROM):
        if (match := shape.search(words)) and (name := bodies.from_any(match["body"])):
            return name
    return body
