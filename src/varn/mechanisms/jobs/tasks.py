"""What the queue holds: the wish to run a job. What is due stands in the database, so nothing is lost with it."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from varn.mechanisms.jobs.models import Run
from varn.mechanisms.jobs.registry import job_of
from varn.mechanisms.jobs.running import carry_out, due_jobs, run_job


@task()
def run_due_job(name: str, due_at: str) -> None:
    """The job of this name has run for the moment it was due, unless it was running already."""
    run_job(job_of(name), at=timezone.now(), due_at=datetime.fromisoformat(due_at))


@task()
def carry_out_run(run_id: int) -> None:
    """The run that a person opened is carried out, unless it was closed meanwhile."""
    run = Run.objects.filter(pk=run_id, ended_at=None).first()
    if run is not None:
        carry_out(run, at=timezone.now())


@db_periodic_task(crontab(), name="jobs.tick")
def tick() -> None:
    """Every minute: what is due is handed to the workers, each job by itself, so that a long one holds up no other."""
    for job, moment in due_jobs(timezone.now()):
        run_due_job.enqueue(job.name, moment.isoformat())
