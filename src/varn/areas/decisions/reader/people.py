"""Who proposed what and who entered a reservation."""

import re

from . import bodies
from .clauses import is_reservation
from .items import bullet_width
from .model import Passage, Proposal
from .page import Page, Row
from .sections import Block
from .sentences import sentences
from .words import TABLES, any_of, pattern

_TABLE = TABLES["people"]
_EMPTY = frozenset(TABLES["lists"]["empty"])
_ROLES = frozenset(_TABLE["roles"])
_NAME_WORD = (
    r"(?:[A-ZÅÄÖÉÜØÆ][\wåäöÅÄÖéüøæèáàíóñçšžćł'’.-]{0,30}|af|von|de|der|van|al|el|da|di|la|ben|bin|1:e|2:e|3:e|1:a|2:a"
    r"|vice)"
)
_PARTY = r"\((?:[A-ZÅÄÖ]{1,5}|[a-zåäö]{1,3}|-|[A-ZÅÄÖ][\wåäöÅÄÖ. -]{2,30})\)"
_OTHERS = r"(?:\s+m\.?\s?fl\.?)?"
MEMBER = rf"(?<![\w]){_NAME_WORD}(?:\s+{_NAME_WORD}){{0,6}},?\s*{_PARTY}"
"""A member with the party in brackets."""
_NAME = re.compile(
    rf"(?<![\w]){_NAME_WORD}(?:\s+{_NAME_WORD}){{0,6}}{_OTHERS}(?:,?\s*{_PARTY}|(?<!\.),\s[A-ZÅÄÖ]{{1,4}}(?=,))"
)
_VERB = pattern(rf"\b{any_of(_TABLE['verbs'])}\b", re.IGNORECASE)
_COLON = re.compile(r"(?<=\))(?::|\s[–-])(?=\s)")
_MOVES = re.compile(rf"{_NAME.pattern}(?:\s*:\s|\s[–-]\s|\s+{any_of(_TABLE['verbs'])}\b)")
_TOGETHER = re.compile(
    rf"{_NAME.pattern}(?:(?:,|\s+och|\s+samt)\s+{_NAME.pattern}){{1,12}}\s+{any_of(_TABLE['verbs'])}\b"
)
_WITHOUT_PARTY = re.compile(rf"{_NAME_WORD}(?:\s+{_NAME_WORD}){{1,3}}\s+yrka(?:r|de)\b")
_MOVED_BY = pattern(rf"\b(?:yrkas|yrkades|föreslås|föreslogs) (?:av|från) (?={_NAME.pattern})", re.IGNORECASE)
_SPEAKER = pattern(
    r"(?:Ordföranden?|[A-ZÅÄÖ][\wåäö]+(?:erna|partiet|demokraterna|gruppen)|Ledamöterna (?:från|för|i) .{1,40}|"
    r"(?:[A-ZÅÄÖ]{1,3}(?:, | och )?){1,8}|[A-ZÅÄÖ][\wåäöé-]+ [A-ZÅÄÖ][\wåäöé-]+)$"
)
_UNFINISHED = re.compile(r"(?:,|\b(?:och|samt|från|till|den|av|för|att|yrkar|föreslår))$")
_STAND = pattern(
    r"\b(?:bifall|avsl[aå]|återremi|bordlägg|avstyrk|ärendet ska utgå|beslut(?:ar|a)? (?:i enlighet med|enligt))",
    re.IGNORECASE,
)
_IN_MOTION = pattern(r"\bmotion|\b(?:skrivelse|interpellation)", re.IGNORECASE)
_BETWEEN = pattern(r"[\s,]*(?:(?:och|samt|,|med (?:instämmande|stöd|bifall) (?:av|från))[\s,]*)*", re.IGNORECASE)
_CONCURRING = pattern(r" (?:med|i) (?=[^.]{3,80}? som yrkar\b)", re.IGNORECASE)
_ASIDE = pattern(
    rf"(?:Under|Vid|På|I) (?:dagens )?{any_of(_TABLE['occasions'])}(?:,? [^\s.,]+){{0,3}} {any_of(_TABLE['verbs'])}"
    rf"(?= {_NAME.pattern})"
)
_CHAIR = pattern(r"\bställer\b|\bfinner\b|\bproposition", re.IGNORECASE)


def read_proposals(page: Page, blocks: list[Block], body: str | None) -> list[Proposal]:
    """The proposals made at the meeting, with their movers, in order; those made in another body are left out."""
    found: list[Proposal] = []
    for block in blocks:
        elsewhere = block.body is not None and body is not None and not bodies.same(block.body, body)
        if block.rows and block.kind in ("movers", "procedure", "proposal", "background") and not elsewhere:
            found += _in_block(page, block)
    return found


def read_reservations(page: Page, blocks: list[Block]) -> list[Passage]:
    """Every sentence that enters a reservation; under its own heading every sentence counts."""
    found: list[Passage] = []
    for block in blocks:
        if block.kind in ("basis", "recipients", "proposal", "background") or not block.rows:
            continue
        places = _paragraph_sentences(page, block)
        own = [page.passage(start, end) for start, end in places if is_reservation(page.text[start:end])]
        if not own and block.kind == "reservation":
            own = [page.passage(start, end) for start, end in places]
        found += own
    return [one for one in found if one.text and one.text.lower().strip(".") not in _EMPTY]


