"""The day that a page is about, from its address."""

from datetime import date

from django.http import Http404

from varn.mechanisms.access.request import Request


def day_of(request: Request) -> date:
    """The day named in the address, or today. A day that cannot be read does not exist."""
    named = request.GET.get("day", "")
    if not named:
        return request.viewer.day
    try:
        return date.fromisoformat(named)
    except ValueError as error:
        raise Http404 from error


def number_of(request: Request, name: str) -> int | None:
    """A number named in the address, or `None`. One that cannot be read does not exist."""
    written = request.GET.get(name, "")
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or len(written) > 15:
        raise Http404
    return int(written)
