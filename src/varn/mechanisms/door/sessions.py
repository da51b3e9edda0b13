"""The session of a reader, kept in the database."""

import logging

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from varn.kernel.faults import fault_of

READING = ("GET", "HEAD", "OPTIONS")

logger = logging.getLogger(__name__)


class SessionsThatMayFail(SessionMiddleware):
    """The page that was asked for is answered also when what the session learned cannot be kept, as on a full disk.

    Only reading goes on: whoever sent something is told that nothing was saved.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            if fault_of(error) is None:
                raise
            if request.method not in READING:
                raise DatabaseError("The session could not be kept.") from error
            logger.error("A session could not be kept: %s", error.__context__ or error)
            return response
