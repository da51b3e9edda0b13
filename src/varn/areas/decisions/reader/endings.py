"""The words by which a clause ends an assignment, and the stretch of it that each of them ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .items import bullet_width
from .model import Clause, Passage, Span
from .page import Page
from .references import only_references
from .sentences import sentences
from .words import TABLES, any_of, pattern

_TABLE = TABLES["closings"]
_DONE = any_of(_TABLE["outcomes"])
_OUTCOME = pattern(
    rf"(?:(?:{any_of(_TABLE['noted'])}),? (?:och|samt) (?:uppdraget |uppdragen |att )?)?(?:(?:förklaras|förklara|"
    rf"förklarar|anses|anse|anser|bedöms|är|betraktas)\b(?: [^\s.,;]+){{0,6}}? {_DONE}\b|\b(?:förklara|förklarar|"
    rf"anse|anser|ansåg|förklarade) [^.;]{{0,240}}?\b{_DONE}\b|\b{any_of(_TABLE['alone'])}\b|"
    rf"\b(?P<ends>{any_of(_TABLE['ends'])})\b(?= (?:[^\s.;]+ ){{0,6}}?\w*uppdrag))",
    re.IGNORECASE,
)
_CHARGED = pattern(r"(?:\bi uppdrag|\buppdra(?:r|s|ga)?\b[^.;]{2,160}?) att\b[^.;]*$", re.IGNORECASE)
_TASK = pattern(r"\b\w*uppdrag(?:et|en|ets|ens)?\b|\bberedningsuppdrag\w*", re.IGNORECASE)
_LONG = 9
_NEAR = 160
_ANSWERED = pattern(r"\b(?:motion|medborgarförslag|interpellation|e-förslag|remiss)", re.IGNORECASE)
_TASK_ITSELF = pattern(
    r"uppdrag\w* (?:\S+ ){0,4}?(?:förklaras|anses|är|avslutas)"
    r"|(?:och|samt) uppdrag\w* (?:\S+ ){0,5}?(?:avslut|slutför|fullgjor)",
    re.IGNORECASE,
)
_REFUSED = pattern(r"\b(?:inte|ej)\b[^.]{0,20}$|\b(?:bordlägg|avslå|återremit|avstyrk)\w*[^.;,]*$", re.IGNORECASE)
_NOT = pattern(r"\b(?:inte|ej|icke)\b", re.IGNORECASE)
_REMAINS = pattern(rf"\b{any_of(_TABLE['remains'])}\b", re.IGNORECASE)
_LINE = re.compile(r"\n[^\S\n]*")


@dataclass(frozen=True, kw_only=True)
class Ending:
    """A stretch of a clause in which assignments are ended. The lines of one list have its `lead` in common."""

    span: Span
    outcome: Passage
    lead: Span | None = None


@dataclass(frozen=True, kw_only=True)
class _Sentence:
    """A sentence, and where it has named an assignment, what is answered, and what an assignment itself is."""

    begin: int
    task: int | None
    answered: int | None
    itself: int | None


def endings_of(page: Page, clause: Clause) -> list[Ending]:
    """What the clause ends: each sentence and each line of a list by itself, without those that say it remains."""
    first, *lines = _lines(page.text, clause.span)
    found = _of_sentences(page, first)
    if lines:
        found = _of_list(page, first, lines, found) if found else _below(page, first, lines)
    if not found and clause.closed and not _remains(page, clause.span):
        return [Ending(span=clause.span, outcome=clause.closed, lead=_sentence_of(page, clause.closed))]
    return found


def closed_in(page: Page, start: int, end: int) -> Passage | None:
    """The words by which a lead declares done the assignments that the points below it name."""
    return next((page.passage(*_core(match)) for match in _matches(page.text, start, end)), None)


def closes(page: Page, clause: Clause) -> bool:
    """Whether a clause declares an assignment done."""
    return bool(endings_of(page, clause))


def _lines(text: str, span: Span) -> list[Span]:
    """What stands before the list within a clause, and each line of the list."""
    rows = [row.end() for row in _LINE.finditer(text, span.start, span.end)]
    starts = [row + width for row in rows if (width := bullet_width(text[row : row + _NEAR]))]
    places = [span.start, *starts, span.end]
    return [Span(start=a, end=b) for a, b in pairwise(places)]


def _of_list(page: Page, first: Span, lines: list[Span], lead: list[Ending]) -> list[Ending]:
    """The lead and the lines below it, which are ended by its words."""
    outcome = lead[-1].outcome
    return lead + [Ending(span=line, outcome=outcome, lead=first) for line in lines if not _remains(page, line)]


def _below(page: Page, first: Span, lines: list[Span]) -> list[Ending]:
    """The lines that end something by words of their own, or by those that stand in a row of their own below all."""
    said = bool(_TASK.search(page.text, first.start, first.end))
    last = lines[-1]
    own = [one for line in lines for one in _of_sentences(page, line, said=said)]
    if len(own) != 1 or not said or page.text[own[0].outcome.span.start - 1] != "\n":
        return own
    cut = [*lines[:-1], Span(start=last.start, end=own[0].outcome.span.start)]
    return [Ending(span=line, outcome=own[0].outcome, lead=first) for line in cut if not _remains(page, line)]


def _of_sentences(page: Page, span: Span, *, said: bool = False) -> list[Ending]:
    """Each sentence that ends something, parted where it ends one thing and then another."""
    found: list[Ending] = []
    for start, end in sentences(page.text, span.start, span.end):
        matches = list(_matches(page.text, start, end, said=said))
        cores = [_core(match) for match in matches]
        begins = [start, *(core[1] for core in cores)]
        ends = [*(match.start() for match in matches[1:]), end]
        found += [
            Ending(span=Span(start=begin, end=stop), outcome=page.passage(*core))
            for begin, stop, core in zip(begins, ends, cores, strict=False)
        ]
    return found


def _matches(text: str, start: int, end: int, *, said: bool = False) -> Iterator[re.Match[str]]:
    """The words that end an assignment, sentence by sentence; `said` where the lead has spoken of assignments."""
    for begin, stop in sentences(text, start, end):
        sentence: _Sentence | None = None
        for match in _OUTCOME.finditer(text, begin, stop):
            sentence = sentence or _read(text, begin, stop, match, said=said)
            if _ends_task(text, sentence, match):
                yield match


def _read(text: str, begin: int, stop: int, first: re.Match[str], *, said: bool) -> _Sentence:
    task, itself = _TASK.search(text, begin, stop), _TASK_ITSELF.search(text, begin, stop)
    answered = _ANSWERED.search(text, begin, stop)
    opens = task is not None and not text[begin : task.start()].strip(" .")
    return _Sentence(
        begin=begin,
        answered=answered.end() if answered and not opens else None,
        task=begin if said or only_references(text, begin, first.start()) else task.end() if task else None,
        itself=itself.end() if itself else None,
    )


def _ends_task(text: str, sentence: _Sentence, match: re.Match[str]) -> bool:
    """Motions are answered and matters end too; only what an assignment is said to be counts.

    `förklaras inte fullgjort` and `inte … anses fullgjort` end nothing, nor does an assignment to end something.
    """
    if _REFUSED.search(text, max(sentence.begin, match.start() - _NEAR), match.start()) or _NOT.search(match.group()):
        return False
    if match["ends"]:
        return not _CHARGED.search(text, max(sentence.begin, match.start() - 2 * _NEAR), match.start())
    of_answer = sentence.answered is not None and sentence.answered <= match.end()
    told = sentence.itself if of_answer else sentence.task
    return told is not None and told <= match.end()


def _core(match: re.Match[str]) -> tuple[int, int]:
    """The place of the outcome; of a long one, its last word."""
    words = match.group().split()
    return (match.start() if len(words) <= _LONG else match.end() - len(words[-1])), match.end()


def _remains(page: Page, span: Span) -> bool:
    return bool(_REMAINS.search(page.text, span.start, span.end))


def _sentence_of(page: Page, outcome: Passage) -> Span:
    """The sentence of the lead in which the outcome stands."""
    around = sentences(page.text, max(0, outcome.span.start - 2 * _NEAR), outcome.span.end + _NEAR)
    start, end = next((a, b) for a, b in around if a <= outcome.span.start < b)
    colon = page.text.find(":", outcome.span.end, end)
    return Span(start=start, end=end if colon < 0 else colon)
