"""Raw text → printed lines: one kind of line end, no invisible characters, and where a page or a gap precedes."""

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = dict.fromkeys([*range(0x00, 0x09), 0x0B, *range(0x0E, 0x20), 0x7F, *range(0x200B, 0x2010), 0x2060, 0xFEFF])
_BLANKS = dict.fromkeys([0xA0, 0x2007, 0x202F, *range(0x2000, 0x200B)], " ")
_CELL = re.compile(r"\t+| {2,}|\s*\|\s*|(?<=\S)\s+·\s+(?=\S)")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One printed line without its margins.

    `gap` tells that a blank line or a page break stands above it, `ruled` that a line of dashes does.
    """

    text: str
    gap: bool
    page: bool = False
    ruled: bool = False

    @property
    def cells(self) -> list[str]:
        return [cell for cell in _CELL.split(self.text) if cell]


def printed_lines(raw: str) -> list[Line]:
    """Every line that holds something, in order; in double-spaced text a single blank line is no gap."""
    lines: list[tuple[str, int, bool]] = []
    blanks, page = 0, False
    for row in _clean(raw).split("\n"):
        page = page or "\f" in row
        text = row.replace("\f", " ").strip(" \t")
        if text:
            lines.append((text, blanks, page))
        blanks, page = (0, False) if text else (blanks + 1, page)
    least = 2 if _is_double_spaced([above for _, above, _ in lines[1:]]) else 1
    return [
        Line(text=text, gap=above >= least or new_page or not place, page=new_page)
        for place, (text, above, new_page) in enumerate(lines)
    ]


def _is_double_spaced(blanks: list[int]) -> bool:
    """Whether nearly every line stands under exactly one blank line and paragraphs under more."""
    return (
        len(blanks) > 15 and blanks.count(0) * 10 < len(blanks) and blanks.count(1) < len(blanks) < blanks.count(1) * 2
    )


def _clean(raw: str) -> str:
    text = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    text = re.sub(r"\u00ad\s*\n\s*", "", text).replace("\u00ad", "")
    text = text.translate({**_INVISIBLE, **_BLANKS}).replace("**", "")
    return re.sub(r"(?m)^[ \t]*#{1,6} ", "", text)
