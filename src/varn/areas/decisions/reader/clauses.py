"""The clauses of a decision: one per point, own ones and those only proposed to a higher body."""

import re
from dataclasses import dataclass, replace

from . import bodies
from .assignments import charged_in
from .dates import DAY
from .deciding import decides
from .endings import closed_in
from .items import Item, bullet_width, items_of
from .leads import STANCE, SUBJECT, is_lead, remits, stretches
from .model import Clause, Passage
from .page import Page, Row
from .sections import Block
from .sentences import sentences
from .words import TABLES, any_of, fold, pattern

_TABLE = TABLES["clauses"]
_DECIDES = pattern(rf"\b{any_of(_TABLE['decides'])}", re.IGNORECASE)
_FOLLOWS = pattern(rf"{any_of(_TABLE['follows'])}\b", re.IGNORECASE)
_SETTLES = pattern(rf"\b{any_of(_TABLE['settles'])}\b", re.IGNORECASE)
_ASIDE = pattern(any_of(_TABLE["asides"]), re.IGNORECASE)
_RESERVES = pattern(rf"\b{any_of(_TABLE['reservation'])}", re.IGNORECASE)
_PROPOSED = pattern(
    rf"(?:{bodies.PROPOSES}|föreslås|förslag till|överlämnar|överlämna|"
    rf"tillstyrker.{{0,80}}föreslår).{{0,60}}?(?P<to>{bodies.HIGHER}){bodies.PASSED_ON}",
    re.IGNORECASE | re.DOTALL,
)
_PASSIVE = pattern(rf"(?:Att )?(?P<to>{bodies.HIGHER}) (?:föreslås|rekommenderas)\b", re.IGNORECASE)
_OWN_PROPOSAL = pattern(rf"för egen del(?: beslutar?)?(?: att)? {bodies.PROPOSES}\b", re.IGNORECASE)
_CONDITION = pattern(r"under förutsättning (?:av|att)|förutsatt att", re.IGNORECASE)
_OWN_PART = pattern(r"för egen del", re.IGNORECASE)
_DECIDING = pattern(
    rf"(?:Att )?(?P<subject>{bodies.NAME}) (?:beslutar|godkänner|antar|fastställer|ger|uppdrar|bifaller|avslår|"
    r"beviljar|upphäver)\b",
    re.IGNORECASE,
)
_PROPOSING = pattern(
    rf"(?:(?:Att )?{SUBJECT} |att |){STANCE}(?:beslutar (?:för egen del )?(?:att )?)?{bodies.PROPOSES}\b"
    rf"|{bodies.NAME}s (?=förslag till\b)|{SUBJECT} (?=överlämnar [^.:;]{{3,60}} med (?:följande )?förslag\b)",
    re.IGNORECASE,
)
_ASIDE_LINE = pattern(
    rf"(?:Paragrafen|Punkten|Beslutet|Ärendet|Protokollet|Omedelbar)\b[^.]{{0,60}}(?:{any_of(_TABLE['asides'])}|omedelbart)",
    re.IGNORECASE,
)
_TELLS = pattern(
    rf"(?!(?:att|dels)\b)(?:(?!\b(?:som|att)\b)[^.:;]){{3,160}}? (?:har|hade) (?:[^\s.]+ ){{0,6}}?"
    rf"{any_of(_TABLE['telling'])}\b",
    re.IGNORECASE,
)
_OF_ANOTHER_MEETING = pattern(rf"Uppdrag(?:et|en)\b[^.]{{0,80}}?{DAY},? §", re.IGNORECASE)
_CITES = pattern(rf"{DAY},? §|§ ?\d+,? {DAY}", re.IGNORECASE)
_LONG_ASIDE = 260
_TALE_ROWS = 3


@dataclass(frozen=True, kw_only=True)
class _Mode:
    """To whom the following clauses are proposed, unless the body decides itself, and what the lead says of them all.

    That is the office it charges with them, and the words by which it declares the assignments they name done.
    """

    to: str | None
    charged: Passage | None = None
    closed: Passage | None = None
    conditional: bool = False


@dataclass(frozen=True, kw_only=True)
class _Found:
    item: Item
    mode: _Mode


def read_clauses(page: Page, block: Block, body: str | None) -> list[Clause]:
    """The clauses of a decision in order, without leads, reservations and notes that stand among them."""
    mode = _Mode(to=_higher(block.to, body), conditional=bool(_CONDITION.search(block.heading_text)))
    found: list[_Found] = []
    for rows in stretches(_without_tales(_without_asides(block.rows))):
        for item in _with_lists(page, items_of(rows)):
            text = fold(page.text[item.start : item.end])
            if is_lead(text, item):
                mode = replace(
                    _mode(text, body, mode, block),
                    charged=charged_in(page, item.start, item.end),
                    closed=closed_in(page, item.start, item.end),
                    conditional=bool(_CONDITION.search(text) or _CONDITION.search(block.heading_text)),
                )
            elif _is_listed(text, item, mode) or not _is_aside(text, numbered=item.number is not None):
                found += [_Found(item=piece, mode=mode) for piece in _pieces(page, item)]
    return _as_clauses(page, found, body)


def _with_lists(page: Page, items: list[Item]) -> list[Item]:
    """The items, with a list whose first line already decides as one item."""
    if len(items) < 2 or items[0].marked or not remits(page.text[items[0].start : items[0].end]):
        return items
    listed = page.text[: items[0].end].endswith(":") and all(item.marked for item in items[1:])
    return [replace(items[0], end=items[-1].end, marked=True)] if listed else items


