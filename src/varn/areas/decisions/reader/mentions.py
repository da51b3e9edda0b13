"""What the text names but no clause decides: posts, purchases, funding and assignments of reasoning and motions."""

import re
from bisect import bisect_left

from .assignments import speaks_of_assignment
from .casenumbers import unlabelled
from .model import Clause, Mention, MentionKind, Passage
from .page import Page
from .sections import Block
from .sentences import sentences
from .words import TABLES, any_of, fold, pattern

_TABLE = TABLES["mentioned"]
_STOP = rf"(?=[.,;:]|\s(?:samt|därutöver|dessutom)\b| och {any_of(_TABLE['position'] + _TABLE['purchase'])}|$)"
_POSITION = rf"\b{any_of(_TABLE['position'])} (?:en |ett |två |tre |nya |ny )?[^.;:]{{3,160}}?{_STOP}"
_PURCHASE = rf"\b{any_of(_TABLE['purchase'])} [^.;:]{{3,160}}?{_STOP}"
_THINGS = [
    (MentionKind.POSITION, pattern(_POSITION, re.IGNORECASE)),
    (MentionKind.PURCHASE, pattern(_PURCHASE, re.IGNORECASE)),
]
_POST = pattern(
    r"tjänst|befattning|anställ|funktion|roll|ombud|årsarbetare|heltid|rekryter|samordnare|strateg|enhet|råd\b|chef",
    re.IGNORECASE,
)
_FUNDING = pattern(rf"\b{any_of(_TABLE['funding'])}\b", re.IGNORECASE)


def read_mentions(page: Page, blocks: list[Block], clauses: list[Clause]) -> list[Mention]:
    """The mentions in the reasoning, in order, without what a clause says in the same words."""
    decided = " ".join(clause.text.lower() for clause in clauses)
    found: list[Mention] = []
    for block in blocks:
        if block.kind == "background" and block.rows:
            for start, end in sentences(page.text, block.start, block.end):
                found += _in_sentence(page, start, end)
    starts = [clause.span.start for clause in clauses]
    return [
        mention
        for mention in found
        if mention.text.lower() not in decided and not _is_decided(mention, clauses, starts)
    ]


def _is_decided(mention: Mention, clauses: list[Clause], starts: list[int]) -> bool:
    """Whether the words stand in a clause, as they do where a sentence of running text decides."""
    place = bisect_left(starts, mention.span.end)
    return place > 0 and clauses[place - 1].span.end > mention.span.start


def read_related(page: Page, own: Passage | None) -> list[Passage]:
    """Other case numbers that the text names, each once."""
    found: dict[str, Passage] = {}
    for one in unlabelled(page.text, lettered=True):
        passage = page.passage(one.start, one.end)
        if own is None or (passage.text != own.text and not own.text.endswith(passage.text)):
            found.setdefault(passage.text, passage)
    return list(found.values())


def _in_sentence(page: Page, start: int, end: int) -> list[Mention]:
    found: list[Mention] = []
    for kind, shape in _THINGS:
        for match in shape.finditer(page.text, start, end):
            if kind is MentionKind.PURCHASE or _POST.search(match.group()):
                found.append(_mention(page, kind, match.start(), match.end()))
    if funding := _FUNDING.search(page.text, start, end):
        found.append(_mention(page, MentionKind.FUNDING, funding.start(), end))
    if not found and speaks_of_assignment(page.text[start:end]):
        found.append(_mention(page, MentionKind.ASSIGNMENT, start, end))
    return sorted(found, key=lambda mention: mention.span.start)


def _mention(page: Page, kind: MentionKind, start: int, end: int) -> Mention:
    passage = page.passage(start, end, strip=".,;:")
    return Mention(kind=kind, text=fold(passage.text), span=passage.span)
