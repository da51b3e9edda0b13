"""Text of minutes → its §§."""

import re
from dataclasses import replace

from . import bodies, limits
from .dates import DAY, day_of
from .errors import Unreadable
from .furniture import Fact, part
from .lines import Line, printed_lines
from .model import Doubt, Paragraph
from .paragraph import Setting, read_paragraph, settings_of
from .split import sections
from .words import TABLES, any_of, pattern

_DATED = pattern(
    rf"{any_of(TABLES['furniture']['date_labels'])} ?:?[^\d]{{0,40}}({DAY})|(?:plats och tid|tid och"
    rf" plats)\b.{{0,120}}?({DAY})|(?:^|\n)(?:tid|tidpunkt|dag|dag och tid|datum och tid) ?:? ?({DAY})",
    re.IGNORECASE,
)
_ORGAN = pattern(
    rf"(?:organ|nämnd/styrelse|forum|instans|beslutsinstans|nämnd|styrelse) ?:? ({bodies.NAME})", re.IGNORECASE
)
_BOARD_MEETS = re.compile(r"styrelse(?:möte|sammanträde|protokoll|ns?\b)", re.IGNORECASE)
_PREFACE_LINES = 120


def read_text(text: str) -> list[Paragraph]:
    """Every § of the minutes in order; raises `Unreadable` when there is none."""
    if not text.strip():
        raise Unreadable("empty")
    limits.refuse_above(limits.CHARACTERS, text, "too_long")
    kept, facts = part(printed_lines(text))
    found = sections(kept)
    if not found:
        raise Unreadable("not_minutes")
    limits.refuse_above(limits.PARAGRAPHS, found, "too_many_paragraphs")
    preface = _preface(kept[: found[0].first], facts)
    settings = settings_of(facts, found, preface)
    read = [read_paragraph(kept, section, setting) for section, setting in zip(found, settings, strict=True)]
    return _of_one_body(read)


def _of_one_body(read: list[Paragraph]) -> list[Paragraph]:
    """Where only some § say which body met and all of those name the same one, the others are its §§ too."""
    named = {one.body for one in read if one.body}
    if len(named) != 1:
        return read
    doubt = Doubt(field="body", reason="body_from_wording")
    return [one if one.body else replace(one, body=next(iter(named)), doubts=(doubt, *one.doubts)) for one in read]


def _preface(lines: list[Line], facts: list[Fact]) -> Setting:
    """Body and day from the pages before the first §, where no page furniture tells them."""
    words = "\n".join(line.text for line in lines[:_PREFACE_LINES])
    organ, dated = _ORGAN.search(words), _DATED.search(words)
    first = next((name for line in lines[:12] for cell in line.cells if (name := bodies.whole_name(cell))), None)
    body = (bodies.whole_name(organ.group(1)) if organ else first) or _board(lines, words)
    return Setting(body=body, day=day_of(dated.group()) if dated else None)


def _board(lines: list[Line], words: str) -> str | None:
    """The board of the company over whose minutes its name stands."""
    if not _BOARD_MEETS.search(words):
        return None
    return next((name for line in lines[:12] for cell in line.cells if (name := bodies.board_of(cell))), None)
