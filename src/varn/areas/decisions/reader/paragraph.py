"""One § put together: head, sections and what each of them says."""

from bisect import bisect
from dataclasses import dataclass
from datetime import date

from . import bodies, limits
from .assignments import read_assignments
from .clauses import read_clauses
from .closings import closes_without_reference, read_closings
from .due import with_deadlines
from .endings import closes
from .furniture import Fact
from .head import Head, read_head
from .lines import Line
from .lists import read_basis, read_recipients
from .mentions import read_mentions, read_related
from .model import Assignment, Clause, Closing, Doubt, Paragraph, Signatures, Vote
from .page import Page, put_together
from .people import read_proposals, read_reservations
from .sections import Block, blocks_of, decision_blocks
from .split import Section, repeated_heads
from .votes import read_votes
from .words import TABLES, pattern

_DIGITAL = tuple(TABLES["furniture"]["digital"])
_SUBJECT = pattern(
    rf"(?:^|\n|[.:]\s)(?:Att )?(?P<body>{bodies.NAME}) (?:beslutar|beslutade|beslöt|föreslår|ger|uppdrar|"
    r"godkänner|tillstyrker|noterar|antar|fastställer|avslår|återremitterar|lägger|tackar)\b"
)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Body and day of the meeting as the pages around the § say it, and the signature lines among them."""

    body: str | None = None
    day: date | None = None
    signatures: tuple[str, ...] = ()


def read_paragraph(lines: list[Line], section: Section, setting: Setting) -> Paragraph:
    """Everything the § says, each value with its place, and what a person has to confirm."""
    page, head = _page_and_head(lines, section)
    limits.refuse_above(limits.CHARACTERS_OF_ONE, page.text, "too_long")
    blocks = blocks_of(page, head.below, head.title.text if head.title else None, setting.body, setting.day)
    body, body_doubt = _body(page, blocks, section, setting)
    decided = decision_blocks(blocks, body)
    clauses = [clause for block in decided for clause in read_clauses(page, block, body)]
    limits.refuse_above(limits.CLAUSES, clauses, "too_many_clauses")
    assignments = with_deadlines(page, clauses, read_assignments(page, clauses, body), setting.day)
    votes = read_votes(page, blocks)
    closings = read_closings(page, clauses, body, _elsewhere(head, blocks))
    return Paragraph(
        text=page.text,
        body=body,
        day=setting.day,
        number=section.start.number if section.start else None,
        number_span=head.number,
        title=head.title,
        case_number=head.case_number,
        related=tuple(read_related(page, head.case_number)),
        clauses=tuple(clauses),
        assignments=tuple(assignments),
        closings=tuple(closings),
        proposals=tuple(read_proposals(page, blocks, body)),
        votes=tuple(votes),
        reservations=tuple(read_reservations(page, blocks)),
        basis=tuple(read_basis(page, blocks)),
        recipients=tuple(read_recipients(page, blocks)),
        mentioned=tuple(read_mentions(page, blocks, clauses)),
        signatures=_signatures(setting),
        doubts=(*_doubts(page, body_doubt, clauses, assignments, closings, votes), *_of_addressee(decided, clauses)),
    )


def settings_of(facts: list[Fact], sections: list[Section], preface: Setting) -> list[Setting]:
    """For every § what its pages say: facts above it where headers precede, else those below it."""
    firsts = [section.first for section in sections]
    above = bool(facts) and any(fact.at <= firsts[0] and (fact.body or fact.day) for fact in facts)
    signed = [fact for fact in facts if fact.signature]
    bodies_told, days_told = _told(facts, "body"), _told(facts, "day")
    return [
        Setting(
            body=_nearest(bodies_told, section, above, "body") or preface.body,
            day=_nearest(days_told, section, above, "day") or preface.day,
            signatures=tuple(dict.fromkeys(fact.signature for fact in _between(signed, section) if fact.signature)),
        )
        for section in sections
    ]


def _told(facts: list[Fact], name: str) -> list[Fact]:
    """The facts that tell it, in order; those that name themselves before others."""
    told = [fact for fact in facts if getattr(fact, name)]
    return [fact for fact in told if fact.labelled] or told


def _between(facts: list[Fact], section: Section) -> list[Fact]:
    return facts[bisect(facts, section.first, key=_at) : bisect(facts, section.last, key=_at)]


def _nearest(told: list[Fact], section: Section, above: bool, name: str) -> object:
    place = bisect(told, section.first, key=_at)
    before, after = told[max(place - 1, 0) : place], told[place : place + 1]
    found = before or after if above else after or before
    return getattr(found[0], name) if found else None


def _at(fact: Fact) -> int:
    return fact.at


def _page_and_head(lines: list[Line], section: Section) -> tuple[Page, Head]:
    dropped = repeated_heads(lines, section)
    kept = [index for index in range(section.first, section.last) if index not in dropped]
    page = put_together([lines[index] for index in kept])
    opening = kept.index(section.start.line) if section.start else 0
    return page, read_head(page, section.start, opening)


def _body(page: Page, blocks: list[Block], section: Section, setting: Setting) -> tuple[str | None, str | None]:
    """The body that decided, and the reason to doubt it."""
    if setting.body:
        return setting.body, None
    short, sure = bodies.from_short(section.start.short) if section.start and section.start.short else (None, False)
    if short and sure:
        return short, None
    named = [block.body for block in blocks if block.kind == "decision" and block.body]
    if named:
        return named[-1], None
    spoken = [
        match["body"]
        for block in blocks
        if block.kind in ("decision", "higher") and block.rows
        for match in _SUBJECT.finditer(page.text, max(0, block.start - 1), block.end)
    ]
    proposing = [block.body for block in blocks if block.kind == "higher" and block.body]
    name = next(iter(proposing), None) or next((bodies.from_any(name) for name in spoken), None) or short
    return name, "body_from_wording" if name else None


def _elsewhere(head: Head, blocks: list[Block]) -> list[tuple[int, int]]:
    title = [(head.title.span.start, head.title.span.end)] if head.title else []
    return title + [(block.start, block.end) for block in blocks if block.kind == "background" and block.rows]


def _signatures(setting: Setting) -> Signatures | None:
    if not setting.signatures:
        return None
    return Signatures(
        lines=setting.signatures, digital=any(word in line.lower() for line in setting.signatures for word in _DIGITAL)
    )


def _doubts(
    page: Page,
    body_doubt: str | None,
    clauses: list[Clause],
    assignments: list[Assignment],
    closings: list[Closing],
    votes: list[Vote],
) -> list[Doubt]:
    """The fields a person has to confirm, each with its reason."""
    doubts = [Doubt(field="body", reason=body_doubt)] if body_doubt else []
    if not clauses:
        doubts.append(Doubt(field="clauses", reason="no_decision_found"))
    for place, one in enumerate(assignments):
        doubts += [Doubt(field=f"assignments[{place}]", reason=one.reason)] if one.reason else []
        doubts += _of_deadline(place, one)
    for name, found in (("closes", closings), ("votes", votes)):
        doubts += [Doubt(field=f"{name}[{at}]", reason=one.reason) for at, one in enumerate(found) if one.reason]
    return doubts + _of_clauses(page, clauses, {one.clause for one in closings})


def _of_clauses(page: Page, clauses: list[Clause], closing: set[int]) -> list[Doubt]:
    """Closings that name no assignment or wait for a higher body, and clauses that hold only on a condition."""
    doubts: list[Doubt] = []
    for place, clause in enumerate(clauses):
        if clause.body is not None and closes(page, clause):
            doubts.append(Doubt(field=f"clauses[{place}]", reason="closes_when_adopted"))
        elif place not in closing and closes_without_reference(page, clause):
            doubts.append(Doubt(field=f"clauses[{place}]", reason="closes_without_reference"))
        if clause.conditional:
            doubts.append(Doubt(field=f"clauses[{place}]", reason="conditional"))
    return doubts


def _of_addressee(decided: list[Block], clauses: list[Clause]) -> list[Doubt]:
    """Clauses of a proposal whose heading does not say to which body it is made."""
    if not any(block.kind == "proposal" for block in decided):
        return []
    return [Doubt(field=f"clauses[{place}]", reason="addressee_not_stated") for place in range(len(clauses))]


def _of_deadline(place: int, one: Assignment) -> list[Doubt]:
    if one.deadline is None:
        return [Doubt(field=f"assignments[{place}].deadline", reason="no_deadline_stated")]
    reason = one.deadline.reason or (None if one.deadline.due else "no_day_follows")
    return [Doubt(field=f"assignments[{place}].deadline", reason=reason)] if reason else []
