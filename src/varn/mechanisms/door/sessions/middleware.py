"""What happens to the session around a request: its limits, its new key when more is known of whom it belongs to."""

import logging
from datetime import UTC, datetime
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from varn.kernel.faults import fault_of
from varn.mechanisms.access import assurance
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.models import Account
from varn.mechanisms.door.queries import break_glass_of
from varn.mechanisms.door.sessions.browsers import kind_of
from varn.mechanisms.door.sessions.entering import entered
from varn.mechanisms.door.sessions.limits import BY_BREAK_GLASS, SEEN_EVERY
from varn.mechanisms.door.sessions.proofs import shown_by
from varn.mechanisms.door.sessions.touching import touch

READING = ("GET", "HEAD", "OPTIONS")

logger = logging.getLogger(__name__)


class Sessions(SessionMiddleware):
    """Afterwards the session knows how surely its account is known, has a new key when that has changed, and was seen.

    The page that was asked for is answered also when what the session learned cannot be kept, as on a full disk. Only
    reading goes on: whoever sent something is told that nothing was saved.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        session: Any = request.session
        session.kind = kind_of(request.headers.get("User-Agent", ""))
        vars(request)["came_with"] = session

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session, came_with = self._session_of(request)
        try:
            before = came_with.row
            if session.modified:
                _settle(request)
            response = super().process_response(request, response)
            if session.modified:
                _enter(request, response, before.account_id if before else None)
            elif before is not None and before.account_id and timezone.now() - before.seen_at >= SEEN_EVERY:
                touch(before, at=timezone.now())
        except (DatabaseError, SessionInterrupted) as error:
            fault = fault_of(error)
            if fault is None:
                raise
            if request.method not in READING:
                raise DatabaseError("The session could not be kept.") from error
            logger.error("A session could not be kept: %s", fault.key)
        return response

    @staticmethod
    def _session_of(request: HttpRequest) -> tuple[Any, Any]:
        """The session as it is now, and as it came. On the way to a sign-in of others' it is read anew in between."""
        session, came_with = request.session, vars(request)["came_with"]
        vars(session)["kind"] = came_with.kind
        return session, came_with


def _settle(request: HttpRequest) -> None:
    """What was shown since the last request counts, and whoever knew the session's key before knows it no longer.

    A break-glass account counts for nothing before it has said why its seal was broken. In a demo everything counts.
    """
    session = request.session
    account = session.get(SESSION_KEY)
    if account is None:
        return
    shown = shown_by(get_authentication_records(request, Account(pk=int(account))))
    if shown is None or shown.at <= assurance.proven_at(session):
        return
    level, way = max(shown.level, assurance.of(session)), shown.way
    if settings.DEMO:
        level = Assurance.PHISHING_RESISTANT
    if break_glass_of(int(account)) is not None:
        level, way = assurance.of(session), BY_BREAK_GLASS
    assurance.set_for(session, level, at=datetime.fromtimestamp(shown.at, tz=UTC), way=way)
    session.cycle_key()


def _enter(request: HttpRequest, response: HttpResponse, before: int | None) -> None:
    """Whether somebody has signed in with this request, and what follows from it."""
    account = request.session.get(SESSION_KEY)
    if account is not None and int(account) != before:
        entered(request, response, Account.objects.get(pk=account), at=timezone.now())
