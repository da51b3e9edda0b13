"""The pages for what went wrong. They say what the reader can do, and nothing about what is behind."""

import sys

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from varn.kernel.faults import fault_of
from varn.mechanisms.access.request import OpenRequest


def bad_request(request: OpenRequest, exception: Exception) -> HttpResponse:
    """What was sent could not be understood."""
    return render(request, "ui/errors/400.html", {"exception": None}, status=400)


def forbidden(request: OpenRequest, exception: Exception) -> HttpResponse:
    """The reader may not do this."""
    return render(request, "ui/errors/403.html", {"exception": None}, status=403)


def not_found(request: OpenRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or none that this reader may see: the answer is the same."""
    return render(request, "ui/errors/404.html", {"exception": None}, status=404)


def server_error(request: OpenRequest) -> HttpResponse:
    """Something broke. The pages need neither the database nor the shell, which may be what broke.

    Where the disk or the database stopped it, the page says that nothing was saved, and the log says what is wrong.
    """
    error = sys.exception()
    if error is not None and fault_of(error) is not None:
        return HttpResponse(render_to_string("ui/errors/503.html"), status=503)
    return HttpResponse(render_to_string("ui/errors/500.html"), status=500)


def form_expired(request: OpenRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or was not sent from here. Nothing was changed."""
    return render(request, "ui/errors/csrf.html", status=403)
