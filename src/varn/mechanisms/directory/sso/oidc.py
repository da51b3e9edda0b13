"""OpenID Connect: the authorization code with PKCE, on django-allauth's provider, and a token that is really checked.

django-allauth trusts the token that it fetched itself; here its signature, issuer, audience, nonce and times are
checked all the same, so that nothing depends on the network between the two.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any

import jwt
import requests
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse

from varn.mechanisms.directory.sso.config import Provider, WrongProvider, require_encrypted
from varn.mechanisms.directory.sso.proof import NotProven, Proof, proof_of

# Signatures by a key that only the provider has. Never "none", and never one made with a secret that two share.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
NEEDED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
SKEW_SECONDS = 60
OLDEST_SECONDS = 600
TIMEOUT_SECONDS = 10
LONG_AGO = 0
# What the issuer says of itself is asked for anew so often, and not for every visitor.
HELD_SECONDS = 300
LONGEST_ANSWER = 1_000_000


class OidcProvider(OpenIDConnectProvider):
    """The provider of one entry of the file: what the visitor sends changes nothing of what is asked of it."""

    def get_pkce_params(self) -> dict[str, str]:
        """The challenge, and a nonce that only who holds its answer can know."""
        challenge: dict[str, str] = generate_code_challenge()
        return challenge | {"nonce": nonce_of(challenge["code_verifier"])}

    def get_auth_params(self) -> dict[str, str]:
        """How surely the provider is asked to know who it is."""
        return dict(self.app.settings["auth_params"])

    def get_default_scope(self) -> list[str]:
        """What is asked for."""
        return ["openid", "profile", "email"]

    def get_oauth2_adapter(self, request: HttpRequest) -> "OidcAdapter":
        """How it is spoken with."""
        return OidcAdapter(request, self)


class OidcAdapter(OpenIDConnectOAuth2Adapter):
    """Speaks with the endpoints of the file, or with those that the issuer itself names."""

    def __init__(self, request: HttpRequest, provider: OidcProvider) -> None:
        self.provider = provider
        self.nonce = ""
        super().__init__(request, provider.app.provider_id)

    def get_provider(self) -> OidcProvider:
        """The provider it was made for."""
        return self.provider

    @property
    def openid_config(self) -> Mapping[str, Any]:
        """The endpoints."""
        if not hasattr(self, "_openid_config"):
            self._openid_config = endpoints_of(self.provider.app.settings["provider"])
        return self._openid_config

    @property
    def basic_auth(self) -> bool:
        """The secret goes in the header, unless the provider takes it only in the body."""
        methods = self.openid_config.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return "client_secret_basic" in methods

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider sends the visitor back: at the installation's own address, whatever the visitor says."""
        return f"{settings.BASE_URL}{reverse('directory:sso-callback', args=[self.provider_id])}"

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: OAuth2Client, pkce_code_verifier: str | None = None
    ) -> Any:
        """What the code is exchanged for. The nonce that must stand in it follows from who asked."""
        self.nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def prove(self, response: Mapping[str, Any], *, again: bool) -> Proof:
        """Who it is, by the token that came with the code. `again`: the provider was told to ask them anew."""
        entry: Provider = self.provider.app.settings["provider"]
        claims = claims_of(str(response.get("id_token", "")), self._keys(), entry=entry, nonce=self.nonce)
        return proof_of(
            entry,
            subject=str(claims["sub"]),
            said=claims,
            context=str(claims.get("acr", "")),
            proven_at=known_since(claims, entry=entry, again=again),
        )

    def _keys(self) -> Mapping[str, Any]:
        return fetched(str(self.openid_config["jwks_uri"]))


def nonce_of(verifier: str) -> str:
    """A nonce bound to the session by the verifier that only the session holds."""
    return sha256(f"nonce:{verifier}".encode()).hexdigest()


