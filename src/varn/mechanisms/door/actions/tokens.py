"""Access tokens: made, used and revoked by their owner."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.door.bearing import key_of, most_days, new_token, prefix_of
from varn.mechanisms.door.models import Token
from varn.mechanisms.door.sealed import refuse_sealed
from varn.mechanisms.moves.making import Refused

# Verbs of the trail that everyone may do with what is their own.
MAKE = "door:token:make"
USE = "door:token:use"
REVOKE = "door:token:revoke"


@action
def make_token(
    *, account: Account, name: str, days: int, assurance: Assurance, by: Viewer, at: datetime
) -> tuple[Token, str]:
    """A token takes out the lists that its owner may take out, for so many days. Its text is shown this once."""
    _require_own(account.pk, by, MAKE)
    refuse_sealed(account)
    if not 1 <= days <= most_days(at=at):
        raise Refused(Refusal("door:refusal.token_too_long"))
    text = new_token()
    token = Token.objects.create(
        account=account,
        name=name.strip(),
        prefix=prefix_of(text),
        key=key_of(text),
        assurance=int(assurance),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    record(MAKE, token, by=by, at=at, changes={"expires_at": (None, token.expires_at.isoformat())})
    return token, text


@action
def use_token(*, token: Token, by: Viewer, at: datetime) -> Token:
    """It stands in the trail that a program came with the token, and the token knows when it last did."""
    _require_own(token.account_id, by, USE)
    token.used_at = at
    token.save(update_fields=["used_at"])
    record(USE, token, by=by, at=at)
    return token


@action
def revoke_token(*, token: Token, by: Viewer, at: datetime) -> Token:
    """The token opens nothing from this moment."""
    _require_own(token.account_id, by, REVOKE)
    change(token, revoked_at=at)
    record(REVOKE, token, by=by, at=at)
    return token


def _require_own(account_id: int, by: Viewer, verb: str) -> None:
    if by.account_id != account_id:
        raise PermissionDenied(verb)
