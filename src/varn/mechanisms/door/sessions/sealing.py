"""What a session holds, sealed with what only its browser has.

The database keeps a hash of the session's key, and its contents under a key made of it: a copied table opens nothing.
"""

import base64
import json
import os
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12
PURPOSE = b"varn session v1"


def name_of(key: str) -> str:
    """How the database calls the session of this key."""
    return sha256(key.encode()).hexdigest()


def seal(contents: dict[str, Any], *, key: str) -> str:
    """The contents, readable only with the key."""
    nonce = os.urandom(NONCE)
    text = json.dumps(contents, separators=(",", ":")).encode()
    return base64.b64encode(nonce + _cipher(key).encrypt(nonce, text, name_of(key).encode())).decode()


def unseal(sealed: str, *, key: str) -> dict[str, Any]:
    """What was sealed; nothing, if it was sealed for another session or has been changed."""
    raw = base64.b64decode(sealed)
    try:
        text = _cipher(key).decrypt(raw[:NONCE], raw[NONCE:], name_of(key).encode())
    except (InvalidTag, ValueError):
        return {}
    contents: dict[str, Any] = json.loads(text)
    return contents


def _cipher(key: str) -> AESGCM:
    """The key of the contents: made of the browser's key and the installation's own secret."""
    made = HKDF(algorithm=SHA256(), length=32, salt=settings.SECRET_KEY.encode(), info=PURPOSE).derive(key.encode())
    return AESGCM(made)
