"""What no request may be, whatever it asks for: to an unknown host, by an unknown verb, unreadable, too large."""

from codecs import lookup
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

# Each view names its own among these; the last three are for those who keep the register of people in step.
VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
LONGEST_ADDRESS = 16_384
# Above the files themselves there is room for the rest of a form.
ROOM = 6 * 1024 * 1024


def hindrance(request: HttpRequest) -> int:
    """The status by which the request is refused before it is looked at; 0 for one that may go on."""
    if request.method not in VERBS:
        return HTTPStatus.METHOD_NOT_ALLOWED
    try:
        request.get_host()
    except DisallowedHost:
        return HTTPStatus.BAD_REQUEST
    if _length(request) > 4 * settings.UPLOAD_LIMIT + ROOM:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if "\0" in request.path_info:
        return HTTPStatus.NOT_FOUND
    return 0 if _is_in_our_code(request) and _is_readable(request) else HTTPStatus.BAD_REQUEST


def is_readable(text: bytes) -> bool:
    """Whether these bytes of an address or a form are text: whole characters, none of them the one without meaning."""
    raw = unquote_to_bytes(text.replace(b"+", b" "))
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in raw


def _is_in_our_code(request: HttpRequest) -> bool:
    """Whether the characters that are sent are coded as on our own pages, and in no other way that is named."""
    return lookup(request.encoding or settings.DEFAULT_CHARSET).name == lookup(settings.DEFAULT_CHARSET).name


def _is_readable(request: HttpRequest) -> bool:
    question = str(request.META.get("QUERY_STRING", "")).encode("latin-1", "replace")
    is_short = len(question) + len(request.path_info) <= LONGEST_ADDRESS
    return is_short and is_readable(question)


def _length(request: HttpRequest) -> int:
    told = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else 4 * settings.UPLOAD_LIMIT + ROOM + 1
