"""Text of minutes → its §§."""

import re
from dataclasses import replace
from datetime import date

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
_OF_BODY = pattern(
    rf"protokoll (?:från|för|fört vid|vid|i)(?: sammanträde(?:t)? med| möte(?:t)? med)? (?P<name>{bodies.NAME})"
    rf"|(?P<whose>{bodies.NAME}s) (?:sammanträdes|mötes)?(?:protokoll|sammanträde|möte)\b"
    rf"|(?:sammanträde|möte) (?:med|i) (?P<met>{bodies.NAME})|protokoll (?P<short>(?-i:KF|KS))\b",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(r"juster|anslag|utskri|överklag|upprätt|skriv|expedier", re.IGNORECASE)
_FIRST_LINES = 12
_DAY = pattern(DAY, re.IGNORECASE)
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
    if _are_rules(read, facts):
        raise Unreadable("not_minutes")
    return _of_one_body(read)


def _are_rules(read: list[Paragraph], facts: list[Fact]) -> bool:
    """Whether the §§ are those of rules: none decides or has a case number, and no page says who met or verified."""
    if len(read) == 1 or any(one.clauses or one.case_number for one in read):
        return False
    return not any(fact.body or fact.signature for fact in facts)


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
    first = next(
        (name for line in lines[:_FIRST_LINES] for cell in line.cells if (name := bodies.whole_name(cell))), None
    )
    body = bodies.whole_name(organ.group(1)) if organ else first
    day = day_of(dated.group()) if dated else _first_day(lines)
    return Setting(body=body or _body_met(lines) or _board(lines, words), day=day)


def _body_met(lines: list[Line]) -> str | None:
    """The body in `Protokoll från kommunstyrelsens sammanträde` at the top."""
    found = _OF_BODY.search("\n".join(line.text for line in lines[:_FIRST_LINES]))
    return bodies.from_any(next(name for name in found.groups() if name)) if found else None


def _first_day(lines: list[Line]) -> date | None:
    """The first day named at the top that is not one of verifying, posting or printing."""
    told = (line.text for line in lines[:_FIRST_LINES] if not _OTHER_DAY.search(line.text))
    return next((day for text in told if (found := _DAY.search(text)) and (day := day_of(found.group()))), None)


def _board(lines: list[Line], words: str) -> str | None:
    """The board of the company over whose minutes its name stands."""
    if not _BOARD_MEETS.search(words):
        return None
    return next((name for line in lines[:_FIRST_LINES] for cell in line.cells if (name := bodies.board_of(cell))), None)
