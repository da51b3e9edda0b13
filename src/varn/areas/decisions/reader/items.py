"""Rows → items: points, letters, dashes, att-clauses, or paragraphs of running text."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from . import bodies
from .page import Row
from .words import TABLES, any_of, pattern

_POINT = re.compile(r"(?:[-–—•]\s*)?\(?(?P<number>\d{1,2})\s?(?:[.)]|\.\))(?:\s+(?=\S)|(?=[A-ZÅÄÖa-zåäö]))")
_SUB_POINT = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,2}\.?\s+(?=[A-ZÅÄÖa-zåäö])")
_PLAIN_POINT = re.compile(r"(?P<number>\d{1,2})\s+(?=[A-ZÅÄÖa-zåäö])")
_LETTER = re.compile(r"\(?[a-zåäö]\)\s+(?=\S)")
_DASH = re.compile(r"(?:[-–—•·▪●○◦*‒\uf0b7\uf02d\u2219➢►]|o(?=\s{2,}|\s[A-ZÅÄÖ]))\s*(?=[^\s-])")
_ATT = re.compile(r"(?:dels\s+|samt\s+)?att\b", re.IGNORECASE)
_CLOSED = re.compile(r"[.;:,!?]['”\")]?$|\b(?:samt|och|att)$")
_WAITING = pattern(rf"\b{any_of(TABLES['clauses']['waiting'])}\w*(?:(?!\batt\b).)*$", re.IGNORECASE)
_DECIDES = pattern(rf"{bodies.NAME} {any_of(TABLES['clauses']['verbs'])}\b")
_DECIDING = pattern(rf"\b{any_of(TABLES['clauses']['decides'])}", re.IGNORECASE)
_OPENER = pattern(rf"(?:{any_of(TABLES['clauses']['openers'])})\b")
_INFINITIVE = pattern(rf"{any_of([word.lower() for word in TABLES['clauses']['openers']])}\b")
_ANNOUNCES = re.compile(r"(?:\batt|:)$")
_FULL = 0.75
_NEAR = 5
_FAR = 40
_UNFINISHED = frozenset(TABLES["head"]["unfinished"]) - {"att", "samt", "och"}


@dataclass(frozen=True, kw_only=True)
class Item:
    """A stretch of text with its marker left out; `number` only where the minutes number it."""

    start: int
    end: int
    number: int | None = None
    marked: bool = False
    gap: bool = False
    capital: bool = False


@dataclass(frozen=True, kw_only=True)
class Mark:
    style: str
    width: int
    number: int | None = None


def items_of(rows: tuple[Row, ...]) -> list[Item]:
    """The items in order. Where points are numbered, letters and dashes under them stay within their point."""
    style = _style(rows)
    widest = max((len(row.text) for row in rows), default=0)
    items: list[Item] = []
    count, within = 0, False
    for place, row in enumerate(rows):
        mark = _mark(row, style, count, _above(rows, place, items))
        within = mark is not None and bool(items) and _lies_within(row, mark, rows[place - 1], items[-1], within)
        if mark is not None and within:
            items[-1] = replace(items[-1], end=row.end)
        elif mark is not None:
            count = mark.number or count
            items.append(
                Item(
                    start=row.start + mark.width,
                    end=row.end,
                    number=mark.number,
                    marked=True,
                    gap=row.gap,
                    capital=row.text[mark.width : mark.width + 1].isupper(),
                )
            )
        elif items and not _parts(row, rows[place - 1], items[-1], style, widest):
            items[-1] = replace(items[-1], end=row.end)
        else:
            count = 0 if items else count
            items.append(Item(start=row.start, end=row.end, gap=row.gap))
    return items


def _lies_within(row: Row, mark: Mark, above: Row, item: Item, within: bool) -> bool:
    """Whether a dash lists what the point above announced with `att` or a colon; such dashes begin in lower case."""
    if mark.style != "dash" or row.text[mark.width : mark.width + 1].isupper():
        return False
    return within or (item.end == above.end and item.capital and bool(_ANNOUNCES.search(above.text)))


def _above(rows: tuple[Row, ...], place: int, items: list[Item]) -> str:
    """The last rows of the item that the row may go on with."""
    begin = items[-1].start if items else 0
    return " ".join(other.text for other in rows[max(0, place - _NEAR) : place] if other.end > begin)


def begins_att(text: str) -> bool:
    """Whether the line begins with `att`, `dels att` or `samt att`."""
    return bool(_ATT.match(text))


def lists_verbs(rows: tuple[Row, ...]) -> bool:
    """Whether the rows list infinitives, as below a lead that ends with `att`."""
    return bool(rows and _INFINITIVE.match(rows[0].text)) and any(
        _INFINITIVE.match(row.text) and _CLOSED.search(above.text) for above, row in pairwise(rows[:_FAR])
    )


def lists_atts(rows: tuple[Row, ...]) -> bool:
    """Whether the rows list more than one att-clause."""
    return bool(rows and _ATT.match(rows[0].text)) and any(
        _ATT.match(row.text) and _CLOSED.search(above.text) for above, row in pairwise(rows)
    )


def point_number(text: str) -> int | None:
    """The number that the line bears as a point."""
    point = _POINT.match(text)
    return int(point["number"]) if point else None


def bullet_width(text: str) -> int:
    """How many characters of the line are a dash, dot, letter or number before the words."""
    for shape in (_POINT, _LETTER, _DASH):
        if match := shape.match(text):
            return match.end()
    return 0


def _style(rows: tuple[Row, ...]) -> str:
    """How the items of the block are marked; the outermost kind of mark wins."""
    for row in rows:
        point = _POINT.match(row.text)
        if point and point["number"] == "1":
            return "point"
        if _LETTER.match(row.text):
            return "letter"
        if _DASH.match(row.text):
            return "dash"
        if (
            row.text.startswith("1 ")
            and _PLAIN_POINT.match(row.text)
            and any(other.text.startswith("2 ") for other in rows)
        ):
            return "plain"
    if rows and any(_POINT.match(row.text) for row in rows[:3]):
        return "point"
    atts = [
        row
        for place, row in enumerate(rows)
        if _ATT.match(row.text) and (place == 0 or row.gap or _CLOSED.search(rows[place - 1].text))
    ]
    if atts and (atts[0] is rows[0] or len(rows) > 1):
        return "att"
    return "verb" if lists_verbs(rows) else "running"


def _mark(row: Row, style: str, count: int, above: str) -> Mark | None:
    if style == "point" and count and (sub := _SUB_POINT.match(row.text)):
        return Mark(style=style, width=sub.end(), number=count)
    if style == "point":
        return _numbered(_POINT.match(row.text), count, style, first=not above)
    if style == "plain":
        return _numbered(_PLAIN_POINT.match(row.text), count, style)
    if style in ("letter", "dash"):
        match = (_LETTER if style == "letter" else _DASH).match(row.text)
        return Mark(style=style, width=match.end()) if match else None
    if style == "verb" and _INFINITIVE.match(row.text) and (not above or row.gap or _CLOSED.search(above)):
        return Mark(style=style, width=0)
    if style == "att" and _ATT.match(row.text) and _may_begin_att(row, above):
        return Mark(style=style, width=0)
    return None


def _numbered(match: re.Match[str] | None, count: int, style: str, *, first: bool = False) -> Mark | None:
    """The point's mark when its number is the next one, or when the numbers begin anew; the first may be any."""
    if match is None:
        return None
    number = int(match["number"])
    if number not in (count + 1, 1) and not first and not (count == 0 and number < 20):
        return None
    return Mark(style=style, width=match.end(), number=number)


