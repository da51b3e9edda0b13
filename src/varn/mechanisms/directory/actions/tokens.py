"""The tokens by which the directory is let in."""

from datetime import datetime, timedelta

from django.utils import timezone

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.directory.models import Token
from varn.mechanisms.directory.permissions import Permission
from varn.mechanisms.door.bearing import key_of
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.protecting import protected

# How long a token works at the most: a local rule of the lawbook.
VALIDITY = "L30"


@protected("directory:token:let_in")
@action
def create_token(*, name: str, secret: str, days: int | None = None, by: Viewer, at: datetime) -> Token:
    """Whoever shows the secret is let in as the directory, until the token expires or is revoked.

    The secret itself is kept nowhere. It works for as many days as the local rule says, or fewer.
    """
    require(Permission.CREATE_TOKEN, by=by)
    longest = _longest_days(at)
    if days is not None and not 0 < days <= longest:
        raise Refused(Refusal("directory:refusal.token_lives_too_long", days=longest))
    works = longest if days is None else days
    token = Token.objects.create(
        name=name.strip(),
        digest=key_of(secret),
        made_at=at,
        made_by=by.name,
        expires_at=at + timedelta(days=works),
    )
    record(Permission.CREATE_TOKEN, token, by=by, at=at, changes={"days": (None, works)})
    return token


@action
def revoke_token(*, token: Token, by: Viewer, at: datetime) -> Token:
    """The token opens nothing any longer."""
    require(Permission.REVOKE_TOKEN, by=by, on=token)
    if token.revoked_at is not None:
        raise Refused(Refusal("directory:refusal.token_is_revoked"))
    change(token, revoked_at=at)
    record(Permission.REVOKE_TOKEN, token, by=by, at=at, changes={"revoked_at": (None, at.isoformat())})
    return token


def _longest_days(at: datetime) -> int:
    """For how many days a token may work."""
    return installation().days(VALIDITY, on=timezone.localdate(at))
