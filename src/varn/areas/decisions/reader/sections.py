"""A § → its sections: which rows are decision, background, basis, recipients and so on."""

import re
from dataclasses import dataclass, replace
from datetime import date

from . import bodies
from .casenumbers import is_labelled
from .deciding import decides
from .headings import Heading, ends_list, heading
from .items import begins_att, bullet_width
from .page import Page, Row
from .words import TABLES, any_of, pattern

_DOCUMENTS = frozenset(TABLES["headings"]["also_documents"])
_CLAUSES = TABLES["clauses"]
_LISTED = frozenset({"basis", "recipients"})
_TREATMENT = frozenset({"movers", "procedure", "vote"})
_LEADS = pattern(r"\bbeslutar$|\bfattar följande beslut$", re.IGNORECASE)
_AT_THE_MEETING = pattern(
    rf"(?:Under|Vid|På|I) (?:dagens )?{any_of(TABLES['people']['occasions'])}\b[^.]{{0,60}}?"
    rf" {any_of(TABLES['people']['verbs'])}\b"
)
_TELLING = pattern(rf"[A-ZÅÄÖ][\wåäöÅÄÖ-]+(?: [^\s.]+){{0,4}}? {any_of(_CLAUSES['tells'])}\b")
_FEW_WORDS = pattern(r"[A-ZÅÄÖ][\wåäöÅÄÖ/-]{2,30}(?: [\wåäöÅÄÖ/-]{1,25}){0,4}:?")
_DECIDES = pattern(rf"\b{any_of(_CLAUSES['decides'])}", re.IGNORECASE)
_NOTED = pattern(
    rf"{any_of(_CLAUSES['noted'])}(?: [^\s.]+){{0,6}}? {any_of(_CLAUSES['noting'])}[^.]{{0,60}}\.?", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Block:
    """The rows of one section; `heading_start` is for values that take the heading with them."""

    kind: str
    rows: tuple[Row, ...]
    heading_start: int | None = None
    heading_text: str = ""
    body: str | None = None
    to: str | None = None

    @property
    def start(self) -> int:
        return self.rows[0].start if self.rows else 0

    @property
    def end(self) -> int:
        return self.rows[-1].end if self.rows else 0


def blocks_of(
    page: Page, first: int, title: str | None = None, meeting: str | None = None, day: date | None = None
) -> list[Block]:
    """The sections below the head, in order; what stands before any heading is background.

    `meeting` is the body that meets and `day` when, where its pages say so.
    """
    rows = page.rows[first:]
    decided = max((place for place, row in enumerate(rows) if _is_decision_heading(row.text, day)), default=-1)
    blocks: list[Block] = []
    current, held = Block(kind="background", rows=()), []
    for place, row in enumerate(rows):
        below = rows[place + 1 : place + 2]
        found = _opens(row, current, bool(held), below, place >= decided, title)
        found = found or _after_points(row, current, held, below)
        found = found or _own_decision(row, current, meeting) or _moved_here(row, current)
        if found is not None and found.day is not None and (found.day != day or found.kind == "background"):
            found = None if current.kind in _LISTED or not row.gap else Heading(kind="background")
        if found is None:
            held.append(row)
            continue
        blocks.append(replace(current, rows=tuple(held)))
        if found.kind == "end":
            return _settled(blocks)
        current, held = _block(found, row, current), _content(found, row)
    return _settled([*blocks, replace(current, rows=tuple(held))])


def decision_blocks(blocks: list[Block], body: str | None) -> list[Block]:
    """The sections that hold what this body decided, earlier decisions by others left out.

    Where nothing else is a decision, what the body proposes to a higher one is what it decided. What is proposed to
    the body itself never is.
    """
    found = [block for block in blocks if block.kind in ("decision", "higher") and block.rows]
    decided = [block for block in found if block.kind == "decision" or not bodies.same(block.to, body)]
    own = [block for block in decided if block.body is None or body is None or bodies.same(block.body, body)]
    return own or _proposed(blocks, body) or _running(blocks, body) or decided


def _proposed(blocks: list[Block], body: str | None) -> list[Block]:
    """The last proposal that the body itself makes: it is in force only when the body above it decides so."""
    own = [block for block in blocks if block.kind == "proposal" and block.rows and bodies.same(block.body, body)]
    return [replace(own[-1], to=bodies.above(body))] if own and body else []


def _is_decision_heading(text: str, day: date | None) -> bool:
    found = heading(text)
    return found is not None and found.kind in ("decision", "higher") and found.day in (None, day)


def _opens(
    row: Row, current: Block, filled: bool, below: tuple[Row, ...], decides_last: bool, title: str | None
) -> Heading | None:
    """The section that the row opens, if any.

    `filled` tells that the current one has rows, `decides_last` that no heading of a decision follows below.
    """
    if title is not None and row.gap and current.kind == "decision" and filled and row.text == title:
        return Heading(kind="background")
    found = heading(row.text)
    if found is not None and found.day is not None and current.kind in _LISTED and not row.gap:
        return None
    if found is None and current.kind in _LISTED and row.gap and is_labelled(row.text):
        return Heading(kind="background")
    if found is None:
        listed = current.kind in _LISTED and filled and row.gap and below
        return Heading(kind="background") if listed and ends_list(row.text) else None
    if _LEADS.search(row.text.rstrip(" :")) and current.kind in ("decision", "higher", "proposal"):
        own = found.body is not None and not bodies.same(found.body, current.body)
        return found if current.kind == "proposal" and filled and decides_last and own else None
    if found.kind == current.kind == "basis" and found.content is not None:
        return None
    plain = row.text.strip().lower()
    if plain in _DOCUMENTS and current.kind in _LISTED:
        if not row.gap or not below:
            return None
        return found if _tells(below[0].text) or (not below[0].gap and found.kind != "background") else None
    if found.kind == "higher" and current.kind == "proposal":
        return None
    if found.kind == "proposal" and found.body and current.kind == "proposal" and found.content is None:
        return found if filled and not bodies.same(found.body, current.body) else None
    return found


def _after_points(row: Row, current: Block, held: list[Row], below: tuple[Row, ...]) -> Heading | None:
    """A heading that no table knows, below the points or sentences of a decision: a few words that decide nothing.

    What stands below a printed line is no decision any more, unless it is a further point.
    """
    if current.kind != "decision" or not held or not row.gap:
        return None
    if row.ruled and not _is_marked(row.text) and not decides(row.text, None):
        return Heading(kind="background", content=0)
    if not below:
        return None
    if not _is_marked(held[0].text) and not held[-1].text.endswith("."):
        return None
    heads = _FEW_WORDS.fullmatch(row.text) and not _DECIDES.search(row.text) and bodies.whole_name(row.text) is None
    return Heading(kind="background") if heads and not _is_marked(below[0].text) else None


def _is_marked(text: str) -> bool:
    return bool(bullet_width(text)) or begins_att(text)


def _tells(text: str) -> bool:
    """Whether the line begins a sentence and does not name a document."""
    return bool(_TELLING.match(text))


def _own_decision(row: Row, current: Block, meeting: str | None) -> Heading | None:
    """The decision of the body that meets, below what another body had decided in the matter before."""
    if current.kind != "decision" or current.body is None or meeting is None or bodies.same(current.body, meeting):
        return None
    found = heading(row.text)
    return found if found and found.kind == "decision" and bodies.same(found.body, meeting) else None


def _moved_here(row: Row, current: Block) -> Heading | None:
    """A paragraph without a heading that tells what was moved at the meeting, below what others had proposed before."""
    if current.kind != "proposal" or not row.gap or not _AT_THE_MEETING.match(row.text):
        return None
    return Heading(kind="movers", content=0)


def _block(found: Heading, row: Row, above: Block) -> Block:
    """The section the heading opens; motions and propositions stay with the body whose treatment they stand under."""
    treated = above.body if found.kind in _TREATMENT and above.kind in _TREATMENT else None
    return Block(
        kind=found.kind,
        rows=(),
        heading_start=row.start,
        heading_text=row.text,
        body=found.body or treated,
        to=found.to,
    )


def _content(found: Heading, row: Row) -> list[Row]:
    if found.content is None:
        return []
    return [Row(text=row.text[found.content :], start=row.start + found.content, gap=True)]


def _settled(blocks: list[Block]) -> list[Block]:
    """A proposal to a higher body right under the heading of the decision is that decision's content."""
    done: list[Block] = []
    for block in blocks:
        if block.kind == "higher" and done and done[-1].kind in ("decision", "higher"):
            body = done[-1].body or block.body
            if not done[-1].rows:
                done.pop()
            done.append(
                replace(
                    block, kind="decision", body=body if bodies.same(body, block.body) or block.body is None else None
                )
            )
        elif block.rows or block.kind in ("decision", "recipients"):
            done.append(block)
    return done


def _running(blocks: list[Block], body: str | None) -> list[Block]:
    """Without a heading for it: the last paragraph in which the body decides, or takes note of what it heard."""
    running = [
        block for block in blocks if block.kind in ("background", "movers", "procedure", "note", "vote") and block.rows
    ]
    for block in reversed(running):
        for place, row in enumerate(block.rows):
            opens = row.gap or place == 0 or block.rows[place - 1].text.endswith((".", ":"))
            if opens and (decides(row.text, body) or _NOTED.fullmatch(row.text)):
                return [replace(block, kind="decision", rows=_until_gap(block.rows[place:]))]
    return []


def _until_gap(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The paragraph, with the list that its colon or `att` announces."""
    for place, row in enumerate(rows[1:], start=1):
        if (
            row.gap
            and not re.search(r"(?::|\batt|,)$", rows[place - 1].text)
            and not re.match(r"(?:att\b|\d{1,2}[.)]|[-–•]|[a-z]\))", row.text)
        ):
            return rows[:place]
    return rows
