"""What the page of jobs shows: each job with its last run, its last failure and when it is next due."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.jobs.models import Outcome, Run
from varn.mechanisms.jobs.registry import Job, jobs


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One job as it stands: its last run and last failure (if any), and the next moment it is due."""

    job: Job
    last: Run | None
    last_failure: Run | None
    next_at: datetime | None

    @property
    def is_failing(self) -> bool:
        """Whether the last run that ended did not go well."""
        return self.last is not None and self.last.outcome in (Outcome.FAILED, Outcome.LOST)


def standings(*, viewer: Viewer, at: datetime) -> list[Standing]:
    """Every job as it stands, in alphabetical order; none for a reader who may not see runs."""
    runs = Run.objects.visible_to(viewer)
    if not viewer.may(Run.objects.all().read):
        return []
    newest = Q(pk__in=runs.order_by().values("name").annotate(newest=Max("pk")).values("newest"))
    bad = runs.filter(outcome__in=(Outcome.FAILED, Outcome.LOST)).order_by()
    worst = Q(pk__in=bad.values("name").annotate(newest=Max("pk")).values("newest"))
    last = {run.name: run for run in runs.filter(newest)}
    failed = {run.name: run for run in runs.filter(worst)}
    return [
        Standing(
            job=job,
            last=last.get(name),
            last_failure=failed.get(name),
            next_at=job.schedule.next(at, zone=job.zone),
        )
        for name, job in jobs().items()
    ]
