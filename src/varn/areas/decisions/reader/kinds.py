"""What a printed line may be besides content: a header, a footer, a page number or a line of signatures."""

import re
from enum import StrEnum
from functools import lru_cache

from . import bodies
from .casenumbers import is_case_number
from .dates import DAY
from .lines import Line
from .words import TABLES, any_of, pattern

_TABLE = TABLES["furniture"]
_SIGNATURE = frozenset(
    [*_TABLE["signature"], *(f"{signer} {sign}" for signer in _TABLE["signers"] for sign in _TABLE["signs"])]
)
_SIGNING = _SIGNATURE | frozenset(_TABLE["signers"])
_TO_SIGN = re.compile(r"[ :]*(?:_{3,}|\.{5,}|…{2,})[ .:]*$")
_BESIDE = frozenset(_TABLE["beside"])
_PRINTED = pattern(any_of(_TABLE["printed"]), re.IGNORECASE)
_ADDRESS = pattern(rf"\b{any_of(_TABLE['address'])}\b", re.IGNORECASE)
_PROTOCOL = frozenset(_TABLE["protocol"])
_DATE_LABEL = pattern(rf"({any_of(_TABLE['date_labels'])}) ?:?(?: ({DAY}))?", re.IGNORECASE)
_PAGE = pattern(
    r"(?:(?:sid(?:a|an|nr|)|blad)\.? ?(?:nr)?:? ?)?\d{1,4} ?(?:\( ?\d{1,4} ?\)|av \d{1,4})"
    r"|\(\d{1,4}\)|(?:sid(?:a|an|)|blad)\.? ?:? ?\d{1,4}(?:"
    r" ?/ ?\d{1,4})?|- ?\d{1,4} ?-|page \d+ of \d+",
    re.IGNORECASE,
)
_NUMBERED = pattern(
    r"(?:sammanträdes|mötes|)protokoll(?:sutdrag)? ?\(?(?:nr\.? ?)?\d{1,4}(?:/\d{2,4})?\)?|§§? ?\d{1,4} ?[-–]"
    r" ?\d{1,4}|.{0,50}, ?protokoll",
    re.IGNORECASE,
)
_POSTED = pattern(
    rf"{any_of(_TABLE['posted_things'])}? ?{any_of(_TABLE['posted'])}(?: {any_of(_TABLE['posted_how'])})* ?:?"
    rf"(?: ?(?:den |fr\.?o\.?m\.? |från )?{DAY}(?: ?(?:[-–]|till|t\.?o\.?m\.?|till och med) ?(?:den )?{DAY})?)?"
    r"(?: ?/? ?[A-ZÅÄÖ]{2,3})?\.?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-_=–—.…·*\s|+]{3,}")
_DATE_LINE = pattern(
    rf"(?:(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)? )?(?:den )?({DAY})(?: ?(?:[-–]|och) ?{DAY})?", re.IGNORECASE
)
_PLACE = pattern(
    r"[A-ZÅÄÖ][\wÅÄÖåäö-]{1,30}(?: kommun| stad|s kommun|s stad|S KOMMUN| KOMMUN| STAD|S STAD)"
    r"|Region [A-ZÅÄÖ][\wÅÄÖåäö-]{1,30}|REGION [A-ZÅÄÖ-]{2,30}"
)
_NUMBER = re.compile(r"(?:[A-ZÅÄÖ]{1,2} ?)?\d{1,4}(?: ?/ ?\d{1,4})?")


class Kind(StrEnum):
    ADDRESS = "address"
    BODY = "body"
    CASE = "case"
    DATE = "date"
    LABEL = "label"
    NUMBER = "number"
    PAGE = "page"
    PLACE = "place"
    POSTED = "posted"
    PROTOCOL = "protocol"
    RULE = "rule"
    SIGNATURE = "signature"


_PIECES = [
    (kind, pattern(rf"(?P<piece>{source})(?:[\s|,·]+|$)", re.IGNORECASE))
    for kind, source in [
        (Kind.SIGNATURE, any_of(sorted(_SIGNATURE))),
        (Kind.LABEL, _DATE_LABEL.pattern),
        (Kind.DATE, _DATE_LINE.pattern),
        (Kind.PAGE, _PAGE.pattern),
        (Kind.NUMBER, r"\d{1,4}(?= |$)"),
        (Kind.PROTOCOL, r"(?:sammanträdes|mötes|)protokoll(?: nr \d{1,4})?|sid(?:a|an)?\b|blad\b"),
        (Kind.BODY, bodies.NAME + bodies.PLACE),
        (Kind.PLACE, r"(?-i:[A-ZÅÄÖ])[\wÅÄÖåäö-]{1,30}(?:s)? (?:kommun|stad)"),
    ]
]


@lru_cache(maxsize=4096)
def kinds_of(line: Line) -> list[Kind] | None:
    """The kind of each cell of the line, or None as soon as one cell is no furniture."""
    if len(line.text) > 160:
        return None
    if _RULE.fullmatch(line.text) and line.text.strip() not in ("...", "…", "-", "–"):
        return [Kind.RULE]
    if _PRINTED.match(line.text):
        return [Kind.SIGNATURE]
    if len(_ADDRESS.findall(line.text)) > 1:
        return [Kind.ADDRESS]
    found = [_kind(cell) for cell in line.cells]
    if Kind.SIGNATURE in found or Kind.POSTED in found:
        found = [
            kind or (Kind.SIGNATURE if cell.lower().strip(" :.") in _BESIDE else None)
            for kind, cell in zip(found, line.cells, strict=True)
        ]
    if None not in found:
        return [kind for kind in found if kind]
    return [kind for kind, _ in in_a_row(line.text)] or None


def in_a_row(text: str) -> list[tuple[Kind, str]]:
    """The pieces of a line whose columns the print has run together; none unless all of it is furniture."""
    pieces: list[tuple[Kind, str]] = []
    place = 0
    while place < len(text):
        match, kind = next(
            ((match, kind) for kind, shape in _PIECES if (match := shape.match(text, place))), (None, None)
        )
        if match is None or kind is None:
            return []
        pieces.append((kind, match.group("piece")))
        place = match.end()
    return pieces if len(pieces) > 1 and {kind for kind, _ in pieces} != {Kind.BODY} else []


def _kind(cell: str) -> Kind | None:
    low = cell.lower().strip(" :.")
    if (line := _TO_SIGN.search(cell)) and low[: line.start()].strip(" :") in _SIGNING:
        return Kind.SIGNATURE
    if low in _SIGNATURE or cell.lower().strip(" :") in _SIGNATURE:
        return Kind.SIGNATURE
    if _POSTED.fullmatch(cell):
        return Kind.POSTED
    if _PAGE.fullmatch(cell):
        return Kind.PAGE
    if low in _PROTOCOL or _NUMBERED.fullmatch(cell):
        return Kind.PROTOCOL
    if _DATE_LABEL.fullmatch(cell):
        return Kind.LABEL
    if _DATE_LINE.fullmatch(cell):
        return Kind.DATE
    if _NUMBER.fullmatch(cell):
        return Kind.NUMBER
    if _PLACE.fullmatch(cell):
        return Kind.PLACE
    if _RULE.fullmatch(cell):
        return Kind.RULE
    if is_case_number(cell):
        return Kind.CASE
    return Kind.BODY if bodies.whole_name(cell) else None
