"""What happens to the session around a request: its limits, its new key when more is known of whom it belongs to."""

import logging
from datetime import UTC, datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from varn.kernel.faults import fault_of
from varn.mechanisms.access import assurance
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import viewer_of
from varn.mechanisms.door.actions.sessions import end_oldest_sessions
from varn.mechanisms.door.queries import sessions_too_many
from varn.mechanisms.door.sessions.browsers import kind_of
from varn.mechanisms.door.sessions.proofs import shown_by
from varn.mechanisms.door.sessions.store import SessionStore
from varn.mechanisms.door.sessions.touching import touch

READING = ("GET", "HEAD", "OPTIONS")
# A session is written down as seen at most so often: reading should cost no writing.
SEEN_EVERY = timedelta(minutes=1)

logger = logging.getLogger(__name__)


class Sessions(SessionMiddleware):
    """Afterwards the session knows how surely its account is known, has a new key when that has changed, and was seen.

    The page that was asked for is answered also when what the session learned cannot be kept, as on a full disk. Only
    reading goes on: whoever sent something is told that nothing was saved.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.session.kind = kind_of(request.headers.get("User-Agent", ""))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session = request.session
        try:
            before = session.row
            if session.modified:
                _settle(request)
            response = super().process_response(request, response)
            if session.modified:
                _enter(session, before.account_id if before else None)
            elif before is not None and before.account_id and timezone.now() - before.seen_at >= SEEN_EVERY:
                touch(before, at=timezone.now())
        except (DatabaseError, SessionInterrupted) as error:
            if fault_of(error) is None:
                raise
            if request.method not in READING:
                raise DatabaseError("The session could not be kept.") from error
            logger.error("A session could not be kept: %s", error.__context__ or error)
        return response


def _settle(request: HttpRequest) -> None:
    """What was shown since the last request counts, and whoever knew the session's key before knows it no longer."""
    session = request.session
    account = session.get(SESSION_KEY)
    if account is None:
        return
    shown = shown_by(get_authentication_records(request, Account(pk=int(account))))
    if shown is None or shown.at <= assurance.proven_at(session):
        return
    level = max(shown.level, assurance.of(session))
    assurance.set_for(session, level, at=datetime.fromtimestamp(shown.at, tz=UTC), way=shown.way)
    session.cycle_key()


def _enter(session: SessionStore, before: int | None) -> None:
    """Somebody has signed in: of all sessions of the account only the newest stay."""
    account = session.get(SESSION_KEY)
    if account is None or int(account) == before:
        return
    at, owner = timezone.now(), Account.objects.get(pk=account)
    too_many = sessions_too_many(owner, at=at)
    if too_many:
        end_oldest_sessions(account=owner, sessions=too_many, by=viewer_of(owner, at=at), at=at)
