"""One § as text: its lines put together without broken words, each line with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .lines import Line
from .model import Passage, Span
from .words import fold

_HYPHEN = re.compile(r"[a-zåäöé]-")
_KEEPS = re.compile(r"(?:och|eller|samt|respektive|och/eller|till|som|resp|&)\b")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the § and where it stands in its text; a page may have ended above it, or a line been drawn."""

    text: str
    start: int
    gap: bool
    page: bool = False
    ruled: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, kw_only=True)
class Page:
    text: str
    rows: tuple[Row, ...]

    def passage(self, start: int, end: int, *, strip: str = "") -> Passage:
        """The piece of text as a value, without white space and the given characters at its ends."""
        piece = self.text[start:end]
        kept = piece.rstrip(strip + " \t\n").lstrip(strip + " \t\n") if strip else piece.strip()
        begin = start + (piece.find(kept) if kept else 0)
        return Passage(text=fold(kept), span=Span(start=begin, end=begin + len(kept)))


def put_together(lines: list[Line]) -> Page:
    """The § with words divided over lines made whole and a blank line where the print had one."""
    rows: list[Row] = []
    pieces: list[str] = []
    place = 0
    for line in _joined(lines):
        between = "" if not rows else "\n\n" if line.gap else "\n"
        place += len(between)
        rows.append(Row(text=line.text, start=place, gap=line.gap or not rows, page=line.page, ruled=line.ruled))
        pieces += [between, line.text]
        place += len(line.text)
    return Page(text="".join(pieces), rows=tuple(rows))


def _joined(lines: list[Line]) -> Iterator[Line]:
    first: Line | None = None
    pieces: list[str] = []
    for line in lines:
        glue = _glue(pieces[-1], line) if first else None
        if first and glue is None:
            yield Line(text="".join(pieces), gap=first.gap, page=first.page, ruled=first.ruled)
        if first is None or glue is None:
            first, pieces = line, [line.text]
        else:
            pieces[-1:] = [glue, line.text]
    if first:
        yield Line(text="".join(pieces), gap=first.gap, page=first.page, ruled=first.ruled)


def _glue(above: str, line: Line) -> str | None:
    """How the line above begins the word that the line ends; None if no word is divided between them."""
    first, end = line.text[0], above[-2:]
    if (line.gap and not line.page) or end[-1] not in "-–":
        return None
    if _HYPHEN.fullmatch(end) and first.islower():
        return above + " " if _KEEPS.match(line.text) else above[:-1]
    if end[0].isdigit() and first.isdigit():
        return above
    is_name = end[0].isalpha() and first.isupper() and not re.match(r"[A-ZÅÄÖ]{2,}\b", line.text)
    return above if is_name else None
