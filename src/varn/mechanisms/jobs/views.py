from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.jobs.actions import start_run
from varn.mechanisms.jobs.permissions import Permission
from varn.mechanisms.jobs.queries import runs_of, standings
from varn.mechanisms.jobs.registry import Job, UnknownJob, job_of
from varn.mechanisms.jobs.tables import EXPORTED, STANDINGS, RunFilter, RunTable
from varn.mechanisms.links import Link
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.taking_out import is_asked, taken_out
from varn.mechanisms.ui.words import sentence, word


@needs(Permission.READ_RUNS)
def job_list(request: Request) -> HttpResponseBase:
    """Every job: how its last run went, when it is next due, and the way to run it now."""
    rows = standings(viewer=request.viewer, at=request.viewer.at)
    if is_asked(request):
        return taken_out(request, STANDINGS, rows, count=len(rows), name="jobs:jobs", title=_("Jobs"))
    context = {"rows": rows, "failing": [row for row in rows if row.is_failing]}
    return render(request, "jobs/list.html", context)


@needs(Permission.READ_RUNS)
def job_detail(request: Request, name: str) -> HttpResponseBase:
    """The runs of one job, newest first."""
    job = _job(name)
    may_start = request.viewer.may(Permission.START_RUN)
    start = Link(label=_("Run now"), url=reverse("jobs:run-start", args=[job.name]), icon="player-play")
    return list_page(
        request,
        queryset=runs_of(job, viewer=request.viewer),
        table=RunTable,
        filterset=RunFilter,
        title=capfirst(word(job.name)),
        name="jobs:run",
        columns=EXPORTED,
        export_permission=Permission.READ_RUNS,
        actions=[start] if may_start else [],
        empty=_("The runs of this job stand here."),
        context={"trail": [_to_list()]},
    )


@needs(Permission.START_RUN, methods=("GET", "HEAD", "POST"))
def job_start(request: Request, name: str) -> HttpResponse:
    """A run of the job is open, and the worker carries it out."""
    job = _job(name)
    if request.method != "POST":
        here = Link(label=capfirst(word(job.name)), url=reverse("jobs:job-detail", args=[job.name]))
        return render(request, "jobs/start.html", {"job": job, "trail": [_to_list(), here]})
    try:
        start_run(name=job.name, by=request.viewer, at=request.viewer.at)
    except Refused as error:
        messages.error(request, sentence(error.refusal))
    else:
        messages.success(request, _("%(job)s: started.") % {"job": capfirst(word(job.name))})
    return redirect("jobs:job-detail", job.name)


def _to_list() -> Link:
    return Link(label=_("Jobs"), url=reverse("jobs:run-list"))


def _job(name: str) -> Job:
    try:
        return job_of(name)
    except UnknownJob as error:
        raise Http404 from error
