"""Where somebody is led when they have come in."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def asked_for(request: HttpRequest) -> str:
    """What they asked for before they were led to the door, as it was written."""
    return request.POST.get("next") or request.GET.get("next", "")


def onward(request: HttpRequest) -> str:
    """The page that they asked for, when it is one of this installation; otherwise the start."""
    asked = asked_for(request)
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    # A word without a slash would be taken for the name of a page.
    return asked if is_ours and "/" in asked else "/"
