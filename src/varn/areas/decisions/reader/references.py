"""References to earlier decisions: by day, § and point, one alone or several joined."""

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from .dates import DAY, day_of
from .givers import BODY
from .model import Span
from .words import pattern

_NUMBER = r"\d{1,4}(?:/\d{2,4})?"
_POINTS = (
    r"(?:,? ?\(?(?:besluts)?(?:punkt(?:en|erna|er)?|p\.?|att-sats(?:en|erna)?) ?(?P<points>\d{1,2}(?: ?(?:,|och|samt|"
    r"-|–) ?\d{1,2}(?!\d))*)\)?)?"
)
_DATED = (
    rf"(?P<day>{DAY})\)?,? ?(?:\(?(?P<short4>[A-ZÅÄÖ]{{2,4}}) ?)?§{{1,2}} ?(?P<number>{_NUMBER})(?!\d){_POINTS}"
    rf"|(?:(?P<short>[A-ZÅÄÖ]{{2,4}}) )?§ ?(?P<number2>{_NUMBER})(?!\d),? ?(?:den |från den |från |av den |"
    rf"\()?(?P<day2>{DAY}){_POINTS.replace('points', 'points2')}"
)
_REFERENCE = pattern(_DATED, re.IGNORECASE)
_OF_YEAR = r"\d{1,4}/(?:(?:19|20)\d{2}|\d{2})"
_UNDATED = rf"(?:(?P<short3>[A-ZÅÄÖ]{{2,4}}) )?§ ?(?P<number3>{_OF_YEAR})(?!\d){_POINTS.replace('points', 'points3')}"
_IN_CLAUSE = pattern(rf"{_DATED}|{_UNDATED}", re.IGNORECASE)
_TASK = pattern(r"\b\w*uppdrag(?:et|en|ets|ens)?\b|\bberedningsuppdrag\w*", re.IGNORECASE)
_CHARGING = pattern(r"uppdrag|uppdrog|gav|i uppdrag", re.IGNORECASE)
_LINK = pattern(
    r"[\s,;()]*(?:(?:och|samt|respektive|den|från|uppdrag|uppdraget|uppdragen|beslut|dels|att|i|av|enligt|"
    rf"{BODY})[\s,;()]*){{0,6}}",
    re.IGNORECASE,
)
_ANOTHER = pattern(r"\batt\b", re.IGNORECASE)
_FURTHER = pattern(rf"(?:,| och| samt|, och) (?P<sign>§ ?)?(?P<number>{_NUMBER})(?![\d.-])(?!,? ?{DAY})", re.IGNORECASE)
_OWN_POINTS = pattern(rf"§ ?(?P<number>{_NUMBER})(?!\d){_POINTS}", re.IGNORECASE)
_MOST = 50
_MANY = 200
_AROUND = 90


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A § of an earlier meeting; `day` is None where only its year is told, in the number."""

    day: date | None
    number: str
    points: tuple[str | None, ...]
    start: int
    end: int
    short: str | None


def references_in(text: str, start: int, end: int) -> list[Reference]:
    """The first reference after the word assignment, and those that are joined to it."""
    task = _TASK.search(text, start, end)
    chain: list[Reference] = []
    for match in _IN_CLAUSE.finditer(text, task.start() if task else start, end):
        if len(chain) == _MOST:
            break
        if chain and not _LINK.fullmatch(text[chain[-1].end : match.start()]):
            break
        if not chain and _too_deep(text[task.end() if task else start : match.start()]):
            break
        chain += [_reference(match), *_further(text, match, end)]
    return chain or _before(text, start, task.start() if task else end)


def only_reference(text: str, start: int, end: int) -> list[Reference]:
    """The one reference that a line of a list names, however far behind what the assignment is about."""
    found = list(islice(_IN_CLAUSE.finditer(text, start, end), 2))
    return [_reference(match) for match in found] if len(found) == 1 else []


def only_references(text: str, start: int, end: int) -> bool:
    """Whether nothing but references stands there."""
    place = start
    for match in _IN_CLAUSE.finditer(text, start, end):
        if not _LINK.fullmatch(text, place, match.start()):
            return False
        place = match.end()
    return place > start and not text[place:end].strip(" ,\n")


def references_around(text: str, stretches: list[tuple[int, int]]) -> list[Reference]:
    """The assignments by day and § that the stretches speak of, each once."""
    found = {
        (reference.day, reference.number): reference
        for start, end in stretches
        for match in _REFERENCE.finditer(text, start, end)
        if _CHARGING.search(text, max(start, match.start() - _AROUND), min(end, match.end() + _AROUND))
        for reference in [_reference(match)]
    }
    return list(found.values())


def with_own_points(text: str, span: Span, reference: Reference) -> Reference:
    """The reference with the points that the clause itself names of the same §."""
    own = _OWN_POINTS.search(text, span.start, span.end)
    same = own is not None and own["number"].split("/")[0] == reference.number.split("/")[0]
    return replace(reference, points=_listed(own["points"])) if own and same and own["points"] else reference


def dated(undated: Reference, known: list[Reference]) -> Reference:
    """The reference with the day that the one known § of that number and year bears."""
    number, _, year = undated.number.partition("/")
    days = [one for one in known[:_MANY] if one.day and one.number.split("/")[0] == number]
    same = [one for one in days if year and str(one.day.year).endswith(year)]
    return replace(undated, day=same[0].day, number=same[0].number) if len(same) == 1 else undated


def _further(text: str, match: re.Match[str], end: int) -> list[Reference]:
    """`2005-11-23, § 97 och § 98`: the numbers that follow belong to the same day."""
    first, found = _reference(match), []
    if first.day is None:
        return []
    while len(found) < _MOST and (more := _FURTHER.match(text, found[-1].end if found else match.end(), end)):
        if not more["sign"] and "§§" not in match.group():
            break
        found.append(replace(first, number=more["number"], points=(None,), start=more.start(), end=more.end()))
    return found


def _before(text: str, start: int, end: int) -> list[Reference]:
    """`Kommunfullmäktiges beslut 2021-10-28 § 10 om uppdrag …`: the reference stands before the word assignment."""
    return [_reference(match) for match in _IN_CLAUSE.finditer(text, start, end)][-1:]


def _too_deep(between: str) -> bool:
    """Whether the reference already lies within what the assignment was about."""
    return bool(_ANOTHER.search(between)) and len(between) > 30


def _reference(match: re.Match[str]) -> Reference:
    told = {name.rstrip("234"): value for name, value in match.groupdict().items() if value}
    short = told.get("short", "")
    return Reference(
        day=day_of(told["day"]) if "day" in told else None,
        number=told["number"],
        points=_listed(told.get("points")),
        start=match.start(),
        end=match.end(),
        short=short if short.isupper() else None,
    )


def _listed(points: str | None) -> tuple[str | None, ...]:
    """`1, 3–5` → 1, 3, 4, 5."""
    if points is None:
        return (None,)
    listed: list[str] = []
    for first, last in re.findall(r"(\d+)(?:\s*[-–]\s*(\d+))?", points):
        listed += [str(number) for number in range(int(first), min(int(last or first), int(first) + 30) + 1)]
    return tuple(listed) or (None,)
