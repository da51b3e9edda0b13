"""How a token is made and recognised. What is kept of it opens nothing."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from varn.mechanisms.directory.models import Token

PREFIX = "varn_scim_"
# The moment of use is written at most so often, so that a sync of ten thousand people does not write it as many times.
USE_IS_WRITTEN = timedelta(minutes=1)


def new_secret() -> str:
    """A secret of 256 bits, with a beginning by which those who search for lost secrets know it."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of it. The secret has 256 bits of its own, so that it needs no salt and no slow hash."""
    return sha256(secret.encode()).hexdigest()


def token_in(header: str, *, at: datetime) -> Token | None:
    """The working token that the `Authorization` header shows; none for any other."""
    scheme, _, secret = header.partition(" ")
    if scheme.casefold() != "bearer" or not secret.startswith(PREFIX):
        return None
    return Token.objects.working(at).filter(digest=digest_of(secret.strip())).first()


def note_use(token: Token, *, at: datetime) -> None:
    """When the token was last used is known, to the minute."""
    if token.last_used_at is None or at - token.last_used_at >= USE_IS_WRITTEN:
        Token.objects.filter(pk=token.pk).update(last_used_at=at)
