"""Running jobs: what is due, once each, never two of the same at a time."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from varn.mechanisms.access.viewer import system_viewer, viewer_of
from varn.mechanisms.jobs.models import Outcome, Run
from varn.mechanisms.jobs.permissions import Permission
from varn.mechanisms.jobs.registry import Job, job_of, jobs

LONGEST_RUN = timedelta(hours=1)
logger = logging.getLogger(__name__)


def due_jobs(at: datetime) -> list[tuple[Job, datetime]]:
    """The jobs whose last due moment has no run yet, with that moment.

    After a stop of days a job is due once, for the last of the moments that were missed.
    """
    found = []
    for job in jobs().values():
        moment = job.schedule.latest(at, zone=job.zone)
        if moment is not None and not Run.objects.filter(name=job.name, due_at__gte=moment).exists():
            found.append((job, moment))
    return found


def run_job(job: Job, *, at: datetime, due_at: datetime | None = None) -> Run | None:
    """The job has run, and its run stands on record with its outcome; `None` if it was already running or done."""
    run = open_run(job, at=at, due_at=due_at, started_by=job.name)
    return carry_out(run, at=at) if run else None


def run_due(*, at: datetime) -> list[Run]:
    """Everything that is due has run, one after the other."""
    runs = [run_job(job, at=at, due_at=moment) for job, moment in due_jobs(at)]
    return [run for run in runs if run is not None]


def open_run(
    job: Job, *, at: datetime, started_by: str, due_at: datetime | None = None, account_id: int | None = None
) -> Run | None:
    """A run of the job is open; `None` if one was open already, or if the due moment has had its run.

    A run left open longer than `LONGEST_RUN` counts as lost.
    """
    try:
        with transaction.atomic():
            stale = Run.objects.filter(name=job.name, ended_at=None, started_at__lte=at - LONGEST_RUN)
            stale.update(outcome=Outcome.LOST, ended_at=at)
            if due_at is not None and Run.objects.filter(name=job.name, due_at__gte=due_at).exists():
                return None
            return Run.objects.create(
                name=job.name, due_at=due_at, started_at=at, started_by=started_by, account_id=account_id
            )
    except IntegrityError:
        return None


def carry_out(run: Run, *, at: datetime, clock: Callable[[], datetime] = timezone.now) -> Run:
    """The open run is closed with its outcome. A job that fails is not raised: its error stands in the run.

    What a person started is done only while that person may still start it: rights that ended meanwhile end it too.
    """
    job = job_of(run.name)
    if not _may_still_start(run, at=at):
        return _closed(run, Outcome.REFUSED, at=max(clock(), at))
    try:
        count = job.function(by=system_viewer(at=at, job=job.name), at=at)
    except Exception as error:
        logger.exception("The job %s failed", job.name)
        return _closed(run, Outcome.FAILED, at=max(clock(), at), error=f"{type(error).__name__}: {error}"[:300])
    return _closed(run, Outcome.SUCCEEDED, at=max(clock(), at), count=count)


def _may_still_start(run: Run, *, at: datetime) -> bool:
    if run.account is None:
        return True
    return run.account.is_active and viewer_of(run.account, at=at).may(Permission.START_RUN)


def _closed(run: Run, outcome: Outcome, *, at: datetime, count: int | None = None, error: str = "") -> Run:
    run.outcome, run.ended_at, run.count, run.error = outcome, at, count, error
    Run.objects.filter(pk=run.pk, ended_at=None).update(outcome=outcome, ended_at=at, count=count, error=error)
    return run
