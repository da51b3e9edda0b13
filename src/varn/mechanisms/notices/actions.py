"""What an administrator does with the outbox."""

from datetime import datetime

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.notices.models import Mail, MailState
from varn.mechanisms.notices.permissions import Permission


@action
def retry_mail(*, mail: Mail, by: Viewer, at: datetime) -> Mail:
    """The mail is due again at once, with all its tries before it. Raises `Refused` if it has gone out or is going."""
    require(Permission.RETRY_MAIL, by=by)
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    if mail.state not in (MailState.FAILED, MailState.QUEUED):
        raise Refused(Refusal("notices:refusal.already_going"))
    changes = change(mail, state=MailState.QUEUED, attempts=0, next_at=at, last_error="", error_detail="")
    changes.pop("next_at", None)
    record(Permission.RETRY_MAIL, mail, by=by, at=at, changes=changes)
    return mail
