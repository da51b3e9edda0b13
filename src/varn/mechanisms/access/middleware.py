from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone
from django.views import View

from varn.mechanisms.access import assurance
from varn.mechanisms.access.assurance import DEMANDS
from varn.mechanisms.access.doors import too_weak
from varn.mechanisms.access.request import OpenRequest
from varn.mechanisms.access.viewer import viewer_of


class ViewerMiddleware:
    """Afterwards every request carries its viewer, read anew from today's appointments, as `request.viewer`.

    A view that is not declared `public` is not reached without one: the reader is led to the sign-in page first. Nor is
    it reached by a session that knows its account less surely than everybody must be known (`request.assurance`).
    """

    def __init__(self, get_response: Callable[[OpenRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: OpenRequest) -> HttpResponseBase:
        account = request.user
        request.viewer = viewer_of(account, at=timezone.now()) if account.is_authenticated else None
        request.assurance = assurance.of(request.session)
        return self.get_response(request)

    def process_view(
        self, request: OpenRequest, view: Callable[..., HttpResponseBase] | View, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if getattr(view, "public", False):
            return None
        if request.viewer is None:
            return self._to_sign_in(request)
        demanded = getattr(view, "assurance", DEMANDS.default)
        return too_weak(request, demanded) if request.assurance < demanded else None

    @staticmethod
    def _to_sign_in(request: OpenRequest) -> HttpResponseBase:
        """The way in, which says why a session that there was is over."""
        entrance, why = resolve_url(settings.LOGIN_URL), getattr(request.session, "ended", "")
        return redirect_to_login(request.get_full_path(), f"{entrance}?why={why}" if why else entrance)
