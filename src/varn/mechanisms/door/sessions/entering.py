"""What follows when somebody has come in: too many sessions end, and what looks strange is told."""

from datetime import datetime

from django.http import HttpRequest, HttpResponseBase

from varn.mechanisms.access import assurance
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer, viewer_of
from varn.mechanisms.door.actions.break_glass import break_seal
from varn.mechanisms.door.actions.sessions import end_oldest_sessions
from varn.mechanisms.door.actions.watching import enter_after_failures, enter_anew
from varn.mechanisms.door.limits import SUSPICIOUS, failures_before, is_known, remember_browser
from varn.mechanisms.door.queries import break_glass_of, sessions_too_many

BY_DEMO = "demo"


def entered(request: HttpRequest, response: HttpResponseBase, account: Account, *, at: datetime) -> None:
    """Of all sessions of the account only the newest stay, and its owner hears of what they may not have done."""
    by = viewer_of(account, at=at)
    too_many = sessions_too_many(account, at=at)
    if too_many:
        end_oldest_sessions(account=account, sessions=too_many, by=by, at=at)
    sealed = break_glass_of(account.pk)
    if sealed is not None:
        break_seal(sealed=sealed, by=by, at=at)
    elif assurance.way_of(request.session) != BY_DEMO:
        _tell_owner(request, account, by, at)
        remember_browser(request, response, account.email)


def _tell_owner(request: HttpRequest, account: Account, by: Viewer, at: datetime) -> None:
    failures = failures_before(account.email)
    if failures >= SUSPICIOUS:
        enter_after_failures(account=account, failures=failures, by=by, at=at)
    elif not is_known(request, account.email):
        enter_anew(account=account, by=by, at=at)
