from datetime import datetime, timedelta

from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.attachments import storing
from varn.mechanisms.attachments.models import Attachment

# Longer than any transaction: the row of a file that was just written may still be on its way.
YOUNGEST = timedelta(days=1)


@scheduled("10 4 * * *", name="attachments:sweep")
def sweep(*, by: Viewer, at: datetime) -> int:
    """Files that no row names are gone: what a failed change left behind. Returns how many there were."""
    names = set(storing.stored_before(at - YOUNGEST))
    orphans = names - set(Attachment.objects.values_list("stored_name", flat=True))
    for name in orphans:
        storing.remove(name)
    return len(orphans)
