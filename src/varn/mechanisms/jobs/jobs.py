from datetime import datetime, timedelta

from django.db.models import Max
from huey.contrib.djhuey import HUEY

from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.jobs.models import Outcome, Run

WENT_WELL, FAILED = "L07", "L08"


@scheduled("20 3 * * *", name="jobs:tidy_runs")
def tidy_runs(*, by: Viewer, at: datetime) -> int:
    """Runs that went well are forgotten after as many days as L07 says, save each job's last; others after L08.

    What the queue remembers of tasks that are done is forgotten too: nobody asks for it, and it would grow for ever.
    """
    chosen = installation()
    HUEY.storage.flush_results()
    newest = dict(Run.objects.order_by().values_list("name").annotate(Max("pk")))
    old = Run.objects.visible_to(by).filter(ended_at__isnull=False).exclude(pk__in=newest.values())
    well, _ = old.filter(
        outcome=Outcome.SUCCEEDED, started_at__lt=at - timedelta(days=chosen.days(WENT_WELL, on=by.day))
    ).delete()
    badly, _ = old.filter(started_at__lt=at - timedelta(days=chosen.days(FAILED, on=by.day))).delete()
    return well + badly
