"""The words of a deadline and the days they can mean; a day that cannot be derived is not given."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .dates import DAY, MONTH, MONTHS, YEAR, calendar_day, day_of, month_of
from .model import Deadline, DeadlineKind, Span
from .words import TABLES, any_of, fold, pattern

_TABLE = TABLES["deadlines"]
_ORDINAL = any_of([*_TABLE["ordinals"], "1:a", "2:a", "3:e", "4:e", "1", "2", "3", "4"])
_TRIGGER = r"(?:(?:allra |dock )?senast|innan|före|fram till(?: och med)?|till och med|t\.?o\.?m\.?|inför)"
_INTO = r"(?: (?:den|i|under|till|vid|per|med|år|före|innan|inför|för|på|och med)){0,3}"
_START = rf"(?:{_TRIGGER}{_INTO}|under(?: loppet av)?|till(?: den)?|i|vid|(?:med|för) (?:återrapportering|redovisning|rapport|slutredovisning|delrapport) (?:{_TRIGGER}{_INTO}|till|under|i|den))"
_PERIODS: dict[str, str] = {
    "day": rf"(?:den )?(?P<day>{DAY})",
    "bare_day": rf"(?:den )?(?P<bare_day>\d{{1,2}}(?: |:e |:a |/)(?:{MONTH}|\d{{1,2}}(?!\d)))(?! (?:{YEAR}|\d{{4}}))",
    "quarter": rf"(?P<quarter>(?:kvartal|Q|kv\.?) ?[1-4](?: (?:år )?{YEAR})?|{_ORDINAL} kvartalet(?: (?:år )?{YEAR})?|(?:kvartal) {_ORDINAL}(?: {YEAR})?)",
    "tertial": rf"(?P<tertial>tertial ?[1-3](?: (?:år )?{YEAR})?|{_ORDINAL} tertialet(?: (?:år )?{YEAR})?|T[1-3] {YEAR})",
    "half": rf"(?P<half>(?:första|andra) (?:halvåret|halvan av)(?: (?:år )?{YEAR})?|halvårsskiftet(?: {YEAR})?)",
    "turn": rf"(?P<turn>årsskiftet(?: {YEAR} ?[-/–] ?(?:{YEAR}|\d{{2}})| {YEAR})?)",
    "end": rf"(?P<end>(?:utgången|slutet) av (?:år )?(?:{MONTH} )?(?:{YEAR})|{YEAR} års (?:utgång|slut)|(?:årets|året) (?:slut|utgång)|utgången av året|slutet av året)",
    "month": rf"(?P<month>(?:{MONTH})(?: månad)? (?:år )?{YEAR}|{YEAR}-(?:0[1-9]|1[0-2])(?![-\d]))",
    "bare_month": rf"(?P<bare_month>{any_of(MONTHS)})(?: månad)?(?! (?:{YEAR}|\d))",
    "week": rf"(?P<week>(?:vecka|v\.?) ?\d{{1,2}}(?:,? {YEAR}))",
    "season": rf"(?P<season>{any_of(_TABLE['seasons'])}(?: {YEAR})?)",
    "year": rf"(?:år )?(?P<year>{YEAR})(?! ?[-–/] ?\d|:\d)",
    "this_year": r"(?P<this_year>(?:innevarande |nästa |kommande )år(?:et)?|året|år(?! \d))",
}
_EVENT_WORD = r"(?!(?:för|om|av|med|och|att|i|på|samt|som|till|vid|varje|under|inför|senast|nästa)\b)[\wåäöÅÄÖ:-]+ "
_EVENT_DAY = rf"(?:(?: (?:för|per|i|under|år|den|av))? (?:{DAY}|{MONTH}(?: {YEAR})?|{YEAR}))?"
_EVENT = rf"(?P<event>(?:{_EVENT_WORD}){{0,5}}?[\wåäöÅÄÖ-]*{any_of(_TABLE['events'])}[\wåäö-]*(?: (?:nr )?\d{{1,2}}(?!\d))?{_EVENT_DAY})"
_WITH_EVENT = rf"(?:i samband med|i anslutning till|inför|till|vid|senast (?:i samband med|vid|till|inför)|före|innan) {_EVENT}"
_WITHIN = rf"inom (?:en tid av |högst )?(?P<count>\d{{1,3}}|{any_of(_TABLE['numbers'])}|ett) (?P<unit>dagar|dag|veckor|vecka|månader|månad|år)"
_SEASON_ALONE = rf"(?P<lone_season>{any_of(_TABLE['seasons'])} {YEAR})"
_REACH = 90
_JOIN = 45


@dataclass(frozen=True, kw_only=True)
class _Reading:
    kind: DeadlineKind
    first: date | None = None
    last: date | None = None
    reason: str | None = None


_DATED = [(name, pattern(rf"(?<![\w-]){_START} {source}", re.IGNORECASE)) for name, source in _PERIODS.items()]
_EVENTS = pattern(rf"(?<![\w-]){_WITH_EVENT}", re.IGNORECASE)
_INSIDE = pattern(rf"(?<![\w-]){_WITHIN}", re.IGNORECASE)
_LONE = pattern(rf"(?<![\w-]){_SEASON_ALONE}", re.IGNORECASE)
_RECURRING = pattern(rf"(?<![\w-]){any_of(_TABLE['recurring'])}(?![\w])", re.IGNORECASE)
_VAGUE = pattern(rf"(?<![\w-]){any_of(_TABLE['vague'])}(?![\w])", re.IGNORECASE)
_FIRM = pattern(rf"{_TRIGGER}\b", re.IGNORECASE)
_TO_YEAR = pattern(rf"(?:senast till|före|innan|inför) (?:år )?{YEAR}", re.IGNORECASE)


def read_deadlines(text: str, start: int, end: int, meeting: date | None) -> list[Deadline]:
    """The deadlines named between two places of the text; words that go together are one deadline."""
    return _merged(text, _single(text, start, end, meeting))


def _single(text: str, start: int, end: int, meeting: date | None) -> list[Deadline]:
    found: list[Deadline] = []
    for name, shape in _DATED:
        for match in shape.finditer(text, start, end):
            if reading := _read(name, match, meeting):
                found.append(_deadline(match, reading))
    found += [_deadline(match, _event(match, meeting)) for match in _EVENTS.finditer(text, start, end)]
    found += [_deadline(match, _within(match, meeting)) for match in _INSIDE.finditer(text, start, end)]
    found += [_deadline(match, _season(match["lone_season"], meeting)) for match in _LONE.finditer(text, start, end)]
    found += [_deadline(match, _Reading(kind=DeadlineKind.RECURRING)) for match in _RECURRING.finditer(text, start, end)]
    found += [_deadline(match, _Reading(kind=DeadlineKind.VAGUE)) for match in _VAGUE.finditer(text, start, end)]
    return _longest(found)


def _deadline(match: re.Match[str], reading: _Reading) -> Deadline:
    return Deadline(
        text=fold(match.group()), span=Span(start=match.start(), end=match.end()), kind=reading.kind, first=reading.first, last=reading.last, reason=reading.reason,
    )


def _longest(found: list[Deadline]) -> list[Deadline]:
    """Of deadlines that overlap the longest one, in the order of the text."""
    kept: list[Deadline] = []
    for one in sorted(found, key=lambda item: (item.span.start - item.span.end, item.due is None)):
        if all(one.span.end <= other.span.start or one.span.start >= other.span.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda item: item.span.start)


def _merged(text: str, found: list[Deadline]) -> list[Deadline]:
    """`under 2022 och … senast till 2023` and `skyndsamt … under 2023` are one deadline each."""
    done: list[Deadline] = []
    for one in found:
        between = text[done[-1].span.end : one.span.start] if done else ""
        if done and one.due and _go_together(done[-1], one, between):
            span = Span(start=done[-1].span.start, end=one.span.end)
            days = [day for day in (done[-1].last, one.last) if day]
            first = min([day for day in (done[-1].first, one.first) if day], default=None)
            done[-1] = replace(one, text=fold(text[span.start : span.end]), span=span, first=first, last=max(days), reason="words_combined")
        else:
            done.append(one)
    return done


def _go_together(before: Deadline, after: Deadline, between: str) -> bool:
    if re.search(r"[.;:]", between):
        return False
    if before.kind is DeadlineKind.VAGUE:
        return len(between) <= _REACH
    return before.due is not None and len(between) <= _JOIN and bool(re.match(r"\s+och\s", between))


def _read(name: str, match: re.Match[str], meeting: date | None) -> _Reading | None:
    firm = bool(_FIRM.match(match.group()))
    if re.match(r"(?:i|vid)\s", match.group(), re.IGNORECASE) and name in ("year", "day", "quarter", "bare_day"):
        return None
    reading = _READERS[name](match[name], meeting)
    if reading is None or (reading.last and meeting and reading.last < meeting):
        return None
    if name == "this_year" and not re.match(r"under|senast|inom|före|innan", match.group(), re.IGNORECASE):
        return None
    if name == "year" and _TO_YEAR.match(match.group()) and reading.first:
        last = reading.first - timedelta(days=1)
        return _Reading(kind=DeadlineKind.YEAR, first=date(last.year, 1, 1), last=last, reason="before_the_year")
    return reading if firm or name != "bare_month" or match.group().lower().startswith(("under", "i")) else None


def _day(words: str, meeting: date | None) -> _Reading | None:
    day = day_of(words)
    return _Reading(kind=DeadlineKind.DAY, first=day, last=day) if day else None


def _bare_day(words: str, meeting: date | None) -> _Reading | None:
    """A day without a year is the next such day after the meeting; without a meeting it has no date."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    month = month_of(words) or (numbers[1] if len(numbers) > 1 else 0)
    if not 1 <= month <= 12 or not 1 <= numbers[0] <= 31:
        return None
    day = _next(lambda year: calendar_day(year, month, numbers[0]), meeting)
    return _Reading(kind=DeadlineKind.DAY, first=day, last=day, reason="year_not_stated")


