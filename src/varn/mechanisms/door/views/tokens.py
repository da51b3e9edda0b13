"""The reader's own access tokens."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varn.mechanisms.access.doors import fresh, signed_in
from varn.mechanisms.access.request import Request
from varn.mechanisms.door import queries
from varn.mechanisms.door.actions.tokens import make_token, revoke_token
from varn.mechanisms.door.bearing import most_days
from varn.mechanisms.door.forms import TokenForm
from varn.mechanisms.links import Link
from varn.mechanisms.ui.forms import form_page, sent, submitted


@signed_in
@require_safe
def token_list(request: Request) -> HttpResponse:
    """What programs come in the reader's name with."""
    trail = [Link(label=_("My account"), url=reverse("access:own-account"))]
    context = {"title": _("My access tokens"), "trail": trail, "at": request.viewer.at}
    return render(request, "door/token_list.html", context | {"tokens": queries.own_tokens(viewer=request.viewer)})


@signed_in
@fresh
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_make(request: Request) -> HttpResponse:
    """A new token, shown this once."""
    most = most_days(at=request.viewer.at)
    form = TokenForm(sent(request), most=most)
    made = submitted(form, make_token, request, account=request.user, assurance=request.assurance)
    if made is not None:
        token, text = made
        shown = {"title": _("The access token"), "token": token, "text": text}
        return render(request, "door/token_shown.html", shown)
    lead = _("A program that has the token takes out the lists that you may take out, in your name, and nothing else.")
    back = reverse("door:token-list")
    trail = [
        Link(label=_("My account"), url=reverse("access:own-account")),
        Link(label=_("My access tokens"), url=back),
    ]
    return form_page(request, form=form, title=_("Make an access token"), lead=lead, back=back, trail=trail)


@signed_in
@require_POST
def token_revoke(request: Request, pk: int) -> HttpResponse:
    """The token opens nothing any longer."""
    token = get_object_or_404(queries.own_tokens(viewer=request.viewer), pk=pk)
    revoke_token(token=token, by=request.viewer, at=request.viewer.at)
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
    return redirect("door:token-list")
