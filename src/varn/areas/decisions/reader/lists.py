"""The lists of a §: basis documents and recipients."""

import re

from . import bodies
from .dates import DAY, day_of
from .items import bullet_width
from .model import Passage
from .page import Page, Row
from .sections import Block
from .sentences import sentences
from .words import OFFICE, TABLES, any_of, pattern

_TABLE = TABLES["lists"]
_UNFINISHED = frozenset(TABLES["head"]["unfinished"])
_OFFICE = pattern(OFFICE, re.IGNORECASE)
_EMPTY = frozenset(_TABLE["empty"])
_PURPOSE = pattern(rf"{any_of(_TABLE['purposes'])} ?:? ?", re.IGNORECASE)
_STOP = pattern(rf"{any_of(_TABLE['stops'])}\b", re.IGNORECASE)
_RULED = re.compile(r"[-_=]{3,}\s*[A-ZÅÄÖ]")
_NUMBERED_DOCUMENT = pattern(r"(?:19|20)\d{2}:? nr \d{1,4}\.?")
_ENCLOSED = pattern(r"Handling(?: \d{1,2})? ?:", re.IGNORECASE)
_APPENDIX = pattern(r"Bilaga (?:[A-ZÅÄÖ]{1,4} )?(?:\d[\d/:.-]*|[A-ZÅÄÖ])[,.:]? \S")
_PERSON = pattern(r"[A-ZÅÄÖ][\wåäöé.-]+(?: [A-ZÅÄÖ][\wåäöé.-]+){1,3}(?: \([A-ZÅÄÖa-zåäö]{1,3}\))?")
_HANDLED = pattern(rf"{bodies.NAME} (?:har )?(?:behandlat|behandlade|berett)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"[A-ZÅÄÖa-zåäö][a-zåäö-]{5,40}(?:en|et|na)")
_TITLED = pattern(rf"{any_of(_TABLE['titles'])}$", re.IGNORECASE)
_UNIT = pattern(r"(?:(?:lokal)?polisområde|avdelning|avd\.?|enhet|sektion|grupp|team|verksamhet|område) (?=[A-ZÅÄÖ])")
_JOINT = re.compile(r"[,;]\s*")
_CELL = re.compile(r"\S+(?:(?: {1,2}|\s*\n\s*)\S+)*")
_DATE = pattern(rf"(?:den )?{DAY}[.,]?", re.IGNORECASE)
_MOST_PARTS = 60
_COMPOUND = re.compile(r"-\s+och\b")


def read_basis(page: Page, blocks: list[Block]) -> list[Passage]:
    """The documents that the decision rests on, in order."""
    found: list[Passage] = []
    for block in blocks:
        for start, end in _entries(block.rows if block.kind == "basis" else _appendices(block)):
            if _NUMBERED_DOCUMENT.fullmatch(page.text[start:end].strip()) and _is_singular(block):
                found.append(page.passage(block.heading_start or 0, end, strip=".;,"))
            else:
                found += [page.passage(a, b, strip=".;,") for a, b in _documents(page, start, end)]
    return [one for one in found if re.search(r"[A-Za-zÅÄÖåäö0-9]{2}", one.text)]


def _documents(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of an entry; what is called `Handling 2: …` goes with the letter that it came with."""
    places: list[tuple[int, int]] = []
    for a, b in sentences(page.text, start, end):
        if places and _ENCLOSED.match(page.text, a, b):
            places[-1] = (places[-1][0], b)
        else:
            places.append((a, b))
    return places


def _appendices(block: Block) -> tuple[Row, ...]:
    """The rows that name appendices, where those stand first under a heading of preparation or background."""
    if block.kind != "background" or not block.heading_text:
        return ()
    for place, row in enumerate(block.rows):
        if not _APPENDIX.match(row.text) and (place == 0 or row.gap or row.text[0].isupper()):
            return block.rows[:place]
    return block.rows


def _is_singular(block: Block) -> bool:
    """`Handling` over a bare number is part of what the document is called."""
    return block.heading_text.strip(" :").lower() == "handling"


def read_recipients(page: Page, blocks: list[Block]) -> list[Passage]:
    """Those to whom the decision is sent, in order, with comma-joined lists of offices taken apart."""
    found: list[Passage] = []
    for block in blocks:
        if block.kind == "recipients":
            for start, end in _entries(_until_stop(block.rows)):
                found += _recipients(page, start, end)
    return found


def _until_stop(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows until a sentence begins that is no list any more."""
    for place, row in enumerate(rows):
        sentence = row.text.endswith(".") and len(row.text.split()) > 7
        if (
            _STOP.match(row.text)
            or _RULED.match(row.text)
            or (sentence and (place or not row.text[0].isupper() or "," not in row.text))
        ):
            return rows[:place]
    return rows


def _entries(rows: tuple[Row, ...]) -> list[tuple[int, int]]:
    """The places of the entries: one per bullet, per sentence or per line, wrapped lines put together."""
    bulleted = (
        sum(bool(bullet_width(row.text)) for row in rows) * 2 >= len(rows)
        and bool(rows)
        and bool(bullet_width(rows[0].text))
    )
    dotted = sum(row.text.endswith(".") for row in rows) * 2 > len(rows) - 1 and any(
        row.text.endswith(".") for row in rows
    )
    places: list[tuple[int, int]] = []
    for place, row in enumerate(rows):
        width = bullet_width(row.text)
        above = rows[place - 1] if place else None
        if above is not None and not width and _goes_on(above, row, bulleted, dotted):
            places[-1] = (places[-1][0], row.end)
        else:
            places.append((row.start + width, row.end))
    return places


def _goes_on(above: Row, row: Row, bulleted: bool, dotted: bool) -> bool:
    """Whether the row only goes on with the entry above it."""
    last = above.text.split()[-1].lower()
    unfinished = last in _UNFINISHED or above.text.endswith((",", "-", "–", "("))
    if _DATE.fullmatch(row.text) and not row.gap and not above.text.endswith("."):
        return not day_of(above.text)
    if row.gap:
        return unfinished and not above.text.endswith(",") and row.text[0].islower()
    if bulleted:
        return True
    if dotted:
        return not above.text.endswith(".") and not _HANDLED.match(row.text)
    return unfinished or (row.text[0].islower() and len(above.text) > 60) or row.text.startswith(("(", "§"))


def _recipients(page: Page, start: int, end: int) -> list[Passage]:
    purpose = _PURPOSE.match(page.text, start, end)
    if purpose and (purpose.group().rstrip().endswith(":") or purpose.end() >= end):
        start = purpose.end()
    whole = page.passage(start, end, strip=".;,:")
    if whole.text.lower() in _EMPTY or not re.search(r"[A-Za-zÅÄÖåäö]{2}", whole.text):
        return []
    parts = _in_columns(page, whole) or _parted(page, whole)
    return parts if len(parts) > 1 else [whole]


def _in_columns(page: Page, whole: Passage) -> list[Passage]:
    """The offices that stand beside each other on one line."""
    text, begin = page.text[whole.span.start : whole.span.end], whole.span.start
    cells = [(cell.start(), cell.end()) for cell in _CELL.finditer(text)]
    offices = len(cells) > 1 and all(_OFFICE.search(text[a:b]) and text[a].isupper() for a, b in cells)
    return [page.passage(begin + a, begin + b, strip=".;,:") for a, b in cells] if offices else []


def _parted(page: Page, whole: Passage) -> list[Passage]:
    """The parts of a list on one line; nothing is parted where a part is no office by itself."""
    text = page.text[whole.span.start : whole.span.end]
    if re.search(r"[–—]\s|\butom\b|\bexempelvis\b", text) or not 0 < len(_JOINT.findall(text)) < _MOST_PARTS:
        return []
    inside = [(one.start(), one.end()) for one in re.finditer(r"\([^()]{0,200}\)", text)]
    cuts = [cut for cut in _JOINT.finditer(text) if not any(start < cut.start() < end for start, end in inside)]
    last = re.search(r"\s(?:och|samt)\s+(?=\S+(?:\s\S+){0,3}$)", text[cuts[-1].end() :]) if cuts else None
    places, begin = [], 0
    for cut in cuts:
        places.append((begin, cut.start()))
        begin = cut.end()
    if last and not _COMPOUND.search(text[begin:]):
        places.append((begin, begin + last.start()))
        begin += last.end()
    places.append((begin, len(text)))
    words = [text[a:b].strip() for a, b in places]
    known = sum(bool(_OFFICE.search(word)) for word in words)
    offices = all(_is_office(word, known) for word in words)
    several = len(words) > 2 or any(bodies.whole_name(word) for word in words)
    mixed = several and all(_is_office(word, known) or _PERSON.fullmatch(word) for word in words)
    mixed = mixed and not any(_TITLED.search(word) for word in words)
    people = all(_PERSON.fullmatch(word) and not _OFFICE.search(word) for word in words)
    return (
        [page.passage(whole.span.start + a, whole.span.start + b) for a, b in places]
        if offices or people or mixed
        else []
    )


def _is_office(word: str, known: int) -> bool:
    """Whether the part is an office; beside two known ones a single word in the definite form is one too."""
    named = _OFFICE.search(word) or (known > 1 and _DEFINITE.fullmatch(word))
    return bool(named) and not _UNIT.match(word)
