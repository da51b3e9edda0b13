"""When a job is due: a line in the manner of cron, read in the municipality's own time.

A job is a function marked `@scheduled("*/5 * * * *", name="notices:deliver_mail")` in an app's `jobs.py`; the mark says
when and under which name, nothing is run by it. Five fields: minute, hour, day of the month, month, day of the week
(0 or 7 is Sunday), each `*`, `*/n`, `a`, `a-b`, `a-b/n` or several of these with commas between.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

F = TypeVar("F", bound=Callable[..., Any])

LIMITS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
PART = re.compile(r"(?:\*|(?P<first>\d+)(?:-(?P<last>\d+))?)(?:/(?P<step>\d+))?")
LONGEST_GAP_DAYS = 366 * 8


class ScheduleError(ValueError):
    """The line is not a schedule."""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The minutes at which something is due."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    either_day: bool

    @classmethod
    def parse(cls, line: str) -> "Schedule":
        """The schedule that the line says. Raises `ScheduleError`, also for a day that never comes."""
        fields = line.split()
        if len(fields) != len(LIMITS):
            raise ScheduleError(f"{line!r} does not have five fields")
        minutes, hours, days, months, weekdays = (
            _numbers(field, *limits) for field, limits in zip(fields, LIMITS, strict=True)
        )
        schedule = cls(
            minutes=minutes,
            hours=hours,
            days=days,
            months=months,
            weekdays=tuple(sorted({number % 7 for number in weekdays})),
            either_day=not fields[2].startswith("*") and not fields[4].startswith("*"),
        )
        if schedule.latest(datetime(2100, 1, 1, tzinfo=UTC), zone=ZoneInfo("UTC")) is None:
            raise ScheduleError(f"{line!r} never comes")
        return schedule

    def latest(self, at: datetime, *, zone: ZoneInfo) -> datetime | None:
        """The last moment it was due, at or before `at`; nothing when that is years ago."""
        last = at.astimezone(zone).date()
        for day in (last - timedelta(days=gone) for gone in range(LONGEST_GAP_DAYS)):
            due = [moment for moment in self._moments(day, zone) if moment <= at]
            if due:
                return max(due)
        return None

    def next(self, at: datetime, *, zone: ZoneInfo) -> datetime | None:
        """The first moment it is due after `at`; nothing when that is years away."""
        first = at.astimezone(zone).date()
        for day in (first + timedelta(days=gone) for gone in range(LONGEST_GAP_DAYS)):
            due = [moment for moment in self._moments(day, zone) if moment > at]
            if due:
                return min(due)
        return None

    def _moments(self, day: date, zone: ZoneInfo) -> Iterator[datetime]:
        """Every moment of the day. A time that the clock skips in spring comes an hour later; one it repeats in autumn
        comes once, unless it is due every hour."""
        if not self._is_on(day):
            return
        folds = (0, 1) if len(self.hours) == 24 else (0,)
        for hour in self.hours:
            for minute in self.minutes:
                for fold in folds:
                    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone, fold=fold)
                    yield local.astimezone(UTC)

    def _is_on(self, day: date) -> bool:
        in_month, in_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        on_day = (in_month or in_week) if self.either_day else (in_month and in_week)
        return on_day and day.month in self.months


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What `@scheduled` writes on a function."""

    name: str
    line: str
    schedule: Schedule


def scheduled(line: str, *, name: str) -> Callable[[F], F]:
    """The function is a job of this name, due as the line says.

    It is called with `by` (a system viewer named after it) and `at` (the moment of the run), and may return how many
    things it dealt with.
    """
    mark = Mark(name=name, line=line, schedule=Schedule.parse(line))

    def decorate(function: F) -> F:
        function.mark = mark  # type: ignore[attr-defined]
        return function

    return decorate


def _numbers(field: str, lowest: int, highest: int) -> tuple[int, ...]:
    numbers: set[int] = set()
    for part in field.split(","):
        match = PART.fullmatch(part)
        if match is None:
            raise ScheduleError(f"{part!r} is not a part of a schedule")
        first, last, step = _range(match, lowest, highest)
        if not lowest <= first <= last <= highest or step < 1:
            raise ScheduleError(f"{part!r} is not between {lowest} and {highest}")
        numbers |= set(range(first, last + 1, step))
    return tuple(sorted(numbers))


def _range(match: re.Match[str], lowest: int, highest: int) -> tuple[int, int, int]:
    step = int(match["step"] or 1)
    if match["first"] is None:
        return lowest, highest, step
    first = int(match["first"])
    if match["last"] is not None:
        return first, int(match["last"]), step
    return first, highest if match["step"] else first, step
