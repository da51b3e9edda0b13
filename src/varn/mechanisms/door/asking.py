"""Asking a reader who has signed in to show more surely, or once more, who they are."""

from datetime import timedelta
from http import HTTPStatus

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from varn.mechanisms.access import assurance
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.request import Request
from varn.mechanisms.door import queries
from varn.mechanisms.door.kept import forget, keep
from varn.mechanisms.door.sessions.limits import BY_BREAK_GLASS
from varn.mechanisms.installation.chosen import installation

READING = ("GET", "HEAD")
PROOF = "L14"


def ask_for_more(request: Request, demanded: Assurance) -> HttpResponseBase:
    """The reader is led to the page that says what is needed and how to show it.

    Whoever sent something is told the same, and nothing of it is done. A broken seal asks for its reason first.
    """
    sealed = assurance.way_of(request.session) == BY_BREAK_GLASS and request.assurance == Assurance.NONE
    if request.method not in READING:
        return page_of_demand(request, demanded, "/", status=HTTPStatus.FORBIDDEN)
    asked = {REDIRECT_FIELD_NAME: request.get_full_path()}
    if sealed:
        return redirect(f"{reverse('door:break_glass-enter')}?{urlencode(asked)}")
    return redirect(f"{reverse('door:stronger')}?{urlencode(asked | {'level': demanded.name.lower()})}")


def page_of_demand(
    request: Request, demanded: Assurance, onward: str, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """What is demanded, how surely the reader is known now, and how to be known more surely."""
    context = {
        "title": _("Show more surely who you are"),
        "demanded": demanded,
        "now": request.assurance,
        "next": onward,
        "has_factor": queries.has_factor_for(request.user, demanded),
    }
    return render(request, "door/stronger.html", context, status=status)


def ask_again(request: Request) -> HttpResponse | None:
    """Nothing, if the reader has shown who they are a short while ago; otherwise the way there and back.

    What was written in a form is kept in the session and waits on the page they come back to, until it is sent.
    """
    is_read = request.method in READING
    if is_fresh(request):
        if not is_read:
            forget(request)
        return None
    back = request.get_full_path() if is_read else keep(request)
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: back})}")


def is_fresh(request: Request) -> bool:
    """Whether the reader has shown who they are within the time that L14 gives."""
    minutes = installation().number(PROOF, on=request.viewer.day)
    age = request.viewer.at.timestamp() - assurance.proven_at(request.session)
    return age < timedelta(minutes=minutes).total_seconds()
