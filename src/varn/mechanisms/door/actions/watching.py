"""Telling of what looks strange at the door."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, record
from varn.mechanisms.door.telling import News, tell_owner
from varn.mechanisms.notices.notifying import notify
from varn.mechanisms.notices.outbox import link_to, queue_mail

NEW_BROWSER = "access:account:enter_anew"
AFTER_FAILURES = "access:account:enter_after_failures"
ALARM = "access:account:alarm"
MANY_FAILURES = "door:notice.many_failures"


@action
def enter_anew(*, account: Account, by: Viewer, at: datetime) -> Account:
    """The account was entered by a browser that it has not come in by before, and its owner is told."""
    tell_owner(account, News.NEW_PLACE, at=at)
    record(NEW_BROWSER, account, by=by, at=at)
    return account


@action
def enter_after_failures(*, account: Account, failures: int, by: Viewer, at: datetime) -> Account:
    """The account was entered after many attempts that failed, and its owner is told."""
    tell_owner(account, News.AFTER_FAILURES, at=at)
    record(AFTER_FAILURES, account, by=by, at=at, changes={"failures": (None, failures)})
    return account


@action
def raise_alarm(*, by: Viewer, at: datetime) -> None:
    """So many attempts have failed in an hour that somebody must look: the administrators have a notice and a mail."""
    administrators = list(Account.objects.filter(is_administrator=True, is_active=True))
    page, hour = reverse("access:account-list"), at.strftime("%Y-%m-%d %H")
    notify([each.pk for each in administrators], kind=MANY_FAILURES, url=page, at=at, dedupe_key=f"alarm-{hour}")
    for administrator in administrators:
        with override(administrator.language or settings.LANGUAGE_CODE):
            queue_mail(
                to=administrator.email,
                subject=_("Many attempts to sign in to Värn have failed"),
                body=_("More than usual, in one hour. Whoever guesses is slowed down:\n\n%(link)s\n")
                % {"link": link_to(page)},
                at=at,
                dedupe_key=f"alarm-{hour}-{administrator.email}",
            )
    record(ALARM, Account(pk=0), by=by, at=at)
