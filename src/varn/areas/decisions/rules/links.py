"""The secret of a link that acknowledges a decision: made once, kept only as a hash."""

import hashlib
import secrets


def new_secret() -> str:
    """A secret that cannot be guessed, to stand in one link."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()
