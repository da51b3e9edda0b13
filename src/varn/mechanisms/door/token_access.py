"""What a program with an access token reaches: lists as files, in its owner's name, and nothing else."""

from collections.abc import Callable
from http import HTTPStatus

from allauth.core.internal import ratelimit
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.request import OpenRequest
from varn.mechanisms.access.viewer import viewer_of
from varn.mechanisms.door.actions.tokens import use_token
from varn.mechanisms.door.bearing import borne_by
from varn.mechanisms.door.models import Token
from varn.mechanisms.door.queries import token_of
from varn.mechanisms.ui.taking_out import is_asked, is_taken_out

READING = ("GET", "HEAD")


class TokenAccess:
    """A request with an access token is its owner's, with the rights of this second and no more assurance than it has.

    It answers with a list's file or with a sentence, never with a page; no session is begun or used by it.
    """

    def __init__(self, get_response: Callable[[OpenRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: OpenRequest) -> HttpResponseBase:
        text = borne_by(request)
        if not text:
            return self.get_response(request)
        if not _counted(request, dry_run=True):
            return _said(HTTPStatus.TOO_MANY_REQUESTS)
        at = timezone.now()
        token = token_of(text, at=at)
        if token is None:
            _counted(request)
            return _said(HTTPStatus.UNAUTHORIZED)
        if request.method not in READING or not is_asked(request):
            return _said(HTTPStatus.FORBIDDEN)
        _act_for(request, token)
        response = self.get_response(request)
        return response if is_taken_out(response) else _said(_refusal(response))


def _act_for(request: OpenRequest, token: Token) -> None:
    at = timezone.now()
    request.user = token.account
    request.viewer = viewer_of(token.account, at=at)
    request.assurance = Assurance(token.assurance)
    use_token(token=token, by=request.viewer, at=at)


def _refusal(response: HttpResponseBase) -> HTTPStatus:
    """What is not there is not there for a program either; whatever else came instead of a file is forbidden."""
    is_missing = response.status_code == HTTPStatus.NOT_FOUND
    return HTTPStatus.NOT_FOUND if is_missing else HTTPStatus.FORBIDDEN


def _counted(request: OpenRequest, *, dry_run: bool = False) -> bool:
    """Whether there have been few enough wrong tokens from there; without `dry_run` this is one more."""
    usage = ratelimit.consume(request, app="allauth.account", action="token", limit_get=True, dry_run=dry_run)
    return usage is not None


def _said(status: HTTPStatus) -> HttpResponse:
    words = {
        HTTPStatus.UNAUTHORIZED: _("The token opens nothing: it is wrong, has expired or has been revoked."),
        HTTPStatus.FORBIDDEN: _("A token only takes out lists that its owner may take out: ?format=csv or xlsx."),
        HTTPStatus.NOT_FOUND: _("There is no such list."),
        HTTPStatus.TOO_MANY_REQUESTS: _("There have been many attempts. Wait a while and try again."),
    }
    response = HttpResponse(f"{words[status]}\n", status=status, content_type="text/plain; charset=utf-8")
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="varn"'
    return response
