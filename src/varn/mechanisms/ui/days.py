"""Days as people read and write them.

The database says when something is over (half-open); a person reads and writes the last day that is included.
"""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _

from varn.mechanisms.access.request import Request

ONE_DAY = timedelta(days=1)
# What a municipality has days for; what lies beyond is a slip of the hand, or no day to count from.
FIRST_DAY, FINAL_DAY = date(1900, 1, 1), date(2199, 12, 31)


def is_within_range(day: date) -> bool:
    """Whether the day is one that can be counted from and shown."""
    return FIRST_DAY <= day <= FINAL_DAY


def range_sentence() -> str:
    """Why a day beyond the range is not taken."""
    return _("Give a day from %(first)s through %(last)s.") % {"first": FIRST_DAY, "last": FINAL_DAY}


def day_asked(request: Request) -> date:
    """The day named in the page's address (`?day=`), or today.

    What is no day does not exist. A day beyond the range gives today, and a sentence that says so.
    """
    named = request.GET.get("day", "")
    if not named:
        return request.viewer.day
    try:
        day = date.fromisoformat(named)
    except ValueError as error:
        raise Http404 from error
    if is_within_range(day):
        return day
    messages.warning(request, _("The day cannot be shown, so this is today.") + " " + range_sentence())
    return request.viewer.day


def last_day(until: date | None) -> date | None:
    """The last day that is included; `None` stays open."""
    return until and until - ONE_DAY


def until_date(last: date | None) -> date | None:
    """The half-open end that follows the last included day; `None` stays open."""
    return last and last + ONE_DAY
