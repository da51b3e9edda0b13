"""A passkey made of software, for tests that need no browser: it answers what the door asks of a real one."""

import os
from hashlib import sha256
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from varn.mechanisms.access.models import Account

PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
AAGUID = bytes(16)


class SoftPasskey:
    """One passkey of one owner at one site. `verifies` is whether it makes sure of its owner each time."""

    def __init__(self, *, host: str = "testserver", scheme: str = "https", verifies: bool = True) -> None:
        self.host, self.origin = host, f"{scheme}://{host}"
        self.key, self.id = generate_private_key(SECP256R1()), os.urandom(32)
        self.owner, self.count = "", 0
        self.flags = PRESENT_AND_VERIFIED if verifies else AuthenticatorData.FLAG.UP

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """What the browser gives when the passkey is made."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        data = self._data(AttestedCredentialData.create(AAGUID, self.id, ES256.from_cryptography_key(self._public())))
        answer = {
            "clientDataJSON": websafe_encode(self._told("webauthn.create", asked)),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._credential(answer) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """What the browser gives when the passkey is used."""
        self.count += 1
        told, data = self._told("webauthn.get", options["publicKey"]), self._data(None)
        answer = {
            "clientDataJSON": websafe_encode(told),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.key.sign(data + sha256(told).digest(), ECDSA(SHA256()))),
            "userHandle": self.owner,
        }
        return self._credential(answer) | {"clientExtensionResults": {}}

    def _told(self, kind: str, asked: dict[str, Any]) -> bytes:
        return bytes(CollectedClientData.create(kind, websafe_decode(asked["challenge"]), self.origin))

    def _data(self, made: AttestedCredentialData | None) -> AuthenticatorData:
        flags = self.flags | AuthenticatorData.FLAG.AT if made else self.flags
        place = sha256(self.host.encode()).digest()
        return AuthenticatorData.create(place, flags, self.count, made if made else b"")

    def _public(self) -> Any:
        return self.key.public_key()

    def _credential(self, answer: dict[str, str]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": answer}


def give_passkey(account: Account, name: str = "Tangent") -> SoftPasskey:
    """The account has this passkey, as if it had been made on its page."""
    passkey = SoftPasskey()
    owner = websafe_encode(user_pk_to_url_str(account).encode())
    options = {"publicKey": {"user": {"id": owner}, "challenge": websafe_encode(os.urandom(16))}}
    WebAuthn.add(account, name, passkey.create(options))
    return passkey


def passkeys_of(account: Account) -> list[Authenticator]:
    """The passkeys that the account has."""
    return list(Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN).order_by("pk"))
