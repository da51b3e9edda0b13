"""The break-glass account: why it is entered, and how it is made and sealed."""

from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from varn.mechanisms.access.assurance import Assurance, proven_at, set_for
from varn.mechanisms.access.doors import demands, fresh, needs, signed_in
from varn.mechanisms.access.request import Request
from varn.mechanisms.door import queries
from varn.mechanisms.door.actions.break_glass import enter_break_glass, make_break_glass, seal_break_glass
from varn.mechanisms.door.forms import BreakGlassForm
from varn.mechanisms.door.onward import onward
from varn.mechanisms.door.permissions import Permission
from varn.mechanisms.door.sessions.limits import BY_BREAK_GLASS
from varn.mechanisms.links import Link
from varn.mechanisms.ui.forms import Form, form_page, sent, submitted

WRITES = ("GET", "HEAD", "POST")


@signed_in
@demands(Assurance.NONE)
@never_cache
@require_http_methods(list(WRITES))
def break_glass_enter(request: Request) -> HttpResponse:
    """Why the seal was broken. Nothing else is reached before it is said."""
    sealed = queries.break_glass_of(request.user.pk)
    if sealed is None:
        raise Http404
    form = BreakGlassForm(sent(request))
    if submitted(form, enter_break_glass, request, sealed=sealed) is not None:
        came = datetime.fromtimestamp(proven_at(request.session), tz=UTC)
        set_for(request.session, Assurance.TWO_FACTOR, at=came, way=BY_BREAK_GLASS)
        messages.warning(request, _("You are in by the break-glass account. The session is short, and all is trailed."))
        return redirect(onward(request))
    context = {"form": form, "title": _("You have broken a seal"), "next": request.GET.get(REDIRECT_FIELD_NAME, "")}
    return render(request, "door/break_glass_enter.html", context)


@needs(Permission.MAKE_BREAK_GLASS, methods=WRITES)
@fresh
def break_glass_make(request: Request, pk: int) -> HttpResponse:
    """The account is for emergencies only, and its password is shown this once."""
    account = get_object_or_404(queries.accounts(viewer=request.viewer), pk=pk)
    form = Form(sent(request))
    made = submitted(form, make_break_glass, request, account=account)
    if made is not None:
        return _shows_password(request, *made)
    lead = _(
        "The account gets a password that nobody knows. Print it, seal it in an envelope and keep it locked in. "
        "Whoever uses it is asked why, and all administrators and the head of security are told at once."
    )
    return _page(request, account.pk, account.name, form, _("Make it the break-glass account"), lead)


@needs(Permission.SEAL_BREAK_GLASS, methods=WRITES)
@fresh
def break_glass_seal(request: Request, pk: int) -> HttpResponse:
    """A new password, shown this once; the one that was used opens nothing."""
    sealed = get_object_or_404(queries.break_glass_accounts(viewer=request.viewer), account=pk)
    form = Form(sent(request))
    made = submitted(form, seal_break_glass, request, sealed=sealed)
    if made is not None:
        return _shows_password(request, *made)
    lead = _("The password that was used stops working, and a new one is shown this once, to be sealed again.")
    return _page(request, pk, sealed.account.name, form, _("Seal anew"), lead)


@never_cache
def _shows_password(request: Request, sealed: object, password: str) -> HttpResponse:
    shown = {"title": _("The sealed password"), "sealed": sealed, "password": password}
    return render(request, "door/break_glass_password.html", shown)


def _page(request: Request, pk: int, name: str, form: Form, title: str, lead: str) -> HttpResponse:
    back = reverse("access:account-detail", args=[pk])
    trail = [Link(label=_("Accounts"), url=reverse("access:account-list")), Link(label=name, url=back)]
    return form_page(request, form=form, title=title, lead=lead, submit=title, back=back, trail=trail)
