from datetime import datetime, timedelta

from django.utils import timezone

from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.notices.delivering import deliver_due
from varn.mechanisms.notices.models import Mail, MailState, Notice

MOST_BATCHES = 100
KEPT = "L09"


@scheduled("* * * * *", name="notices:deliver_mail")
def deliver_mail(*, by: Viewer, at: datetime) -> int:
    """What is due in the outbox goes out, batch by batch, each with a fresh look at the clock."""
    sent = 0
    for _ in range(MOST_BATCHES):
        delivery = deliver_due(max(at, timezone.now()))
        sent += delivery.sent
        if not delivery.tried:
            break
    return sent


@scheduled("40 3 * * *", name="notices:tidy")
def tidy(*, by: Viewer, at: datetime) -> int:
    """After as many days as L09 says, mails that went out and notices that were read are forgotten.

    Of one that must not be made again, only its key stays.
    """
    long_ago = at - timedelta(days=installation().days(KEPT, on=by.day))
    mails = Mail.objects.filter(state=MailState.SENT, sent_at__lt=long_ago).exclude(to="")
    kept = mails.exclude(dedupe_key="").update(to="", subject="")
    gone, _ = mails.filter(dedupe_key="").delete()
    read = Notice.objects.filter(read_at__lt=long_ago, dedupe_key="")
    return kept + gone + read.delete()[0]