def _may_begin_att(row: Row, above: str) -> bool:
    """A line that begins with `att` begins a clause unless a verb above still waits for its `att`."""
    if not above or row.gap or _CLOSED.search(above):
        return True
    return not _WAITING.search(above) and above.split()[-1].lower() not in _UNFINISHED


def _parts(row: Row, above: Row, item: Item, style: str, widest: int) -> bool:
    """Whether an unmarked row begins a new item instead of going on with the one above."""
    if row.gap:
        if row.page and style != "running" and item.marked:
            return False
        if row.text[0].islower() or above.text.endswith((",", "-")) or above.text.split()[-1].lower() in _UNFINISHED:
            return False
        return style not in ("point", "plain", "letter") or not bullet_width(row.text)
    if style == "running" and _begins_line(row, above, widest):
        return True
    return item.marked and above.text.endswith(".") and bool(_DECIDES.match(row.text))


def _begins_line(row: Row, above: Row, widest: int) -> bool:
    """Whether nothing but the end of a line parts two clauses: a verb opens the row, or the one above was cut short."""
    unfinished = above.text.endswith((",", "-", "–", ":", ";", ".")) or above.text.split()[-1].lower() in _UNFINISHED
    if unfinished or not row.text[0].isupper():
        return False
    if _OPENER.match(row.text) and (_OPENER.match(above.text) or len(above.text) < _FULL * widest):
        return True
    short = len(above.text) < _FULL * widest
    return short and bool(_DECIDING.search(above.text) and _DECIDING.search(row.text))
