"""Min dag: what waits for the reader."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varn.areas.decisions.permissions import Permission as Decisions
from varn.areas.organisation.permissions import Permission as Organisation
from varn.mechanisms.access.doors import public, signed_in
from varn.mechanisms.access.request import OpenRequest, Request
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.jobs.permissions import Permission as Jobs
from varn.mechanisms.links import Link
from varn.overview.queries.columns import columns
from varn.overview.queries.held import placements_held, units_answered_for, units_supported
from varn.overview.queries.numbers import numbers
from varn.overview.queries.waiting import waiting_for
from varn.overview.queries.windows import windows_on


@public
@require_safe
def start(request: OpenRequest) -> HttpResponse:
    """The first page: the reader's day; in a demo, to whoever is nobody yet, what to try."""
    if request.viewer is None:
        return redirect("overview:try" if settings.DEMO else settings.LOGIN_URL)
    return redirect("overview:my-day")


@signed_in
@require_safe
def my_day(request: Request) -> HttpResponse:
    """What waits for the reader, most urgent first, with the departments they coordinate and their numbers."""
    viewer = request.viewer
    windows, placements = windows_on(viewer.day), placements_held(viewer)
    context = {
        "rows": waiting_for(viewer, placements=placements, windows=windows),
        "columns": columns(units_supported(placements), viewer=viewer),
        "numbers": numbers(viewer, windows=windows) if units_answered_for(placements) else [],
        "first_step": _elsewhere(viewer),
        "day": viewer.day,
        "help_page": "min-dag",
    }
    return render(request, "overview/my_day.html", context)


def _elsewhere(viewer: Viewer) -> Link | None:
    """Where those go to whom no assignment and no hand-over comes."""
    if viewer.may(Decisions.ACKNOWLEDGE):
        return None
    if viewer.may(Jobs.READ_RUNS):
        return Link(label=_("Jobs"), url=reverse("jobs:run-list"), icon="clock")
    if viewer.may(Organisation.READ_APPOINTMENTS):
        return Link(label=_("The whole picture"), url=reverse("overview:picture"), icon="chart-bar")
    if viewer.may(Organisation.EXTRACT):
        return Link(label=_("People"), url=reverse("organisation:person-list"), icon="users")
    return None