def _next(day_in: Callable[[int], date | None], meeting: date | None) -> date | None:
    if meeting is None:
        return None
    days = [day for year in (meeting.year, meeting.year + 1) if (day := day_in(year))]
    return next((day for day in days if day >= meeting), None)


def _months(kind: DeadlineKind, year: int, first: int, last: int, reason: str | None = None) -> _Reading:
    return _Reading(kind=kind, first=date(year, first, 1), last=date(year, last, calendar.monthrange(year, last)[1]), reason=reason)


def _year_in(words: str, meeting: date | None) -> tuple[int | None, str | None]:
    """The year the words name, else the year of the meeting, which a person has to confirm."""
    if found := re.findall(YEAR, words):
        return int(found[-1]), None
    return (meeting.year if meeting else None), "year_not_stated"


def _ordinal(words: str) -> int:
    low = words.lower()
    for place, word in enumerate(_TABLE["ordinals"], start=1):
        if word in low:
            return place
    found = re.search(r"(?<!\d)([1-4])(?!\d)", re.sub(YEAR, "", low))
    return int(found.group(1)) if found else 1


def _part(words: str, meeting: date | None, months: int, kind: DeadlineKind) -> _Reading | None:
    year, reason = _year_in(words, meeting)
    last = _ordinal(words) * months
    if last > 12:
        return None
    return _months(kind, year, last - months + 1, last, reason) if year else _Reading(kind=kind, reason=reason)