def claims_of(token: str, keys: Mapping[str, Any], *, entry: Provider, nonce: str) -> Mapping[str, Any]:
    """The claims of a token that this provider signed, for this installation, for this visitor, now.

    Raises `NotProven` for any other.
    """
    if entry.oidc is None:
        raise NotProven("provider")
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise NotProven("algorithm")
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key_for(header, keys),
            algorithms=[header["alg"]],
            audience=entry.oidc.client_id,
            issuer=entry.oidc.issuer,
            leeway=SKEW_SECONDS,
            options={"require": NEEDED},
        )
    except jwt.PyJWTError as error:
        raise NotProven(type(error).__name__) from error
    _refuse_meant_for_others(claims, entry.oidc.client_id)
    if not compare_digest(str(claims["nonce"]), nonce):
        raise NotProven("nonce")
    if datetime.now(tz=UTC).timestamp() - float(claims["iat"]) > OLDEST_SECONDS:
        raise NotProven("age")
    return claims


def known_since(claims: Mapping[str, Any], *, entry: Provider, again: bool) -> datetime:
    """When the provider last made sure who it is.

    One that does not say so has done it now only where it was told to; otherwise nobody knows, and they count as known
    since long ago. Raises `NotProven` where a sign-in may not be old and the provider does not say how old it is.
    """
    if "auth_time" not in claims and entry.longest_minutes:
        raise NotProven("auth_time")
    try:
        return datetime.fromtimestamp(int(claims.get("auth_time", claims["iat"] if again else LONG_AGO)), tz=UTC)
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise NotProven("auth_time") from error


def endpoints_of(entry: Provider) -> Mapping[str, Any]:
    """Where the provider is spoken with: as the file says, or as the issuer says of itself."""
    if entry.oidc is None:
        raise NotProven("provider")
    if entry.oidc.endpoints:
        said: Mapping[str, Any] = {
            "authorization_endpoint": entry.oidc.endpoints["authorization"],
            "token_endpoint": entry.oidc.endpoints["token"],
            "jwks_uri": entry.oidc.endpoints["jwks"],
        }
        return said
    held, address = caches["memory"], f"{entry.oidc.issuer.rstrip('/')}/.well-known/openid-configuration"
    found = held.get(address) or fetched(address)
    if found.get("issuer") != entry.oidc.issuer:
        raise NotProven("issuer")
    try:
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            require_encrypted(str(found.get(name, "")))
    except WrongProvider as error:
        raise NotProven("endpoint") from error
    held.set(address, found, HELD_SECONDS)
    return found


def fetched(address: str) -> Mapping[str, Any]:
    """What stands at an address of the provider's: JSON, not long, and not somewhere else."""
    try:
        with requests.get(address, timeout=TIMEOUT_SECONDS, allow_redirects=False, stream=True) as response:
            body = response.raw.read(LONGEST_ANSWER + 1, decode_content=True)
            if response.status_code != requests.codes.ok or len(body) > LONGEST_ANSWER:
                raise NotProven("answer")
            said = json.loads(body)
    except (requests.RequestException, ValueError) as error:
        raise NotProven("unreachable") from error
    if not isinstance(said, dict):
        raise NotProven("answer")
    return said


def app_of(entry: Provider) -> SocialApp:
    """The entry of the file as django-allauth reads it."""
    if entry.oidc is None:
        raise OAuth2Error(entry.key)
    asked = {"acr_values": " ".join(entry.oidc.acr_values)} if entry.oidc.acr_values else {}
    if entry.longest_minutes:
        asked["max_age"] = str(entry.longest_minutes * 60)
    said = {"provider": entry, "auth_params": asked, "scope": None, "server_url": entry.oidc.issuer}
    app = SocialApp(provider="openid_connect", provider_id=entry.key, name=entry.name, client_id=entry.oidc.client_id)
    app.secret, app.settings = entry.oidc.client_secret, said
    return app


def _key_for(header: Mapping[str, Any], keys: Mapping[str, Any]) -> jwt.PyJWK:
    found = [key for key in keys.get("keys", []) if isinstance(key, dict) and key.get("use", "sig") == "sig"]
    if "kid" in header:
        found = [key for key in found if key.get("kid") == header["kid"]]
    if len(found) != 1:
        raise NotProven("key")
    if found[0].get("kty") not in ("RSA", "EC", "OKP"):
        raise NotProven("key")
    return jwt.PyJWK(found[0], algorithm=header["alg"])


def _refuse_meant_for_others(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if claims.get("azp", client_id) != client_id or (len(audience) > 1 and "azp" not in claims):
        raise NotProven("audience")
