"""Page furniture: headers, footers, page numbers and signature lines that are not part of any §, and what they tell."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from . import bodies
from .dates import day_of
from .headings import kind_of
from .kinds import Kind, in_a_row, kinds_of
from .lines import Line
from .recurring import recurring
from .words import TABLES, any_of, pattern

_CERTIFIES = pattern(rf"{any_of(TABLES['furniture']['certifying'])} ?:?", re.IGNORECASE)
_CERTIFIER = pattern(r"[A-ZÅÄÖ][\wåäöé-]+(?: [A-ZÅÄÖ][\wåäöé-]+){1,3}(?:, [a-zåäö ]{4,40})?")
_VERIFIED = pattern(rf"{any_of(TABLES['furniture']['verified'])} ?:?", re.IGNORECASE)
_MOST_VERIFIERS = 4
_TITLE = pattern(r"[A-ZÅÄÖa-zåäö][a-zåäö-]{3,30}(?:sekreterare|chef|jurist|handläggare|administratör|registrator)")
_DIGITAL = pattern(any_of(TABLES["furniture"]["digital"]), re.IGNORECASE)
_OWNER = re.compile(r"(?:nämndens|styrelsens|fullmäktiges)$", re.IGNORECASE)
_STRONG = frozenset({Kind.ADDRESS, Kind.PAGE, Kind.POSTED, Kind.PROTOCOL, Kind.SIGNATURE, Kind.LABEL})

_HEAD = 12
_NO_PAGE = ([Kind.RULE], [Kind.POSTED])


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What a piece of furniture says, and before which kept line it stood. `labelled` facts name themselves."""

    at: int
    body: str | None = None
    day: date | None = None
    signature: str | None = None
    labelled: bool = False


def part(lines: list[Line]) -> tuple[list[Line], list[Fact]]:
    """The lines that belong to the §§, and the facts of the furniture taken away."""
    lines = _names_made_whole(lines)
    kinds = [kinds_of(line) for line in lines]
    opening = next((index for index, line in enumerate(lines) if "§" in line.text[:12]), len(lines))
    taken = _settled(lines, kinds, opening) | recurring(lines, kinds)
    taken |= _case_numbers(lines, kinds, taken) | _certificates(lines) | _addresses(lines, kinds)
    kept: list[Line] = []
    facts: list[Fact] = []
    break_above = page_above = ruled = False
    for index, line in enumerate(lines):
        if index in taken:
            facts += _facts(index, lines, kinds, taken, len(kept))
            break_above, page_above = break_above or line.gap, page_above or line.page or kinds[index] not in _NO_PAGE
            ruled = ruled or kinds[index] == [Kind.RULE]
        else:
            page = line.page or page_above
            kept.append(Line(text=line.text, gap=line.gap or break_above, page=page, ruled=ruled and not page))
            break_above = page_above = ruled = False
    return kept, facts


def _settled(lines: list[Line], kinds: list[list[Kind] | None], opening: int) -> set[int]:
    """The lines that are furniture by themselves or by their neighbours."""
    taken = {
        i
        for i, found in enumerate(kinds)
        if found and (_is_strong(lines[i], found) or (i < opening and Kind.PROTOCOL in found))
    }
    for _ in range(4):
        more = {
            i for i, found in enumerate(kinds) if found and i not in taken and _leans(i, lines, kinds, taken, opening)
        }
        if not more:
            break
        taken |= more
    return taken


def _is_strong(line: Line, found: list[Kind]) -> bool:
    if Kind.RULE in found and len(found) == 1:
        return True
    if found == [Kind.ADDRESS]:
        return not line.text.endswith(".")
    if found == [Kind.PROTOCOL] and kind_of(line.text) is not None:
        return line.text.isupper() and not line.text.endswith(":")
    if found == [Kind.LABEL] and line.text.lower().strip(" :") in ("datum", "sammanträde"):
        return False
    return bool(_STRONG & set(found)) or (len(found) > 1 and set(found) >= {Kind.BODY, Kind.DATE})


def _leans(index: int, lines: list[Line], kinds: list[list[Kind] | None], taken: set[int], opening: int) -> bool:
    """A bare name, date or number is furniture only where other furniture stands next to it."""
    if kinds[index] == [Kind.CASE] or kind_of(lines[index].text) is not None:
        return False
    below = _next(index, lines)
    heads_page = lines[index].page or index == 0 or (index - 1 in taken and kinds[index - 1] not in _NO_PAGE)
    if index - 2 in taken and kinds[index - 1] == [Kind.RULE] and index - 1 in taken:
        heads_page = True
    if Kind.BODY in (kinds[index] or []) and index + 1 in taken and _repeats_head(index, lines, opening):
        return True
    if Kind.BODY in (kinds[index] or []):
        if index > opening and kind_of(lines[index - 1].text) == "recipients":
            return False
        if not lines[index].gap and index and index - 1 not in taken:
            return index + 1 < len(lines) and not lines[index + 1].gap and _announces(below, lines, kinds)
        return heads_page or _announces(below, lines, kinds)
    return (
        heads_page
        or (index + 1 in taken and lines[index].gap)
        or (index == len(lines) - 1 and lines[index].gap and Kind.NUMBER in (kinds[index] or []))
    )


