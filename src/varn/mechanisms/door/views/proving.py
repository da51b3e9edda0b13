"""Showing who one is by something else than a password: after it, instead of it, or once more."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from allauth.account.stages import LoginStage
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.doors import demands, public, signed_in
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.request import OpenRequest, Request
from varn.mechanisms.access.viewer import system_viewer, viewer_of
from varn.mechanisms.door import actions
from varn.mechanisms.door.factor_forms import (
    CodeAgainForm,
    CodeForm,
    PasskeyAgainForm,
    PasskeyAloneForm,
    PasswordAgainForm,
    ShownPasskeyForm,
)
from varn.mechanisms.door.factors import kinds_of
from varn.mechanisms.door.kinds import CODE_APP, PASSKEY, RECOVERY_CODES
from varn.mechanisms.door.onward import onward
from varn.mechanisms.door.ways import ways_in

READ_AND_SENT = ("GET", "HEAD", "POST")
Step = Callable[..., HttpResponse]


def during(stage: type[LoginStage]) -> Callable[[Step], Callable[..., HttpResponse]]:
    """The page exists between the password and being signed in, at this stage; otherwise it leads to the sign-in."""

    def decorate(step: Step) -> Callable[..., HttpResponse]:
        @wraps(step)
        def page(request: Any, **more: Any) -> HttpResponse:
            return step(request, request._login_stage, **more)

        asked: Callable[..., HttpResponse] = login_stage_required(stage=stage.key, redirect_urlname="account_login")(
            page
        )
        return require_http_methods(READ_AND_SENT)(asked)

    return decorate


@public
@never_cache
@sensitive_post_parameters("code")
@during(AuthenticateStage)
def second_step(request: OpenRequest, stage: LoginStage) -> HttpResponse:
    """After the password: a passkey, the code of an app, or a recovery code."""
    account = stage.login.user
    code = CodeForm(_sent(request, "code"), user=account)
    passkey = ShownPasskeyForm(_sent(request, "credential"), user=account)
    for form in (code, passkey):
        if form.is_bound and form.is_valid():
            form.save()
            _note_use(account, form)
            entered: HttpResponse = stage.exit()
            return entered
        if form.is_bound:
            note_failure(account)
    context = {"title": _("One more step"), "error_title": _("You are not signed in")}
    return render(request, "door/second_step.html", context | _ways(account, code=code, passkey=passkey))


@public
@never_cache
@require_http_methods(READ_AND_SENT)
def passkey_alone(request: OpenRequest) -> HttpResponse:
    """Instead of address and password: a passkey that has made sure of its owner. A script asks for the challenge."""
    if request.viewer is not None:
        return redirect(onward(request))
    if request.method != "POST":
        return JsonResponse(begin_authentication(user=None)) if _wants_data(request) else redirect("access:sign-in")
    form = PasskeyAloneForm(request.POST)
    if not ratelimit.consume(request, app="allauth.mfa", action="webauthn_login"):
        messages.error(request, _("There have been many attempts. Wait a while and try again."))
    elif form.is_valid() and form.cleaned_data["credential"].user.is_active:
        passkey = form.cleaned_data["credential"]
        entering = Login(user=passkey.user, redirect_url=onward(request))
        entered: HttpResponse = perform_passwordless_login(request, passkey, entering)
        return entered
    else:
        note_failure(None)
        messages.error(request, _("The passkey does not open any account."))
    return redirect("access:sign-in")


@signed_in
@demands(Assurance.PASSWORD)
@never_cache
@sensitive_post_parameters("code", "password")
@require_http_methods(READ_AND_SENT)
def show_again(request: Request) -> HttpResponse:
    """Before a sensitive step the reader shows once more who they are, and goes on to where they were."""
    account = request.user
    has_factor = bool(kinds_of(account))
    code = CodeAgainForm(_sent(request, "code"), user=account)
    passkey = PasskeyAgainForm(_sent(request, "credential"), user=account)
    password = PasswordAgainForm(None if has_factor else _sent(request, "password"), account=account)
    for form in (code, passkey, password):
        if form.is_bound and form.is_valid():
            _keep_proof(request, form)
            return redirect(onward(request))
        if form.is_bound:
            note_failure(account)
    context = {
        "title": _("Show that it is you"),
        "next": onward(request),
        "error_title": _("That did not show that it is you"),
        "password": password if not has_factor and account.has_usable_password() else None,
        "directories": [] if has_factor else ways_in(request, onward=onward(request)),
    }
    return render(request, "door/show_again.html", context | _ways(account, code=code, passkey=passkey))


def options_of(begun: dict[str, Any]) -> str:
    """What the browser is to be asked, as the page carries it."""
    return json.dumps(begun)


def note_failure(account: Account | None) -> None:
    """It stands in the trail that somebody showed what was not right."""
    at = timezone.now()
    visitor = system_viewer(at=at, job="actor.visitor")
    actions.fail_sign_in(email=account.email if account else "", by=visitor, at=at)


def _ways(account: Account, *, code: forms.Form, passkey: forms.Form) -> dict[str, Any]:
    """The forms that the account has something to fill in with, the passkey's with its challenge."""
    kinds = kinds_of(account)
    shown: dict[str, Any] = {"code": code if kinds & {CODE_APP, RECOVERY_CODES} else None}
    if PASSKEY in kinds:
        shown |= {"passkey": passkey, "options": options_of(begin_authentication(account))}
    shown["form"] = passkey if passkey.errors else code
    return shown


def _sent(request: OpenRequest, name: str) -> Any:
    """What was sent, if it is this that was."""
    return request.POST if request.method == "POST" and name in request.POST else None


def _wants_data(request: OpenRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _keep_proof(request: Request, form: Any) -> None:
    if isinstance(form, PasswordAgainForm):
        reauthenticate_by_password(request)
    else:
        form.save()
        _note_use(request.user, form)


def _note_use(account: Account, form: Any) -> None:
    """A recovery code that was used up is told of."""
    factor: Authenticator | None = getattr(form, "authenticator", None)
    if factor is not None and factor.type == RECOVERY_CODES:
        at = timezone.now()
        actions.use_recovery_code(account=account, by=viewer_of(account, at=at), at=at)
