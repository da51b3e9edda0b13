"""Asking a reader who has signed in to show more surely, or once more, who they are."""

from datetime import timedelta

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from varn.mechanisms.access import assurance
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.request import Request
from varn.mechanisms.door.kept import keep
from varn.mechanisms.installation.chosen import installation

READING = ("GET", "HEAD")
PROOF = "L14"


def ask_for_more(request: Request, demanded: Assurance) -> HttpResponseBase:
    """The reader is led to the page that says what is needed and how to show it; nothing that was sent is done."""
    if request.method not in READING:
        raise PermissionDenied(demanded.key)
    asked = {REDIRECT_FIELD_NAME: request.get_full_path(), "level": demanded.name.lower()}
    return redirect(f"{reverse('door:stronger')}?{urlencode(asked)}")


def ask_again(request: Request) -> HttpResponse | None:
    """Nothing, if the reader has shown who they are a short while ago; otherwise the way there and back.

    What was written in a form is kept in the session and waits on the page they come back to.
    """
    if is_fresh(request):
        return None
    back = keep(request) if request.method not in READING else request.get_full_path()
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: back})}")


def is_fresh(request: Request) -> bool:
    """Whether the reader has shown who they are within the time that L14 gives."""
    minutes = installation().number(PROOF, on=request.viewer.day)
    age = request.viewer.at.timestamp() - assurance.proven_at(request.session)
    return age < timedelta(minutes=minutes).total_seconds()
