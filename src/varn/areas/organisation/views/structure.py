"""Pages of functions, requirements and offices."""

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.organisation import actions, exports, forms, queries
from varn.areas.organisation.models import Function, Office, Requirement
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.views.structure_tables import (
    FunctionTable,
    OfficeTable,
    RequirementFilter,
    RequirementTable,
)
from varn.kernel.calendar import last_day
from varn.mechanisms.access.doors import fresh, needs
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, url_of, verb_url
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import form_page, stored, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import explanation, part, word, words

BOTH = ("GET", "HEAD", "POST")


@needs(Permission.READ_FUNCTIONS)
def function_list(request: Request) -> HttpResponse:
    """The functions that people are appointed to."""
    create = Link(label=_("Add a function"), url=reverse("organisation:function-create"), icon="plus")
    return list_page(
        request,
        queryset=queries.functions(viewer=request.viewer),
        table=FunctionTable,
        title=_("Functions"),
        name="organisation:functions",
        columns=exports.FUNCTIONS,
        export_permission=Permission.READ_FUNCTIONS,
        actions=[create] if request.viewer.may_everywhere(Permission.CREATE_FUNCTION) else [],
        context={"help_page": "organisation"},
    )


@needs(Permission.READ_FUNCTIONS)
def function_detail(request: Request, pk: int) -> HttpResponse:
    """One function: its tier, its role and where it is required."""
    function = get_object_or_404(queries.functions(viewer=request.viewer), pk=pk)
    facts = [
        Fact(label=_("Name in Swedish"), value=function.name_sv),
        Fact(label=_("Name in English"), value=function.name_en),
        Fact(label=_("Tier"), value=capfirst(word(f"tier.{function.tier}")) if function.tier else None),
        Fact(label=_("Role"), value=capfirst(word(f"access:role.{function.role}"))),
    ]
    appointments = f"{reverse('organisation:appointment-list')}?function={function.key}"
    see = Link(label=_("Appointments"), url=appointments, icon="user-check")
    context = detail_context(
        function,
        request=request,
        title=function.name,
        facts=facts,
        trail=trail_to(Function),
        actions=[
            *_verb(function, Permission.CHANGE_FUNCTION, "change", "pencil", request),
            *([see] if request.viewer.may(Permission.READ_APPOINTMENTS) else []),
        ],
        help_page="organisation",
    )
    required = queries.requirements_of(function, viewer=request.viewer)
    return render(request, "organisation/function.html", context | {"requirements": required})


@needs(Permission.CREATE_FUNCTION, methods=BOTH)
@fresh
def function_create(request: Request) -> HttpResponse:
    """A function of the municipality's own."""
    form = forms.FunctionForm(request.POST or None, viewer=request.viewer)
    made = submitted(form, actions.create_function, request)
    return _made_or_form(request, made, form, Permission.CREATE_FUNCTION, Function)


@needs(Permission.CHANGE_FUNCTION, methods=BOTH)
@fresh
def function_change(request: Request, pk: int) -> HttpResponse:
    """New words, another tier or another role."""
    function = _found(queries.functions(viewer=request.viewer), pk)
    initial = stored(forms.FunctionForm, function)
    form = forms.FunctionForm(request.POST or None, viewer=request.viewer, initial=initial)
    made = submitted(form, actions.change_function, request, function=function)
    return _made_or_form(request, made, form, Permission.CHANGE_FUNCTION, Function, function)


@needs(Permission.READ_REQUIREMENTS)
def requirement_list(request: Request) -> HttpResponse:
    """What is, was and will be required of units."""
    create = Link(label=_("Set a requirement"), url=reverse("organisation:requirement-create"), icon="plus")
    return list_page(
        request,
        queryset=queries.requirements(viewer=request.viewer),
        table=RequirementTable,
        filterset=RequirementFilter,
        columns=exports.REQUIREMENTS,
        title=_("Requirements"),
        name="organisation:requirements",
        export_permission=Permission.READ_REQUIREMENTS,
        actions=[create] if request.viewer.may(Permission.SET_REQUIREMENT) else [],
        empty=_("What each kind of unit must have is shown here. Without it nothing is reported as missing."),
        context={"help_page": "organisation"},
    )


@needs(Permission.READ_REQUIREMENTS)
def requirement_detail(request: Request, pk: int) -> HttpResponse:
    """One requirement."""
    row = get_object_or_404(queries.requirements(viewer=request.viewer), pk=pk)
    facts = [
        Fact(label=_("Function"), value=row.function.name, url=url_of(row.function)),
        Fact(label=_("Kind of unit"), value=capfirst(word(f"organisation:unit_kind.{row.unit_kind}"))),
        Fact(label=_("Only this unit"), value=row.unit, url=url_of(row.unit) if row.unit else ""),
        Fact(label=_("At least"), value=row.minimum),
        Fact(label=_("At most"), value=row.maximum),
        Fact(label=_("Total share of full time"), value=part(row.share)),
        Fact(label=_("From"), value=row.from_date),
        Fact(label=_("Through"), value=last_day(row.until_date)),
    ]
    context = detail_context(
        row,
        request=request,
        title=row.function.name,
        facts=facts,
        trail=trail_to(Requirement),
        actions=_verb(row, Permission.END_REQUIREMENT, "end", "archive", request),
        help_page="organisation",
    )
    return render(request, "ui/detail.html", context)


