from datetime import datetime

from allauth.mfa.models import Authenticator

from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.door import actions
from varn.mechanisms.door.factors import sealed_before
from varn.mechanisms.door.models import Cached
from varn.mechanisms.door.sessions.store import SessionStore
from varn.mechanisms.jobs.rows import each_by_itself


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
