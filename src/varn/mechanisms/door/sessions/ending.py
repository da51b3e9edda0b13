"""Sessions are over. The deed that ends them writes the trail."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest

from varn.mechanisms.access.models import Account
from varn.mechanisms.door.models import Ending, Session, Token


def end(sessions: Iterable[Session], *, why: Ending, at: datetime) -> int:
    """What they held is gone; only that they were, and why they ended, is kept for a while. Returns how many."""
    over = Session.objects.filter(pk__in=[session.pk for session in sessions], ended_at=None)
    return over.update(ended_at=at, ended_by=why, sealed="")


def end_all(account: Account, *, why: Ending, at: datetime) -> int:
    """Every session of the account is over."""
    return end(Session.objects.filter(account=account).open(at), why=why, at=at)


def end_what_it_opened(account: Account, *, at: datetime) -> None:
    """The account's sessions are over, and its access tokens open nothing."""
    end_all(account, why=Ending.ACCOUNT, at=at)
    Token.objects.filter(account=account, revoked_at=None).update(revoked_at=at)


def why_ended(request: HttpRequest) -> str:
    """The key of the sentence that says why the reader is led to the door; nothing, if they came of themselves."""
    why = request.GET.get("why", "")
    return f"door:ending.{why}" if why in list(Ending) else ""


def session_of(request: HttpRequest) -> int | None:
    """The row of the session that the request belongs to."""
    row = getattr(request.session, "row", None)
    return row.pk if row else None
