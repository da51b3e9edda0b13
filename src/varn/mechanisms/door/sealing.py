"""Secrets of second factors, sealed with a key that lies beside the database and not in it.

A sealed secret reads `v1.<key>.<nonce and ciphertext>`. The first part says how it was sealed, the second which key
it was sealed with, so that a new key (or another cipher) can come into use while the old ones still open what they
sealed.
"""

import base64
import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = "v1"
PURPOSE = b"varn second factor"
NONCE = 12


class Unopened(Exception):
    """The secret was sealed with a key that this installation does not have, or has been changed since."""


def seal(text: str) -> str:
    """The text so that only this installation's keys open it, and no change of it passes."""
    name, key = _keys()[0]
    nonce = os.urandom(NONCE)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), _bound(name))
    return ".".join((VERSION, name, base64.urlsafe_b64encode(nonce + sealed).decode()))


def unseal(sealed: str) -> str:
    """The text that was sealed, with the newest key or an older one."""
    version, name, text = [*sealed.split("."), "", ""][:3]
    key = dict(_keys()).get(name)
    if version != VERSION or key is None:
        raise Unopened
    raw = base64.urlsafe_b64decode(text)
    try:
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], _bound(name)).decode()
    except InvalidTag as error:
        raise Unopened from error


def is_newest(sealed: str) -> bool:
    """Whether the secret is sealed with the key in use."""
    return sealed.startswith(f"{VERSION}.{_keys()[0][0]}.")


def _keys() -> list[tuple[str, bytes]]:
    """The keys by name, the one in use first. A key's name tells nothing of it."""
    keys = [hashlib.sha256(PURPOSE + secret.encode()).digest() for secret in settings.FACTOR_KEYS]
    return [(hashlib.sha256(b"name" + key).hexdigest()[:8], key) for key in keys]


def _bound(name: str) -> bytes:
    """What the seal is bound to besides its text."""
    return b"|".join((PURPOSE, VERSION.encode(), name.encode()))
