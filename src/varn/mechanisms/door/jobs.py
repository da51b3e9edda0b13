"""What the door does by itself."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.door import actions
from varn.mechanisms.door.factors import sealed_before
from varn.mechanisms.door.models import Cached, Token
from varn.mechanisms.door.sessions.store import SessionStore
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.jobs.rows import each_by_itself
from varn.mechanisms.notices.notifying import notify

ENDING = "L16"
TOKEN_ENDS = "door:notice.token_ends"


@scheduled("50 3 * * *", name="door:tidy")
def tidy(*, by: Viewer, at: datetime) -> int:
    """What was counted against limits that are over, and sessions that were over long ago, are forgotten."""
    SessionStore.clear_expired()
    return Cached.objects.filter(until_at__lte=at).delete()[0]


@scheduled("55 3 * * *", name="door:seal_factors")
def seal_factors(*, by: Viewer, at: datetime) -> int:
    """Secrets of second factors that an older key sealed are sealed with the key in use. Returns how many."""

    def seal_anew(factor: Authenticator) -> None:
        actions.seal_factor_anew(factor=factor, by=by, at=at)

    return each_by_itself(sealed_before(), seal_anew)


@scheduled("10 6 * * *", name="door:remind_of_tokens")
def remind_of_tokens(*, by: Viewer, at: datetime) -> int:
    """Whoever has a token with as many days left as L16 says, or fewer, has been told once."""
    soon = at + timedelta(days=installation().days(ENDING, on=by.day))
    told = 0
    for token in Token.objects.open(at).filter(expires_at__lte=soon):
        values = {"name": token.name, "day": timezone.localdate(token.expires_at).isoformat()}
        key, page = f"token-ends-{token.pk}", reverse("door:token-list")
        told += notify([token.account_id], kind=TOKEN_ENDS, url=page, at=at, values=values, dedupe_key=key)
    return told
