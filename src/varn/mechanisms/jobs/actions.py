"""Starting a job by hand."""

from datetime import datetime

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, record
from varn.mechanisms.jobs.models import Run
from varn.mechanisms.jobs.permissions import Permission
from varn.mechanisms.jobs.registry import job_of
from varn.mechanisms.jobs.running import open_run
from varn.mechanisms.jobs.tasks import carry_out_run
from varn.mechanisms.moves.making import Refused


@action
def start_run(*, name: str, by: Viewer, at: datetime) -> Run:
    """A run of the job is open, and the worker has been told to carry it out once this change stands.

    Raises `UnknownJob`, and `Refused` while the job is running already.
    """
    require(Permission.START_RUN, by=by)
    run = open_run(job_of(name), at=at, started_by=by.name, account_id=by.account_id)
    if run is None:
        raise Refused(Refusal("jobs:refusal.already_running"))
    record(Permission.START_RUN, run, by=by, at=at)
    carry_out_run.enqueue(run.pk)
    return run
