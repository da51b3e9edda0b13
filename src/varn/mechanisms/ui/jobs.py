from datetime import datetime, timedelta

from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.web.models import SentForm

REMEMBERED = "L60"


@scheduled("50 3 * * *", name="ui:forget_sent_forms")
def forget_sent_forms(*, by: Viewer, at: datetime) -> int:
    """The keys of forms that were sent are forgotten after as many days as L60 says; no page is open so long."""
    long_ago = at - timedelta(days=installation().days(REMEMBERED, on=by.day))
    return SentForm.objects.filter(at__lt=long_ago).delete()[0]
