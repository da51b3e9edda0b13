"""Case numbers in all the forms of Swedish registers, told apart from statutes, years and days."""

import re
from dataclasses import dataclass

from .words import TABLES, any_of, pattern

_YEAR = r"(?:19|20)\d{2}"
_END = r"(?!\d)(?!-\d)"
_LETTERED_FORMS = [
    rf"[A-ZÅÄÖ]{{2,7}}(?:[\s/][A-ZÅÄÖ]{{2,7}})?[\s/-]?{_YEAR}[:/-]\d{{1,6}}(?:/\d{{2,3}}(?!\d)|[:-]\d{{1,4}}(?:(?:\.\d{{1,3}}){{1,3}})?|(?:\.\d{{1,3}}){{1,3}})?",
    rf"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{{1,6}}[\s/-]?{_YEAR}[:/-]\d{{1,6}}(?::\d{{1,4}})?",
    rf"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{{1,6}}[\s.]{_YEAR}\.\d{{1,6}}",
    rf"{_YEAR}\.\d{{1,6}} [A-ZÅÄÖ]{{2,6}}(?![A-Za-zåäö])",
    rf"{_YEAR}/\d{{1,6}}[\s-][A-ZÅÄÖ]{{2,6}}(?=\s*$|\t|\s{{2}})",
    rf"{_YEAR}/[A-ZÅÄÖ]{{2,5}} \d{{3,5}}",
    rf"{_YEAR}[-/]?[A-ZÅÄÖ]{{2,5}}[-/]?\d{{3,5}}(?:\.\d{{1,3}}){{0,3}}",
    r"\d{2}[A-ZÅÄÖ]{2,5}\d{1,5}",
]
_FORMS = [
    *_LETTERED_FORMS,
    rf"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{{1,6}}[\s-]?\d{{1,6}}/(?:{_YEAR}|\d{{2}})(?:-\d{{1,4}})?",
    r"[A-ZÅÄÖ]{2,6}[\s-]?\d{2}/\d{1,6}",
    rf"[A-ZÅÄÖ]{{2,6}}/\d{{1,6}}/{_YEAR}",
    rf"\d\.\d(?:\.\d)?-\d{{3,5}}/{_YEAR}",
    rf"\d{{1,6}}/{_YEAR}(?:-\d{{1,4}})?",
    r"\d{1,6}/\d{2}",
    rf"{_YEAR}[-/:](?!{_YEAR}(?!\d))\d{{1,6}}(?:[.-]\d{{1,4}}){{0,3}}",
    rf"{_YEAR}\.\d{{1,6}}(?:\.\d{{1,4}})?",
    rf"(?!{_YEAR}-)\d{{3,6}}-{_YEAR}",
]
_GLUED = rf"(?P<glued>\d{{3,6}}/{_YEAR})(?=\d\.\d)"
_ANY = pattern(rf"(?:{_GLUED}|(?:{'|'.join(_FORMS)}){_END})")
_AFTER_LABEL = pattern(
    r"(?:[A-ZÅÄÖ]{2,6}[\s-]?)?\d{1,6}-\d{2,6}(?![\d-])|\d{2}\.\d{2,5}(?:-\d{1,4})?(?![\d.-])"
    rf"|[A-ZÅÄÖ][\s-]?{_YEAR}[:/-](?!{_YEAR}(?!\d))\d{{1,6}}(?![\d-])"
)
_LETTERED = pattern(rf"(?<![\w./-])(?:{'|'.join(_LETTERED_FORMS)}){_END}")
NAMED = pattern(rf"(?<!\w)(?:{any_of([*TABLES['head']['labels'], 'ärende'])})\.? ?:? ?", re.IGNORECASE)
"""What may stand right before a case number; `Ärende` only there, for titles begin with it."""
LABEL = pattern(rf"(?<!\w){any_of(TABLES['head']['labels'])}\.? ?:? ?", re.IGNORECASE)
_PLANNED = re.compile(r"(?P<case>.*(?:[/:.]|\d{4}-)\d{1,6})-(?:\d{3}|\d{1,2}(?:\.\d{1,3})+)")
_SERIES = frozenset(TABLES["head"]["series"])
_DAY = re.compile(rf"{_YEAR}[-–]\d{{2}}[-–]\d{{2}}(?!\d)")
_BEFORE = re.compile(r"([\wåäöÅÄÖ-]+)[\s.:(]*$")
_STATUTE = ("lagen", "lag", "förordningen", "förordning", "balken", "balk")


@dataclass(frozen=True, kw_only=True)
class Found:
    """A case number and its place in the string it was found in."""

    number: str
    start: int
    end: int


def labelled(text: str) -> Found | None:
    """The case number that follows `Dnr`, `Diarienummer` and their like, if the text has one."""
    for label in LABEL.finditer(text):
        match = _ANY.match(text, label.end()) or _AFTER_LABEL.match(text, label.end())
        if match and not _is_day(match):
            return _found(match)
    return None


def unlabelled(text: str, *, lettered: bool = False) -> list[Found]:
    """Every case number in the text; `lettered` ones only, where numbers of other kinds may stand."""
    shape = _LETTERED if lettered else _ANY
    return [_found(match) for match in shape.finditer(text) if not _is_day(match) and not _is_in_series(match)]


def is_case_number(text: str) -> bool:
    """Whether the text is one case number, with or without its label and a plan code after it, and nothing else."""
    stripped = text.strip(" .()[]")
    label = NAMED.match(stripped)
    match = _ANY.match(stripped, label.end() if label else 0)
    match = match or (_AFTER_LABEL.match(stripped, label.end()) if label else None)
    if match is None or _is_day(match) or _is_in_series(match):
        return False
    return not stripped[match.end() :].strip(" .-–0123456789")


def is_labelled(text: str) -> bool:
    """Whether the text is one case number with its label and nothing else."""
    return bool(LABEL.match(text)) and is_case_number(text)


def _found(match: re.Match[str]) -> Found:
    """The number without the code of the filing plan that some registers join to it: `2016/114-042`."""
    planned = _PLANNED.fullmatch(match.group())
    number = planned["case"] if planned else match.group()
    return Found(number=number, start=match.start(), end=match.start() + len(number))


def _is_day(match: re.Match[str]) -> bool:
    return bool(_DAY.search(match.string[match.start() : match.end() + 3]))


def _is_in_series(match: re.Match[str]) -> bool:
    """Whether the number is one of a statute, a bill or a report."""
    before = _BEFORE.search(match.string, max(0, match.start() - 24), match.start())
    own = re.match(r"[A-Za-zÅÄÖåäö-]+", match.group())
    words = [found.group(found.lastindex or 0).lower().rstrip("-") for found in (before, own) if found]
    return any(word in _SERIES or word.endswith(_STATUTE) for word in words)
