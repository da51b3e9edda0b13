"""Mail that waits in the outbox: whoever runs the installation sees to whom, and nobody sees what it says."""

from collections.abc import Iterator

from varn.kernel.planting import Plot, Thing
from varn.mechanisms.notices.models import Mail
from varn.mechanisms.notices.outbox import queue_mail
from varn.mechanisms.notices.permissions import Permission

UNPLANTED = {
    "Notice.kind": "a key of the product's own",
    "Notice.url": "an address that holds no words",
    "Notice.dedupe_key": "a key of the product's own",
    "Mail.subject": "a mail never says in its subject what it is about",
    "Mail.state": "a key of the product's own",
    "Mail.last_error": "a key of the product's own",
    "Mail.dedupe_key": "a key of the product's own",
}


def stand(plot: Plot) -> Iterator[Thing]:
    """One mail has failed."""
    shown, unseen = plot.words(general=(Permission.READ_MAIL,)), plot.words()
    to = f"{shown.key('Mail.to')}@ekby.example"
    mail = queue_mail(to=to, subject="Prov", body=unseen("Mail.body"), at=plot.at)
    Mail.objects.filter(pk=mail.pk).update(state="failed", error_detail=shown("Mail.error_detail"))
    yield Thing(name="notices:mail", keys={"pk": mail.pk}, record=mail, read=Permission.READ_MAIL)
