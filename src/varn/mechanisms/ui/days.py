"""The database says when something is over (half-open); a person reads and writes the last day that is included."""

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def last_day(until: date | None) -> date | None:
    """The last day that is included; `None` stays open."""
    return until and until - ONE_DAY


def until_date(last: date | None) -> date | None:
    """The half-open end that follows the last included day; `None` stays open."""
    return last and last + ONE_DAY
