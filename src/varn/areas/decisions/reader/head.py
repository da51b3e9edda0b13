"""The head of a §: number, title and case number, whatever their order."""

import re
from dataclasses import dataclass

from . import bodies, casenumbers
from .headings import heading
from .model import Passage, Span
from .page import Page, Row
from .split import AGENDA, Start
from .words import TABLES, any_of, pattern

_LABEL = casenumbers.LABEL
_UNFINISHED = frozenset(TABLES["head"]["unfinished"])
_ALSO = pattern(r"(?:[\s,/]*[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,7} ?§ ?\d{1,4}(?:/\d{2,4})?(?!\d))+")
_LEADING = re.compile(r"\s*(?P<number>\d{1,6}/(?:(?:19|20)\d{2}|\d{2}))(?!\d)(?=\s+\D|\s*$)")
_SENTENCE = pattern(
    r"[.!?]$|\b(?:beslutar|informerar|redogör|förrättas|meddelar|utses|öppnar|hälsar|föredrar|lämnar|väljs|framför|rapporterar)\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b(?:m\.?fl|m\.?m|t\.?ex|bl\.?a|s\.?k|nr|kap|dnr|inkl|ang|resp|tel|st)\.$", re.IGNORECASE)
_PLAN = pattern(
    rf"(?:-\d{{1,3}})?[\d.]*(?:[\s,(]*{any_of(TABLES['head']['plans'])}\.? ?:? ?[\d.-]+|\s\d{{2,3}}(?=\s|$))?",
    re.IGNORECASE,
)
_OFFICER = re.compile(
    rf"(?:^|(?<=\n)|(?<=[\t ]{{2}})|(?<=\t)){any_of(TABLES['head']['officers'])}\s?:[^\n]*$", re.IGNORECASE
)
_TITLED = pattern(
    rf"[\s(]*(?:{any_of(TABLES['head']['titled'])} ?:[ \t]+(?=\S)|\d{{1,2}}\.[ \t]+(?=(?-i:[A-ZÅÄÖ])))", re.IGNORECASE
)
_LABELLED_TITLE = pattern(rf"{any_of(TABLES['head']['titled'])}(?: ?:\s+|\t+|[ ]{{3,}})(?=\S)", re.IGNORECASE)
_TITLE_ROWS = 6
_LATE_ROWS = 8


@dataclass(frozen=True, kw_only=True)
class Head:
    """What the head says, and the first row below it."""

    number: Span | None
    title: Passage | None
    case_number: Passage | None
    below: int


def read_head(page: Page, start: Start | None, opening: int) -> Head:
    """The head of the §; `opening` is the row on which its number stands."""
    pieces, below, number = _pieces(page, start, opening)
    case = _case_number(page, pieces) or _late_case_number(page, below)
    titles = [piece for row in pieces for piece in _without(page, row, case) if piece]
    title = page.passage(titles[0][0], titles[-1][1], strip="-–—:*_|,;") if titles else None
    return Head(number=number, title=_if_words(title) or _late_title(page, below), case_number=case, below=below)


def _pieces(page: Page, start: Start | None, opening: int) -> tuple[list[tuple[int, int]], int, Span | None]:
    """The stretches of text that may hold title and case number, and the first row after them."""
    rows, number = page.rows, None
    pieces = [(row.start, row.end) for row in rows[:opening] if not _is_beside(row.text)]
    below = opening
    if start is not None and rows:
        row = rows[opening]
        shift = row.text.rfind(start.number, 0, start.rest)
        number = Span(start=row.start + shift, end=row.start + shift + len(start.number))
        after = min(start.rest, len(row.text))
        if also := _ALSO.match(row.text, after):
            after = also.end()
        pieces.append((row.start + max(after, shift + len(start.number)), row.end))
        below = opening + 1
    if start is None and rows and rows[0].text[0].islower():
        return [], 0, None
    titled = any(_words(page.text[a:b]) for a, b in pieces)
    while below < len(rows) and _goes_on(page, pieces, rows, below, titled):
        also = _ALSO.match(rows[below].text)
        pieces.append((rows[below].start + (also.end() if also else 0), rows[below].end))
        titled = titled or _words(page.text[slice(*pieces[-1])])
        below += 1
    return pieces, below, number


def _is_beside(text: str) -> bool:
    """Whether a row above the number says where the matter stands elsewhere: in another body, on the agenda."""
    return bool(_ALSO.fullmatch(text) or AGENDA.fullmatch(text))


def _goes_on(page: Page, pieces: list[tuple[int, int]], rows: tuple[Row, ...], at: int, titled: bool) -> bool:
    """Whether the row still belongs to the head."""
    row = rows[at]
    if casenumbers.is_case_number(row.text) or (casenumbers.labelled(row.text) and _LABEL.match(row.text)):
        return True
    if _LABEL.fullmatch(row.text) and at + 1 < len(rows) and casenumbers.is_case_number(rows[at + 1].text):
        return True
    found = heading(row.text)
    if found is not None:
        return not titled and found.kind in ("background", "note", "movers") and found.content is None
    if not titled:
        return True
    if len([1 for a, b in pieces if _words(page.text[a:b])]) >= _TITLE_ROWS:
        return False
    last = next(page.text[a:b] for a, b in reversed(pieces) if page.text[a:b].strip())
    return _is_title_going_on(last, row, rows[at + 1 :])