def _half(words: str, meeting: date | None) -> _Reading | None:
    if "halvårsskiftet" in words.lower():
        year, reason = _year_in(words, meeting)
        day = date(year, 6, 30) if year else None
        return _Reading(kind=DeadlineKind.DAY, first=day, last=day, reason=reason)
    return _part(words, meeting, 6, DeadlineKind.YEAR)


def _turn(words: str, meeting: date | None) -> _Reading | None:
    years = re.findall(YEAR, words)
    year = int(years[0]) - (1 if len(years) == 1 and not re.search(r"[-/–]", words) else 0) if years else meeting.year if meeting else None
    day = date(year, 12, 31) if year else None
    return _Reading(kind=DeadlineKind.DAY, first=day, last=day, reason="turn_of_the_year")


def _ending(words: str, meeting: date | None) -> _Reading | None:
    year, reason = _year_in(words, meeting)
    month = month_of(re.sub(r"slutet|utgången|års|årets|året", "", words)) or 12
    if year is None:
        return _Reading(kind=DeadlineKind.YEAR, reason=reason)
    day = date(year, month, calendar.monthrange(year, month)[1])
    return _Reading(kind=DeadlineKind.DAY, first=day, last=day, reason=reason)


def _month(words: str, meeting: date | None) -> _Reading | None:
    year = int(re.search(YEAR, words).group())
    month = month_of(words) or int(words[-2:])
    return _months(DeadlineKind.MONTH, year, month, month)


