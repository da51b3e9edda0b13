"""Where a request comes from, as far as it can be known."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of whoever sent the request.

    Behind a proxy that the installation names (`VARN_PROXY`) it is the nearest address that the proxies tell of and
    that is none of them. What anybody else writes about where they are is not believed.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    told = [each.strip() for each in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if each.strip()]
    while nearest in settings.PROXIES and told:
        nearest = told.pop()
    return nearest
