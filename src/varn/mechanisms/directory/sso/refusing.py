"""Nobody was let in: one page, that says what the visitor can do, and a line for whoever runs the installation."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.ui.words import sentence

logger = logging.getLogger(__name__)


def not_let_in(request: HttpRequest, *, key: str, why: str) -> HttpResponse:
    """What came back proved nothing. The log says what was wrong with it, and names nobody."""
    logger.warning("A sign-in by %s was refused: %s", key, why)
    return _page(request, _("What came back from the sign-in could not be trusted. Try again from the beginning."), 401)


def refused(request: HttpRequest, refusal: Refusal, *, key: str) -> HttpResponse:
    """It is known who it is, and they are not let in for a reason that they may know."""
    logger.warning("A sign-in by %s was refused: %s", key, refusal.key)
    return _page(request, sentence(refusal), 403)


def _page(request: HttpRequest, why: str, status: int) -> HttpResponse:
    context = {"title": _("You are not signed in"), "why": why}
    response = render(request, "directory/refused.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
