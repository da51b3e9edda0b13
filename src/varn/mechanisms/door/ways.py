"""The ways in that lie outside this product: the municipality's own directory."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from varn.mechanisms.links import Link


def ways_in(request: HttpRequest, *, onward: str) -> Sequence[Link]:
    """A button for each of them, in the order in which they are offered; they lead on to `onward`. Often none."""
    if not settings.WAYS_IN:
        return ()
    named: Callable[..., Sequence[Link]] = import_string(settings.WAYS_IN)
    return named(request, onward=onward)
