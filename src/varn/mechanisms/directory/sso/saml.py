"""SAML 2.0: a request to the provider, and an assertion that is signed, meant for us, asked for, and shown once."""

import binascii
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from lxml.etree import LxmlError
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from varn.mechanisms.directory.sso.config import Provider
from varn.mechanisms.directory.sso.proof import NotProven, Proof, proof_of

SKEW_SECONDS = 60
LONGEST_RESPONSE = 200_000
# How long the name of an assertion is remembered at the least, so that none is shown twice.
REMEMBERED_SECONDS = 3_600
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
BROKEN = (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError)
# The library asks for its own clocks; ours differ from the provider's by a minute at the most.
OneLogin_Saml2_Constants.ALLOWED_CLOCK_DRIFT = SKEW_SECONDS


def request_for(entry: Provider, *, again: bool) -> tuple[str, str]:
    """The address that asks the provider who it is, and the name of the question. `again`: anew, however lately."""
    auth = _auth(entry)
    address = auth.login(return_to="", force_authn=again)
    return str(address), str(auth.get_last_request_id())


def proof_in(entry: Provider, response: str) -> tuple[Proof, str]:
    """Who it is by the provider's response, and the name of the question that it answers (empty for an unasked one).

    Raises `NotProven` for a response that is not signed by the provider, not meant for this installation, not of now,
    or shown before.
    """
    if not response or len(response) > LONGEST_RESPONSE:
        raise NotProven("response")
    auth = _auth(entry, {"SAMLResponse": response})
    try:
        auth.process_response()
        is_proven = auth.is_authenticated() and not auth.get_errors()
    except (*BROKEN, LxmlError, binascii.Error, ValueError) as error:
        raise NotProven(type(error).__name__) from error
    if not is_proven:
        raise NotProven(",".join(auth.get_errors()) or "response")
    asked = auth.proven.asked()
    if not asked and not (entry.saml and entry.saml.unsolicited):
        raise NotProven("unsolicited")
    proof = _proof(entry, auth)
    _refuse_shown_before(entry, auth)
    return proof, asked


def metadata_of(entry: Provider) -> bytes:
    """What the provider is to know of this installation."""
    said = OneLogin_Saml2_Settings(settings=_config(entry), sp_validation_only=True)
    metadata = said.get_sp_metadata()
    return metadata if isinstance(metadata, bytes) else str(metadata).encode()


def app_of(entry: Provider) -> SocialApp:
    """The entry of the file as django-allauth reads it."""
    app = SocialApp(provider="saml", provider_id=entry.key, name=entry.name, client_id=entry.key)
    app.settings = {}
    return app


def provider_of(entry: Provider, request: HttpRequest) -> SAMLProvider:
    """Where the question is kept until it is answered."""
    return SAMLProvider(request, app=app_of(entry))


class _Response(OneLogin_Saml2_Response):
    """A response, read only where the provider has signed."""

    def asked(self) -> str:
        """The question that the assertion itself answers; what stands around it may be unsigned."""
        return self._first("/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData", "InResponseTo")

    def known_since(self) -> datetime:
        """When the provider last made sure who it is."""
        instant = self._first("/saml:AuthnStatement", "AuthnInstant")
        return datetime.fromtimestamp(OneLogin_Saml2_Utils.parse_SAML_to_time(instant), tz=UTC)

    def _first(self, path: str, name: str) -> str:
        nodes = self._query_assertion(path)
        return str(nodes[0].get(name) or "") if len(nodes) == 1 else ""


class _Auth(OneLogin_Saml2_Auth):
    response_class = _Response
    proven: _Response

    def store_valid_response(self, response: _Response) -> None:
        """The response is kept for what the library does not ask of it."""
        super().store_valid_response(response)
        self.proven = response


def _auth(entry: Provider, posted: Mapping[str, str] | None = None) -> _Auth:
    """The library, told of the installation's own address and of nothing that the visitor says of it."""
    scheme, _, host = settings.BASE_URL.partition("://")
    about = {
        "https": "on" if scheme == "https" else "off",
        "http_host": host,
        "script_name": reverse("directory:sso-assertion", args=[entry.key]),
        "path_info": "",
        "get_data": {},
        "post_data": dict(posted or {}),
    }
    return _Auth(about, _config(entry))


def _config(entry: Provider) -> dict[str, Any]:
    if entry.saml is None:
        raise NotProven("provider")
    return {
        "strict": True,
        "sp": {
            "entityId": _own("directory:sso-metadata", entry),
            "assertionConsumerService": {
                "url": _own("directory:sso-assertion", entry),
                "binding": OneLogin_Saml2_Constants.BINDING_HTTP_POST,
            },
            "NameIDFormat": PERSISTENT,
        },
        "idp": {
            "entityId": entry.saml.entity_id,
            "singleSignOnService": {"url": entry.saml.sso_url},
            "x509certMulti": {"signing": list(entry.saml.certificates)},
        },
        "security": {
            "wantAssertionsSigned": True,
            "wantNameId": True,
            "wantAttributeStatement": True,
            "rejectDeprecatedAlgorithm": True,
            "rejectUnsolicitedResponsesWithInResponseTo": False,
            "requestedAuthnContext": False,
            "allowRepeatAttributeName": True,
            "allowSingleLabelDomains": True,
            "digestAlgorithm": OneLogin_Saml2_Constants.SHA256,
            "signatureAlgorithm": OneLogin_Saml2_Constants.RSA_SHA256,
        },
    }


def _own(name: str, entry: Provider) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=[entry.key])}"


def _refuse_shown_before(entry: Provider, auth: _Auth) -> None:
    name, ends = auth.get_last_assertion_id(), auth.get_last_assertion_not_on_or_after()
    if not name or ends is None:
        raise NotProven("assertion")
    left = int(ends - datetime.now(tz=UTC).timestamp()) + SKEW_SECONDS
    if not cache.add(f"saml:{entry.key}:{name}", 1, max(left, REMEMBERED_SECONDS)):
        raise NotProven("replayed")


def _proof(entry: Provider, auth: _Auth) -> Proof:
    contexts = auth.get_last_authn_contexts()
    return proof_of(
        entry,
        subject=str(auth.get_nameid()),
        said=auth.get_attributes(),
        context=str(contexts[0]) if len(contexts) == 1 else "",
        proven_at=auth.proven.known_since(),
    )
