"""The buttons of the sign-in page: the municipality's own ways in, by their own names."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from varn.mechanisms.directory.sso.config import providers
from varn.mechanisms.links import Link


def buttons(request: HttpRequest, *, onward: str) -> Sequence[Link]:
    """One for each provider. Who is in already is asked anew."""
    more = {"again": "1"} if request.user.is_authenticated else {}
    return [
        Link(
            label=provider.name,
            url=f"{reverse('directory:sso-begin', args=[provider.key])}?{urlencode({'next': onward, **more})}",
            icon="login",
        )
        for provider in providers().values()
    ]
