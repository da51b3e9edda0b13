"""The middleware of forms: what a page does not ask for is refused, and what is sent twice is done once."""

import re
import time
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from varn.mechanisms.web import once
from varn.mechanisms.web.asked import OF_EVERY_FORM, OF_EVERY_PAGE, AskedFields, AskedFiles, unknown_to_the_form
from varn.mechanisms.web.bounds import is_readable
from varn.mechanisms.web.models import SentForm
from varn.mechanisms.web.once import AlreadySent, ReadAgain, Sending

KEY = re.compile(r"[\w-]{22}")
# Never shown again, not even to whoever wrote it.
NEVER_SHOWN = re.compile(r"passw|secret|code|credential|token|current|again", re.IGNORECASE)
# How long whoever sends the same form twice waits to hear where the first one led.
PATIENCE = 3.0
STEP = 0.05
# How often a page is asked anew when the record is changed between its reading and its lock.
MOST_TRIES = 5


class Sent:
    """A form does what it does once, however often it is sent; a page is asked only what it knows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = AskedFields(request.GET)
        vars(request)["GET"] = asked
        token = once.begin(None)
        try:
            response = self.get_response(request)
        finally:
            once.end(token)
        sending = getattr(request, "sending", None)
        if sending is not None and sending.is_used and isinstance(response, HttpResponseRedirect):
            once.remember(sending, response.url)
        if _is_page(request, response) and asked.unknown(OF_EVERY_PAGE):
            return _page(request, HTTPStatus.BAD_REQUEST, about="unknown")
        return response

    def process_view(self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return None
        if not _is_text(request):
            return _page(request, HTTPStatus.BAD_REQUEST)
        request.POST = AskedFields(request.POST)
        request._files = AskedFiles(request.FILES)
        key = request.POST.get(once.FIELD, "")
        if not key and getattr(request, "_dont_enforce_csrf_checks", False):
            return None
        if not KEY.fullmatch(key):
            return _page(request, HTTPStatus.BAD_REQUEST, about="keyless", again=_to_send_again(request))
        request.sending = sending = _sending(request, key)
        found = SentForm.objects.filter(key=key).first()
        if found is not None:
            return _answer(request, sending, found)
        once.begin(sending)
        return None

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        """The same form was sent twice at once, and the other one was first; or the page is to be asked once more."""
        tries = 0
        while isinstance(exception, ReadAgain) and tries < MOST_TRIES:
            tries += 1
            try:
                return _asked_again(request)
            except (ReadAgain, AlreadySent) as other:
                exception = other
            except Exception as other:
                return _answer_to(request, other)
        if isinstance(exception, ReadAgain):
            return _page(request, HTTPStatus.CONFLICT, about="busy", again=_to_send_again(request))
        return _sent_before(request) if isinstance(exception, AlreadySent) else None


def _answer_to(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What those who are asked after us would have answered the page with, had it come to this the first time."""
    answer: HttpResponse | None = import_string(settings.ANSWER_TO_WHAT_WAITS)(request, exception)
    if answer is None:
        raise exception
    return answer


def _asked_again(request: Any) -> HttpResponse:
    match = request.resolver_match
    for files in request.FILES.values():
        files.seek(0)
    made: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return made


def _sent_before(request: Any) -> HttpResponse:
    """The answer to whoever came second: it waits until the first one is told."""
    sending: Sending = request.sending
    until = time.monotonic() + PATIENCE
    found = SentForm.objects.get(key=sending.key)
    while not found.led_to and time.monotonic() < until:
        time.sleep(STEP)
        found.refresh_from_db()
    return _answer(request, sending, found)


def _sending(request: Any, key: str) -> Sending:
    fields, files = request.POST, request.FILES
    return Sending(
        key=key,
        account_id=request.user.pk,
        path=request.path[:500],
        digest=_digest(request),
        at=timezone.now(),
        unknown=lambda: unknown_to_the_form(fields, files),
    )


def _answer(request: HttpRequest, sending: Sending, found: SentForm) -> HttpResponse:
    """Where the first one led; but for other content, another page or somebody else the key is worth nothing."""
    is_theirs = found.account_id in (None, sending.account_id)
    if not is_theirs or (found.path, found.digest) != (sending.path, sending.digest):
        return _page(request, HTTPStatus.CONFLICT)
    messages.info(request, _("This was done already, the first time it was sent. Nothing was done a second time."))
    return HttpResponseRedirect(found.led_to or "/")


def _digest(request: Any) -> str:
    """A digest of what was sent, made with the installation's secret so that nothing can be guessed from it."""
    said = salted_hmac("varn.web.sent", "", algorithm="sha256")
    for name, values in sorted(request.POST.lists()):
        if name not in ("csrfmiddlewaretoken", once.FIELD):
            said.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            said.update(repr((name, file.name, sha256(file.read()).hexdigest())).encode())
            file.seek(0)
    return said.hexdigest()


def _is_text(request: HttpRequest) -> bool:
    """Names and values are whole characters. A form with files is parted by Django, which replaces what is none."""
    if request.content_type == "application/x-www-form-urlencoded":
        return is_readable(request.body)
    return not any("\0" in name for name in request.POST)


def _to_send_again(request: HttpRequest) -> list[tuple[str, str]]:
    kept = ((name, values) for name, values in request.POST.lists() if name not in OF_EVERY_FORM - {"next", "opened"})
    return [(name, str(value)) for name, values in kept if not NEVER_SHOWN.search(name) for value in values]


def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return request.method in ("GET", "HEAD") and response.status_code == HTTPStatus.OK and is_html


def _page(request: HttpRequest, status: int, **more: Any) -> HttpResponse:
    made: HttpResponse = import_string(settings.PAGE_OF_HINDRANCE)(request, status, **more)
    return made
