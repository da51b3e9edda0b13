"""Coming in by what a provider has proven: the account is entered, and the session knows how surely and since when."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from varn.mechanisms.access import assurance
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.request import OpenRequest
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.directory import actions, queries
from varn.mechanisms.directory.sso.config import Kind
from varn.mechanisms.directory.sso.proof import Proof
from varn.mechanisms.directory.sso.refusing import not_let_in, refused
from varn.mechanisms.moves.making import Refused

METHOD = "socialaccount"
# How far the provider's clock may be from ours.
SKEW = timedelta(seconds=60)
# What the session says of the way in: words of the glossary after `access:way.`.
WAYS = {Kind.OIDC: "oidc", Kind.SAML: "saml"}


def enter(request: OpenRequest, proof: Proof, state: dict[str, Any]) -> HttpResponse:
    """The person is signed in and on their way, or is told why not."""
    at = timezone.now()
    if not _is_of_now(proof, at):
        return not_let_in(request, key=proof.provider.key, why="auth_time")
    by = system_viewer(at=at, job=f"SSO: {proof.provider.name}")
    try:
        account = actions.open_for_person(proof=proof, by=by, at=at)
        if queries.groups_have_changed(proof):
            actions.hear_groups(proof=proof, by=by, at=at)
    except Refused as error:
        return refused(request, error.refusal, key=proof.provider.key)
    response = _signed_in(request, account, proof, state)
    if request.user.is_authenticated and request.user.pk == account.pk:
        assurance.set_for(request.session, proof.level, at=proof.proven_at, way=WAYS[proof.provider.kind])
    return response


def _signed_in(request: OpenRequest, account: Account, proof: Proof, state: dict[str, Any]) -> HttpResponse:
    """Whoever is in already has only shown once more who they are; what they had begun goes on."""
    onward = str(state.get("next") or "/")
    if request.user.is_authenticated and request.user.pk == account.pk:
        record_authentication(request, account, METHOD, provider=proof.provider.key, uid=proof.uid)
        request.session.cycle_key()
        return redirect(onward)
    if proof.level < Assurance.TWO_FACTOR:
        login = SocialLogin(user=Account(), account=SocialAccount(provider=proof.provider.key, uid=proof.uid))
        login.state = {"process": "login", "next": onward}
        asked_for_more: HttpResponse = complete_social_login(request, login)
        return asked_for_more
    return _entered(request, account, proof, onward)


def _entered(request: OpenRequest, account: Account, proof: Proof, onward: str) -> HttpResponse:
    """The provider has seen two factors: whoever has some here too is not asked for them once more."""
    adapter = get_adapter(request)
    if request.user.is_authenticated:
        adapter.logout(request)
    record_authentication(request, account, METHOD, provider=proof.provider.key, uid=proof.uid)
    adapter.login(request, account)
    about = {"email_verification": "none", "signal_kwargs": {}, "email": account.email, "signup": False}
    response: HttpResponse = adapter.post_login(request, account, redirect_url=onward, **about)
    return response


def _is_of_now(proof: Proof, at: datetime) -> bool:
    """Whether it was proven neither longer ago than the provider's entry allows nor in the time to come."""
    longest, age = proof.provider.longest_minutes, at - proof.proven_at
    return age >= -SKEW and (not longest or age <= timedelta(minutes=longest) + SKEW)
