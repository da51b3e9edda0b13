from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone
from django.views import View

from varn.mechanisms.access.request import OpenRequest
from varn.mechanisms.access.viewer import viewer_of


class ViewerMiddleware:
    """Afterwards every request carries its viewer, read anew from today's appointments, as `request.viewer`.

    A view that is not declared `public` is not reached without one: the reader is led to the sign-in page first.
    """

    def __init__(self, get_response: Callable[[OpenRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: OpenRequest) -> HttpResponseBase:
        account = request.user
        request.viewer = viewer_of(account, at=timezone.now()) if account.is_authenticated else None
        return self.get_response(request)

    def process_view(
        self, request: OpenRequest, view: Callable[..., HttpResponseBase] | View, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if request.viewer is not None or getattr(view, "public", False):
            return None
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
