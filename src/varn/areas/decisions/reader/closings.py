"""Clauses that close earlier assignments by reference to body, date, § and point."""

import re
from dataclasses import dataclass, replace
from datetime import date

from . import bodies
from .dates import DAY, day_of
from .model import Clause, Closing, Passage, Span
from .page import Page
from .words import TABLES, any_of, fold, pattern

_TABLE = TABLES["closings"]
_DONE = any_of(_TABLE["outcomes"])
_OUTCOME = pattern(
    rf"(?:(?:{any_of(_TABLE['noted'])}),? (?:och|samt) (?:uppdraget |uppdragen |att )?)?(?:(?:förklaras|förklara|"
    rf"förklarar|anses|anse|anser|bedöms|är|betraktas)\b(?: [^\s.,;]+){{0,6}}? {_DONE}\b|\b(?:förklara|förklarar|"
    rf"anse|anser|ansåg|förklarade) [^.;]{{0,240}}?\b{_DONE}\b|\b{any_of(_TABLE['alone'])}\b|\b(?:avslutar|"
    r"avsluta|avskriva|avskriver)\b)",
    re.IGNORECASE,
)
_TASK = pattern(r"\b\w*uppdrag(?:et|en|ets|ens)?\b|\bberedningsuppdrag\w*", re.IGNORECASE)
_NUMBER = r"\d{1,4}(?:/\d{2,4})?"
_POINTS = (
    r"(?:,? ?\(?(?:besluts)?(?:punkt(?:en|erna|er)?|p\.?|att-sats(?:en|erna)?) ?(?P<points>\d{1,2}(?: ?(?:,|och|samt|"
    r"-|–) ?\d{1,2}(?!\d))*)\)?)?"
)
_REFERENCE = pattern(
    rf"(?P<day>{DAY})\)?,? ?(?:\(?(?:KF|KS|[A-ZÅÄÖ]{{2,4}}) ?)?§ ?(?P<number>{_NUMBER})(?!\d){_POINTS}"
    rf"|(?:(?P<short>[A-ZÅÄÖ]{{2,4}}) )?§ ?(?P<number2>{_NUMBER})(?!\d),? ?(?:den |från den |från |av den |"
    rf"\()?(?P<day2>{DAY}){_POINTS.replace('points', 'points2')}",
    re.IGNORECASE,
)
_LINK = pattern(
    r"[\s,;]*(?:(?:och|samt|respektive|den|från|uppdrag|uppdraget|uppdragen|beslut|dels|i|av|enligt|"
    rf"{bodies.NAME}s?)[\s,;]*){{0,6}}",
    re.IGNORECASE,
)
_GENITIVE = pattern(rf"(?P<body>{bodies.NAME}s) (?:\w+ )?(?:uppdrag|beredningsuppdrag|beslut)", re.IGNORECASE)
_FROM = pattern(rf"(?:från|av|i) (?P<body>{bodies.NAME}|KF|KS)\b", re.IGNORECASE)
_ANOTHER = pattern(r"\batt\b", re.IGNORECASE)
_LONG_OUTCOME = 9
_NEAR = 160
_MOST = 50
_REFUSED = pattern(r"\b(?:inte|ej)\b[^.]{0,20}$", re.IGNORECASE)
_NOT = pattern(r"\b(?:inte|ej|icke)\b", re.IGNORECASE)
_FURTHER = pattern(rf"(?:,| och| samt|, och) § ?(?P<number>{_NUMBER})(?!\d)(?!,? ?{DAY})", re.IGNORECASE)
_OWN_POINTS = pattern(rf"§ ?(?P<number>{_NUMBER})(?!\d){_POINTS}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class _Reference:
    day: date | None
    number: str
    points: tuple[str | None, ...]
    start: int
    end: int
    short: str | None


def read_closings(
    page: Page, clauses: list[Clause], body: str | None, elsewhere: list[tuple[int, int]]
) -> list[Closing]:
    """What the clauses in force close; `elsewhere` may name the assignment where the clause does not."""
    found: list[Closing] = []
    only_one: list[_Reference] | None = None
    for place, clause in enumerate(clauses):
        outcome = _outcome(page, clause.span) or clause.closed
        if outcome is None or clause.body is not None:
            continue
        references = _references(page.text, clause.span.start, clause.span.end)
        reason = None
        if not references:
            only_one = _only_one(page, elsewhere) if only_one is None else only_one
            references = [_with_own_points(page.text, clause.span, one) for one in only_one]
            reason = "reference_outside_the_clause"
        found += [
            one for reference in references for one in _closings(page, place, clause, reference, outcome, body, reason)
        ]
    return found


def closed_in(page: Page, start: int, end: int) -> Passage | None:
    """The words by which a lead declares done the assignments that the points below it name."""
    return _outcome(page, Span(start=start, end=end))


def closes(page: Page, clause: Clause) -> bool:
    """Whether a clause declares an assignment done."""
    return (_outcome(page, clause.span) or clause.closed) is not None


def closes_without_reference(page: Page, clause: Clause) -> bool:
    """Whether a clause declares an assignment done without saying which."""
    return closes(page, clause) and not _references(page.text, clause.span.start, clause.span.end)


def _outcome(page: Page, span: Span) -> Passage | None:
    words = page.text[span.start : span.end]
    task = _TASK.search(words)
    if task is None:
        return None
    found = next(
        (match for match in _OUTCOME.finditer(words) if _is_about_task(words, match) and not _is_refused(words, match)),
        None,
    )
    if found is None:
        return None
    first = (
        found.start() if len(found.group().split()) <= _LONG_OUTCOME else found.end() - len(found.group().split()[-1])
    )
    return page.passage(span.start + first, span.start + found.end())


def _is_refused(words: str, match: re.Match[str]) -> bool:
    """`förklaras inte fullgjort` and `inte … anses fullgjort` close nothing."""
    return bool(_REFUSED.search(words[: match.start()]) or _NOT.search(match.group()))


def _is_about_task(words: str, match: re.Match[str]) -> bool:
    """Motions are answered and matters end too; only what an assignment is said to be counts."""
    begin = max(words.rfind(". ", 0, match.start()), 0)
    sentence = words[begin : match.end()]
    if re.search(
        r"\b(?:motion|medborgarförslag|interpellation|e-förslag|remiss)", sentence, re.IGNORECASE
    ) and not _TASK.match(sentence.lstrip(" .")):
        return bool(re.search(r"uppdrag\w*\s+(?:\S+\s+){0,4}(?:förklaras|anses|är|avslutas)", sentence, re.IGNORECASE))
    return bool(_TASK.search(sentence))


def _references(text: str, start: int, end: int) -> list[_Reference]:
    """The first reference after the word assignment, and those that are joined to it."""
    task = _TASK.search(text, start, end)
    chain: list[_Reference] = []
    for match in _REFERENCE.finditer(text, task.start() if task else start, end):
        if len(chain) == _MOST:
            break
        if chain and not _LINK.fullmatch(text[chain[-1].end : match.start()]):
            break
        if not chain and _too_deep(text[task.end() if task else start : match.start()]):
            break
        chain += [_reference(match), *_further(text, match, end)]
    return chain or _reference_before(text, start, task.start() if task else end)


def _further(text: str, match: re.Match[str], end: int) -> list[_Reference]:
    """`2005-11-23, § 97 och § 98`: the numbers that follow belong to the same day."""
    first, found = _reference(match), []
    while len(found) < _MOST and (more := _FURTHER.match(text, found[-1].end if found else match.end(), end)):
        found.append(replace(first, number=more["number"], points=(None,), start=more.start(), end=more.end()))
    return found


def _reference_before(text: str, start: int, end: int) -> list[_Reference]:
    """`Kommunfullmäktiges beslut 2021-10-28 § 10 om uppdrag …`: the reference stands before the word assignment."""
    return [_reference(match) for match in _REFERENCE.finditer(text, start, end)][-1:]


def _too_deep(between: str) -> bool:
    """Whether the reference already lies within what the assignment was about."""
    return bool(_ANOTHER.search(between)) and len(between) > 30


def _reference(match: re.Match[str]) -> _Reference:
    points = match["points"] or match["points2"]
    return _Reference(
        day=day_of(match["day"] or match["day2"]),
        number=match["number"] or match["number2"],
        points=_listed(points),
        start=match.start(),
        end=match.end(),
        short=match["short"],
    )


def _listed(points: str | None) -> tuple[str | None, ...]:
    """`1, 3–5` → 1, 3, 4, 5."""
    if points is None:
        return (None,)
    listed: list[str] = []
    for first, last in re.findall(r"(\d+)(?:\s*[-–]\s*(\d+))?", points):
        listed += [str(number) for number in range(int(first), min(int(last or first), int(first) + 30) + 1)]
    return tuple(listed) or (None,)


def _only_one(page: Page, stretches: list[tuple[int, int]]) -> list[_Reference]:
    """The one assignment by date and § that title and background speak of; none if they speak of several."""
    found = {
        (reference.day, reference.number): reference
        for start, end in stretches
        for match in _REFERENCE.finditer(page.text, start, end)
        if pattern(r"uppdrag|uppdrog|gav|i uppdrag", re.IGNORECASE).search(
            page.text, max(start, match.start() - 90), min(end, match.end() + 90)
        )
        for reference in [_reference(match)]
    }
    return list(found.values()) if len(found) == 1 else []


def _with_own_points(text: str, span: Span, reference: _Reference) -> _Reference:
    """The reference with the points that the clause itself names of the same §."""
    own = _OWN_POINTS.search(text, span.start, span.end)
    same = own is not None and own["number"].split("/")[0] == reference.number.split("/")[0]
    return replace(reference, points=_listed(own["points"])) if own and same and own["points"] else reference


def _closings(
    page: Page,
    place: int,
    clause: Clause,
    reference: _Reference,
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


def _body(words: str, reference: _Reference, body: str | None) -> str | None:
    """The body that gave the assignment: the one in whose name it is mentioned, else the one that closes it."""
    if reference.short and (short := bodies.from_any(reference.short)):
        return short
    for shape in (_GENITIVE, _FROM):
        if (match := shape.search(words)) and (name := bodies.from_any(match["body"])):
            return name
    return body