def _in_block(page: Page, block: Block) -> list[Proposal]:
    moved: list[tuple[tuple[Passage, ...], int, int]] = []
    for start, end in _paragraph_sentences(page, block):
        motion = _motion(page, start, end)
        if motion and _may_move(page, block, start, motion):
            moved.append(motion)
        elif (
            moved and block.kind == "movers" and _goes_on(page.text[moved[-1][1] : moved[-1][2]], page.text[start:end])
        ):
            moved[-1] = (moved[-1][0], moved[-1][1], end)
    return [_proposal(page, by, start, end) for by, start, end in moved]


def _may_move(page: Page, block: Block, start: int, motion: tuple[tuple[Passage, ...], int, int]) -> bool:
    """Among proposals only members move; in the reasoning only who opens a sentence and says bifall or avslag."""
    names, begin, end = motion
    if block.kind == "background":
        opens = next(
            (shape for shape in (_MOVES, _TOGETHER, _WITHOUT_PARTY, _ASIDE) if shape.match(page.text, start, end)), None
        )
        return bool(opens and not _IN_MOTION.search(page.text, start, begin) and _STAND.search(page.text, begin, end))
    return block.kind not in ("proposal", "procedure") or names[0].text.endswith(")")


def _motion(page: Page, start: int, end: int) -> tuple[tuple[Passage, ...], int, int] | None:
    """Who moves something in the sentence, and the stretch that says what."""
    if by := _MOVED_BY.search(page.text, start, end):
        names = _movers(page, by.end(), end)
        return (names, names[-1].span.end, end) if names else None
    verbs = [*_VERB.finditer(page.text, start, end), *_COLON.finditer(page.text, start, end)]
    verb = next((match for match in verbs if _is_moved(page.text[start : match.start()])), None)
    names = _movers(page, start, verb.start()) if verb else ()
    aside = _ASIDE.match(page.text, start, end)
    if verb and aside and aside.end() == verb.end():
        names = _named_after(page, verb.end(), end)
    elif verb and names:
        names += _seconders(page, verb.end(), end)
    return (names, verb.end(), end) if verb and names else None


def _is_moved(before: str) -> bool:
    return not _CHAIR.search(before) and len(before) < 900 and not re.search(r"\b(?:som|att)\s*$", before)


def _movers(page: Page, start: int, end: int) -> tuple[Passage, ...]:
    names = tuple(_without_role(page, match.start(), match.end()) for match in _NAME.finditer(page.text, start, end))
    if names:
        return names
    speaker = page.passage(start, end)
    return (speaker,) if _SPEAKER.match(speaker.text) else ()


def _named_after(page: Page, start: int, end: int) -> tuple[Passage, ...]:
    """The names right after the verb, with those who concur: `Under överläggningen yrkar A, med instämmande av B`."""
    found: list[Passage] = []
    for match in _NAME.finditer(page.text, start, end):
        if not _BETWEEN.fullmatch(page.text, found[-1].span.end if found else start, match.start()):
            break
        found.append(_without_role(page, match.start(), match.end()))
    return tuple(found)


def _seconders(page: Page, start: int, end: int) -> tuple[Passage, ...]:
    """Those who concur, named after the verb: `yrkar, med instämmande av B`, `instämmer med A som yrkar`."""
    concurring = _CONCURRING.match(page.text, start, end)
    return _named_after(page, concurring.end(), end) if concurring else ()


def _without_role(page: Page, start: int, end: int) -> Passage:
    while True:
        word = re.match(r"\S+\s+", page.text[start:end])
        if word is None or word.group().strip(" ,\n").lower() not in _ROLES:
            return page.passage(start, end)
        start += word.end()


def _proposal(page: Page, by: tuple[Passage, ...], start: int, end: int) -> Proposal:
    text = page.passage(start, end, strip=".:")
    return Proposal(by=by, text=text.text, span=text.span)


def _goes_on(before: str, sentence: str) -> bool:
    """A list of att-clauses under `yrkar:` belongs to the proposal."""
    return before.rstrip().endswith((":", ",", ";")) or bool(
        re.match(r"(?:att\b|\d{1,2}[.)]|[-–•])", sentence, re.IGNORECASE)
    )


def _paragraph_sentences(page: Page, block: Block) -> list[tuple[int, int]]:
    """The sentences of the block; a gap, a bullet or a new name on a new line ends one too."""
    places: list[tuple[int, int]] = []
    begin = block.rows[0].start + bullet_width(block.rows[0].text)
    for above, row in zip(block.rows, block.rows[1:], strict=False):
        width = bullet_width(row.text)
        if width or _begins(above, row):
            places += sentences(page.text, begin, above.end)
            begin = row.start + width
    return places + sentences(page.text, begin, block.end)


def _begins(above: Row, row: Row) -> bool:
    if row.gap:
        return not _is_cut(above.text)
    ended = above.text.endswith((".", ":")) and row.text[0].isupper()
    return ended or (bool(_MOVES.match(row.text)) and not _UNFINISHED.search(above.text))


def _is_cut(text: str) -> bool:
    return bool(_UNFINISHED.search(text)) or (not re.search(r"[.:!?)”\"]$", text) and len(text) > 60)