def _repeats_head(index: int, lines: list[Line], opening: int) -> bool:
    """Whether the line and the one below it stand in the same way in the head of the first page."""
    pair = (lines[index].text, lines[index + 1].text)
    return index > opening and any((one.text, two.text) == pair for one, two in pairwise(lines[: min(opening, _HEAD)]))


def _next(index: int, lines: list[Line]) -> int:
    """The line below, past one heading that a page break put in between."""
    below = index + 1
    if below < len(lines) and kind_of(lines[below].text) is not None:
        below += 1
    return below


def _announces(index: int, lines: list[Line], kinds: list[list[Kind] | None]) -> bool:
    """Whether the line, or the one under a bare day, says on the same page that these are minutes or when it was."""
    if index < len(lines) and lines[index].page:
        return False
    if index + 1 < len(lines) and kinds[index] == [Kind.DATE] and not lines[index + 1].gap:
        index += 1
    found = set(kinds[index] or []) if index < len(lines) else set()
    return bool({Kind.PROTOCOL, Kind.LABEL} & found) and Kind.SIGNATURE not in found


def _case_numbers(lines: list[Line], kinds: list[list[Kind] | None], taken: set[int]) -> set[int]:
    """The number of the minutes themselves, where it ends the head of more than one page."""
    places = [i for i, found in enumerate(kinds) if found == [Kind.CASE] and i - 1 in taken and i and not lines[i].gap]
    often = Counter(lines[i].text for i in places)
    return {i for i in places if often[lines[i].text] > 1}


def _addresses(lines: list[Line], kinds: list[list[Kind] | None]) -> set[int]:
    """The addresses themselves, in columns under a line that names them."""
    return {
        i + 1
        for i, found in enumerate(kinds[:-1])
        if found == [Kind.ADDRESS] and ":" not in lines[i].text and len(lines[i + 1].cells) > 1 and not lines[i + 1].gap
    }


def _certificates(lines: list[Line]) -> set[int]:
    """The words that certify an extract, with name and title under them, or the names of those who verified."""
    taken: set[int] = set()
    for i, line in enumerate(lines):
        if _CERTIFIES.fullmatch(line.text):
            taken |= {i, *_below(i, lines, (_CERTIFIER, _TITLE, _TITLE))}
        elif _VERIFIED.fullmatch(line.text):
            taken |= {i, *_below(i, lines, (_CERTIFIER,) * _MOST_VERIFIERS)}
    return taken


def _below(place: int, lines: list[Line], shapes: tuple[re.Pattern[str], ...]) -> list[int]:
    """The lines right below that have the shapes in turn."""
    found: list[int] = []
    for below, shape in zip(range(place + 1, len(lines)), shapes, strict=False):
        if lines[below].page or not shape.fullmatch(lines[below].text):
            break
        found.append(below)
    return found


def _names_made_whole(lines: list[Line]) -> list[Line]:
    """The lines with a body's name whole that the columns of a head had divided over two."""
    done: list[Line] = []
    for line in lines:
        above = done[-1] if done else None
        if above is not None and not line.gap and line.text.islower() and _OWNER.search(above.cells[0]):
            name = f"{above.cells[0]} {line.text}"
            if bodies.whole_name(name) and (len(above.cells) > 1 or above.gap):
                done[-1] = Line(text=name + above.text[len(above.cells[0]) :], gap=above.gap, page=above.page)
                continue
        done.append(line)
    return done


def _facts(index: int, lines: list[Line], kinds: list[list[Kind] | None], taken: set[int], at: int) -> list[Fact]:
    found, facts = kinds[index] or [], []
    for kind, cell in zip(found, _cells(lines[index], found), strict=False):
        if kind is Kind.BODY:
            facts.append(Fact(at=at, body=bodies.whole_name(cell)))
        elif kind is Kind.LABEL:
            day = day_of(cell) or _day_below(index, lines, kinds, taken)
            facts += [Fact(at=at, day=day, labelled=True)] if day and Kind.DATE not in found else []
        elif kind is Kind.DATE and Kind.SIGNATURE not in found:
            facts.append(Fact(at=at, day=day_of(cell), labelled=Kind.LABEL in found))
        elif kind is Kind.SIGNATURE or (kind is Kind.POSTED and _DIGITAL.search(cell)):
            facts.append(Fact(at=at, signature=cell))
        elif kind is Kind.PROTOCOL:
            facts += [Fact(at=at, body=name) for name in _body_in(cell)]
    return facts


def _cells(line: Line, found: list[Kind]) -> list[str]:
    return line.cells if len(line.cells) == len(found) else [piece for _, piece in in_a_row(line.text)]


def _body_in(cell: str) -> list[str]:
    last = cell.split(",")[0].split()
    name = bodies.whole_name(last[-1]) if last and "," in cell else None
    return [name] if name else []


def _day_below(index: int, lines: list[Line], kinds: list[list[Kind] | None], taken: set[int]) -> date | None:
    """The day that stands under its label, alone or as a cell of the next line."""
    if index + 1 >= len(lines) or index + 1 not in taken:
        return None
    return next((day for cell in lines[index + 1].cells if (day := day_of(cell))), None)
