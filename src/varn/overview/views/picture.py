"""Lägesbild: one page that can be shown to the board, for today or any other day."""

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varn.areas.decisions.lifecycle import OPEN_STATES
from varn.areas.decisions.permissions import Permission as Decisions
from varn.areas.organisation.permissions import Permission as Organisation
from varn.areas.organisation.queries import cells_of
from varn.mechanisms.access.doors import signed_in
from varn.mechanisms.access.request import Request
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.exports.actions import record_export
from varn.mechanisms.exports.files import csv_response
from varn.mechanisms.ui.days import day_asked
from varn.overview import exports
from varn.overview.queries import picture as pictured
from varn.overview.queries.numbers import follows_acknowledgements, numbers
from varn.overview.queries.windows import windows_on

MOST_ROWS = 100_000
WAITING_SHOWN = 10


@signed_in
@require_safe
def picture(request: Request) -> HttpResponse:
    """Coverage, assignments and acknowledgements as of a day, each panel for those who may read it."""
    viewer = request.viewer
    day = day_asked(request)
    windows = windows_on(viewer.day)
    context = {
        "day": day,
        "is_today": day == viewer.day,
        "is_to_come": day > viewer.day,
        "numbers": numbers(viewer, windows=windows) if day == viewer.day else [],
        "help_page": "lagesbild",
        **_coverage(day, viewer),
        **_assignments(day, viewer),
    }
    return render(request, "overview/picture.html", context)


@signed_in
@require_safe
def picture_csv(request: Request, panel: str) -> HttpResponse:
    """The table behind a picture as CSV, for those who may take the list out; recorded in the trail."""
    viewer, day = request.viewer, day_asked(request)
    if panel not in exports.PANELS or not viewer.may(exports.PANELS[panel].permission):
        raise Http404
    rows = list(islice(_rows(panel, day, viewer), MOST_ROWS))
    said = {"name": f"overview:{panel}", "filters": {"day": day.isoformat()}, "rows": len(rows), "file_format": "csv"}
    record_export(**said, by=viewer, at=viewer.at)
    return csv_response(exports.PANELS[panel].columns, rows, name=f"{panel}-{day.isoformat()}")


def _coverage(day: date, viewer: Viewer) -> dict[str, Any]:
    if not viewer.may(Organisation.READ_APPOINTMENTS):
        return {}
    rows, has_more = pictured.coverage_rows(day, viewer)
    return {
        "shows_coverage": True,
        "coverage": rows,
        "totals": pictured.tier_totals(rows),
        "tiers": pictured.TIERS,
        "has_more_units": has_more,
        "may_take_coverage": viewer.may(exports.PANELS["coverage"].permission),
    }


def _assignments(day: date, viewer: Viewer) -> dict[str, Any]:
    if not viewer.may(Decisions.READ_ASSIGNMENTS):
        return {}
    states = pictured.states_on(day, viewer)
    return {
        "shows_assignments": True,
        "states": states,
        "open_count": sum(one.count for one in states if one.state in OPEN_STATES),
        "most": max([one.count for one in states], default=0),
        "oldest": pictured.oldest_open(day, viewer),
        "shows_acknowledgements": follows_acknowledgements(viewer),
        "unacknowledged": list(pictured.waiting_acknowledgements(day, viewer)[:WAITING_SHOWN]),
        "may_take_assignments": viewer.may(exports.PANELS["assignments"].permission),
    }


def _rows(panel: str, day: date, viewer: Viewer) -> Iterable[Any]:
    if panel == "coverage":
        return cells_of(day, viewer)
    if panel == "assignments":
        return pictured.states_on(day, viewer)
    return pictured.waiting_acknowledgements(day, viewer)[:MOST_ROWS]
