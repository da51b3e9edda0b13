"""A page that was about to do what nobody does alone leads to the request that it became."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from varn.mechanisms.approvals.asking import remember_page
from varn.mechanisms.approvals.declared import Carried
from varn.mechanisms.approvals.lifecycle import ApprovalState
from varn.mechanisms.links import url_of, verb_url
from varn.mechanisms.protecting import AwaitsApproval


class ApprovalMiddleware:
    """The reader is sent on to say why they ask; or, where they have asked already, to what waits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Nothing was done."""
        return led_to_request(request, exception)


def led_to_request(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """The way to what the deed became; `None` for any other exception.

    Where the reader came from is remembered only where they go back there afterwards.
    """
    if not isinstance(exception, AwaitsApproval):
        return None
    approval = exception.approval
    if approval.row.carried is Carried.BY_REQUESTER:
        remember_page(approval, request.get_full_path())
    if approval.state == ApprovalState.PREPARED:
        return redirect(verb_url(approval, "ask"))
    return redirect(url_of(approval))
