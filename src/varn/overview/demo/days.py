"""The days of the demo: as they were decided, or all moved by the same number of weeks so that the story runs now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

DECIDED = date(2021, 12, 14)
# The decision lies this long back, so that the year of its deadline is running.
BACK = timedelta(days=335)


@dataclass(frozen=True, kw_only=True)
class Days:
    """Turns a day of the decided story into the day it has in this demo.

    A meeting keeps its weekday. `year` is the year during which the main decision is to be carried out.
    """

    today: date
    moved: timedelta
    year: int

    def day(self, told: date) -> date:
        """The day in this demo."""
        return told + self.moved

    def last(self, told: date) -> date:
        """The half-open end of a period whose last day is told."""
        return self.day(told) + timedelta(days=1)

    def ahead(self, count: int) -> date:
        """So many days from today."""
        return self.today + timedelta(days=count)

    def moment(self, told: date, hour: int = 9) -> datetime:
        """That day at that hour, in the municipality's own time."""
        return morning(self.day(told), hour)

    def words(self, values: Mapping[str, date]) -> dict[str, str]:
        """The values of an excerpt as it writes them: 2021-12-14, or where the name says so "14 december 2021"."""
        with override("sv"):
            return {name: self._written(name, told) for name, told in values.items()} | {
                "year": str(self.year),
                "next_year": str(self.year + 1),
            }

    def _written(self, name: str, told: date) -> str:
        day = self.day(told)
        return date_format(day, "j F Y") if name.endswith("_words") else day.isoformat()


def as_decided(today: date) -> Days:
    """The real days of the decision."""
    return Days(today=today, moved=timedelta(), year=DECIDED.year + 1)


def relative_to(today: date) -> Days:
    """The decision was made on the same weekday, some eleven months ago."""
    latest = today - BACK
    decided = latest - timedelta(days=(latest.weekday() - DECIDED.weekday()) % 7)
    return Days(today=today, moved=decided - DECIDED, year=today.year)


def morning(day: date, hour: int) -> datetime:
    """The full hour of the day, in the municipality's own time."""
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())
