"""The days that the words of a period can mean: a day, a month, a quarter, a year, a season."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from .dates import YEAR, calendar_day, day_of, month_of
from .model import DeadlineKind
from .words import TABLES

_ORDINALS: list[str] = TABLES["deadlines"]["ordinals"]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """First and last day that the words can mean, both included, and why a person has to confirm them."""

    kind: DeadlineKind
    first: date | None = None
    last: date | None = None
    reason: str | None = None


def _day(words: str, meeting: date | None) -> Reading | None:
    day = day_of(words)
    return Reading(kind=DeadlineKind.DAY, first=day, last=day) if day else None


def _bare_day(words: str, meeting: date | None) -> Reading | None:
    """A day without a year is the next such day after the meeting; without a meeting it has no date."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    month = month_of(words) or (numbers[1] if len(numbers) > 1 else 0)
    if not 1 <= month <= 12 or not 1 <= numbers[0] <= 31:
        return None
    day = _next(lambda year: calendar_day(year, month, numbers[0]), meeting)
    return Reading(kind=DeadlineKind.DAY, first=day, last=day, reason="year_not_stated")


def _short_day(words: str, meeting: date | None) -> Reading | None:
    """`241001` as registers write a day of this century."""
    day = calendar_day(2000 + int(words[:2]), int(words[2:4]), int(words[4:]))
    return Reading(kind=DeadlineKind.DAY, first=day, last=day, reason="year_not_stated") if day else None


def _next(day_in: Callable[[int], date | None], meeting: date | None) -> date | None:
    if meeting is None:
        return None
    days = [day for year in (meeting.year, meeting.year + 1) if (day := day_in(year))]
    return next((day for day in days if day >= meeting), None)


def _months(kind: DeadlineKind, year: int, first: int, last: int, reason: str | None = None) -> Reading:
    return Reading(
        kind=kind, first=date(year, first, 1), last=date(year, last, calendar.monthrange(year, last)[1]), reason=reason
    )


def _year_in(words: str, meeting: date | None) -> tuple[int | None, str | None]:
    """The year the words name, else the year of the meeting, which a person has to confirm."""
    if found := re.findall(YEAR, words):
        return int(found[-1]), None
    return (meeting.year if meeting else None), "year_not_stated"


def _ordinal(words: str) -> int:
    low = words.lower()
    for place, word in enumerate(_ORDINALS, start=1):
        if word in low:
            return place
    found = re.search(r"(?<!\d)([1-4])(?!\d)", re.sub(YEAR, "", low))
    return int(found.group(1)) if found else 1


def _part(words: str, meeting: date | None, months: int, kind: DeadlineKind) -> Reading | None:
    year, reason = _year_in(words, meeting)
    last = _ordinal(words) * months
    if last > 12:
        return None
    return _months(kind, year, last - months + 1, last, reason) if year else Reading(kind=kind, reason=reason)


def _half(words: str, meeting: date | None) -> Reading | None:
    if "halvårsskiftet" in words.lower():
        year, reason = _year_in(words, meeting)
        day = date(year, 6, 30) if year else None
        return Reading(kind=DeadlineKind.DAY, first=day, last=day, reason=reason)
    return _part(words, meeting, 6, DeadlineKind.YEAR)


def _turn(words: str, meeting: date | None) -> Reading | None:
    years = re.findall(YEAR, words)
    year = (
        int(years[0]) - (1 if len(years) == 1 and not re.search(r"[-/–]", words) else 0)
        if years
        else meeting.year
        if meeting
        else None
    )
    day = date(year, 12, 31) if year else None
    return Reading(kind=DeadlineKind.DAY, first=day, last=day, reason="turn_of_the_year")


