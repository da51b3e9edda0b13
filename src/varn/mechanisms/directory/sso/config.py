"""The sign-in providers of this installation: read from one file of its own, never from what a visitor sends.

docs/operations/single-sign-on.md says what is filled in where. A file that is wrong stops the program with why.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

from varn.mechanisms.access.assurance import Assurance

# The key stands in addresses, and where it is kept whose subject somebody is.
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
RESERVED = ("scim",)
# What may be reached without encryption: a provider on the same machine, as in the tests.
LOCAL = ("localhost", "127.0.0.1")


class Kind(StrEnum):
    """How a provider is spoken with."""

    OIDC = "oidc"
    SAML = "saml"


class WrongProvider(ValueError):
    """The file of sign-in providers says something that cannot hold."""


@dataclass(frozen=True, kw_only=True)
class Oidc:
    """What OpenID Connect needs. Without `endpoints` they are read at the issuer, and nowhere else."""

    issuer: str
    client_id: str
    client_secret: str
    endpoints: Mapping[str, str] = field(default_factory=dict)
    acr_values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Saml:
    """What SAML 2.0 needs. `unsolicited`: also those who come from the provider's own list of links are let in."""

    entity_id: str
    sso_url: str
    certificates: tuple[str, ...]
    unsolicited: bool = False


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One way in by the municipality's own sign-in. `name` stands on the button.

    `employee_id` names the attribute that says which person it is; `groups` the one that names their groups.
    `levels` says how surely somebody is known by what the provider says of how it knew them; what it does not say is
    the lowest. `makes_people`: a person whom the organisation does not know is registered when they come.
    """

    key: str
    kind: Kind
    name: str
    employee_id: str
    groups: str = ""
    full_name: str = "name"
    email: str = "email"
    levels: Mapping[str, Assurance] = field(default_factory=dict)
    makes_people: bool = False
    longest_minutes: int = 0
    oidc: Oidc | None = None
    saml: Saml | None = None

    @property
    def issuer(self) -> str:
        """Who says it: with the subject, the key by which an account is known."""
        return self.oidc.issuer if self.oidc else self.saml.entity_id if self.saml else ""


def providers() -> Mapping[str, Provider]:
    """The providers of this installation by their keys, in the order of the file."""
    return _read(settings.SSO_FILE)


def provider_keys() -> frozenset[str]:
    """The keys of the providers."""
    return frozenset(providers())


@lru_cache(maxsize=8)
def _read(path: str) -> Mapping[str, Provider]:
    if not path:
        return {}
    file = Path(path)
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise WrongProvider(f"{file.name}: {error}") from error
    if unknown := table.keys() - {"providers"}:
        raise WrongProvider(f"{file.name} has unknown fields: {', '.join(sorted(unknown))}")
    found = [_provider(row, file.parent) for row in table.get("providers", [])]
    if len({each.key for each in found}) < len(found):
        raise WrongProvider(f"{file.name}: every provider has a key of its own")
    return {each.key: each for each in found}


def _provider(row: Mapping[str, Any], folder: Path) -> Provider:
    rest = dict(row)
    try:
        key, kind = str(rest.pop("key")), Kind(rest.pop("kind"))
        if not key or not LETTERS.issuperset(key) or key in RESERVED:
            raise WrongProvider(f"{key!r} is no key of a provider: small letters, digits and hyphens")
        levels = {name: _level(word) for name, word in rest.pop("levels", {}).items()}
        special: dict[str, Any] = {"oidc": _oidc(rest, folder)} if kind is Kind.OIDC else {"saml": _saml(rest, folder)}
        return Provider(key=key, kind=kind, levels=levels, **special, **rest)
    except (KeyError, TypeError, ValueError) as error:
        raise WrongProvider(f"Provider {row.get('key', '?')}: {error}") from error


def _oidc(rest: dict[str, Any], folder: Path) -> Oidc:
    endpoints = dict(rest.pop("endpoints", {}))
    issuer = str(rest.pop("issuer"))
    if endpoints and endpoints.keys() != {"authorization", "token", "jwks"}:
        raise WrongProvider("endpoints are authorization, token and jwks, all three")
    for address in (issuer, *endpoints.values()):
        require_encrypted(address)
    return Oidc(
        issuer=issuer,
        client_id=str(rest.pop("client_id")),
        client_secret=(folder / str(rest.pop("client_secret_file"))).read_text(encoding="utf-8").strip(),
        endpoints=endpoints,
        acr_values=tuple(rest.pop("acr_values", ())),
    )


def _saml(rest: dict[str, Any], folder: Path) -> Saml:
    if "metadata_file" in rest:
        return _from_metadata((folder / str(rest.pop("metadata_file"))).read_text(encoding="utf-8"), rest)
    sso_url = str(rest.pop("sso_url"))
    require_encrypted(sso_url)
    files = [folder / str(name) for name in rest.pop("certificate_files")]
    return Saml(
        entity_id=str(rest.pop("entity_id")),
        sso_url=sso_url,
        certificates=tuple(file.read_text(encoding="ascii") for file in files),
        unsolicited=bool(rest.pop("unsolicited", False)),
    )


def _from_metadata(text: str, rest: dict[str, Any]) -> Saml:
    """What the provider says of itself, in the file that was fetched by hand."""
    said = OneLogin_Saml2_IdPMetadataParser.parse(text, entity_id=rest.pop("entity_id", None))["idp"]
    signing = said.get("x509certMulti", {}).get("signing") or [said["x509cert"]]
    require_encrypted(said["singleSignOnService"]["url"])
    return Saml(
        entity_id=said["entityId"],
        sso_url=said["singleSignOnService"]["url"],
        certificates=tuple(signing),
        unsolicited=bool(rest.pop("unsolicited", False)),
    )


def require_encrypted(address: str) -> None:
    """Nothing happens if the address is encrypted, or of this machine; otherwise `WrongProvider`."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOCAL):
        raise WrongProvider(f"{address} must begin with https")


def _level(word: str) -> Assurance:
    try:
        return Assurance[word.upper()]
    except KeyError:
        raise WrongProvider(f"{word!r} is no level: password, two_factor or phishing_resistant") from None
