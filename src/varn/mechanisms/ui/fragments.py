"""Answering with a page, or with only the part of it that htmx swaps."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers

from varn.mechanisms.access.request import OpenRequest


def render(request: OpenRequest, page: str, fragment: str, context: dict[str, Any]) -> HttpResponse:
    """The fragment when htmx asks for it, otherwise the whole page that includes it. The same URL gives both."""
    htmx = request.htmx
    only_part = bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    response = render_template(request, fragment if only_part else page, context)
    patch_vary_headers(response, ("HX-Request",))
    return response
