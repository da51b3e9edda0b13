"""Faults that are sown to show that the leak test finds them: a view that answers, counts or writes as it must not."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from varn.areas.decisions.models import Assignment, Decision
from varn.areas.organisation.models import Appointment
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.notices.outbox import queue_mail
from varn.overview.leaktest.addresses import patterns

View = Callable[..., HttpResponseBase]
Fault = Callable[[View, HttpRequest, dict[str, Any]], HttpResponseBase]


@contextmanager
def sown(url: str, fault: Fault) -> Iterator[None]:
    """While it lasts, the view at this URL has the fault."""
    pattern = patterns()[url]
    sound = pattern.callback

    @wraps(sound)
    def faulty(request: HttpRequest, **keys: Any) -> HttpResponseBase:
        return fault(sound, request, keys)

    pattern.callback = faulty
    try:
        yield
    finally:
        pattern.callback = sound


def fragment_without_filter(view: View, request: Any, keys: dict[str, Any]) -> HttpResponseBase:
    """What htmx asks for is gathered without asking whose it is."""
    return _unfiltered(view, request, keys) if request.htmx else view(request, **keys)


def suggestion_without_filter(view: View, request: Any, keys: dict[str, Any]) -> HttpResponseBase:
    """Everybody's names are suggested to everybody."""
    return _unfiltered(view, request, keys)


def export_without_filter(view: View, request: Any, keys: dict[str, Any]) -> HttpResponseBase:
    """The page is filtered, and the file that is taken out of it is not."""
    return _unfiltered(view, request, keys) if "format" in request.GET else view(request, **keys)


def count_of_all(view: View, request: Any, keys: dict[str, Any]) -> HttpResponseBase:
    """The page says how many assignments there are."""
    response = view(request, **keys)
    if isinstance(response, HttpResponse):
        response.content += f"<p>{Assignment.objects.count()}</p>".encode()
    return response


def forbidden_instead_of_missing(view: View, request: Any, keys: dict[str, Any]) -> HttpResponseBase:
    """What exists and may not be seen is forbidden; what does not exist is missing."""
    try:
        return view(request, **keys)
    except Http404:
        if Decision.objects.filter(**keys).exists():
            raise PermissionDenied from None
        raise


def write_by_another_method(view: View, request: Any, keys: dict[str, Any]) -> HttpResponseBase:
    """A method that nobody thought of does what the form does, and asks nobody."""
    if request.method == "DELETE":
        Assignment.objects.filter(**keys).update(text="borta")
        return HttpResponse(status=404)
    return view(request, **keys)


def title_in_a_subject(view: View, request: Any, keys: dict[str, Any]) -> HttpResponseBase:
    """A mail says in its subject what it is about."""
    decision = Decision.objects.filter(**keys).first()
    if decision is not None and request.method == "GET":
        queue_mail(to="bo@ekby.example", subject=decision.title, body="", at=request.viewer.at)
    return view(request, **keys)


def line_of_history(view: View, request: Any, keys: dict[str, Any]) -> HttpResponseBase:
    """The page of what does not exist tells who was appointed last."""
    response = view(request, **keys)
    last = Appointment.objects.filter(person__isnull=False).order_by("pk").last()
    if isinstance(response, HttpResponse) and last is not None:
        response.content += str(last.appointed_by).encode()
    return response


def one_question_more(view: View, request: Any, keys: dict[str, Any]) -> HttpResponseBase:
    """The answer is the same, but the database is asked once more where there is something."""
    decision = Decision.objects.filter(**keys).first()
    if decision is not None:
        decision.assignments.exists()
    return view(request, **keys)


def header_that_tells(view: View, request: Any, keys: dict[str, Any]) -> HttpResponseBase:
    """A header says when the thing was last changed, whoever asks."""
    found = Decision.objects.filter(**keys).first()
    try:
        response = view(request, **keys)
    except Http404:
        response = HttpResponse(status=404)
    if found is not None:
        response["Last-Modified"] = "Mon, 23 Nov 2026 12:00:00 GMT"
    return response


def title_in_the_log(view: View, request: Any, keys: dict[str, Any]) -> HttpResponseBase:
    """What was refused is written down with its title."""
    for decision in Decision.objects.filter(**keys):
        logging.getLogger("varn").warning("Refused: %s", decision.title)
    return view(request, **keys)


def _unfiltered(view: View, request: Any, keys: dict[str, Any]) -> HttpResponseBase:
    whose = request.viewer
    if whose is None or not whose.scopes:
        return view(request, **keys)
    request.viewer = system_viewer(at=whose.at, job="faulty")
    return view(request, **keys)
