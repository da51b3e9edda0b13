"""Signing in and out, choosing a password, and the language."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.doors import demands, public, signed_in
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.request import OpenRequest, Request
from varn.mechanisms.access.viewer import viewer_of
from varn.mechanisms.door import actions
from varn.mechanisms.door.entering import enter_by_password
from varn.mechanisms.door.forms import WRONG, NewPasswordForm, OwnPasswordForm, SignInForm
from varn.mechanisms.door.languages import remember_language
from varn.mechanisms.door.limits import TOO_MANY
from varn.mechanisms.door.links import owner_of_link
from varn.mechanisms.door.onward import asked_for, onward
from varn.mechanisms.door.sessions.ending import session_of, why_ended
from varn.mechanisms.door.views.proving import note_failure
from varn.mechanisms.door.ways import ways_in
from varn.mechanisms.links import Link
from varn.mechanisms.ui.forms import form_page, sent
from varn.mechanisms.ui.views.shell import safe_next


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: OpenRequest) -> HttpResponse:
    """The way in. An unknown address and a wrong password get the same answer."""
    if request.viewer is not None:
        return redirect(onward(request))
    form = SignInForm(sent(request))
    if request.method == "POST" and form.is_valid():
        account = _entered(request, form)
        if account is not None:
            return enter_by_password(request, account, onward=onward(request))
    context = {"form": form, "title": _("Sign in"), "next": asked_for(request)}
    context["directories"] = ways_in(request, onward=onward(request))
    context |= {"ended": why_ended(request), "error_title": _("You are not signed in")}
    status = HTTPStatus.TOO_MANY_REQUESTS if form.has_error(NON_FIELD_ERRORS, TOO_MANY) else HTTPStatus.OK
    return render(request, "door/sign_in.html", context, status=status)


@signed_in
@demands(Assurance.NONE)
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Nobody is signed in in this browser, and it is asked to forget what it has kept."""
    actions.sign_out(account=request.user, by=request.viewer, at=request.viewer.at)
    logout(request)
    response = redirect("access:sign-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@public
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: OpenRequest, uid: str, token: str) -> HttpResponse:
    """The page behind the link. A link that is used, old or wrong gets one answer, which tells nothing."""
    at = timezone.now()
    account = owner_of_link(uid, token, at=at)
    if account is None:
        return render(request, "door/link_is_over.html", {"title": _("The link cannot be used")}, status=404)
    form = NewPasswordForm(sent(request), account=account)
    if request.method == "POST" and form.is_valid():
        by = viewer_of(account, at=at)
        actions.choose_password(account=account, by=by, at=at, **form.cleaned_data)
        messages.success(request, _("The password is chosen. Sign in with it."))
        return redirect("access:sign-in")
    context = {"form": form, "account": account, "title": _("Choose a password")}
    return render(request, "door/choose_password.html", context)


@signed_in
@demands(Assurance.PASSWORD)
@sensitive_post_parameters("current", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: Request) -> HttpResponse:
    """The reader's own password; other browsers are signed out."""
    form = OwnPasswordForm(sent(request), account=request.user)
    if request.method == "POST" and form.is_valid():
        viewer = request.viewer
        actions.choose_password(
            account=request.user, kept=session_of(request), by=viewer, at=viewer.at, **form.cleaned_data
        )
        update_session_auth_hash(request, request.user)
        messages.success(request, _("The password is changed."))
        return redirect("access:own-account")
    if form.has_error("current", WRONG):
        note_failure(request.user)
    back = resolve_url("access:own-account")
    trail = [Link(label=_("My account"), url=back)]
    return form_page(request, form=form, title=_("Change password"), back=back, trail=trail)


@public
@require_POST
def language(request: OpenRequest) -> HttpResponse:
    """Pages are shown in this language, here and wherever the account signs in."""
    chosen = request.POST.get("language", "")
    response = redirect(safe_next(request))
    if chosen in dict(settings.LANGUAGES):
        account, viewer = request.user, request.viewer
        if isinstance(account, Account) and viewer is not None and account.language != chosen:
            actions.choose_language(account=account, language=chosen, by=viewer, at=viewer.at)
        remember_language(response, chosen)
    return response


def _entered(request: OpenRequest, form: SignInForm) -> Account | None:
    """The account that this address and password open; otherwise the form says that they do not."""
    adapter = get_adapter(request)
    email, password = form.cleaned_data["email"].strip(), form.cleaned_data["password"]
    try:
        account: Account | None = adapter.authenticate(request, email=email, password=password)
    except ValidationError as too_many:
        form.add_error(None, too_many)
        return None
    if account is None:
        form.add_error(None, adapter.validation_error("email_password_mismatch"))
    return account
