"""The addresses of single sign-on: going to the provider, and coming back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from varn.mechanisms.access.doors import public
from varn.mechanisms.access.request import OpenRequest
from varn.mechanisms.directory.sso import saml, tickets
from varn.mechanisms.directory.sso.config import Kind, Provider, providers
from varn.mechanisms.directory.sso.entering import enter
from varn.mechanisms.directory.sso.oidc import OidcAdapter, OidcProvider, app_of
from varn.mechanisms.directory.sso.proof import NotProven, Proof
from varn.mechanisms.directory.sso.refusing import not_let_in, refused
from varn.mechanisms.door.onward import onward
from varn.mechanisms.moves.making import Refused

AGAIN = "again"
BY_OURSELVES = ("same-origin", "none")
View = Callable[..., HttpResponseBase]


def from_here(view: View) -> View:
    """A visitor who is sent back without our cookies asks for the same address once more, from a page of ours.

    Then they come along; what was sent is not looked at before.
    """

    @wraps(view)
    def asked(request: OpenRequest, key: str) -> HttpResponseBase:
        # A provider sends more names than are used here, each its own; none of them is the visitor's to be told of.
        request.GET.values()
        is_from_elsewhere = request.headers.get("Sec-Fetch-Site", "none") not in BY_OURSELVES
        if is_from_elsewhere and settings.SESSION_COOKIE_NAME not in request.COOKIES:
            once_more: HttpResponseBase = import_string(settings.PAGE_ONCE_MORE)(request)
            return once_more
        return view(request, key)

    return asked


@public
@never_cache
@require_safe
def begin(request: OpenRequest, key: str) -> HttpResponseBase:
    """The visitor is on their way to the municipality's own sign-in. With `again` they are asked there anew."""
    entry, again = _provider(key), AGAIN in request.GET
    try:
        if entry.kind is Kind.SAML:
            address, asked = saml.request_for(entry, again=again)
            provider = saml.provider_of(entry, request)
            provider.stash_redirect_state(request, AuthProcess.LOGIN, onward(request), state_id=asked)
            return redirect(address)
        oidc = OidcProvider(request, app=app_of(entry))
        asked_for = oidc.get_auth_params() | ({"prompt": "login", "max_age": "0"} if again else {})
        sent: HttpResponseBase = oidc.redirect(
            request, AuthProcess.LOGIN, onward(request), {AGAIN: again}, auth_params=asked_for
        )
        return sent
    except NotProven as error:
        return not_let_in(request, key=key, why=error.why)


@public
@never_cache
@require_safe
@from_here
def callback(request: OpenRequest, key: str) -> HttpResponse:
    """Back from a provider of OpenID Connect, with a code that is exchanged for who it is."""
    entry = _provider(key, Kind.OIDC)
    oidc = OidcProvider(request, app=app_of(entry))
    state = statekit.unstash_state(request, provider_id=key, state_id=request.GET.get("state", ""))
    if state is None or "code" not in request.GET or request.GET.get("iss", entry.issuer) != entry.issuer:
        return not_let_in(request, key=key, why=_error_of(request, state))
    try:
        proof = _exchanged(request, oidc, state)
    except NotProven as error:
        return not_let_in(request, key=key, why=error.why)
    except Refused as error:
        return refused(request, error.refusal, key=key)
    return enter(request, proof, state)


@csrf_exempt
@public
@never_cache
@require_POST
def assertion(request: OpenRequest, key: str) -> HttpResponse:
    """A provider of SAML sends what it knows. It is checked at once; whose it is, the next page asks the session."""
    entry = _provider(key, Kind.SAML)
    try:
        proof, asked = saml.proof_in(entry, request.POST.get("SAMLResponse", ""))
    except NotProven as error:
        return not_let_in(request, key=key, why=error.why)
    except Refused as error:
        return refused(request, error.refusal, key=key)
    ticket = tickets.kept(proof, asked=asked)
    return redirect(f"{reverse('directory:sso-finish', args=[key])}?{urlencode({'ticket': ticket})}")


@public
@never_cache
@require_safe
@from_here
def finish(request: OpenRequest, key: str) -> HttpResponse:
    """Back from a provider of SAML: the session that asked the question is the one that gets the answer."""
    entry = _provider(key, Kind.SAML)
    held = tickets.taken(entry, request.GET.get("ticket", ""))
    if held is None:
        return not_let_in(request, key=key, why="ticket")
    proof, asked = held
    state: dict[str, Any] | None = {}
    if asked:
        state = statekit.unstash_state(request, provider_id=key, state_id=asked)
    if state is None:
        return not_let_in(request, key=key, why="question")
    return enter(request, proof, state)


@public
@require_safe
def metadata(request: OpenRequest, key: str) -> HttpResponse:
    """What a provider of SAML is to know of this installation."""
    return HttpResponse(saml.metadata_of(_provider(key, Kind.SAML)), content_type="application/samlmetadata+xml")


def _provider(key: str, kind: Kind | None = None) -> Provider:
    entry = providers().get(key)
    if entry is None or kind not in (None, entry.kind):
        raise Http404
    return entry


def _exchanged(request: OpenRequest, oidc: OidcProvider, state: dict[str, Any]) -> Proof:
    adapter = OidcAdapter(request, oidc)
    try:
        client = adapter.get_client(request, oidc.app)
        verifier = state.get("pkce_code_verifier")
        response = adapter.get_access_token_data(request, oidc.app, client, pkce_code_verifier=verifier)
    except (OAuth2Error, RequestException, ValueError, KeyError) as error:
        raise NotProven(type(error).__name__) from error
    return adapter.prove(response, again=bool((state.get("data") or {}).get(AGAIN)))


def _error_of(request: OpenRequest, state: dict[str, Any] | None) -> str:
    if state is None:
        return "state"
    told = request.GET.get("error", "")
    return told if told.isidentifier() and len(told) < 40 else "answer"
