"""Pages of units: list, tree, one unit on any day, and its changes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.organisation import actions, exports, forms, queries
from varn.areas.organisation.forms.fields import label_of
from varn.areas.organisation.models import Unit, UnitKind
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.views.tables import UnitFilter, UnitTable
from varn.kernel.calendar import last_day
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, contact_url, url_of, verb_url
from varn.mechanisms.ui.days import day_asked
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import form_page, stored, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import address, explanation, word

BOTH = ("GET", "HEAD", "POST")
VERBS = (
    (Permission.RENAME_UNIT, "rename", "pencil"),
    (Permission.MOVE_UNIT, "move", "route"),
    (Permission.CHANGE_UNIT, "change", "mail"),
    (Permission.CLOSE_UNIT, "close", "archive"),
)
# The municipality lies under nothing, and is not closed.
NEVER_OF_THE_WHOLE = (Permission.MOVE_UNIT, Permission.CLOSE_UNIT)


@needs(Permission.READ_UNITS)
def unit_list(request: Request) -> HttpResponse:
    """Every unit there is or has been."""
    may_create = request.viewer.may(Permission.CREATE_UNIT)
    create = [Link(label=_("Add a unit"), url=reverse("organisation:unit-create"), icon="plus")] if may_create else []
    tree = Link(label=_("Show as a tree"), url=reverse("organisation:unit-tree"), icon="hierarchy", quiet=True)
    return list_page(
        request,
        queryset=queries.units(viewer=request.viewer),
        table=UnitTable,
        filterset=UnitFilter,
        columns=exports.UNITS,
        title=_("Units"),
        name="organisation:units",
        export_permission=Permission.EXPORT_UNITS,
        actions=[*create, tree],
        empty=_("The municipality, its committees, departments, companies and units are shown here."),
        context={"help_page": "organisation"},
    )


@needs(Permission.READ_UNITS)
def unit_tree(request: Request) -> HttpResponse:
    """The tree of a day, one level open at a time."""
    day, code = day_asked(request), request.GET.get("under", "")
    unit = get_object_or_404(queries.units(viewer=request.viewer), code=code) if code else None
    branches = queries.children_of(unit, day, viewer=request.viewer)
    if unit is None and len(branches) == 1:
        unit = get_object_or_404(queries.units(viewer=request.viewer), pk=branches[0].unit.pk)
        branches = queries.children_of(unit, day, viewer=request.viewer)
    context = {
        "title": _("The organisation as a tree"),
        "day": day,
        "unit": unit,
        "path": queries.path_of(unit, day) if unit else [],
        "branches": branches,
        "help_page": "organisation",
    }
    return render(request, "organisation/unit_tree.html", context)


@needs(Permission.READ_UNITS)
def unit_detail(request: Request, pk: int) -> HttpResponse:
    """One unit on a day: where it lies, who answers for it, who supports it, what is missing."""
    unit = get_object_or_404(queries.units(viewer=request.viewer), pk=pk)
    day, viewer = day_asked(request), request.viewer
    path = queries.path_of(unit, day)
    sees_support = queries.sees_staffing(unit, viewer=viewer)
    context = detail_context(
        unit,
        request=request,
        title=path[-1].name if path else unit.name,
        facts=_facts(unit),
        trail=[Link(label=one.name, url=_on(one.pk, day, viewer.day)) for one in path[:-1]],
        actions=_verbs(unit, request),
        help_page="organisation",
    )
    page = {
        "day": day,
        "is_today": day == viewer.day,
        "stands": bool(path),
        "sees_support": sees_support,
        "support": queries.support_of(unit, day, viewer=viewer) if sees_support else {},
        "cells": queries.coverage_of([unit.pk], day, viewer).get(unit.pk, []) if sees_support else [],
        "branches": queries.children_of(unit, day, viewer=viewer),
        "life": queries.life_of(unit, viewer=viewer),
    }
    return render(request, "organisation/unit.html", context | page)


@needs(Permission.CREATE_UNIT, methods=BOTH)
def unit_create(request: Request) -> HttpResponse:
    """A new unit."""
    form = forms.UnitForm(request.POST or None, viewer=request.viewer, initial={"from_date": request.viewer.day})
    unit = submitted(form, actions.create_unit, request)
    if unit is not None:
        messages.success(request, _("%(name)s stands in the organisation.") % {"name": unit})
        return redirect(url_of(unit))
    return form_page(
        request, form=form, title=_("Add a unit"), back=reverse("organisation:unit-list"), trail=trail_to(Unit)
    )


@needs(Permission.CHANGE_UNIT, methods=BOTH)
def unit_change(request: Request, pk: int) -> HttpResponse:
    """The address and e-mail of a unit."""
    unit = get_object_or_404(queries.units(viewer=request.viewer), pk=pk)
    initial = stored(forms.UnitChangeForm, unit)
    form = forms.UnitChangeForm(request.POST or None, viewer=request.viewer, initial=initial)
    return _done_or_form(request, unit, form, actions.change_unit, Permission.CHANGE_UNIT)


@needs(Permission.RENAME_UNIT, methods=BOTH)
def unit_rename(request: Request, pk: int) -> HttpResponse:
    """A new name from a day."""
    unit = get_object_or_404(queries.units(viewer=request.viewer), pk=pk)
    initial = stored(forms.RenameForm, unit) | {"from_date": request.viewer.day}
    form = forms.RenameForm(request.POST or None, viewer=request.viewer, initial=initial)
    return _done_or_form(request, unit, form, actions.rename_unit, Permission.RENAME_UNIT)


@needs(Permission.MOVE_UNIT, methods=BOTH)
def unit_move(request: Request, pk: int) -> HttpResponse:
    """A new place in the tree from a day."""
    unit = get_object_or_404(queries.units(viewer=request.viewer), pk=pk)
    initial = stored(forms.MoveForm, unit) | {"from_date": request.viewer.day}
    form = forms.MoveForm(request.POST or None, viewer=request.viewer, initial=initial)
    return _done_or_form(request, unit, form, actions.move_unit, Permission.MOVE_UNIT)


@needs(Permission.CLOSE_UNIT, methods=BOTH)
def unit_close(request: Request, pk: int) -> HttpResponse:
    """The last day of a unit."""
    unit = get_object_or_404(queries.units(viewer=request.viewer), pk=pk)
    form = forms.CloseForm(request.POST or None, viewer=request.viewer)
    tied = queries.tied_to(unit, request.viewer.day, viewer=request.viewer)
    shown = {"template": "organisation/unit_close.html", "context": {"unit": unit, "tied": tied}, "danger": True}
    return _done_or_form(request, unit, form, actions.close_unit, Permission.CLOSE_UNIT, **shown)


@needs(Permission.READ_UNITS)
def unit_suggest(request: Request) -> HttpResponse:
    """The names that go on from what is typed in a form."""
    found = queries.suggest_units(_typed(request), viewer=request.viewer)
    return render(request, "organisation/_suggestions.html", {"labels": [label_of(one, "code") for one in found]})


@needs(Permission.READ_PEOPLE)
def person_suggest(request: Request) -> HttpResponse:
    """The people the reader may see whose names go on from what is typed in a form."""
    found = queries.suggest_people(_typed(request), viewer=request.viewer)
    labels = [label_of(one, "employee_id") for one in found]
    return render(request, "organisation/_suggestions.html", {"labels": labels})


def _done_or_form(
    request: Request, unit: Unit, form: object, action: object, permission: str, **page: object
) -> HttpResponse:
    if submitted(form, action, request, unit=unit) is not None:
        messages.success(request, _("%(name)s is changed.") % {"name": unit})
        return redirect(url_of(unit))
    return form_page(
        request,
        form=form,
        title=capfirst(word(permission)),
        lead=unit.name,
        back=url_of(unit),
        trail=trail_to(Unit, unit),
        explanation=explanation(permission),
        **page,
    )


def _facts(unit: Unit) -> list[Fact]:
    return [
        Fact(label=_("Kind"), value=word(f"organisation:unit_kind.{unit.kind}").capitalize()),
        Fact(label=_("Code"), value=unit.code),
        Fact(label=_("Address"), value=unit.address),
        Fact(label=_("E-mail"), value=address(unit.email), url=contact_url(unit.email)),
        Fact(label=_("From"), value=unit.from_date),
        Fact(label=_("Through"), value=last_day(unit.until_date)),
    ]


def _verbs(unit: Unit, request: Request) -> list[Link]:
    if unit.until_date is not None and unit.until_date <= request.viewer.day:
        return []
    return [
        Link(label=word(permission).capitalize(), url=verb_url(unit, verb), icon=icon)
        for permission, verb, icon in VERBS
        if permission not in (NEVER_OF_THE_WHOLE if unit.kind == UnitKind.MUNICIPALITY else ())
        and request.viewer.may(permission)
        and may(request.viewer, permission, unit)
    ]


def _on(pk: int, day: object, today: object) -> str:
    address = reverse("organisation:unit-detail", args=[pk])
    return address if day == today else f"{address}?day={day}"


def _typed(request: Request) -> str:
    return next((value for value in request.GET.values() if value), "").strip()[:100]
