"""The reader's own sessions, those of an account for its administrator, and being asked who one is."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from varn.mechanisms.access.assurance import DEMANDS, Assurance
from varn.mechanisms.access.doors import demands, fresh, needs, signed_in
from varn.mechanisms.access.request import Request
from varn.mechanisms.door import queries
from varn.mechanisms.door.actions import sessions as actions
from varn.mechanisms.door.asking import page_of_demand
from varn.mechanisms.door.kept import kept_form
from varn.mechanisms.door.onward import onward
from varn.mechanisms.door.permissions import Permission
from varn.mechanisms.door.sessions.ending import session_of
from varn.mechanisms.links import Link
from varn.mechanisms.ui.forms import Form, form_page, sent, submitted


@signed_in
@require_safe
def session_list(request: Request) -> HttpResponse:
    """Where the reader is signed in, with this one marked."""
    rows = queries.own_sessions(viewer=request.viewer)
    trail = [Link(label=_("My account"), url=reverse("access:own-account"))]
    context = {"title": _("My sessions"), "sessions": rows, "own": session_of(request), "trail": trail}
    return render(request, "door/session_list.html", context)


@signed_in
@require_POST
def session_end(request: Request, pk: int) -> HttpResponse:
    """One of the reader's other sessions is over."""
    session = get_object_or_404(queries.own_sessions(viewer=request.viewer), pk=pk)
    if session.pk == session_of(request):
        raise Http404
    actions.end_own_session(session=session, by=request.viewer, at=request.viewer.at)
    messages.success(request, _("The session is ended: %(browser)s.") % {"browser": session})
    return redirect("door:session-list")


@signed_in
@require_POST
def session_end_others(request: Request) -> HttpResponse:
    """The reader is signed in here and nowhere else."""
    by = request.viewer
    number = actions.end_other_sessions(account=request.user, kept=session_of(request), by=by, at=by.at)
    said = ngettext("%(number)s other session is ended.", "%(number)s other sessions are ended.", number)
    messages.success(request, said % {"number": number})
    return redirect("door:session-list")


@needs(Permission.END_SESSIONS, methods=("GET", "HEAD", "POST"))
@fresh
def account_end_sessions(request: Request, pk: int) -> HttpResponse:
    """Where an account is signed in, and the end of all of it."""
    account = get_object_or_404(queries.accounts(viewer=request.viewer), pk=pk)
    form = Form(sent(request))
    if submitted(form, actions.end_sessions, request, account=account) is not None:
        messages.success(request, _("Nobody is signed in with the account any longer."))
        return redirect("access:account-detail", pk)
    back = reverse("access:account-detail", args=[pk])
    return form_page(
        request,
        form=form,
        title=_("End all sessions"),
        lead=_("Whoever is signed in with the account is out at once, everywhere. They can sign in again."),
        back=back,
        danger=True,
        trail=[Link(label=_("Accounts"), url=reverse("access:account-list")), Link(label=account.name, url=back)],
        template="door/account_sessions.html",
        context={"sessions": queries.sessions_of(account, viewer=request.viewer)},
    )


@signed_in
@demands(Assurance.NONE)
@never_cache
@require_safe
def stronger(request: Request) -> HttpResponse:
    """What the page that was asked for demands, how surely the reader is known now, and how to be known more surely."""
    named = request.GET.get("level", "").upper()
    demanded = Assurance[named] if named in Assurance.__members__ else DEMANDS.default
    return page_of_demand(request, demanded, onward(request))


@signed_in
@never_cache
@require_safe
def kept(request: Request) -> HttpResponse:
    """What was written before the reader was asked who they are, ready to be sent."""
    form = kept_form(request.session)
    title = _("What you wrote is still here") if form else _("Nothing waits here")
    return render(request, "door/kept_form.html", {"title": title, "kept": form})


@signed_in
@require_POST
def stay(request: Request) -> HttpResponse:
    """The session lies idle from now."""
    return HttpResponse(content_type="text/plain")
