"""Every view says who may come in: `@needs(Permission.X)` or `@public`. A test fails for a URL that says neither."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]


def needs(permission: str, *, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """The view is reached only by a reader who holds the permission somewhere; for others a page does not exist.

    Asking for a page one may not see answers 404; sending a change one may not make answers 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.viewer.may(permission):
                raise Http404 if request.method in ("GET", "HEAD") else PermissionDenied(permission)
            return view(request, *args, **kwargs)

        guarded = require_http_methods(list(methods))(door)
        guarded.permission = permission
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """The view is reached by everyone who has signed in; what it shows is asked row by row."""
    view.permission = "signed-in"
    return view


def public(view: View) -> View:
    """The view is reached by anyone, signed in or not."""
    view.public = True
    return view
