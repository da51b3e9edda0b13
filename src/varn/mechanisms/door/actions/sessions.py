"""Ending sessions: one's own, those that are too many, and everybody's of an account."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from varn.mechanisms.access.models import Account
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, record
from varn.mechanisms.door.models import Ending, Session
from varn.mechanisms.door.permissions import Permission
from varn.mechanisms.door.sessions.ending import end, end_all
from varn.mechanisms.notices.notifying import notify

# Verbs of the trail that everyone may do with what is their own, and that the door does by itself.
END_OWN = "door:session:end_own"
END_OLDEST = "door:session:end_oldest"
OLDEST_ENDED = "door:notice.oldest_ended"


@action
def end_own_session(*, session: Session, by: Viewer, at: datetime) -> Session:
    """The session is over: its browser is out at its next request."""
    _require_own(session.account_id, by)
    end([session], why=Ending.OWNER, at=at)
    record(END_OWN, session, by=by, at=at)
    return session


@action
def end_other_sessions(*, account: Account, kept: int | None, by: Viewer, at: datetime) -> int:
    """All the reader's own sessions are over but the one that is kept. Returns how many were."""
    _require_own(account.pk, by)
    others = [session for session in account.sessions.open(at) if session.pk != kept]
    end(others, why=Ending.OWNER, at=at)
    record(END_OWN, account, by=by, at=at, changes={"sessions": (len(others), None)})
    return len(others)


@action
def end_sessions(*, account: Account, by: Viewer, at: datetime) -> Account:
    """Nobody is signed in with the account any longer, wherever they were; it can be signed in with again."""
    require(Permission.END_SESSIONS, by=by)
    number = end_all(account, at=at, why=Ending.ADMINISTRATOR)
    record(Permission.END_SESSIONS, account, by=by, at=at, changes={"sessions": (number, None)})
    return account


@action
def end_oldest_sessions(*, account: Account, sessions: Sequence[Session], by: Viewer, at: datetime) -> Account:
    """These are over, because the account has begun more than L13 gives; its owner is told."""
    _require_own(account.pk, by)
    end(sessions, why=Ending.ELSEWHERE, at=at)
    told = ", ".join(str(session) for session in sessions)
    record(END_OLDEST, account, by=by, at=at, changes={"sessions": (told, None)})
    notify([account.pk], kind=OLDEST_ENDED, url=reverse("door:session-list"), at=at, values={"browser": told})
    return account


def _require_own(account_id: int | None, by: Viewer) -> None:
    if account_id is None or by.account_id != account_id:
        raise PermissionDenied(END_OWN)
