"""What the page of jobs shows: each job with its last run, its last failure and when it is next due."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet, Subquery

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
    last = _last_of_each(runs, Q())
    failed = _last_of_each(runs, Q(outcome__in=(Outcome.FAILED, Outcome.LOST)))
    return [
        Standing(
            job=job,
            last=last.get(name),
            last_failure=failed.get(name),
            next_at=job.schedule.next(at, zone=job.zone),
        )
        for name, job in jobs().items()
    ]


def runs_of(job: Job, *, viewer: Viewer) -> QuerySet[Run]:
    """The runs of one job, newest first."""
    return Run.objects.visible_to(viewer).filter(name=job.name)


def _last_of_each(runs: QuerySet[Run], kept: Q) -> dict[str, Run]:
    """The newest of the runs of each job, each found by itself, so that the others are never read."""
    newest = [Subquery(runs.filter(kept, name=name).order_by("-pk").values("pk")[:1]) for name in jobs()]
    return {run.name: run for run in runs.filter(Q(pk__in=newest))}
