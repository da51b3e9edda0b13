"""What the shell itself does: the municipality's colours, the reader's theme, saved views."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from varn.mechanisms.access.doors import public, signed_in
from varn.mechanisms.access.request import OpenRequest, Request
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.ui import actions, colours
from varn.mechanisms.ui.forms import submitted
from varn.mechanisms.ui.models import SavedView
from varn.mechanisms.ui.settings_forms import SavedViewForm
from varn.mechanisms.ui.themes import COOKIE, Theme
from varn.mechanisms.web.answers import KEPT

A_YEAR = 365 * 24 * 3600


@public
@require_safe
def accent(request: OpenRequest, look: str) -> HttpResponse:
    """The municipality's colours as a small stylesheet. `look` changes with them, so that it can be kept for long."""
    chosen = installation()
    light = colours.parse(chosen.accent)
    dark = colours.parse(chosen.accent_dark) if chosen.accent_dark else colours.for_dark(light)
    shades = {"light": colours.light_shades(light), "dark": colours.dark_shades(dark)}
    response = HttpResponse(render_to_string("ui/accent.css", shades), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = KEPT if look == chosen.look else "no-store"
    return response


@public
@require_POST
def theme(request: OpenRequest) -> HttpResponse:
    """This browser shows Värn light, dark, or as the computer has it."""
    chosen = request.POST.get("theme", "")
    response = redirect(safe_next(request))
    if chosen in list(Theme):
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Strict", secure=settings.SECURE)
    return response


@signed_in
@require_POST
def save_view(request: Request) -> HttpResponse:
    """The list as it stands is kept under a name."""
    form = SavedViewForm(request.POST)
    view = submitted(form, actions.save_view, request)
    if view is None:
        for error in [text for errors in form.errors.values() for text in errors]:
            messages.error(request, str(error))
        return redirect(safe_next(request))
    messages.success(request, _("The view “%(label)s” is saved.") % {"label": view.label})
    return redirect(view.url)


@signed_in
@require_POST
def delete_view(request: Request, pk: int) -> HttpResponse:
    """The reader's saved view is gone."""
    view = get_object_or_404(SavedView.objects.visible_to(request.viewer), pk=pk)
    path, label = view.path, view.label
    actions.delete_view(view=view, by=request.viewer, at=request.viewer.at)
    messages.success(request, _("The view “%(label)s” is deleted.") % {"label": label})
    return redirect(path)


def safe_next(request: OpenRequest) -> str:
    """Where the reader came from, when that is a page of this installation; otherwise the start."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    # A word without a slash would be taken for the name of a page.
    return asked if is_ours and "/" in asked else "/"
