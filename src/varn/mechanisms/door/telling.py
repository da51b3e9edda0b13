"""What the owner of an account is told by mail whenever something about how they sign in has changed."""

from datetime import datetime
from enum import Enum

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from varn.mechanisms.access.models import Account
from varn.mechanisms.notices.outbox import link_to, queue_mail

CLOSING = gettext_noop(
    "It was done %(moment)s. If it was not you, tell the administrator of the installation at once. "
    "How you sign in is shown here:\n\n%(link)s\n"
)


class News(Enum):
    """One thing that can have happened, in the words of the mail's subject."""

    PASSKEY_ADDED = gettext_noop("A passkey has been added to your account in Värn")
    PASSKEY_REMOVED = gettext_noop("A passkey has been removed from your account in Värn")
    CODE_APP_ADDED = gettext_noop("An app for codes has been added to your account in Värn")
    CODE_APP_REMOVED = gettext_noop("The app for codes has been removed from your account in Värn")
    RECOVERY_CODES_MADE = gettext_noop("New recovery codes have been made for your account in Värn")
    RECOVERY_CODE_USED = gettext_noop("A recovery code has been used for your account in Värn")
    PASSWORD_CHOSEN = gettext_noop("The password of your account in Värn has been chosen anew")
    FACTORS_RESET = gettext_noop("The ways to sign in to your account in Värn have been taken away")
    AFTER_FAILURES = gettext_noop("Your account in Värn has been entered after many attempts that failed")
    NEW_PLACE = gettext_noop("Your account in Värn has been entered from a new kind of browser or place")


def tell_owner(account: Account, news: News, *, at: datetime) -> None:
    """A mail that says what has happened and when is on its way, in the owner's own language."""
    with override(account.language or settings.LANGUAGE_CODE):
        moment = timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
        subject = _(news.value)
        closing = _(CLOSING) % {"moment": moment, "link": link_to(reverse("access:own-account"))}
        queue_mail(to=account.email, subject=subject, body=f"{subject}. {closing}", at=at)
