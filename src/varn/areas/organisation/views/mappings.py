"""Pages of what groups of the directory give."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.organisation import actions, exports, forms, queries
from varn.areas.organisation.models import GroupMapping
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.views.structure_tables import GroupMappingFilter, GroupMappingTable
from varn.mechanisms.access.doors import fresh, needs
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, url_of, verb_url
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import form_page, sent, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import explanation, part, word

BOTH = ("GET", "HEAD", "POST")


@needs(Permission.READ_GROUP_MAPPINGS)
def group_mapping_list(request: Request) -> HttpResponseBase:
    """What groups of the directory give, and gave."""
    permission = Permission.CREATE_GROUP_MAPPING
    create = Link(label=capfirst(word(permission)), url=reverse("organisation:group_mapping-create"), icon="plus")
    return list_page(
        request,
        queryset=queries.group_mappings(viewer=request.viewer),
        table=GroupMappingTable,
        filterset=GroupMappingFilter,
        title=_("What groups give"),
        name="organisation:group_mappings",
        columns=exports.GROUP_MAPPINGS,
        export_permission=Permission.READ_GROUP_MAPPINGS,
        actions=[create] if request.viewer.may(permission) else [],
        lead=_("Whoever is in a group of the municipality’s directory can have a function by it while they are in it."),
        empty=_("No group gives anything."),
        context={"help_page": "katalog"},
    )


@needs(Permission.READ_GROUP_MAPPINGS)
def group_mapping_detail(request: Request, reference: str) -> HttpResponse:
    """What one group gives, on what ground, and to whom."""
    row = _found(request, reference)
    facts = [
        Fact(label=_("State"), state=f"organisation:group_mapping.{row.state}"),
        Fact(label=_("Group in the directory"), value=row.group.name),
        Fact(label=_("Function"), value=row.function.name, url=url_of(row.function)),
        Fact(label=_("Unit"), value=row.unit, url=url_of(row.unit)),
        Fact(label=_("Share of full time"), value=part(row.share)),
        Fact(label=_("Who decided"), value=row.decided_by),
        Fact(label=_("Ground"), value=row.ground),
        Fact(label=_("Case number"), value=row.case_number),
        Fact(label=_("From"), value=row.made_at),
    ]
    facts += [Fact(label=_("Held until"), value=row.ended_at)] if row.ended_at else []
    context = detail_context(
        row,
        request=request,
        facts=facts,
        trail=trail_to(GroupMapping),
        actions=_verbs(request, row),
        help_page="katalog",
    )
    members = queries.members_of(row, viewer=request.viewer)
    return render(request, "organisation/group_mapping.html", context | {"members": members})


@needs(Permission.CREATE_GROUP_MAPPING, methods=BOTH)
@fresh
def group_mapping_create(request: Request) -> HttpResponse:
    """A group gives a function in a unit."""
    form = forms.GroupMappingForm(sent(request), viewer=request.viewer)
    made = submitted(form, actions.create_group_mapping, request)
    if made is not None:
        messages.success(request, _("%(name)s is saved.") % {"name": made.reference})
        return redirect(url_of(made))
    return _form(request, form, Permission.CREATE_GROUP_MAPPING)


@needs(Permission.END_GROUP_MAPPING, methods=BOTH)
def group_mapping_end(request: Request, reference: str) -> HttpResponse:
    """The group gives it no longer."""
    row = _found(request, reference)
    form = forms.GroupMappingEndForm(sent(request), viewer=request.viewer)
    if submitted(form, actions.end_group_mapping, request, group_mapping=row) is not None:
        messages.success(request, _("%(name)s is saved.") % {"name": row.reference})
        return redirect(url_of(row))
    return _form(request, form, Permission.END_GROUP_MAPPING, row)


def _found(request: Request, reference: str) -> GroupMapping:
    return get_object_or_404(queries.group_mappings(viewer=request.viewer), reference=reference)


def _verbs(request: Request, row: GroupMapping) -> list[Link]:
    permission = Permission.END_GROUP_MAPPING
    if row.ended_at is not None or not may(request.viewer, permission, row):
        return []
    return [Link(label=capfirst(word(permission)), url=verb_url(row, "end"), icon="archive")]


def _form(request: Request, form: object, permission: str, row: GroupMapping | None = None) -> HttpResponse:
    trail = trail_to(GroupMapping, row, called=row.reference if row else "")
    return form_page(
        request,
        form=form,
        title=capfirst(word(permission)),
        lead=row.reference if row else "",
        back=trail[-1].url,
        trail=trail,
        explanation=explanation(permission),
        danger=row is not None,
        help_page="katalog",
    )
