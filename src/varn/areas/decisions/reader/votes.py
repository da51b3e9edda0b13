"""Votes: the question and how many voted yes, no or abstained."""

import re

from .model import Passage, Vote
from .page import Page
from .sections import Block
from .tally import tally
from .words import TABLES, pattern

_NUMBERS: list[str] = TABLES["deadlines"]["numbers"]
_N = r"(?P<n>\d{1,3}|" + "|".join(_NUMBERS) + ")"
_KINDS = {"yes": r"ja", "no": r"nej", "abstained": r"(?:avstår|avstod|avstått|avstående|avstår från att rösta)"}
_QUESTION = pattern(
    r"voteringsproposition(?:en)?(?: godkänns)? ?:? ?[\"“”](?P<quoted>[^\"“”]{4,600})[\"“”]", re.IGNORECASE
)
_YES_FOR = pattern(
    r"(?:Den|De|Ledamot|Ledamöter) som [^.]{3,200}?röstar ja[^.]{0,80}?[.,;] "
    r"(?:och )?(?:den |de |ledamot |ledamöter )?(?:som )?[^.]{3,200}?röstar nej\.?"
    r"|(?<!\w)ja(?:-röst)?(?: innebär)?(?: för| till|:| =) (?:m\.fl\.|[^.]){3,200}?[.,;] ?"
    r"(?:och )?nej(?:-röst)?(?: innebär)?(?: för| till|:| =)(?:m\.fl\.|[^.\n]){3,200}\.?",
    re.IGNORECASE,
)
_COUNTS = {
    kind: [
        pattern(
            rf"\b{word}(?:[- ]?röst(?:er|)|)(?: från att rösta)? ?[:=] ?(?P<n>\d{{1,3}})(?![\d(.]*\w)", re.IGNORECASE
        ),
        pattern(
            rf"(?<!\w){_N} (?:ledamöter |röster |personer |st\.? )?(?:röstar |röstade |röster |)(?:för |på |)"
            rf"[\"”“']?{word}(?:[- ]?röst(?:er|)|)\b",
            re.IGNORECASE,
        ),
        pattern(rf"\b{word}(?:[- ]?röst(?:er|)|)(?: från att rösta)? ?\((?P<n>\d{{1,3}})(?: st)?\)", re.IGNORECASE),
        pattern(
            rf"\b{word}(?:[- ]?röst(?:er|)|)(?: från att rösta)? ?[:=–-]? ?(?P<n>\d{{1,3}})(?![\d(.]*[a-zåäö])",
            re.IGNORECASE,
        ),
        pattern(rf"\b{_N} (?:ledamöter |ledamot |)(?:som )?(?:{word})\b", re.IGNORECASE),
    ]
    for kind, word in _KINDS.items()
}
_PAIR = pattern(
    r"(?:\(|med |röstetalen |siffrorna |röster )(?P<yes>\d{1,3}) ?(?:[–-]|mot) ?(?P<no>\d{1,3})(?! ?[-–/]?"
    r" ?\d)(?: röster|\))?",
    re.IGNORECASE,
)
_SUM = pattern(
    r"(?:summa|totalt|resultat|antal)[\s:|]+(?P<yes>\d{1,3})[\s|]+(?P<no>\d{1,3})(?:[\s|]+(?P<abstained>\d{1,3}))?",
    re.IGNORECASE,
)
_HELD = pattern(r"\b(?:Omröstning|Votering)(?:en)?\b", re.IGNORECASE)
_VOTED = pattern(r"\bröst|\bvoter|\bja\b.{1,60}\bnej\b", re.IGNORECASE | re.DOTALL)


def read_votes(page: Page, blocks: list[Block]) -> list[Vote]:
    """The votes in order; neighbouring sections of one vote are read as one."""
    found: list[Vote] = []
    for blocks_of_vote in _votes(page, blocks):
        start, end = blocks_of_vote[0].start, blocks_of_vote[-1].end
        if _VOTED.search(page.text, start, end):
            found += _in_stretch(page, start, end)
    return found


def _votes(page: Page, blocks: list[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    near = False
    for block in blocks:
        if block.kind in ("vote", "procedure", "decision", "movers") and block.rows:
            voting = block.kind != "decision" and (block.kind != "movers" or _is_voted(page, block))
            if near and block.kind == "vote" and groups:
                groups[-1].append(block)
            elif voting:
                groups.append([block])
            near = voting
        else:
            near = False
    return groups


def _is_voted(page: Page, block: Block) -> bool:
    """Whether the discussion itself tells of a vote and of both its numbers."""
    told = _HELD.search(page.text, block.start, block.end)
    return bool(told) and all(_count(page.text, kind, told.start(), block.end) is not None for kind in ("yes", "no"))


def _in_stretch(page: Page, start: int, end: int) -> list[Vote]:
    """One vote per question; a stretch without questions holds one vote if it holds its numbers."""
    questions = list(_QUESTION.finditer(page.text, start, end))
    stops = [*(match.start() for match in questions[1:]), end]
    if questions:
        return [
            vote
            for match, stop in zip(questions, stops, strict=True)
            if (vote := _vote(page, match.end(), stop, _quoted(page, match)))
        ]
    vote = _vote(page, start, end, _worded(page, start, end))
    return [vote] if vote else []


def _quoted(page: Page, match: re.Match[str]) -> Passage:
    return page.passage(match.start("quoted"), match.end("quoted"))


def _worded(page: Page, start: int, end: int) -> Passage | None:
    match = _YES_FOR.search(page.text, start, end)
    words = page.passage(match.start(), match.end()) if match else None
    return words if words and re.search(r"\b(?:för|till|bifall|avslag|innebär|röstar)\b", words.text) else None


def _vote(page: Page, start: int, end: int, question: Passage | None) -> Vote | None:
    counts = {kind: _count(page.text, kind, start, end) for kind in _KINDS}
    if counts["yes"] is None or counts["no"] is None:
        pair = _SUM.search(page.text, start, end) or _PAIR.search(page.text, start, end)
        if pair:
            counts = {
                kind: counts[kind] if counts[kind] is not None else _number(pair.groupdict().get(kind))
                for kind in _KINDS
            }
    reason = None
    if counts["yes"] is None and counts["no"] is None:
        counted = tally(tuple(row for row in page.rows if start <= row.start < end))
        if counted is None:
            return None
        counts, reason = counted, "counted_in_the_list"
    return Vote(question=question, yes=counts["yes"], no=counts["no"], abstained=counts["abstained"], reason=reason)


def _count(text: str, kind: str, start: int, end: int) -> int | None:
    for shape in _COUNTS[kind]:
        if match := shape.search(text, start, end):
            return _number(match["n"])
    return None


def _number(word: str | None) -> int | None:
    if word is None:
        return None
    return int(word) if word.isdigit() else _NUMBERS.index(word.lower()) + 1
