"""Raw text → printed lines: one kind of line end, no invisible characters, and where a page or a gap precedes."""

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = dict.fromkeys([*range(0x00, 0x09), 0x0B, *range(0x0E, 0x20), 0x7F, *range(0x200B, 0x2010), 0x2060, 0xFEFF])
_BLANKS = dict.fromkeys([0xA0, 0x2007, 0x202F, *range(0x2000, 0x200B)], " ")
_CELL = re.compile(r"\t+| {2,}|\s*\|\s*")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One printed line without its margins; `gap` tells that a blank line or a page break stands above it."""

    text: str
    gap: bool
    page: bool = False

    @property
    def cells(self) -> list[str]:
        return [cell for cell in _CELL.split(self.text) if cell]


def printed_lines(raw: str) -> list[Line]:
    """Every line that holds something, in order."""
    lines: list[Line] = []
    gap = page = False
    for row in _clean(raw).split("\n"):
        page = page or "\f" in row
        text = row.replace("\f", " ").strip(" \t")
        if text:
            lines.append(Line(text=text, gap=gap or page or not lines, page=page))
        gap, page = not text, page and not text
    return lines


def _clean(raw: str) -> str:
    text = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    text = re.sub(r"\u00ad[ \t]*\n[ \t]*", "", text).replace("\u00ad", "")
    text = text.translate({**_INVISIBLE, **_BLANKS}).replace("**", "")
    return re.sub(r"(?m)^[ \t]*#{1,6} ", "", text)
