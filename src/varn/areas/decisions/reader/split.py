"""Minutes → §§: where each begins, past tables of contents, references and running page heads."""

import re
from dataclasses import dataclass

from . import bodies
from .casenumbers import is_case_number, labelled
from .dates import DAY
from .headings import heading, kind_of
from .lines import Line
from .words import pattern

_START = pattern(
    r"(?:(?P<short>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,7}) ?)?§{1,2} ?"
    r"(?P<number>\d{1,4} ?[-–] ?\d{1,4}(?=\s+[A-ZÅÄÖ])|\d{1,4}(?:/\d{2,4})?)(?![\d/])\.?(?P<rest>.*)",
    re.DOTALL,
)
_BARE = pattern(r"(?P<short>)(?P<number>\d{1,4}/\d{2})(?P<rest> [A-ZÅÄÖ].*)")
_NAMED = pattern(r"(?P<short>)Paragraf ?(?P<number>\d{1,4}(?:/\d{2,4})?)(?![\d/])[.:]?(?P<rest>.*)", re.DOTALL)
_NUMBER_FIRST = pattern(r"(?P<short>)(?P<number>\d{1,4}(?:/\d{2,4})?) ?§(?P<rest> [A-ZÅÄÖ].*)", re.DOTALL)
_ELSEWHERE = pattern(r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,7} ?§ ?\d{1,4}(?:/\d{2,4})?")
_ALSO = pattern(r"[\s,/]*(?P<short>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,7}) ?§ ?(?P<number>\d{1,4}(?:/\d{2,4})?)(?!\d)\.?")
_RANGE = re.compile(r"\s*(?:[-–]|,|och\b|samt\b|&|kap)\s*(?:§|\d|och\b|kap|$)", re.IGNORECASE)
_FOLLOWS = re.compile(r"\s*(?:[.,;)\]”\"]|:(?!\s+[A-ZÅÄÖ])|[a-zåäö])")
_DOTTED = re.compile(r"(?:\.{3,}|…|(?:\. ){3,}|_{3,})\s*\d{0,4}\s*$")
_PAGED = re.compile(r"(?:\t| {2,})\d{1,4}$")
AGENDA = pattern(r"(?:Ärende|Ärendepunkt|Punkt|Dagordningspunkt)(?: nr)?\.? ?\d{1,3}[.:]?", re.IGNORECASE)
"""The place of a matter on the agenda, above the number of its §."""
_FORTS = re.compile(r"^\W*(?:forts|fortsättning)", re.IGNORECASE)
_BROKEN = pattern(
    r"(?:[,;(–-]|(?<![:.]\d)\d|\b(?:enligt|i|och|av|från|den|kap\.?|se|under|lagen|beslut|protokoll|till|samt|paragraf|om|ks|kf))$",
    re.IGNORECASE,
)
_ENDS_WITH_DAY = pattern(rf"{DAY}$", re.IGNORECASE)
_TITLE = pattern(r"\s+[A-ZÅÄÖ][a-zåäö]{2,} [^.]{6,}$")
_SHAPES = (_START, _NAMED, _NUMBER_FIRST, _BARE)
_JUMP = 40
_OPENING = frozenset({"decision", "background", "proposal", "basis", "higher"})
_TELLING = frozenset({"decision", "basis", "recipients", "movers", "proposal"})


@dataclass(frozen=True, kw_only=True)
class Start:
    """A line that may open a §: its number, the abbreviated body before it, and where what follows begins."""

    line: int
    number: str
    short: str | None
    rest: int

    @property
    def order(self) -> int:
        return int(re.split(r"\D", self.number)[0])


@dataclass(frozen=True, kw_only=True)
class Section:
    """The lines [first, last) of one §; `start` is None when the text states no number."""

    first: int
    last: int
    start: Start | None


