"""The directory's own kind of token, made and recognised as every token is (`door.bearing`)."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from varn.mechanisms.directory.models import Token
from varn.mechanisms.door.bearing import borne_by, key_of, new_token

MARK = "varn_scim_"
# The moment of use is written at most so often, so that a sync of ten thousand people does not write it as many times.
USE_IS_WRITTEN = timedelta(minutes=1)


def new_secret() -> str:
    """A token for a directory."""
    return new_token(MARK)


def token_of(request: HttpRequest, *, at: datetime) -> Token | None:
    """The working token that the request shows; none for any other."""
    secret = borne_by(request, MARK)
    return Token.objects.working(at).filter(digest=key_of(secret)).first() if secret else None


def note_use(token: Token, *, at: datetime) -> None:
    """When the token was last used is known, to the minute."""
    if token.last_used_at is None or at - token.last_used_at >= USE_IS_WRITTEN:
        Token.objects.filter(pk=token.pk).update(last_used_at=at)
