"""Every view says who may come in: `@needs(Permission.X)` or `@public`. A test fails for a URL that says neither."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_http_methods

from varn.mechanisms.access.request import Request

View = Callable[..., HttpResponseBase]


def needs(permission: str, *, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """The view is reached only by a reader who holds the permission somewhere; for others a page does not exist.

    Asking for a page one may not see answers 404; sending a change one may not make answers 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.viewer.may(permission):
                raise Http404 if request.method in ("GET", "HEAD") else PermissionDenied(permission)
            return view(request, *args, **kwargs)

        return _marked(require_http_methods(list(methods))(door), permission=permission)

    return decorate


def signed_in(view: View) -> View:
    """The view is reached by everyone who has signed in; what it shows is asked row by row."""
    return _marked(view, permission="signed-in")


def public(view: View) -> View:
    """The view is reached by anyone, signed in or not."""
    return _marked(view, public=True)


def _marked(view: View, **marks: object) -> View:
    """The view with what the middleware and the tests read on it."""
    vars(view).update(marks)
    return view