def sections(lines: list[Line]) -> list[Section]:
    """The §§ in order. A text without any § but with a decision is one § without a number."""
    starts = _chosen(lines, _candidates(lines))
    if not starts:
        return [Section(first=0, last=len(lines), start=None)] if _decided(lines) else []
    firsts = [_with_case_number_above(start, lines) for start in starts]
    return [
        Section(first=first, last=last, start=start)
        for start, first, last in zip(starts, firsts, [*firsts[1:], len(lines)], strict=True)
    ]


def _decided(lines: list[Line]) -> bool:
    """Whether a heading says that something is decided, which it does not in a statute."""
    return any(kind_of(line.text) in ("decision", "higher") for line in lines)


def repeated_heads(lines: list[Line], section: Section) -> set[int]:
    """Lines of the § that only repeat its own number at the top of a later page."""
    if section.start is None:
        return set()
    again = pattern(
        rf"\W*(?:forts(?:\.|ättning)?\W*)?(?:[^\W\d]{{1,8}} )?§ ?{re.escape(section.start.number)}\W*"
        r"(?:(?:,? ?forts|fortsättning)\b.*)?",
        re.IGNORECASE,
    )
    return {
        index
        for index in range(section.start.line + 1, section.last)
        if "§" in lines[index].text[:24]
        and (again.fullmatch(lines[index].text) or _is_same(_start(index, lines), section.start))
    }


def _is_same(one: Start | None, other: Start) -> bool:
    return one is not None and one.number == other.number


def _candidates(lines: list[Line]) -> list[Start]:
    """The lines that may open a §, by its sign or, where no line has that, by its name or by its number alone."""
    shapes = [shape for shape in _SHAPES if shape is not _NUMBER_FIRST or _decided(lines)]
    each = ([start for at in range(len(lines)) if (start := _start(at, lines, shape))] for shape in shapes)
    return _unstacked(next((found for found in each if found), []), lines)


def _unstacked(found: list[Start], lines: list[Line]) -> list[Start]:
    """Of `Au § 41` over `Ks § 63` the number of the highest body: the others say where the matter was before."""
    done: list[Start] = []
    for start in found:
        above = done[-1] if done else None
        if above and above.short and start.short and _is_right_below(above, start, lines):
            done[-1] = start if bodies.rank(start.short) > bodies.rank(above.short) else above
        else:
            done.append(start)
    return done


def _is_right_below(above: Start, start: Start, lines: list[Line]) -> bool:
    between = lines[above.line + 1 : start.line]
    return not lines[above.line].text[above.rest :].strip() and not lines[start.line].gap and not between


def _start(index: int, lines: list[Line], shape: re.Pattern[str] = _START) -> Start | None:
    text = lines[index].text
    if shape is _START and "§" not in text[:16]:
        return None
    bare = text.lstrip("#* ")
    match = shape.match(bare)
    if match is None or _RANGE.match(match["rest"]) or _FOLLOWS.match(match["rest"]):
        return None
    if index and not lines[index].gap and not lines[index].page and _goes_on_from(lines[index - 1].text, match["rest"]):
        return None
    if match["short"] and match["short"].lower() in ("se", "och", "enligt", "jfr", "i"):
        return None
    own = _highest(match, bare)
    rest = len(text) - len(bare) + own.end("number")
    rest = text.index("§", rest) + 1 if shape is _NUMBER_FIRST else rest + text.startswith(".", rest)
    return Start(line=index, number=own["number"], short=own["short"] or None, rest=rest)


def _highest(first: re.Match[str], text: str) -> re.Match[str]:
    """Of `Au § 41   Ks § 63` on one line the number of the highest body."""
    own = match = first
    while own["short"] and (match := _ALSO.match(text, match.end("number"))):
        own = match if bodies.rank(match["short"]) > bodies.rank(own["short"]) else own
    return own


def _goes_on_from(above: str, rest: str) -> bool:
    """Whether a line that begins with § only goes on with a reference begun in the line above.

    A title after the number shows that it does not, where the line above ends with a day.
    """
    kind = kind_of(above)
    if _ENDS_WITH_DAY.search(above) and _TITLE.match(rest):
        return False
    if _ELSEWHERE.fullmatch(above) or AGENDA.fullmatch(above):
        return False
    return kind in ("basis", "proposal") or (kind is None and bool(_BROKEN.search(above)) and not is_case_number(above))