def _ending(words: str, meeting: date | None) -> Reading | None:
    year, reason = _year_in(words, meeting)
    month = month_of(re.sub(r"slutet|utgången|års|årets|året", "", words)) or 12
    if year is None:
        return Reading(kind=DeadlineKind.YEAR, reason=reason)
    day = date(year, month, calendar.monthrange(year, month)[1])
    return Reading(kind=DeadlineKind.DAY, first=day, last=day, reason=reason)


def _month(words: str, meeting: date | None) -> Reading | None:
    year = int(re.search(YEAR, words).group())
    month = month_of(words) or int(words[-2:])
    return _months(DeadlineKind.MONTH, year, month, month)


def _several_months(words: str, meeting: date | None) -> Reading | None:
    """`mars och april 2025` runs from the first to the last of them."""
    year = int(words.split()[-1])
    first, last = month_of(words), month_of(re.split(r"[-–]|\b(?:och|samt|till)\b", words)[-1])
    return _months(DeadlineKind.MONTH, year, first, last) if first <= last else None


def _bare_month(words: str, meeting: date | None) -> Reading | None:
    month = month_of(words)
    last = _next(lambda year: date(year, month, calendar.monthrange(year, month)[1]), meeting)
    first = last.replace(day=1) if last else None
    return Reading(kind=DeadlineKind.MONTH, first=first, last=last, reason="year_not_stated")


def _week(words: str, meeting: date | None) -> Reading | None:
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    try:
        monday = date.fromisocalendar(numbers[-1], numbers[0], 1)
    except ValueError:
        return None
    return Reading(kind=DeadlineKind.DAY, first=monday, last=monday + timedelta(days=6))


def season(words: str, meeting: date | None) -> Reading:
    """Spring lies in the first half of its year and autumn in the second; no day follows from it."""
    years = re.findall(YEAR, words)
    if not years or not words.lower().startswith(("vår", "höst")):
        return Reading(kind=DeadlineKind.VAGUE)
    first, last = (1, 6) if words.lower().startswith("vår") else (7, 12)
    return _months(DeadlineKind.VAGUE, int(years[0]), first, last)


def _year(words: str, meeting: date | None) -> Reading | None:
    return _months(DeadlineKind.YEAR, int(words), 1, 12)


def _years(words: str, meeting: date | None) -> Reading | None:
    """`2025–2026` or `2025–26` runs to the end of the later year."""
    first, last = re.findall(r"\d+", words)
    year = int(first[:2] + last) if len(last) == 2 else int(last)
    if year <= int(first):
        return None
    return Reading(kind=DeadlineKind.YEAR, first=date(int(first), 1, 1), last=date(year, 12, 31))


def _this_year(words: str, meeting: date | None) -> Reading | None:
    ahead = 1 if re.match(r"(?:nästa|kommande)", words, re.IGNORECASE) else 0
    return (
        _months(DeadlineKind.YEAR, meeting.year + ahead, 1, 12, "year_not_stated")
        if meeting
        else Reading(kind=DeadlineKind.YEAR, reason="year_not_stated")
    )


def after(day: date, count: int, unit: str) -> date | None:
    if unit.startswith(("dag", "veck")):
        return day + timedelta(days=count * (7 if unit.startswith("veck") else 1))
    months = day.month - 1 + count * (12 if unit == "år" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return (
        calendar_day(year, month, min(day.day, calendar.monthrange(year, month)[1])) if year <= date.max.year else None
    )


READERS: dict[str, Callable[[str, date | None], Reading | None]] = {
    "day": _day,
    "bare_day": _bare_day,
    "short_day": _short_day,
    "quarter": lambda words, meeting: _part(words, meeting, 3, DeadlineKind.QUARTER),
    "tertial": lambda words, meeting: _part(words, meeting, 4, DeadlineKind.QUARTER),
    "half": _half,
    "turn": _turn,
    "end": _ending,
    "months": _several_months,
    "month": _month,
    "bare_month": _bare_month,
    "week": _week,
    "season": season,
    "years": _years,
    "year": _year,
    "this_year": _this_year,
}
