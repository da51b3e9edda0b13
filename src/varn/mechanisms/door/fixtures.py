"""Feedback on accessibility, and the addresses by which an account is entered."""

from collections.abc import Iterator

from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from varn.kernel.planting import Plot, Thing
from varn.mechanisms.door.actions import answer_feedback, send_feedback
from varn.mechanisms.door.permissions import Permission

UNPLANTED = {
    "Feedback.reference": "a number that the product gives",
    "Feedback.language": "one of two languages",
    "Feedback.law": "the number of a rule",
    "Feedback.state": "a key of the product's own",
}


def stand(plot: Plot) -> Iterator[Thing]:
    """Somebody has written of a page they could not use, and has been answered; somebody else waits."""
    words = plot.words(general=(Permission.READ_FEEDBACK,))
    for number in (1, 2):
        feedback = send_feedback(
            text=words("Feedback.text"),
            page=f"/{words.key('Feedback.page')}",
            email=f"{words.key('Feedback.email')}@ekby.example",
            by=plot.by,
            at=plot.at,
        )
        if number == 1:
            answer_feedback(feedback=feedback, answer=words("Feedback.answer"), by=plot.by, at=plot.at)
    keys = {"reference": feedback.reference}
    yield Thing(name="door:feedback", keys=keys, record=feedback, read=Permission.READ_FEEDBACK)


def give(plot: Plot) -> Iterator[Thing]:
    """The address at which the account's password is chosen, with a secret that is not the right one."""
    uid = urlsafe_base64_encode(force_bytes(plot.account.pk))
    yield Thing(name="access:choose", keys={"uid": uid, "token": "nothing"})
