"""The pages for what went wrong. They say what the reader can do, a number to give, and nothing of what is behind."""

import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from varn.kernel.faults import fault_of
from varn.mechanisms.access.request import OpenRequest
from varn.mechanisms.web.numbers import number
from varn.mechanisms.web.once import UnknownFields

_FORBIDDEN = _(
    "Nothing was changed. Rights follow from appointments: ask the one who appoints if you should have this one."
)
# What each says: its title, and what the reader can do.
WORDS = {
    "400": (_("The page did not understand"), _("What was sent could not be read. Go back and try again.")),
    "unknown": (
        _("The page did not understand"),
        _("Something was sent that the page does not ask for. Nothing was done. Load the page again."),
    ),
    "keyless": (
        _("The form could not be recognised"),
        _("The form lacked what tells it apart from one that is sent twice. Nothing was changed."),
    ),
    "expired": (
        _("The form was open too long"),
        _("Nothing was changed. Go back, load the page again and send the form once more."),
    ),
    "403": (_("You may not do this"), _FORBIDDEN),
    "404": (
        _("There is no such page"),
        _("The address leads nowhere, or to something that you must sign in to see."),
    ),
    "404-signed-in": (
        _("There is no such page"),
        _("The address leads nowhere, or to something you cannot see. Search, or choose from the menu."),
    ),
    "405": (
        _("The page cannot be used in that way"),
        _("Nothing was changed. Open the page anew and use its own buttons."),
    ),
    "409": (
        _("This has been sent before"),
        _("The same form was sent once already, with other content. Nothing more was changed. Open the page anew."),
    ),
    "busy": (
        _("Others are changing this at the moment"),
        _("It was changed again and again while you were saving. Nothing that you wrote was saved. Wait a little."),
    ),
    "413": (
        _("It is too much at once"),
        _("What was sent is larger than can be taken. Nothing was changed. Send less, or a smaller file."),
    ),
    "429": (_("There have been many attempts"), _("Nothing was changed. Wait a while and try again.")),
    "500": (
        _("Something went wrong"),
        _("The fault is ours, and it is written down. Nothing you sent was half saved. Try again in a while."),
    ),
    "503": (
        _("Nothing can be saved just now"),
        _("What you sent was not saved. Tell whoever runs Värn; the log says what is wrong."),
    ),
}
# One that htmx asked for is shown in the middle of the page that it came from.
SWAP = {"HX-Retarget": "#main", "HX-Reswap": "innerHTML show:window:top"}


def bad_request(request: OpenRequest, exception: Exception) -> HttpResponse:
    """What was sent could not be understood, or was too much."""
    if isinstance(exception, UnknownFields):
        return error_page(request, HTTPStatus.BAD_REQUEST, about="unknown")
    is_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return error_page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE if is_large else HTTPStatus.BAD_REQUEST)


def forbidden(request: OpenRequest, exception: Exception) -> HttpResponse:
    """The reader may not do this."""
    return error_page(request, HTTPStatus.FORBIDDEN)


def not_found(request: OpenRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or none that this reader may see: the answer is the same."""
    return error_page(request, HTTPStatus.NOT_FOUND)


def too_many(request: OpenRequest) -> HttpResponse:
    """There were more attempts than are taken in this time."""
    return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)


def server_error(request: OpenRequest) -> HttpResponse:
    """Something broke. The pages need neither the database nor the shell, which may be what broke.

    Where the disk or the database stopped it, the page says that nothing was saved, and the log says what is wrong.
    """
    error = sys.exception()
    is_fault = error is not None and fault_of(error) is not None
    return _bare(request, HTTPStatus.SERVICE_UNAVAILABLE if is_fault else HTTPStatus.INTERNAL_SERVER_ERROR)


def form_expired(request: OpenRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or was not sent from here. Nothing was changed."""
    return error_page(request, HTTPStatus.FORBIDDEN, about="expired")


def error_page(request: OpenRequest, status: int, *, about: str = "", **more: object) -> HttpResponse:
    """The page of this status in the reader's shell, or without one where nobody has been asked for yet.

    `about` tells apart pages of the same status.
    """
    if not hasattr(request, "viewer"):
        return _bare(request, status)
    about = about or ("404-signed-in" if status == HTTPStatus.NOT_FOUND and request.viewer else str(int(status)))
    said = _said(about) | more
    if "HX-Request" in request.headers:
        return HttpResponse(render_to_string("ui/errors/_error.html", said, request), status=status, headers=SWAP)
    return render(request, "ui/errors/error.html", said, status=status)


def once_more(request: OpenRequest) -> HttpResponse:
    """The reader came from elsewhere: the same address is asked for again, from here, and the cookies come along."""
    with translation.override(_language(request)):
        return HttpResponse(render_to_string("ui/errors/once_more.html", {"address": request.get_full_path()}))


def _bare(request: OpenRequest, status: int) -> HttpResponse:
    """A page of its own, which asks neither the database nor who is reading."""
    with translation.override(_language(request)):
        return HttpResponse(render_to_string("ui/errors/bare.html", _said(str(int(status)))), status=status)


def _said(about: str) -> dict[str, object]:
    title, text = WORDS[about]
    return {"title": title, "text": text, "number": number()}


def _language(request: OpenRequest) -> str:
    return getattr(request, "LANGUAGE_CODE", "") or translation.get_language_from_request(request)
