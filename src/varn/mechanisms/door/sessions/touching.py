"""A session was used: it lies idle from now."""

from datetime import datetime

from varn.mechanisms.door.models import Session
from varn.mechanisms.door.sessions.limits import limits


def touch(session: Session, *, at: datetime) -> None:
    """The session has been seen at this moment, unless it was ended meanwhile."""
    idle = limits(at=at, way=session.way).idle
    Session.objects.filter(pk=session.pk, ended_at=None).update(seen_at=at, idle_until=at + idle)
