"""Days as Swedish law and Swedish offices count them. Only pure functions: nothing here knows what day it is.

A working day is Monday to Friday and neither a public holiday nor one of the eves that count as holidays
(Midsummer Eve, Christmas Eve, New Year's Eve); they are known from 1953 to 2100. Intervals are half-open: the first
day belongs to them, the last does not.
"""

import calendar as _months
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

SWEDEN = ZoneInfo("Europe/Stockholm")
SATURDAY = 5
ONE_DAY = timedelta(days=1)
# What a municipality has days for; what lies beyond is a slip of the hand, or no day to count from.
FIRST_DAY, FINAL_DAY = date(1900, 1, 1), date(2199, 12, 31)
FIXED_DAY = re.compile(r"(\d{4}|-)-(\d{2})-(\d{2})")
ISO_PERIOD = re.compile(
    r"P(?=\d|T\d)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:0S)?)?"
)


@dataclass(frozen=True, kw_only=True)
class Period:
    """A length of time in the units the law uses. A month is a month, not thirty days."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0

    def __post_init__(self) -> None:
        if min(self.years, self.months, self.weeks, self.days, self.hours) < 0:
            raise ValueError("A period cannot be negative")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period an ISO 8601 duration stands for ("P14D", "P3M", "PT72H"; "PT0S" is no time at all)."""
        match = ISO_PERIOD.fullmatch(text)
        if match is None or text.endswith("T"):
            raise ValueError(f"{text!r} is not a period in years, months, weeks, days and hours")
        return cls(**{unit: int(number) for unit, number in match.groupdict(default="0").items()})

    def __str__(self) -> str:
        """The ISO 8601 duration; `Period.parse` reads it back."""
        parts = ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
        days = "".join(f"{number}{letter}" for number, letter in parts if number)
        hours = f"T{self.hours}H" if self.hours else ""
        return f"P{days}{hours}" if days or hours else "P0D"

    def __bool__(self) -> bool:
        """Whether any time passes at all."""
        return self != Period()


@dataclass(frozen=True, kw_only=True)
class FixedDay:
    """A day of the calendar: every year ("--10-31"), or once when `year` is given ("2026-02-16")."""

    year: int | None = None
    month: int
    day: int

    def __post_init__(self) -> None:
        if self.year is None and (self.month, self.day) == (2, 29):
            raise ValueError("Not every year has a 29 February")
        date(self.year or 2001, self.month, self.day)

    @classmethod
    def parse(cls, text: str) -> "FixedDay":
        """The day that is written with its year, or with two dashes in place of it."""
        match = FIXED_DAY.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a day such as --10-31 or 2026-02-16")
        year, month, day = match.groups()
        return cls(year=None if year == "-" else int(year), month=int(month), day=int(day))

    def __str__(self) -> str:
        return f"{'-' if self.year is None else f'{self.year:04d}'}-{self.month:02d}-{self.day:02d}"

    def on_or_after(self, day: date) -> date:
        """The first such day that is not before `day`. A day that comes once is given even if passed."""
        if self.year is not None:
            return date(self.year, self.month, self.day)
        this_year = date(day.year, self.month, self.day)
        return this_year if this_year >= day else date(day.year + 1, self.month, self.day)


@dataclass(frozen=True)
class Interval:
    """The days from `from_date` up to, but not including, `until_date`. `None` means that no end is known."""

    from_date: date
    until_date: date | None = None

    def __post_init__(self) -> None:
        if self.until_date is not None and self.until_date <= self.from_date:
            raise ValueError(f"An interval must hold at least one day: {self.from_date} to {self.until_date}")

    @property
    def last_date(self) -> date | None:
        """The last day that belongs to the interval, as people write it ("till och med")."""
        return last_day(self.until_date)

    def holds(self, day: date) -> bool:
        """Whether the day belongs to the interval."""
        return self.from_date <= day and (self.until_date is None or day < self.until_date)

    def common(self, other: "Interval") -> "Interval | None":
        """The days that belong to both, or `None` when no day does."""
        start = max(self.from_date, other.from_date)
        ends = [end for end in (self.until_date, other.until_date) if end is not None]
        end = min(ends) if ends else None
        return None if end is not None and end <= start else Interval(start, end)


def is_within_range(day: date) -> bool:
    """Whether the day is one that can be counted from and shown."""
    return FIRST_DAY <= day <= FINAL_DAY


def last_day(until: date | None) -> date | None:
    """The last day that is included, as people write it; `None` stays open."""
    return until and until - ONE_DAY


def until_date(last: date | None) -> date | None:
    """The half-open end that follows the last included day; `None` stays open."""
    return last and last + ONE_DAY


def is_working_day(day: date) -> bool:
    """Whether offices are open: not a Saturday, a Sunday, a public holiday or an eve that counts as one."""
    return day.weekday() < SATURDAY and day not in _holidays_of(day.year)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, otherwise the first working day after it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day` (before it, when negative). Nought gives `next_working_day(day)`."""
    if count == 0:
        return next_working_day(day)
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def add_period(day: date, period: Period) -> date:
    """The day a period of whole days ends, counted from `day`, which itself is not counted.

    Years and months come first and clip to the end of the month (31 January plus one month is the last of February).
    Hours are refused: a day has no time of the clock.
    """
    if period.hours:
        raise ValueError("A period of hours starts at a moment, not on a day")
    months = day.year * 12 + day.month - 1 + period.years * 12 + period.months
    year, month = months // 12, months % 12 + 1
    clipped = date(year, month, min(day.day, _months.monthrange(year, month)[1]))
    return clipped + timedelta(weeks=period.weeks, days=period.days)


def day_in_sweden(moment: date | datetime) -> date:
    """The day on the calendar in Sweden at this moment; a plain day is given back as it is.

    A moment without a time zone is refused, for nobody can say which day it belongs to.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("A moment must carry its time zone")
    return moment.astimezone(SWEDEN).date()


def end_of_day(day: date) -> datetime:
    """The moment at which the day is over in Sweden; what happened that day happened before it."""
    return datetime.combine(day + ONE_DAY, time.min, tzinfo=SWEDEN)


def week(year: int, number: int) -> Interval:
    """The seven days of a week, from its Monday."""
    monday = date.fromisocalendar(year, number, 1)
    return Interval(monday, monday + timedelta(days=7))


def month(year: int, number: int) -> Interval:
    """The days of a month, 1 to 12."""
    return _months_of(year, number, 1)


def quarter(year: int, number: int) -> Interval:
    """The days of a quarter, 1 to 4."""
    return _months_of(year, number, 3)


def tertial(year: int, number: int) -> Interval:
    """The days of a tertial, 1 to 3: the four months Swedish municipalities report by."""
    return _months_of(year, number, 4)


def _months_of(year: int, number: int, length: int) -> Interval:
    if not 1 <= number <= 12 // length:
        raise ValueError(f"A year has no part number {number} of {length} months")
    first = date(year, (number - 1) * length + 1, 1)
    return Interval(first, add_period(first, Period(months=length)))


@lru_cache(maxsize=256)
def _holidays_of(year: int) -> dict[date, str]:
    categories = (holidays.PUBLIC, holidays.DE_FACTO)
    found = holidays.country_holidays("SE", years=year, categories=categories, language="sv", expand=False)
    return dict(found)
