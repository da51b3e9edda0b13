"""The lawbook: deadlines, retention periods, grounds and thresholds as dated rows with a source.

No number of law stands in code. A rule has an id and versions; a version holds from its day until the next one's, and
a version without a day holds as far back as anyone asks. A rule without a value is inactive. A municipality's own
folder, named by the environment variable VARN_LAWBOOK, adds rules and changes them.
"""

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from varn.kernel import calendar as swedish_calendar
from varn.kernel.calendar import FixedDay, Period, day_in_sweden
from varn.kernel.lawbook_files import LawbookError, read_lawbook
from varn.kernel.provisions import (
    Amount,
    Counting,
    DatedRule,
    InactiveRule,
    Mark,
    Rule,
    RuleKind,
    RuleVersion,
    UnknownRule,
    Value,
)

__all__ = [
    "LAW",
    "Amount",
    "Counting",
    "DatedRule",
    "FixedDay",
    "InactiveRule",
    "Lawbook",
    "LawbookError",
    "Mark",
    "Period",
    "Rule",
    "RuleKind",
    "RuleVersion",
    "UnknownRule",
    "Value",
    "WorkingDays",
    "due",
]


class WorkingDays(Protocol):
    """What a deadline asks of a calendar. `varn.kernel.calendar` answers for Sweden."""

    def next_working_day(self, day: date) -> date: ...

    def add_working_days(self, day: date, count: int) -> date: ...

    def add_period(self, day: date, period: Period) -> date: ...


class Lawbook(Mapping[str, DatedRule]):
    """Every rule by its id, and (`marks`) what the marks on their sources mean."""

    def __init__(self, rules: Mapping[str, DatedRule], marks: Mapping[str, Mark]) -> None:
        self._rules = MappingProxyType(dict(rules))
        self.marks = MappingProxyType(dict(marks))

    @classmethod
    def load(cls, folder: Path, local_folder: Path | None = None) -> "Lawbook":
        """The rules of the folder, with the municipality's own laid over them rule by rule and version by version."""
        return cls(*read_lawbook(folder, local_folder))

    def __getitem__(self, rule_id: str) -> DatedRule:
        try:
            return self._rules[rule_id]
        except KeyError:
            raise UnknownRule(f"The lawbook has no rule {rule_id!r}") from None

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._rules

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)


def due(version: RuleVersion, start: date | datetime, calendar: WorkingDays = swedish_calendar) -> date | datetime:
    """When the time that began at `start` is out: a moment for hours of the clock, otherwise the last day.

    A moment counts from its day in Sweden. What the law wants at once is due when it starts. Where the version says
    so, a last day on a Saturday, Sunday, holiday or eve moves to the next working day.
    """
    value = version.value
    if isinstance(value, FixedDay):
        end: date | datetime = _fixed_day(value, day_in_sweden(start), in_following_year=version.in_following_year)
    elif isinstance(value, Period):
        end = _end_of_period(version, value, start, calendar)
    else:
        raise InactiveRule(f"{version.rule.id} has no time to count")
    return calendar.next_working_day(day_in_sweden(end)) if version.moves_to_working_day else end


def _fixed_day(fixed: FixedDay, start: date, *, in_following_year: bool) -> date:
    return fixed.on_or_after(date(start.year + 1, 1, 1) if in_following_year else start)


def _end_of_period(
    version: RuleVersion, period: Period, start: date | datetime, calendar: WorkingDays
) -> date | datetime:
    if version.counts_hours:
        return _after_hours(period, start)
    day = day_in_sweden(start)
    if version.calendar is Counting.WORKING:
        return calendar.add_working_days(day, period.days)
    return calendar.add_period(day, period)


def _after_hours(period: Period, start: date | datetime) -> date | datetime:
    if not period:
        return start
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise ValueError("Hours are counted from a moment with a time zone")
    end = start.astimezone(UTC) + timedelta(weeks=period.weeks, days=period.days, hours=period.hours)
    return end.astimezone(start.tzinfo)


def _local_folder() -> Path | None:
    named = os.environ.get("VARN_LAWBOOK")
    return Path(named) if named else None


LAW = Lawbook.load(Path(__file__).parents[1] / "lawbook", _local_folder())
