"""The reader's own passkeys, app for codes and recovery codes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from varn.mechanisms.access.assurance import DEMANDS, Assurance
from varn.mechanisms.access.doors import demands, fresh, signed_in, too_weak
from varn.mechanisms.access.request import Request
from varn.mechanisms.door import actions, factors
from varn.mechanisms.door.factor_forms import CodeAppForm, PasskeyForm, PasskeyNameForm
from varn.mechanisms.door.pictures import picture_of, shown_secret
from varn.mechanisms.door.views.proving import options_of
from varn.mechanisms.links import Link
from varn.mechanisms.ui.forms import Form, form_page, sent, submitted

READ_AND_SENT = ("GET", "HEAD", "POST")


def first_of_the_weak(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Whoever is known by one proof only (as by a directory that asks no more) may make their first factor here.

    Whoever has a factor shows it first: else one stolen proof would be enough to make another.
    """

    @wraps(view)
    def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_known = request.assurance >= DEMANDS.default or not factors.kinds_of(request.user)
        return view(request, *args, **kwargs) if is_known else too_weak(request, DEMANDS.default)

    return door


@signed_in
@demands(Assurance.PASSWORD)
@require_http_methods(READ_AND_SENT)
@never_cache
@fresh
@first_of_the_weak
def passkey_add(request: Request) -> HttpResponse:
    """One more passkey."""
    form = PasskeyForm(sent(request), user=request.user)
    passkey = submitted(form, actions.add_passkey, request, account=request.user)
    if passkey is not None:
        _show_it(request, passkey)
        messages.success(request, _("The passkey is added."))
        return redirect("access:own-account")
    context = {"options": options_of(begin_registration(request.user, True))}
    return _page(request, form, _("Add a passkey"), template="door/passkey_add.html", context=context)


@signed_in
@require_http_methods(READ_AND_SENT)
@fresh
def passkey_rename(request: Request, pk: int) -> HttpResponse:
    """The passkey has another name."""
    passkey = get_object_or_404(factors.passkeys(viewer=request.viewer), pk=pk)
    form = PasskeyNameForm(sent(request), initial={"name": str(passkey)})
    if submitted(form, actions.rename_passkey, request, passkey=passkey) is not None:
        return redirect("access:own-account")
    return _page(request, form, _("Rename the passkey"))


@signed_in
@require_http_methods(READ_AND_SENT)
@fresh
def factor_remove(request: Request, pk: int) -> HttpResponse:
    """Nobody comes in with it any longer."""
    factor = get_object_or_404(factors.second_factors(viewer=request.viewer), pk=pk)
    form = Form(sent(request))
    if submitted(form, actions.remove_factor, request, factor=factor) is not None:
        messages.success(request, _("It no longer opens your account."))
        return redirect("access:own-account")
    lead = _("Nobody can sign in to your account with it any longer. A mail tells you that it was done.")
    title = _("Remove %(name)s") % {"name": factors.name_of(factor)}
    return _page(request, form, title, lead=lead, danger=True)


@signed_in
@demands(Assurance.PASSWORD)
@require_http_methods(READ_AND_SENT)
@never_cache
@sensitive_post_parameters("code")
@fresh
@first_of_the_weak
def code_app_add(request: Request) -> HttpResponse:
    """An app for codes."""
    form = CodeAppForm(sent(request), account=request.user, session=request.session)
    app = submitted(form, actions.add_code_app, request, account=request.user)
    if app is not None:
        _show_it(request, app)
        messages.success(request, _("The app for codes is added."))
        return redirect("access:own-account")
    context = {"picture": picture_of(request.user, form.secret), "secret": shown_secret(form.secret)}
    return _page(request, form, _("Add an app for codes"), template="door/code_app_add.html", context=context)


@signed_in
@require_http_methods(READ_AND_SENT)
@never_cache
@fresh
def recovery_codes_make(request: Request) -> HttpResponse:
    """New recovery codes, shown in the answer and never again; the old ones open nothing."""
    form = Form(sent(request))
    codes = submitted(form, actions.make_recovery_codes, request, account=request.user)
    if codes is not None:
        return render(request, "door/recovery_codes.html", {"title": _("Your recovery codes"), "codes": codes})
    lead = _("Ten new codes are made and shown once. Those that you have had before stop working.")
    return _page(request, form, _("Make new recovery codes"), lead=lead)


def _show_it(request: Request, factor: Authenticator) -> None:
    """Whoever was known too little is known by what they have just made."""
    if request.assurance < DEMANDS.default:
        post_authentication(request, factor)


def _page(request: Request, form: Form, title: str, **more: Any) -> HttpResponse:
    back = reverse("access:own-account")
    trail = [Link(label=_("My account"), url=back)]
    return form_page(request, form=form, title=title, back=back, trail=trail, help_page="konto", **more)
