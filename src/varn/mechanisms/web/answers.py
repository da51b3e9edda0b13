"""Around everything else: the number of the request, the headers of every answer, and the last resort."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from varn.mechanisms.web import numbers
from varn.mechanisms.web.bounds import hindrance
from varn.mechanisms.web.static_files import digest_of

# What a page may ask of the machine it is shown on: nothing, but to use the key by which one signs in.
FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid",
    "identity-credentials-get", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb", "window-management",
    "xr-spatial-tracking",
)  # fmt: skip
KEYS = ("publickey-credentials-get", "publickey-credentials-create")
ALWAYS = {
    # Which program answers, and of which version, is nobody's business.
    "Server": "-",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join([*(f"{each}=()" for each in FEATURES), *(f"{each}=(self)" for each in KEYS)]),
}
NEVER_KEPT = "no-store"
KEPT = "public, max-age=31536000, immutable"
# An answer that has no page of its own gets one, when a person is to read it.
BARE = (405, 409, 413, 429)
LAST_RESORT = "<!doctype html><meta charset=utf-8><title>Värn</title><p>Något gick fel. / Something went wrong. {}</p>"

logger = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]


class Answers:
    """Every answer has its number and its headers, whoever made it: a page, a file, a refusal, a fault, a style sheet.

    What comes from an unknown host, or is unreadable or too large, is refused before anything looks at it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = numbers.begin()
        status = hindrance(request)
        response = page(request, status) if status else self.get_response(request)
        if response.status_code in BARE and not response.streaming and not response.content:
            response = _dressed(request, response)
        for name, value in ALWAYS.items():
            response[name] = value
        response["Cache-Control"] = KEPT if _may_be_kept(request, response) else NEVER_KEPT
        response[numbers.HEADER] = number
        return response


def page(request: HttpRequest, status: int) -> HttpResponse:
    """The page in the product's look that says what stands in the way."""
    made: HttpResponse = import_string(settings.PAGE_OF_HINDRANCE)(request, status)
    return made


def last_resort(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """A fault that nothing else has caught is answered by a bare page with the number, and is written in the log."""

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            return application(environ, start_response)
        except Exception:
            logger.critical("Nothing else caught this.", exc_info=True)
            headers = ALWAYS | {"Content-Type": "text/html; charset=utf-8", "Cache-Control": NEVER_KEPT}
            headers |= {"Content-Security-Policy": "default-src 'none'", numbers.HEADER: numbers.number()}
            start_response("500 Internal Server Error", list(headers.items()))
            return [LAST_RESORT.format(numbers.number()).encode()]

    return guarded


def _dressed(request: HttpRequest, bare: HttpResponse) -> HttpResponse:
    """The same answer with the page on it; what it said in its headers stands."""
    dressed = page(request, bare.status_code)
    for name in ("Allow", "Retry-After"):
        if name in bare:
            dressed[name] = bare[name]
    dressed.cookies = bare.cookies
    return dressed


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Only what has the digest of its content in its address, and is the same for everyone."""
    if response.status_code not in (200, 304):
        return False
    is_static = request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/")
    return (is_static and _is_digested(request)) or response.get("Cache-Control") == KEPT


def _is_digested(request: HttpRequest) -> bool:
    name = request.path_info.removeprefix(f"/{settings.STATIC_URL.strip('/')}/")
    return request.META.get("QUERY_STRING") == f"h={digest_of(name)}"
