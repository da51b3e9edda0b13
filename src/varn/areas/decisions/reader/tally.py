"""Votes counted in a list that says how each member voted, where no line sums them up."""

import re

from .page import Row
from .people import MEMBER
from .words import pattern

_WORDS = {"yes": "ja", "no": "nej", "abstained": "avst(?:år|od|ått)"}
_WORD = {kind: pattern(rf"(?:^|[\t|]|\s)(?P<word>{word})(?=[\s|]|$)", re.IGNORECASE) for kind, word in _WORDS.items()}
_SAYS = pattern(rf"{MEMBER}[\s|:,]+(?P<said>{'|'.join(_WORDS.values())})\b", re.IGNORECASE)
_MEMBER = re.compile(MEMBER)
_MARK = re.compile(r"(?<![^\s|])[Xx✓✔☒](?![^\s|])")
_CELL = re.compile(r"\t|\|")
_FEWEST = 3
_ASKEW = 2


def tally(rows: tuple[Row, ...]) -> dict[str, int | None] | None:
    """How many voted yes, no or abstained by the marks or words beside the names; None where too few are listed."""
    said = _said(rows) or _marked(rows)
    if len(said) < _FEWEST:
        return None
    counts: dict[str, int | None] = {kind: said.count(kind) for kind in _WORDS}
    return counts if counts["abstained"] else counts | {"abstained": None}


def _said(rows: tuple[Row, ...]) -> list[str]:
    """What stands as a word after each name."""
    words = [match["said"].lower() for row in rows for match in _SAYS.finditer(row.text)]
    return [kind for word in words for kind, shape in _WORDS.items() if re.fullmatch(shape, word)]


def _marked(rows: tuple[Row, ...]) -> list[str]:
    """Under which heading the one mark of each name stands; nothing where a mark stands under none of them."""
    columns: dict[str, tuple[int, int]] = {}
    found: list[str] = []
    for row in rows:
        if heads := _heads(row.text):
            columns = heads
        elif columns and (member := _MEMBER.search(row.text)):
            marks = [_place(row.text, match.start()) for match in _MARK.finditer(row.text, member.end())]
            under = [kind for kind, (first, last) in columns.items() if marks and first <= marks[0] <= last]
            if len(marks) == 1 and len(under) == 1:
                found += under
            elif marks:
                return []
    return found


def _heads(text: str) -> dict[str, tuple[int, int]]:
    """The columns of a line that heads the list: it names yes and no after the heading of the names."""
    found = {kind: shape.search(text) for kind, shape in _WORD.items()}
    if not found["yes"] or not found["no"] or _MEMBER.search(text) or not text[: found["yes"].start("word")].strip():
        return {}
    return {kind: _width(text, match) for kind, match in found.items() if match}


def _width(text: str, word: re.Match[str]) -> tuple[int, int]:
    """How far a mark may stand from the heading of its column."""
    first, last = _place(text, word.start("word")), _place(text, word.end("word") - 1)
    return (first, last) if first == last else (first - _ASKEW, last + _ASKEW)


def _place(text: str, at: int) -> int:
    """The column by the cells before it, or by the characters where the columns are only set apart by blanks."""
    cells = len(_CELL.findall(text, 0, at))
    return cells * 1000 if cells else at