def _bare_month(words: str, meeting: date | None) -> _Reading | None:
    month = month_of(words)
    last = _next(lambda year: date(year, month, calendar.monthrange(year, month)[1]), meeting)
    first = last.replace(day=1) if last else None
    return _Reading(kind=DeadlineKind.MONTH, first=first, last=last, reason="year_not_stated")


def _week(words: str, meeting: date | None) -> _Reading | None:
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    try:
        monday = date.fromisocalendar(numbers[-1], numbers[0], 1)
    except ValueError:
        return None
    return _Reading(kind=DeadlineKind.DAY, first=monday, last=monday + timedelta(days=6))


def _season(words: str, meeting: date | None) -> _Reading:
    """Spring lies in the first half of its year and autumn in the second; no day follows from it."""
    years = re.findall(YEAR, words)
    if not years or not words.lower().startswith(("vår", "höst")):
        return _Reading(kind=DeadlineKind.VAGUE)
    first, last = (1, 6) if words.lower().startswith("vår") else (7, 12)
    return _months(DeadlineKind.VAGUE, int(years[0]), first, last)


def _year(words: str, meeting: date | None) -> _Reading | None:
    return _months(DeadlineKind.YEAR, int(words), 1, 12)


def _this_year(words: str, meeting: date | None) -> _Reading | None:
    ahead = 1 if re.match(r"(?:nästa|kommande)", words, re.IGNORECASE) else 0
    return _months(DeadlineKind.YEAR, meeting.year + ahead, 1, 12, "year_not_stated") if meeting else _Reading(kind=DeadlineKind.YEAR, reason="year_not_stated")


def _event(match: re.Match[str], meeting: date | None) -> _Reading:
    """An event has a date only if the words name its day or its month and year."""
    words = match["event"]
    if day := day_of(words):
        return _Reading(kind=DeadlineKind.DAY, first=day, last=day)
    named = pattern(rf"(?:i|under) ({MONTH} {YEAR})$", re.IGNORECASE).search(fold(words))
    return replace(_month(named.group(1), meeting), reason="month_of_the_event") if named else _Reading(kind=DeadlineKind.EVENT)


def _within(match: re.Match[str], meeting: date | None) -> _Reading:
    """A length of time runs from the day of the meeting, which a person has to confirm."""
    words = match["count"].lower()
    count = int(words) if words.isdigit() else 1 if words == "ett" else _TABLE["numbers"].index(words) + 1
    last = _after(meeting, count, match["unit"].lower()) if meeting else None
    return _Reading(kind=DeadlineKind.DAY, first=meeting if last else None, last=last, reason="counted_from_the_meeting")


def _after(day: date, count: int, unit: str) -> date | None:
    if unit.startswith(("dag", "veck")):
        return day + timedelta(days=count * (7 if unit.startswith("veck") else 1))
    months = day.month - 1 + count * (12 if unit == "år" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return calendar_day(year, month, min(day.day, calendar.monthrange(year, month)[1])) if year <= date.max.year else None


_READERS: dict[str, Callable[[str, date | None], _Reading | None]] = {
    "day": _day,
    "bare_day": _bare_day,
    "quarter": lambda words, meeting: _part(words, meeting, 3, DeadlineKind.QUARTER),
    "tertial": lambda words, meeting: _part(words, meeting, 4, DeadlineKind.QUARTER),
    "half": _half,
    "turn": _turn,
    "end": _ending,
    "month": _month,
    "bare_month": _bare_month,
    "week": _week,
    "season": _season,
    "year": _year,
    "this_year": _this_year,
}
