"""What has been proven, kept for the moment between two requests.

A provider of SAML sends the visitor's browser with a form, and no cookie of ours comes along with it. What it proved
waits here, until the same browser asks from one of our own pages; whose it is, the session then says.
"""

import secrets
from dataclasses import fields
from datetime import datetime

from django.core.cache import cache

from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.directory.sso.config import Provider
from varn.mechanisms.directory.sso.proof import Proof

SECONDS = 120


def kept(proof: Proof, *, asked: str) -> str:
    """A ticket, good once and for two minutes, for the proof and the question that it answers."""
    ticket = secrets.token_urlsafe(32)
    said = {each.name: getattr(proof, each.name) for each in fields(proof) if each.name != "provider"}
    said |= {"proven_at": proof.proven_at.isoformat(), "level": int(proof.level), "asked": asked}
    cache.set(_name(proof.provider, ticket), said, SECONDS)
    return ticket


def taken(provider: Provider, ticket: str) -> tuple[Proof, str] | None:
    """The proof and its question; nothing for a ticket that is used, old or not of this provider."""
    said = cache.get(_name(provider, ticket))
    if said is None or not cache.delete(_name(provider, ticket)):
        return None
    said |= {"proven_at": datetime.fromisoformat(said["proven_at"]), "level": Assurance(said["level"])}
    groups = None if said["groups"] is None else tuple(said["groups"])
    asked = str(said.pop("asked"))
    return Proof(provider=provider, **said | {"groups": groups}), asked


def _name(provider: Provider, ticket: str) -> str:
    return f"sso-ticket:{provider.key}:{ticket}"