def _is_title_going_on(last: str, row: Row, rest: tuple[Row, ...]) -> bool:
    """Whether the row is one more line of a title: the one above is unfinished, or a heading follows."""
    ends = last.split()[-1].lower() if last.split() else ""
    if row.gap:
        return ends in _UNFINISHED or (ends.endswith((",", "-")) and not casenumbers.is_case_number(last))
    if ends in _UNFINISHED or row.text[0].islower() or ends.endswith(","):
        return not (_SENTENCE.search(row.text) and len(row.text) > 90)
    before = _rows_before_heading(row, rest)
    if before is None or (len(last) < 28 and not _is_numbered(rest[len(before) - 1 :])):
        return False
    return not any(_SENTENCE.search(text) and not _ABBREVIATED.search(text) for text in before)


def _rows_before_heading(row: Row, rest: tuple[Row, ...]) -> list[str] | None:
    """The rows from this one until the next heading, if it comes soon and no gap comes first."""
    texts = [row.text]
    for below in rest[:3]:
        if heading(below.text) is not None or casenumbers.is_case_number(below.text) or _LABEL.match(below.text):
            return texts
        if below.gap:
            return texts
        texts.append(below.text)
    return None


def _is_numbered(rest: tuple[Row, ...]) -> bool:
    """Whether the case number stands right below, so that what is above it is all title."""
    return (
        bool(rest)
        and not rest[0].gap
        and (casenumbers.is_case_number(rest[0].text) or bool(_LABEL.match(rest[0].text)))
    )


def _case_number(page: Page, pieces: list[tuple[int, int]]) -> Passage | None:
    for start, end in pieces:
        if found := casenumbers.labelled(page.text[start:end]):
            return page.passage(start + found.start, start + found.end)
    for start, end in pieces:
        for cell in re.finditer(r"\S(?:(?!\t| {2,}).)*", page.text[start:end]):
            if casenumbers.is_case_number(cell.group()):
                found = casenumbers.unlabelled(cell.group())[0]
                return page.passage(start + cell.start() + found.start, start + cell.start() + found.end)
    for start, end in pieces:
        piece = page.text[start:end]
        if leading := _LEADING.match(piece):
            return page.passage(start + leading.start("number"), start + leading.end("number"))
        for found in casenumbers.unlabelled(piece, lettered=True):
            if not piece[: found.start].strip(" (") or not piece[found.end :].strip(" )"):
                return page.passage(start + found.start, start + found.end)
    return None


def _late_case_number(page: Page, below: int) -> Passage | None:
    """The case number on a line of its own under recipients or the like that stand first in the §."""
    for row in page.rows[below : below + _LATE_ROWS]:
        if casenumbers.is_labelled(row.text) and (found := casenumbers.labelled(row.text)):
            return page.passage(row.start + found.start, row.start + found.end)
    return None


def _late_title(page: Page, below: int) -> Passage | None:
    """The title after its label, where the decision stands first in the §."""
    for row in page.rows[below : below + _LATE_ROWS]:
        if label := _LABELLED_TITLE.match(row.text):
            return page.passage(row.start + label.end(), row.end)
    return None


def _without(page: Page, piece: tuple[int, int], case: Passage | None) -> list[tuple[int, int]]:
    """The stretch without the case number and its label."""
    start, end = _without_officer(page.text, *piece)
    if case is None or not start <= case.span.start < end:
        cut = (
            _LABEL.match(page.text[start:end].strip())
            if _LABEL.match(page.text[start:end].strip()) and not case
            else None
        )
        return [] if cut or not _words(page.text[start:end]) else [_trimmed(page, start, end)]
    label = [
        found
        for found in casenumbers.NAMED.finditer(page.text[start : case.span.start])
        if not page.text[start + found.end() : case.span.start].strip()
    ]
    before = (start, start + label[-1].start() if label else case.span.start)
    after = (case.span.end, end)
    plan = _PLAN.match(page.text[after[0] : end])
    after = (after[0] + (plan.end() if plan else 0), end)
    return [_trimmed(page, a, b) for a, b in (before, after) if _words(page.text[a:b])]


def _without_officer(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without `Handläggare: Vera Malm` at its end."""
    officer = _OFFICER.search(text, start, end)
    return start, officer.start() if officer else end


def _trimmed(page: Page, start: int, end: int) -> tuple[int, int]:
    if label := _TITLED.match(page.text, start, end):
        start = label.end()
    piece = page.text[start:end]
    return start + len(piece) - len(piece.lstrip(" \t(,;")), end - (len(piece) - len(piece.rstrip(" \t(")))


def _words(text: str) -> bool:
    """Whether the text holds words besides a case number, its label and the name of a body."""
    text = text[: _without_officer(text, 0, len(text))[1]]
    label = _LABEL.match(text.strip())
    if label and not casenumbers.labelled(text):
        return False
    rest = text
    if found := casenumbers.labelled(text):
        plan = _PLAN.match(text, found.end)
        rest = _LABEL.sub(" ", text[: found.start]) + " " + text[plan.end() if plan else found.end :]
    elif casenumbers.is_case_number(text):
        return False
    for found in reversed(casenumbers.unlabelled(rest)):
        rest = rest[: found.start] + rest[found.end :]
    return (
        bool(re.search(r"[a-zåäö]{2}|[A-ZÅÄÖ]{2}(?!\d)|\d{4}\s*[-–]\s*\d{4}", rest)) and bodies.whole_name(rest) is None
    )


def _if_words(title: Passage | None) -> Passage | None:
    return title if title and title.text else None
