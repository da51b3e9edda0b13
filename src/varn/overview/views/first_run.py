"""The pages of the first run. When it is over, or was never begun, they do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varn.areas.organisation.actions import seed_requirements
from varn.areas.organisation.queries import gaps, requirements_of_kinds
from varn.mechanisms.access.doors import needs, public
from varn.mechanisms.access.request import OpenRequest, Request
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.door.entering import enter_by_password
from varn.mechanisms.door.views.enrolment import enrol, enrol_code_app
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.installation.permissions import Permission as Ui
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.ui.forms import Form
from varn.mechanisms.ui.words import sentence
from varn.overview import actions
from varn.overview.first_run.code import mark_of_code
from varn.overview.first_run.founding import founder
from varn.overview.first_run.steps import Step, after, shown_steps, url_of_step
from varn.overview.forms import AdministratorForm, CodeForm, LevelsForm, MunicipalityForm
from varn.overview.queries.founding import (
    founded_municipality,
    has_account,
    person_count,
    somebody_appoints,
    unit_count,
)

KNOWS_CODE = "first_run_code"
SHOWN_GAPS = 25
View = Callable[[OpenRequest], HttpResponse]


def _while_it_lasts(view: View) -> View:
    """The page exists only while the first run goes on."""

    @wraps(view)
    def step(request: OpenRequest) -> HttpResponse:
        if installation().is_ready or not mark_of_code():
            raise Http404
        return view(request)

    return step


def _before_the_account(view: View) -> View:
    """The page is for the one who knows the code, and is over when the first account is there."""

    @wraps(view)
    def step(request: OpenRequest) -> HttpResponse:
        if has_account():
            return redirect("overview:first_run-imports" if request.viewer else "access:sign-in")
        if not constant_time_compare(request.session.get(KNOWS_CODE, ""), mark_of_code()):
            return redirect("overview:first_run-code")
        return view(request)

    return step


@public
@require_safe
@_while_it_lasts
def first_run(request: OpenRequest) -> HttpResponse:
    """The step that the installation has come to."""
    if has_account():
        return redirect(url_of_step(Step.IMPORTS) if request.viewer else "access:sign-in")
    return redirect(url_of_step(Step.MUNICIPALITY))


@public
@require_http_methods(["GET", "HEAD", "POST"])
@_while_it_lasts
def code(request: OpenRequest) -> HttpResponse:
    """Whoever gives the code may go on."""
    if has_account():
        return redirect("overview:first_run")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        request.session.cycle_key()
        request.session[KNOWS_CODE] = mark_of_code()
        return redirect(url_of_step(Step.MUNICIPALITY))
    return _page(request, Step.CODE, form=form)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@_while_it_lasts
@_before_the_account
def municipality(request: OpenRequest) -> HttpResponse:
    """The municipality has a name, a code and a first day."""
    standing = founded_municipality()
    given = {"name": standing.name, "code": standing.code, "from_date": standing.from_date} if standing else {}
    form = MunicipalityForm(request.POST or None, initial=given)
    if _done(form, actions.found_municipality):
        return redirect(url_of_step(Step.ADMINISTRATOR))
    return _page(request, Step.MUNICIPALITY, form=form)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@_while_it_lasts
@_before_the_account
def administrator(request: OpenRequest) -> HttpResponse:
    """The first administrator has an account, and goes on to what it is entered by besides the password."""
    if founded_municipality() is None:
        return redirect(url_of_step(Step.MUNICIPALITY))
    form = AdministratorForm(request.POST or None)
    account = _done(form, actions.make_first_administrator)
    if account:
        enter_by_password(request, account, onward=url_of_step(Step.IMPORTS))
        return redirect(url_of_step(Step.FACTOR))
    return _page(request, Step.ADMINISTRATOR, form=form)


@public
@_while_it_lasts
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: OpenRequest) -> HttpResponse:
    """The first administrator has a passkey, and is signed in."""
    return enrol(request, around=_around_factor())


@public
@_while_it_lasts
@require_http_methods(["GET", "HEAD", "POST"])
def code_app(request: OpenRequest) -> HttpResponse:
    """The first administrator has an app for codes instead, and is signed in."""
    return enrol_code_app(request, around=_around_factor())


@needs(Ui.CHANGE_SETTINGS)
@_while_it_lasts
def imports(request: Request) -> HttpResponse:
    """What has been imported so far, and the way to import more."""
    return _page(request, Step.IMPORTS, counts={"units": unit_count(), "people": person_count()})


@needs(Ui.CHANGE_SETTINGS, methods=("GET", "HEAD", "POST"))
@_while_it_lasts
def levels(request: Request) -> HttpResponse:
    """Those whom everything else waits for are appointed."""
    by = _founder(request)
    form = LevelsForm(request.POST or None, viewer=by, initial={"from_date": by.day})
    if request.method == "POST" and form.is_valid():
        try:
            actions.appoint_first(**form.cleaned_data, unit=founded_municipality(), by=by, at=by.at)
            return redirect(url_of_step(Step.REQUIREMENTS))
        except Refused as refused:
            form.add_error(None, sentence(refused.refusal))
    return _page(request, Step.LEVELS, form=form, people=person_count())


@needs(Ui.CHANGE_SETTINGS, methods=("GET", "HEAD", "POST"))
@_while_it_lasts
def required(request: Request) -> HttpResponse:
    """What is required of each kind of unit: the usual, to be changed at any time."""
    by = _founder(request)
    if request.method == "POST":
        seed_requirements(from_date=founded_municipality().from_date, by=by, at=by.at)
        return redirect(url_of_step(Step.GAPS))
    return _page(request, Step.REQUIREMENTS, rows=requirements_of_kinds(viewer=by))


@needs(Ui.CHANGE_SETTINGS)
@_while_it_lasts
def gap_list(request: Request) -> HttpResponse:
    """What is vacant today, and the button that ends the first run."""
    by = _founder(request)
    found = [cell for _, cell in zip(range(SHOWN_GAPS), gaps(by.day, by), strict=False)]
    return _page(request, Step.GAPS, cells=found, somebody_appoints=somebody_appoints(by.day))


@needs(Ui.CHANGE_SETTINGS, methods=("POST",))
@require_POST
@_while_it_lasts
def finish(request: Request) -> HttpResponse:
    """The first run is over."""
    by = _founder(request)
    actions.finish_first_run(by=by, at=by.at)
    return redirect("overview:my-day")


def _around_factor() -> dict[str, Any]:
    return {
        "shell": "overview/first_run/base.html",
        "steps": shown_steps(Step.FACTOR, has_account=False),
        "passkey_url": url_of_step(Step.FACTOR),
        "code_app_url": reverse("overview:first_run-code_app"),
    }


def _founder(request: Request) -> Viewer:
    return founder(request.user, at=request.viewer.at)


def _done(form: Form, action: Callable[..., Any]) -> Any:
    """What the action gives when the form is right. Nobody has an account yet, so the first run itself does it."""
    if not form.is_valid():
        return None
    at = timezone.now()
    try:
        return action(**form.cleaned_data, by=system_viewer(at=at, job="overview:first_run"), at=at)
    except Refused as refused:
        form.add_error(None, sentence(refused.refusal))
        return None


def _page(request: OpenRequest, step: Step, **context: Any) -> HttpResponse:
    following = url_of_step(after(step)) if step != Step.GAPS else ""
    shown = {"steps": shown_steps(step, has_account=request.viewer is not None), "next_url": following}
    return render(request, f"overview/first_run/{step}.html", shown | context)
