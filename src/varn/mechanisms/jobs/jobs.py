from datetime import datetime, timedelta

from django.db.models import Max
from huey.contrib.djhuey import HUEY

from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.jobs.models import Outcome, Run

KEPT = timedelta(days=30)


@scheduled("20 3 * * *", name="jobs:tidy_runs")
def tidy_runs(*, by: Viewer, at: datetime) -> int:
    """Runs that went well are forgotten after `KEPT`, save each job's last; others stay four times as long.

    What the queue remembers of tasks that are done is forgotten too: nobody asks for it, and it would grow for ever.
    """
    HUEY.storage.flush_results()
    newest = dict(Run.objects.order_by().values_list("name").annotate(Max("pk")))
    old = Run.objects.visible_to(by).filter(ended_at__isnull=False).exclude(pk__in=newest.values())
    well, _ = old.filter(outcome=Outcome.SUCCEEDED, started_at__lt=at - KEPT).delete()
    badly, _ = old.filter(started_at__lt=at - 4 * KEPT).delete()
    return well + badly
