"""Receiving and answering feedback on accessibility."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from varn.kernel.lawbook import LAW
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.door.models import Feedback
from varn.mechanisms.moves.making import begin, make
from varn.mechanisms.notices.outbox import link_to, queue_mail
from varn.mechanisms.references.numbers import next_reference

SEND_FEEDBACK = "door:feedback:send"
ANSWER = "D45"


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