@needs(Permission.SET_REQUIREMENT, methods=BOTH)
def requirement_create(request: Request) -> HttpResponse:
    """What is required from a day on, of a kind of unit or of one unit."""
    form = forms.RequirementForm(request.POST or None, viewer=request.viewer, initial={"from_date": request.viewer.day})
    made = submitted(form, actions.set_requirement, request)
    return _made_or_form(request, made, form, Permission.SET_REQUIREMENT, Requirement)


@needs(Permission.END_REQUIREMENT, methods=BOTH)
def requirement_end(request: Request, pk: int) -> HttpResponse:
    """The last day of a requirement."""
    row = _found(queries.requirements(viewer=request.viewer), pk)
    form = forms.RequirementEndForm(request.POST or None, viewer=request.viewer)
    made = submitted(form, actions.end_requirement, request, requirement=row)
    return _made_or_form(request, made, form, Permission.END_REQUIREMENT, Requirement, row, danger=True)


@needs(Permission.READ_UNITS)
def office_list(request: Request) -> HttpResponse:
    """The named offices."""
    create = Link(label=_("Add an office"), url=reverse("organisation:office-create"), icon="plus")
    return list_page(
        request,
        queryset=queries.offices_with_holders(request.viewer.day, viewer=request.viewer),
        table=OfficeTable,
        title=_("Named offices"),
        name="organisation:offices",
        columns=exports.OFFICES,
        export_permission=Permission.READ_UNITS,
        actions=[create] if request.viewer.may_everywhere(Permission.CREATE_OFFICE) else [],
        empty=_("Offices that assignments go to, whoever holds them, are shown here."),
        context={"help_page": "organisation"},
    )


@needs(Permission.READ_UNITS)
def office_detail(request: Request, pk: int) -> HttpResponse:
    """One office and who holds it."""
    office = get_object_or_404(queries.offices(viewer=request.viewer), pk=pk)
    holder = queries.holder_of(office, request.viewer.day, viewer=request.viewer)
    facts = [
        Fact(label=_("Unit"), value=office.unit, url=url_of(office.unit)),
        Fact(label=_("Function"), value=office.function.name, url=url_of(office.function)),
        Fact(label=_("Holder today"), value=holder, url=url_of(holder) if holder else ""),
    ]
    context = detail_context(
        office,
        request=request,
        facts=facts,
        trail=trail_to(Office),
        actions=_verb(office, Permission.CHANGE_OFFICE, "change", "pencil", request),
        help_page="organisation",
    )
    return render(request, "ui/detail.html", context)


@needs(Permission.CREATE_OFFICE, methods=BOTH)
def office_create(request: Request) -> HttpResponse:
    """A named office."""
    form = forms.OfficeForm(request.POST or None, viewer=request.viewer)
    made = submitted(form, actions.create_office, request)
    return _made_or_form(request, made, form, Permission.CREATE_OFFICE, Office)


@needs(Permission.CHANGE_OFFICE, methods=BOTH)
def office_change(request: Request, pk: int) -> HttpResponse:
    """Another name, unit or function of an office."""
    office = _found(queries.offices(viewer=request.viewer), pk)
    initial = stored(forms.OfficeForm, office)
    form = forms.OfficeForm(request.POST or None, viewer=request.viewer, initial=initial)
    made = submitted(form, actions.change_office, request, office=office)
    return _made_or_form(request, made, form, Permission.CHANGE_OFFICE, Office, office)


def _found(rows: QuerySet, pk: int) -> Model:
    return get_object_or_404(rows, pk=pk)


def _verb(thing: Model, permission: str, verb: str, icon: str, request: Request) -> list[Link]:
    if not may(request.viewer, permission, thing):
        return []
    return [Link(label=capfirst(word(permission)), url=verb_url(thing, verb), icon=icon)]


def _called(thing: Model) -> str:
    """The name in the reader's language; of a requirement what is required, and of what."""
    if not isinstance(thing, Requirement):
        return thing.name
    place = thing.unit or words(f"organisation:unit_kind.{thing.unit_kind}")
    values = {"function": thing.function.name, "place": place, "day": thing.from_date}
    return _("%(function)s, %(place)s, from %(day)s") % values


def _made_or_form(
    request: Request,
    made: Model | None,
    form: object,
    permission: str,
    model: type[Model],
    thing: Model | None = None,
    **page: object,
) -> HttpResponse:
    if made is not None:
        messages.success(request, _("%(name)s is saved.") % {"name": _called(made)})
        return redirect(url_of(made))
    called = _called(thing) if thing is not None else ""
    trail = trail_to(model, thing, called=called)
    return form_page(
        request,
        form=form,
        title=capfirst(word(permission)),
        lead=called,
        back=trail[-1].url,
        trail=trail,
        explanation=explanation(permission),
        **page,
    )
