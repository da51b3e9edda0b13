"""While nobody has an account, every address leads to the first page, and nothing else is served."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.urls.exceptions import Resolver404

from varn.mechanisms.access.models import Account
from varn.overview.models import FirstRun

# What the first page itself needs: its own steps, the colours, theme and language of any page; and the statement that
# anybody may always read.
SERVED = ("overview:first_run", "ui:accent", "ui:theme", "access:language", "ui:accessibility")


class FirstRunGate:
    """Afterwards nothing but the first run is reached, until the first account exists."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.is_open = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.is_open = self.is_open or Account.objects.exists() or not FirstRun.objects.exists()
        if self.is_open or _is_served(request.path_info):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            raise Http404
        return redirect("overview:first_run")


def _is_served(path: str) -> bool:
    if path.startswith(f"/{settings.STATIC_URL.lstrip('/')}"):
        return True
    try:
        name = resolve(path).view_name
    except Resolver404:
        return False
    return name.startswith(SERVED)
