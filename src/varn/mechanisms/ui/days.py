"""The day that a page is asked about, and what is said of a day that no page takes."""

from datetime import date

from django.contrib import messages
from django.utils.translation import gettext as _

from varn.kernel.calendar import FINAL_DAY, FIRST_DAY, is_within_range
from varn.mechanisms.access.request import Request


def range_sentence() -> str:
    """Why a day beyond the range is not taken."""
    return _("Give a day from %(first)s through %(last)s.") % {"first": FIRST_DAY, "last": FINAL_DAY}


def day_asked(request: Request) -> date:
    """The day named in the page's address (`?day=`), or today.

    What is no day, or a day beyond the range, gives today and a sentence that says so.
    """
    named = request.GET.get("day", "")
    if not named:
        return request.viewer.day
    day = _written_as(named)
    if day is not None and is_within_range(day):
        return day
    messages.warning(request, _("The day cannot be shown, so this is today.") + " " + range_sentence())
    return request.viewer.day


def _written_as(named: str) -> date | None:
    try:
        return date.fromisoformat(named)
    except ValueError:
        return None
