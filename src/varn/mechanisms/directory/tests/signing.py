"""A municipality with a sign-in of its own, and the steps of somebody who comes in by it."""

from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zlib import decompress

from django.http import HttpResponse
from django.test import Client
from lxml import etree

from tests.harness.providers import CLIENT, SECRET, TWO_FACTORS, OidcProvider, SamlProvider, certificate
from varn.mechanisms.access.models import Account

OIDC = """[[providers]]
key = "ekby"
kind = "oidc"
name = "Ekby kommun"
issuer = "{issuer}"
client_id = "{client}"
client_secret_file = "secret.txt"
employee_id = "employee_id"
groups = "groups"
{more}
[providers.levels]
"{two}" = "two_factor"
"urn:example:card" = "phishing_resistant"
"""
SAML = """[[providers]]
key = "ekby-saml"
kind = "saml"
name = "Ekby kommun (kort)"
entity_id = "{issuer}"
sso_url = "https://idp.example/sso"
certificate_files = ["idp.pem"]
employee_id = "employeeNumber"
groups = "memberOf"
{more}
[providers.levels]
"{two}" = "two_factor"
"""


def oidc_file(folder: Path, provider: OidcProvider, more: str = "") -> str:
    """The file of an installation that is connected to this provider."""
    (folder / "secret.txt").write_text(SECRET)
    file = folder / f"sso-{abs(hash((provider.issuer, more)))}.toml"
    file.write_text(OIDC.format(issuer=provider.issuer, client=CLIENT, two=TWO_FACTORS, more=more))
    return str(file)


def saml_file(folder: Path, provider: SamlProvider, more: str = "") -> str:
    """The file of an installation that is connected to this provider."""
    (folder / "idp.pem").write_text(certificate(provider.key))
    file = folder / f"saml-{abs(hash((provider.issuer, more)))}.toml"
    file.write_text(SAML.format(issuer=provider.issuer, two=TWO_FACTORS, more=more))
    return str(file)


@dataclass
class Visitor:
    """Somebody's browser."""

    client: Client = field(default_factory=Client)

    def asks(self, key: str = "ekby", **query: str) -> dict[str, str]:
        """The button is pressed; what the provider is asked."""
        sent = self.client.get(f"/sso/{key}/", query)
        assert sent.status_code == 302, sent.content.decode()[:300]
        return {name: values[0] for name, values in parse_qs(urlsplit(sent["Location"]).query).items()}

    def comes_back(self, provider: OidcProvider, question: dict[str, str], **other: Any) -> HttpResponse:
        """The provider sends the visitor back with a code."""
        code = provider.code_for(question)
        return self.client.get("/sso/ekby/callback/", {"code": code, "state": question["state"]} | other)

    def signs_in(self, provider: OidcProvider, **query: str) -> HttpResponse:
        """All of it."""
        return self.comes_back(provider, self.asks(**query))

    def asks_saml(self, **query: str) -> str:
        """The button of the other provider is pressed; the name of the question."""
        question = self.asks("ekby-saml", **query)["SAMLRequest"]
        return str(etree.fromstring(decompress(b64decode(question), -15)).get("ID"))

    def brings(self, response: str) -> HttpResponse:
        """The form of the provider is sent, from its page, and the browser goes where it is sent."""
        sent = self.client.post("/sso/ekby-saml/assertion/", {"SAMLResponse": response}, headers=FROM_ELSEWHERE)
        return self.client.get(sent["Location"]) if sent.status_code == 302 else sent

    @property
    def is_in(self) -> bool:
        """Whether somebody is signed in in this browser."""
        return "_auth_user_id" in self.client.session

    @property
    def account(self) -> Account:
        """Who."""
        return Account.objects.get(pk=self.client.session["_auth_user_id"])


FROM_ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Origin": "https://idp.example"}
