from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.exports.files import csv_response, xlsx_response
from varn.mechanisms.imports import actions, queries
from varn.mechanisms.imports.examples import example_columns, example_rows
from varn.mechanisms.imports.forms import FileForm
from varn.mechanisms.imports.importer import Importer
from varn.mechanisms.imports.listing import EXPORTED, RunFilter, RunTable, kind_name
from varn.mechanisms.imports.models import Run
from varn.mechanisms.imports.permissions import Permission
from varn.mechanisms.imports.planning import judge, try_out
from varn.mechanisms.imports.registry import UnknownImporter, importer_of, importers_for
from varn.mechanisms.links import Link, url_of
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import form_page
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.words import sentence

FORMATS = {"csv": csv_response, "xlsx": xlsx_response}


@needs(Permission.READ_RUNS)
def run_list(request: Request) -> HttpResponseBase:
    """The imports the reader may see, and a way to each that can be made."""
    usable = importers_for(request.viewer) if request.viewer.may(Permission.CHECK) else {}
    new = [_way_to(kind) for kind in usable]
    return list_page(
        request,
        queryset=queries.runs(viewer=request.viewer),
        table=RunTable,
        filterset=RunFilter,
        title=_("Imports"),
        lead=_("A file is first tried out: every row is judged and shown. Nothing is brought in until you say so."),
        name="imports:run",
        columns=EXPORTED,
        export_permission=Permission.READ_RUNS,
        actions=new,
        empty=_("Imports that were tried out stand here."),
    )


@needs(Permission.CHECK, methods=("GET", "HEAD", "POST"))
def run_check(request: Request, kind: str) -> HttpResponse:
    """The file has been tried out, and its report is shown."""
    importer = _importer(kind, request)
    form = FileForm(viewer=request.viewer)
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES, viewer=request.viewer)
        run = _checked(form, kind, request)
        if run is not None:
            return redirect(url_of(run))
    return form_page(
        request,
        form=form,
        title=_("Import: %(what)s") % {"what": kind_name(kind)},
        back=reverse("imports:run-list"),
        submit=_("Try out"),
        stop_text=True,
        trail=[Link(label=_("Imports"), url=reverse("imports:run-list"))],
        template="imports/check.html",
        context={"columns": importer.columns, "kind": kind},
    )


@needs(Permission.CHECK)
def example(request: Request, kind: str, file_format: str) -> HttpResponseBase:
    """The file to start from."""
    importer = _importer(kind, request)
    if file_format not in FORMATS:
        raise Http404
    return FORMATS[file_format](example_columns(importer), example_rows(importer), name=kind_name(kind))


@needs(Permission.READ_RUNS)
def run_detail(request: Request, reference: str) -> HttpResponse:
    """The report of one import."""
    run = get_object_or_404(queries.reported_runs(viewer=request.viewer), reference=reference)
    facts = [
        Fact(label=_("What"), value=kind_name(run.kind)),
        Fact(label=_("File"), value=run.file_name),
        Fact(label=_("Tried out"), value=run.created_at),
        Fact(label=_("By"), value=run.made_by),
        Fact(label=_("Checksum (SHA-256)"), value=run.sha256),
    ]
    trail = [Link(label=_("Imports"), url=reverse("imports:run-list"))]
    context = detail_context(run, request=request, title=run.file_name, facts=facts, trail=trail)
    shown = {
        "totals": queries.totals(run),
        "errors": queries.shown_rows(run, "errors"),
        "warnings": queries.shown_rows(run, "warnings"),
        "changes": queries.shown_rows(run, "changes"),
        "differing": run.differing[:50],
    }
    return render(request, "imports/run.html", context | shown)


def apply(run: Run, *, by: Viewer, at: datetime, **_values: Any) -> None:
    """What was shown is brought in; if it would do something else by now, that is shown instead."""
    try:
        actions.apply_run(run=run, judged=judge(run, viewer=by, at=at), by=by, at=at)
    except actions.DataChanged:
        actions.check_again(run=run, judged=judge(run, viewer=by, at=at), by=by, at=at)
        raise


def discard(run: Run, *, by: Viewer, at: datetime, reason: str = "", **_values: Any) -> None:
    """Nothing of the file is brought in."""
    actions.discard_run(run=run, by=by, at=at, reason=reason)


def _way_to(kind: str) -> Link:
    said = _("Import %(what)s") % {"what": kind_name(kind).lower()}
    return Link(label=said, url=reverse("imports:run-check", args=[kind]), icon="upload")


def _importer(kind: str, request: Request) -> Importer:
    try:
        importer = importer_of(kind)
    except UnknownImporter as error:
        raise Http404 from error
    if not request.viewer.may(importer.permission):
        if request.method == "POST":
            raise PermissionDenied(importer.permission)
        raise Http404
    return importer


def _checked(form: FileForm, kind: str, request: Request) -> Run | None:
    """The run, or `None` with the reason on the form."""
    if not form.is_valid():
        return None
    try:
        tried = try_out(kind=kind, **form.read(), viewer=request.viewer, at=request.viewer.at)
        run = actions.check_file(tried=tried, by=request.viewer, at=request.viewer.at)
    except Refused as error:
        form.add_error("file", sentence(error.refusal))
        return None
    messages.info(request, _("The file is tried out. Nothing is brought in yet."))
    return run
