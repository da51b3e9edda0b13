"""Making, entering and closing accounts, and receiving and answering feedback on accessibility."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from varn.kernel.lawbook import LAW
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.permissions import Permission as Access
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.door.links import password_path
from varn.mechanisms.door.models import Feedback
from varn.mechanisms.moves.making import Refused, begin, make
from varn.mechanisms.notices.outbox import link_to, queue_mail
from varn.mechanisms.references.numbers import next_reference

# Verbs of the trail that everyone may do with what is their own.
SIGN_IN = "access:account:sign_in"
SIGN_OUT = "access:account:sign_out"
BE = "access:account:be"
CHOOSE_PASSWORD = "access:account:choose_password"
CHOOSE_LANGUAGE = "access:account:choose_language"
SEND_FEEDBACK = "door:feedback:send"
ANSWER = "D45"
# What the owner of an account is told on each occasion that a link is sent: the subject, and the text with the link.
MADE = (
    gettext_noop("Choose a password for Värn"),
    gettext_noop("An account has been made for you. Choose your password here. The link works once:\n\n%(link)s\n"),
)
RESET = (
    gettext_noop("Choose a new password for Värn"),
    gettext_noop(
        "Your password has been reset and opens nothing any longer. Choose a new one here. "
        "The link works once:\n\n%(link)s\n"
    ),
)
OPENED = (
    gettext_noop("Your account in Värn is open again"),
    gettext_noop(
        "Your account is open again. Your old password opens nothing; choose a new one here. "
        "The link works once:\n\n%(link)s\n"
    ),
)


@action
def create_account(
    *, email: str, name: str, language: str, is_administrator: bool = False, by: Viewer, at: datetime
) -> Account:
    """The account stands without a password, and its owner is sent a link by which to choose one."""
    require(Access.CREATE_ACCOUNT, by=by)
    account = Account(
        email=email.strip(), name=name.strip(), language=language, is_administrator=is_administrator, created_at=at
    )
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise Refused(Refusal("access:refusal.address_taken", email=email)) from error
    record(Access.CREATE_ACCOUNT, account, by=by, at=at, changes={"email": (None, account.email)})
    _send_link(account, MADE, at)
    return account


@action
def reset_password(*, account: Account, by: Viewer, at: datetime) -> Account:
    """The old password opens nothing any longer, whoever is signed in is out, and the owner is sent a new link."""
    require(Access.RESET_PASSWORD, by=by)
    if not account.is_active:
        raise Refused(Refusal("access:refusal.account_closed"))
    account.set_unusable_password()
    account.save(update_fields=["password"])
    record(Access.RESET_PASSWORD, account, by=by, at=at)
    _send_link(account, RESET, at)
    return account


@action
def close_account(*, account: Account, by: Viewer, at: datetime) -> Account:
    """Nobody comes in by this account, and whoever is signed in with it is out. Nothing it did is touched."""
    require(Access.CLOSE_ACCOUNT, by=by)
    if account.pk == by.account_id:
        raise Refused(Refusal("access:refusal.own_account"))
    record(Access.CLOSE_ACCOUNT, account, by=by, at=at, changes=change(account, is_active=False))
    return account


@action
def open_account(*, account: Account, by: Viewer, at: datetime) -> Account:
    """The closed account is open again, without a password; its owner is sent a link by which to choose one."""
    require(Access.OPEN_ACCOUNT, by=by)
    changes = change(account, is_active=True)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    record(Access.OPEN_ACCOUNT, account, by=by, at=at, changes=changes)
    _send_link(account, OPENED, at)
    return account


@action
def choose_password(*, account: Account, password: str, by: Viewer, at: datetime) -> Account:
    """The account opens with this password and no other, and a link that led here is used up."""
    if by.account_id != account.pk:
        raise PermissionDenied(CHOOSE_PASSWORD)
    account.set_password(password)
    account.save(update_fields=["password"])
    record(CHOOSE_PASSWORD, account, by=by, at=at)
    return account


@action
def choose_language(*, account: Account, language: str, by: Viewer, at: datetime) -> Account:
    """Pages and mail are written to the account in this language."""
    if by.account_id != account.pk:
        raise PermissionDenied(CHOOSE_LANGUAGE)
    record(CHOOSE_LANGUAGE, account, by=by, at=at, changes=change(account, language=language))
    return account


@action
def sign_in(*, account: Account, by: Viewer, at: datetime) -> Account:
    """It stands in the trail that the account was entered, and when it last was."""
    account.last_login = at
    account.save(update_fields=["last_login"])
    record(SIGN_IN, account, by=by, at=at)
    return account


@action
def sign_out(*, account: Account, by: Viewer, at: datetime) -> Account:
    """It stands in the trail that the account was left."""
    if by.account_id != account.pk:
        raise PermissionDenied(SIGN_OUT)
    record(SIGN_OUT, account, by=by, at=at)
    return account


@action
def be(*, account: Account, by: Viewer, at: datetime) -> Account:
    """In a demo somebody is now this person. Anywhere else it is refused."""
    if not settings.DEMO:
        raise PermissionDenied(BE)
    record(BE, account, by=by, at=at)
    return account


@action
def send_feedback(
    *, text: str, page: str, email: str, language: str = settings.LANGUAGE_CODE, by: Viewer, at: datetime
) -> Feedback:
    """What somebody could not use has been received, with the rule of the lawbook that says how soon it is answered."""
    feedback = Feedback.objects.create(
        reference=next_reference("SYN", at=at),
        text=text,
        page=page,
        email=email,
        language=language,
        received_at=at,
        law=LAW[ANSWER].on(by.day).rule.id,
    )
    begin(feedback, by=by, at=at)
    record(SEND_FEEDBACK, feedback, by=by, at=at)
    for account in Account.objects.filter(is_administrator=True, is_active=True):
        _tell(account, feedback, at)
    return feedback


@action
def answer_feedback(*, feedback: Feedback, answer: str, by: Viewer, at: datetime) -> Feedback:
    """The feedback is answered, and whoever left an address is sent the answer."""
    change(feedback, answer=answer, answered_at=at)
    make(feedback, "answer", by=by, at=at)
    if feedback.email:
        with override(feedback.language):
            subject = _("Answer to your feedback %(reference)s") % {"reference": feedback.reference}
        queue_mail(
            to=feedback.email,
            subject=subject,
            body=answer,
            at=at,
            dedupe_key=f"feedback-answer-{feedback.pk}",
        )
    return feedback


def _send_link(account: Account, occasion: tuple[str, str], at: datetime) -> None:
    """What has happened to the account, and the link, in its owner's own language."""
    subject, body = occasion
    with override(account.language or settings.LANGUAGE_CODE):
        queue_mail(
            to=account.email, subject=_(subject), body=_(body) % {"link": link_to(password_path(account))}, at=at
        )


def _tell(account: Account, feedback: Feedback, at: datetime) -> None:
    link = link_to(reverse("door:feedback-detail", args=[feedback.reference]))
    with override(account.language or settings.LANGUAGE_CODE):
        queue_mail(
            to=account.email,
            subject=_("Feedback on accessibility has come in"),
            body=_("Somebody could not use a page of Värn. Read and answer:\n\n%(link)s\n") % {"link": link},
            at=at,
            dedupe_key=f"feedback-{feedback.pk}-{account.email}",
        )
