"""What the middlewares have put on a request, as views name it in their signatures."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer


class OpenRequest(HttpRequest):
    """A request to a page that anyone may reach: there may be nobody signed in."""

    viewer: Viewer | None
    assurance: Assurance
    htmx: HtmxDetails


class Request(OpenRequest):
    """A request to a page behind the door: somebody has signed in."""

    user: Account
    viewer: Viewer
