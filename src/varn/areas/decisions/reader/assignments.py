"""Assignments in clauses: who is charged with what. Reasoning, refusals, delegations and offices are none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .charging import ADVERBS, SHAPES
from .dates import MONTH, YEAR
from .model import Assignment, Clause, Passage, Span
from .page import Page
from .proposed import is_proposed
from .sentences import sentences
from .words import OFFICE, TABLES, any_of, pattern

_TABLE = TABLES["assignments"]
_AT_A_TIME = rf"(?:senast|under|i|till|före|innan|vid) (?:[^\s,]+ ){{0,4}}?(?:{MONTH}(?: {YEAR})?|{YEAR})"
_TOGETHER = r"(?:nära )?(?:samråd|samverkan|samarbete|dialog)"
_BEFORE_IS_ASSIGNEE = frozenset({"given", "given_bare", "passive", "reporting"})
_INFINITIVE = pattern(
    rf"(?:^|(?:\b(?:att|samt|och|dels|beslutar|besluta)|,|(?<!\w)[a-zåäö\d][.)])) ?{ADVERBS}$", re.IGNORECASE
)
_TO_SOMEBODY = frozenset({"charging", "passive_to", "giving_to", "another"})
_SUBORDINATE = pattern(
    r"\b(?:om att|som|vilket|till att|därför att|eftersom|innebär att|yrkar att|yrkande att|att kommunfullmäktige"
    r" ska|förslag att|förslaget att|motionen att|där)$",
    re.IGNORECASE,
)
_REFUSES = pattern(rf"\b{any_of(_TABLE['refusing'])}", re.IGNORECASE)
_CONDITIONED = pattern(
    r"(?:.{0,80}\b(?:beslutar|för egen del),? )?(?:att )?"
    r"(?:under|inom|i|med|utifrån|som|vid|genom|därutöver|samtidigt|även|också)\b(?:(?!\batt\b)[^.;:]){0,160}",
    re.IGNORECASE | re.DOTALL,
)
_JOINED = pattern(r"(?:och|samt)(?: att)? (?:[^\s,.]+ ){0,5}$", re.IGNORECASE)
_OPENING = pattern(rf"^(?:{any_of(_TABLE['openings'])}\b ?,? ?)+", re.IGNORECASE)
_GOVERNOR = pattern(
    r"^.*\b(?:beslutar|besluta|beslutade|föreslår [^,.;]{3,60}?|beslut)(?: för egen del)?,? (?:följande|att|dels"
    r" att)(?: besluta)?(?: att)?\s+",
    re.IGNORECASE | re.DOTALL,
)
_FINITE = pattern(
    rf"^.*\b{any_of(_TABLE['finite'])}\b.*?(?:,? (?:och|samt|varvid)(?: att)?|, att| på (?:så|det) sätt(?:et)? att)\s+",
    re.IGNORECASE | re.DOTALL,
)
_LEADING_PHRASE = pattern(
    r"^(?:Med|Mot|Utifrån|I|Inom|Som|Under|Efter|Inför|För|Vid|Enligt)\b[^,]{3,160},\s+", re.IGNORECASE
)
_TRAILING = pattern(
    rf"(?:,? {any_of(_TABLE['trailing'])})+ ?$|,? {_AT_A_TIME} ?$|, i {_TOGETHER} med [^,]{{2,90}}, ?$", re.IGNORECASE
)
_OFFICE = pattern(OFFICE, re.IGNORECASE)
_OUTSIDER = pattern(rf"{any_of(_TABLE['outsiders'])}$", re.IGNORECASE)
_JOINT = pattern(
    r"(?:\s(?:och|samt|samt att|och att|att|dels))?\s*(?:\b(?:åt|till)|(?<!\w)[a-zåäö]\))?\s*$", re.IGNORECASE
)
_LETTER = re.compile(r"[a-zåäö]\)\s+")
_CLOSES = pattern(rf"\b{any_of(TABLES['closings']['outcomes'])}\b", re.IGNORECASE)
_THAT_FOLLOWS = re.compile(r"\s+att\b", re.IGNORECASE)
_MOST = 22
_NEAR = 500


@dataclass(frozen=True, kw_only=True)
class _Charge:
    """Who is charged, where the task begins and where the sentence ends."""

    who: Passage
    start: int
    task: int
    end: int
    shape: str


def read_assignments(page: Page, clauses: list[Clause], body: str | None = None) -> list[Assignment]:
    """The assignments of the clauses, in order; those of proposals to a higher body are not in force."""
    found: list[Assignment] = []
    for place, clause in enumerate(clauses):
        charges = _charges(page, clause.span)
        charged: set[str] = set()
        if clause.charged and not charges:
            found.append(_assignment(page, place, clause, clause.charged, clause.span.start, clause.span.end))
            charged.add(clause.charged.text)
        for charge in charges:
            if charge.shape == "reporting" and charge.who.text in charged:
                continue
            reason = "obligation_to_report" if charge.shape == "reporting" else None
            given = _assignment(page, place, clause, charge.who, charge.task, charge.end, reason)
            proposed = is_proposed(page.text, clause.span.start, charge.start, body)
            found.append(replace(given, in_force=given.in_force and not proposed))
            charged.add(charge.who.text)
    return found


def charged_in(page: Page, start: int, end: int) -> Passage | None:
    """The office that a lead charges with the points below it; their first `att` may end its words."""
    if that := _THAT_FOLLOWS.match(page.text, end):
        end = that.end()
    return next((charge.who for charge in _charges(page, Span(start=start, end=end))), None)


def speaks_of_assignment(sentence: str) -> bool:
    """Whether a sentence of reasoning speaks of an assignment."""
    return any(SHAPES[name].search(sentence) for name in ("given", "giving", "charging", "giving_to"))


def _assignment(
    page: Page, place: int, clause: Clause, who: Passage, start: int, end: int, reason: str | None = None
) -> Assignment:
    joint = _JOINT.search(page.text, max(start, end - 30), end)
    task = page.passage(start, joint.start() if joint else end, strip=".,:;")
    return Assignment(
        clause=place,
        assignee=who.text,
        assignee_span=who.span,
        text=task.text,
        span=task.span,
        in_force=clause.body is None,
        reason=reason or (None if _OFFICE.search(who.text) else "assignee_unclear"),
    )


def _charges(page: Page, span: Span) -> list[_Charge]:
    """The charges in order; the task of one ends where the next one names its office."""
    found = list(_each_charge(page, span))
    following = [*(charge.who.span.start for charge in found), span.end][1:]
    return [
        replace(charge, end=min(charge.end, begin)) if begin > charge.task else charge
        for charge, begin in zip(found, following, strict=True)
    ]


def _each_charge(page: Page, span: Span) -> Iterator[_Charge]:
    for start, end in sentences(page.text, span.start, span.end):
        reach, above = start, ""
        for name, match in _matches(page.text, start, end):
            if match.start() < reach or (name == "reporting" and reach != start):
                continue
            if not _may_stand(page.text, name, match, start, end, above):
                continue
            who = _assignee(page, start, match, name, reach)
            if who is None:
                continue
            yield _Charge(
                who=who,
                start=match.start(),
                task=max(match.start("task"), match.start("tells")) if name == "reporting" else match.end(),
                end=_end(page.text, match.end(), end, span.end),
                shape=name,
            )
            reach, above = match.end(), name


def _may_stand(text: str, name: str, match: re.Match[str], start: int, end: int, above: str) -> bool:
    """Whether what comes before allows the shape: `samt åt B att …` needs an A, `Uppdrag till …` opens its sentence."""
    if name == "another":
        return above in _TO_SOMEBODY
    return name != "heading_to" or (match.start() == start and not _CLOSES.search(text, match.end(), end))


def _end(text: str, task: int, sentence: int, clause: int) -> int:
    """A task whose list is announced by a colon runs to the end of the clause."""
    return clause if text.endswith(":", task - 1, task) or text.endswith(":", task, sentence) else sentence


def _matches(text: str, start: int, end: int) -> list[tuple[str, re.Match[str]]]:
    found = [(name, match) for name, shape in SHAPES.items() for match in shape.finditer(text, start, end)]
    return sorted(found, key=lambda one: (one[1].start(), one[0] == "reporting", one[1].end()))


def _assignee(page: Page, start: int, match: re.Match[str], name: str, reach: int) -> Passage | None:
    """The office charged, or None when the words do not decide an assignment."""
    start = max(start, match.start() - _NEAR)
    before = page.text[start : match.start()]
    if _REFUSES.search(before) and not _JOINED.search(before):
        return None
    if name in _BEFORE_IS_ASSIGNEE:
        return _subject(page, max(start, reach), match.start(), name)
    if _SUBORDINATE.search(before):
        return None
    infinitive = match.group().split()[0].lower() in ("ge", "uppdra", "lämna", "tilldela", "ålägga", "anmoda")
    if infinitive and not (_INFINITIVE.search(before) or _CONDITIONED.fullmatch(before)):
        return None
    if infinitive and re.search(r"\b(?:om|till|genom|av|för)\s+att\s*$", before, re.IGNORECASE):
        return None
    return _cleaned(page, match.start("who"), match.end("who"))


def _subject(page: Page, start: int, end: int, name: str) -> Passage | None:
    """The noun phrase before the verb, without what governs it."""
    words = page.text[start:end]
    for shape in (_GOVERNOR, _FINITE):
        if cut := shape.match(words):
            start, words = start + cut.end(), words[cut.end() :]
    if _SUBORDINATE.search(words) or re.search(
        r"\b(?:att|som|vilken|vilka)\s+(?:\S+\s+){0,3}$", _OPENING.sub("", words), re.IGNORECASE
    ):
        return None
    if phrase := _LEADING_PHRASE.match(words):
        start += phrase.end()
    who = _cleaned(page, start, end)
    if who is None or (name == "reporting" and (not _OFFICE.search(who.text) or _OUTSIDER.search(who.text))):
        return None
    return (
        None
        if who.text.lower() in ("det", "detta", "uppdraget", "den", "de", "arbetet", "som", "uppdragen")
        or who.text.lower().startswith("uppdrag")
        else who
    )


def _cleaned(page: Page, start: int, end: int) -> Passage | None:
    words = page.text[start:end]
    opening = _OPENING.match(words)
    start += opening.end() if opening else 0
    if letter := _LETTER.match(page.text, start, end):
        start = letter.end()
    if trailing := _TRAILING.search(page.text, start, end):
        end = trailing.start()
    who = page.passage(start, end, strip=",-–")
    return who if who.text and len(who.text.split()) <= _MOST and re.search(r"[A-Za-zÅÄÖåäö]{2}", who.text) else None
