"""Every view says who may come in: `@needs(Permission.X)` or `@public`. A test fails for a URL that says neither."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods

from varn.mechanisms.access.assurance import DEMANDS, Assurance
from varn.mechanisms.access.request import OpenRequest, Request

View = Callable[..., HttpResponseBase]


def needs(permission: str, *, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """The view is reached only by a reader who holds the permission somewhere; for others a page does not exist.

    Asking for a page one may not see answers 404; sending a change one may not make answers 403. Whoever holds it and
    has not shown surely enough who they are is asked for more.
    """
    demanded = DEMANDS.of(permission)

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.viewer.may(permission):
                raise Http404 if request.method in ("GET", "HEAD") else PermissionDenied(permission)
            return view(request, *args, **kwargs) if request.assurance >= demanded else too_weak(request, demanded)

        return _marked(require_http_methods(list(methods))(door), permission=permission)

    return decorate


def signed_in(view: View) -> View:
    """The view is reached by everyone who has signed in; what it shows is asked row by row."""
    return _marked(view, permission="signed-in")


def demands(level: Assurance) -> Callable[[View], View]:
    """The view is reached with this much and no more: it is how somebody becomes surer, or leaves."""
    return lambda view: _marked(view, assurance=level)


def fresh(view: View) -> View:
    """A sensitive step: whoever has not shown for a while who they are shows it again first, and loses nothing by it.

    How long that is, is a local rule of the lawbook. It stands under `@needs`, so that the right is asked for first.
    """

    @wraps(view)
    def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked: HttpResponseBase | None = import_string(settings.ASK_AGAIN)(request)
        return view(request, *args, **kwargs) if asked is None else asked

    return _marked(door, fresh=True)


def too_weak(request: OpenRequest, demanded: Assurance) -> HttpResponseBase:
    """The answer to a reader who must show more surely who they are."""
    answer: HttpResponseBase = import_string(settings.ASK_FOR_MORE)(request, demanded)
    return answer


def public(view: View) -> View:
    """The view is reached by anyone, signed in or not."""
    return _marked(view, public=True)


def _marked(view: View, **marks: object) -> View:
    """The view with what the middleware and the tests read on it."""
    vars(view).update(marks)
    return view
