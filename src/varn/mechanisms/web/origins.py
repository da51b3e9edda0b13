"""Where a request comes from: what changes something is sent by our own pages, and nobody else shows them as theirs."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from varn.mechanisms.web.answers import page

READING = ("GET", "HEAD", "OPTIONS")
OUR_OWN = ("same-origin",)
# "none" is the reader's own doing: an address that was written, a bookmark, a link in a mail program.
BY_OURSELVES = ("same-origin", "none")


class Origins:
    """A change is sent by a page of our own, and no page of another's holds ours.

    The cookies are never sent with a link from elsewhere. A reader who comes by one is shown a page that asks for the
    same address again, from here: then they are.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # The reader's own cookies did not come along: others in their place would sign them out.
        if _is_from_elsewhere(request) and not _is_open(request):
            response.cookies.clear()
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        if _is_open(request):
            return None
        if request.method in READING:
            if _is_held_by_another(request) or _is_part_for_another(request):
                return page(request, 403)
            return _once_more(request) if _comes_without_cookies(request) else None
        return None if is_our_own(request) else page(request, 403)


def is_our_own(request: HttpRequest) -> bool:
    """Whether a page of this installation sent it. Old browsers that do not say so name the page it was sent from.

    A program with a key of its own and no cookies is nobody's browser, and cannot be led by another page.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OUR_OWN
    named = request.headers.get("Origin") or request.headers.get("Referer")
    if named is not None:
        return _place_of(named) == (request.scheme, request.get_host())
    if getattr(request, "_dont_enforce_csrf_checks", False):
        return True
    return "Authorization" in request.headers and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _place_of(address: str) -> tuple[str, str] | None:
    """The scheme and host of an address; `None` for what is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.scheme, parts.netloc


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in settings.OPEN_TO_OTHERS


def _is_from_elsewhere(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Site", "none") not in BY_OURSELVES


def _is_held_by_another(request: HttpRequest) -> bool:
    """A frame, a picture, a script or a question of another's page; going to ours from there is no such thing."""
    if not _is_from_elsewhere(request):
        return False
    is_going_here = request.headers.get("Sec-Fetch-Mode") == "navigate"
    return not (is_going_here and request.headers.get("Sec-Fetch-Dest") == "document")


def _is_part_for_another(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers and request.headers.get("Sec-Fetch-Site", "same-origin") not in OUR_OWN


def _comes_without_cookies(request: HttpRequest) -> bool:
    has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method == "GET" and _is_from_elsewhere(request) and not has_cookie


def _once_more(request: HttpRequest) -> HttpResponse:
    made: HttpResponse = import_string(settings.PAGE_ONCE_MORE)(request)
    return made
