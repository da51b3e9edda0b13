"""The first second factor, made between the password and being signed in."""

from collections.abc import Mapping
from typing import Any

from allauth.account.stages import LoginStage
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from varn.mechanisms.access.doors import public
from varn.mechanisms.access.request import OpenRequest
from varn.mechanisms.access.viewer import viewer_of
from varn.mechanisms.door import actions
from varn.mechanisms.door.factor_forms import CodeAppForm, PasskeyForm
from varn.mechanisms.door.languages import remember_language
from varn.mechanisms.door.pictures import picture_of, shown_secret
from varn.mechanisms.door.stages import EnrolStage
from varn.mechanisms.door.views.proving import during, options_of
from varn.mechanisms.ui.forms import sent

# What stands around the pages: their shell, and the ways between the two of them. The first run has its own.
Around = Mapping[str, Any]
DOOR = {
    "shell": "ui/public.html",
    "passkey_url": reverse_lazy("access:enrol"),
    "code_app_url": reverse_lazy("access:enrol-code_app"),
}


@public
@never_cache
@during(EnrolStage)
def enrol(request: OpenRequest, stage: LoginStage, *, around: Around | None = None) -> HttpResponse:
    """A passkey is made; the page shows the way to an app for codes as well."""
    account = stage.login.user
    form = PasskeyForm(sent(request), user=account)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        passkey = actions.add_passkey(account=account, **form.cleaned_data, by=viewer_of(account, at=at), at=at)
        return _let_in(request, stage, passkey, around)
    shown = {"title": _("Make a passkey"), "form": form, "error_title": _("No passkey was made")}
    shown["options"] = options_of(begin_registration(account, True))
    return render(request, "door/enrol.html", {**DOOR, **shown, **(around or {})})


@public
@never_cache
@sensitive_post_parameters("code")
@during(EnrolStage)
def enrol_code_app(request: OpenRequest, stage: LoginStage, *, around: Around | None = None) -> HttpResponse:
    """An app for codes is added: the picture to point it at, and the first code that it shows."""
    account = stage.login.user
    form = CodeAppForm(sent(request), account=account, session=request.session)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        app = actions.add_code_app(account=account, **form.cleaned_data, by=viewer_of(account, at=at), at=at)
        return _let_in(request, stage, app, around)
    shown = {"title": _("Add an app for codes"), "form": form, "error_title": _("The app was not added")}
    shown |= {"picture": picture_of(account, form.secret), "secret": shown_secret(form.secret)}
    return render(request, "door/enrol_code_app.html", {**DOOR, **shown, **(around or {})})


def _let_in(request: OpenRequest, stage: LoginStage, factor: Authenticator, around: Around | None) -> HttpResponse:
    """The owner of the new factor is signed in, and sees the recovery codes, this once."""
    account, at = stage.login.user, timezone.now()
    post_authentication(request, factor)
    codes = actions.make_recovery_codes(account=account, by=viewer_of(account, at=at), at=at)
    onward = stage.exit()["Location"]
    request.viewer = viewer_of(account, at=at)
    shown = {"title": _("Your recovery codes"), "codes": codes, "onward": onward}
    response = render(request, "door/first_recovery_codes.html", {**DOOR, **shown, **(around or {})})
    if account.language:
        remember_language(response, account.language)
    return response