def _chosen(lines: list[Line], candidates: list[Start]) -> list[Start]:
    """The candidates that open a §: in rising order, with contents lists and repetitions left out."""
    chosen: list[Start] = []
    last_place = {start.number: place for place, start in enumerate(candidates)}
    ends = [*(start.line for start in candidates), len(lines)][1:]
    for place, (start, end) in enumerate(zip(candidates, ends, strict=True)):
        if _is_listed(lines, start, end, last_place[start.number] > place):
            continue
        if chosen and (start.number == chosen[-1].number or _FORTS.match(lines[start.line].text[start.rest :])):
            continue
        rises = not chosen or (chosen[-1].order < start.order < chosen[-1].order + _JUMP and _alike(chosen[-1], start))
        if rises or (_has_head(lines, start, end) and not (chosen and _is_of_lower_body(chosen[-1], start, lines))):
            chosen.append(start)
    return chosen


def _alike(one: Start, other: Start) -> bool:
    """Whether both numbers are written in one way, so that they can belong to the same minutes."""
    return (one.short or "").lower() == (other.short or "").lower() and ("/" in one.number) == ("/" in other.number)


def _is_of_lower_body(one: Start, other: Start, lines: list[Line]) -> bool:
    """Whether the line only names the § under which a lower body treated the matter: `AU § 160`."""
    if not other.short or re.search(r"\w", lines[other.line].text[other.rest :]):
        return False
    return bodies.rank(other.short) < (bodies.rank(one.short) if one.short else 1)


def _is_listed(lines: list[Line], start: Start, end: int, again: bool) -> bool:
    """Whether the line is an entry of a table of contents."""
    if _DOTTED.search(lines[start.line].text):
        return True
    body = lines[start.line + 1 : end]
    if len(body) <= 3 and any(_DOTTED.search(line.text) for line in body[:2]):
        return True
    if not again:
        return False
    listed = bool(_PAGED.search(lines[start.line].text))
    return listed or not any(kind_of(line.text) in _TELLING for line in _with_content(body[:60]))


def _with_content(body: list[Line]) -> list[Line]:
    """The lines without a last one that is a heading over nothing, as between the entries of a table of contents."""
    last = heading(body[-1].text) if body else None
    return body[:-1] if last is not None and last.content is None else body


def _has_head(lines: list[Line], start: Start, end: int) -> bool:
    """Whether the lines that follow look like the head of a § and not like a reference or a statute."""
    near = lines[start.line : min(end, start.line + 9)]
    marked = any(kind_of(line.text) in _OPENING for line in near[1:])
    numbered = any(labelled(line.text) or any(is_case_number(cell) for cell in line.cells) for line in near[:4])
    return (marked or numbered) and (lines[start.line].gap or lines[start.line].page or numbered)


def _with_case_number_above(start: Start, lines: list[Line]) -> int:
    first = start.line
    while first and start.short and not lines[first].gap and _ELSEWHERE.fullmatch(lines[first - 1].text):
        first -= 1
    above = first - 1
    if first and (AGENDA.fullmatch(lines[above].text) or _is_title_above(start, lines)):
        return above
    if above < 0 or not is_case_number(lines[above].text):
        return first
    below = lines[start.line : start.line + 4]
    if any(labelled(line.text) or any(is_case_number(cell) for cell in line.cells) for line in below):
        return first
    return above


def _is_title_above(start: Start, lines: list[Line]) -> bool:
    """Whether the title stands right above the line of the §, which itself has none, nor the line below it."""
    title, own, below = lines[start.line - 1], lines[start.line], lines[start.line + 1 : start.line + 2]
    bare = not re.search(r"\w", own.text[start.rest :]) or is_case_number(own.text[start.rest :])
    alone = title.gap and not own.gap and kind_of(title.text) is None and not title.text.endswith((".", ":", ","))
    return bare and alone and bool(below) and kind_of(below[0].text) is not None