def _is_listed(text: str, item: Item, mode: _Mode) -> bool:
    """Whether the line only names an assignment that the lead above declares done."""
    return mode.closed is not None and item.marked and bool(_CITES.search(text))


def is_reservation(text: str) -> bool:
    """Whether the sentence enters a reservation."""
    return bool(_RESERVES.search(text))


def _without_asides(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows without lines of their own like `Paragrafen justeras omedelbart.`"""
    return tuple(
        row
        for place, row in enumerate(rows)
        if not (_ASIDE_LINE.match(row.text) and (place == 0 or row.gap or rows[place - 1].text.endswith((".", ":"))))
    )


def _without_tales(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows without paragraphs below the first that only tell what was done before in the matter."""
    kept: list[Row] = []
    tells = False
    for place, row in enumerate(rows):
        if row.gap:
            words = " ".join(other.text for other in rows[place : place + _TALE_ROWS])
            tells = bool(place) and not row.page and not bullet_width(row.text) and _is_tale(words)
        if not tells:
            kept.append(row)
    return tuple(kept)


def _is_tale(words: str) -> bool:
    """Whether the first sentence tells what somebody has done, and does not go on to decide."""
    told = _TELLS.match(words)
    if told is None:
        return False
    rest = words[told.end() :].split(". ", 1)[0]
    decides = _SETTLES.search(rest) and not re.search(r"\batt\b", rest)
    return not decides and not re.search(r"\bbeslutar\b", rest)


def _mode(text: str, body: str | None, before: _Mode, block: Block) -> _Mode:
    if _OWN_PART.search(text) and not _OWN_PROPOSAL.search(text):
        return _Mode(to=None)
    if proposed := _PROPOSED.search(text) or _PASSIVE.match(text):
        return _Mode(to=_addressee(proposed, body))
    if text.lower().startswith("enligt"):
        return before
    subject = _DECIDING.match(text)
    if subject is None:
        return before
    return _Mode(to=_decider(bodies.from_any(subject["subject"]), body, before, block))


def _decider(subject: str | None, body: str | None, before: _Mode, block: Block) -> str | None:
    """The other body that is said to decide; what is proposed to a body stays so when that body is the subject."""
    if block.to is None:
        return _other(subject, body)
    if bodies.same(subject, body):
        return before.to if block.kind == "proposal" else None
    return subject or before.to


def _addressee(proposed: re.Match[str], body: str | None) -> str | None:
    """The body to which something is proposed; the one that decides in the end where it is to be passed on."""
    to: str = proposed.groupdict().get("further") or proposed["to"]
    return _higher(bodies.from_any(to) or to.capitalize(), body)


def _higher(to: str | None, body: str | None) -> str | None:
    return None if to is None or bodies.same(to, body) else to


def _other(subject: str | None, body: str | None) -> str | None:
    """The council or a committee's own board, when it is said to decide in the minutes of another body."""
    if subject is None or body is None or bodies.same(subject, body):
        return None
    is_above = bodies.same(subject, bodies.above(body)) and not body.lower().endswith(("nämnden", "styrelsen"))
    return subject if is_above or subject.lower().endswith("fullmäktige") else None


def _is_aside(text: str, *, numbered: bool = False) -> bool:
    """Whether the words stand among the clauses without being one; what the minutes number as a point is one."""
    return (
        is_reservation(text)
        or (not numbered and bool(_ASIDE.search(text)) and len(text) < _LONG_ASIDE)
        or not re.search(r"[A-Za-zÅÄÖåäö]{3}", text)
    )


def _pieces(page: Page, item: Item) -> list[Item]:
    """A marked point stays whole; running text is parted at every sentence that decides something of its own."""
    if item.marked:
        return [item]
    pieces: list[Item] = []
    for start, end in sentences(page.text, item.start, item.end):
        words = page.text[start:end]
        if pieces and (not _DECIDES.search(words) or _goes_on(words)):
            pieces[-1] = Item(start=pieces[-1].start, end=end, gap=item.gap)
        elif not _is_aside(fold(words)):
            pieces.append(Item(start=start, end=end, gap=item.gap))
    return pieces


def _goes_on(words: str) -> bool:
    """Whether the sentence speaks of what the one above decided; an assignment of another meeting is its own matter."""
    return bool(_FOLLOWS.match(words) and not _SETTLES.search(words) and not _OF_ANOTHER_MEETING.match(words))


def _as_clauses(page: Page, found: list[_Found], body: str | None) -> list[Clause]:
    clauses: list[Clause] = []
    own = 0
    for one in found:
        passage = page.passage(one.item.start, one.item.end)
        if not passage.text:
            continue
        target = one.mode.to or _proposed_inside(passage.text, body)
        number = one.item.number
        if number is None and target is None:
            number = own + 1
        own += target is None
        conditional = one.mode.conditional or bool(_CONDITION.search(passage.text))
        clauses.append(
            Clause(
                number=number,
                text=passage.text,
                span=passage.span,
                body=target,
                charged=None if decides(passage.text, None) else one.mode.charged,
                closed=one.mode.closed if one.item.marked else None,
                conditional=conditional,
            )
        )
    return clauses


def _proposed_inside(text: str, body: str | None) -> str | None:
    """The higher body when the clause itself says that it only proposes."""
    subject = _DECIDING.match(text)
    if subject and (other := _other(bodies.from_any(subject["subject"]), body)):
        return other
    opening = _PROPOSING.match(text)
    proposed = _PROPOSED.search(text, opening.start(), min(len(text), opening.end() + 60)) if opening else None
    proposed = proposed or _PASSIVE.match(text)
    return _addressee(proposed, body) if proposed else None
