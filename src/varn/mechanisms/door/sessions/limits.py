"""How long a session lasts: local rules of the lawbook, or what the municipality has chosen below them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from varn.mechanisms.installation.chosen import installation

# A session is written down as seen at most so often: reading should cost no writing.
SEEN_EVERY = timedelta(minutes=1)
IDLE, LONGEST, PARALLEL, BREAK_GLASS = "L11", "L12", "L13", "L17"
BY_BREAK_GLASS = "break_glass"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long a session may lie idle, how long it lasts at most, and how many an account has at once."""

    idle: timedelta
    longest: timedelta
    parallel: int


def limits(*, at: datetime, way: str = "") -> Limits:
    """The limits of a session that was entered in this way."""
    chosen, day = installation(), timezone.localdate(at)
    longest = timedelta(hours=chosen.number(LONGEST, on=day))
    if way == BY_BREAK_GLASS:
        longest = timedelta(minutes=chosen.number(BREAK_GLASS, on=day))
    return Limits(
        idle=timedelta(minutes=chosen.number(IDLE, on=day)),
        longest=longest,
        parallel=chosen.number(PARALLEL, on=day),
    )


def seconds_left(request: HttpRequest) -> int:
    """For how long the reader can be still before the session is over, at least; 0 for who has no session."""
    row = getattr(request.session, "row", None)
    if row is None or row.account_id is None:
        return 0
    now = timezone.now()
    still = limits(at=now, way=row.way).idle - SEEN_EVERY
    return int(min(still, row.ends_at - now).total_seconds())
