"""Compartments: my own, one with its members and records, and who is let in and out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.mechanisms.access.doors import fresh, needs
from varn.mechanisms.access.models import Compartment
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, url_of, verb_url
from varn.mechanisms.secrecy import actions, queries
from varn.mechanisms.secrecy.forms import CompartmentForm, MembershipForm, ReasonForm
from varn.mechanisms.secrecy.views.records import BOTH, HELP
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import form_page, sent, submitted
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import explanation, word


@needs(Permission.READ_COMPARTMENTS)
def compartment_mine(request: Request) -> HttpResponse:
    """The compartments whose member the reader is. Others do not exist."""
    create = Link(
        label=capfirst(word(Permission.CREATE_COMPARTMENT)), url=reverse("access:compartment-create"), icon="lock"
    )
    context = {
        "title": _("Compartments"),
        "compartments": queries.compartments(viewer=request.viewer),
        "actions": [create] if request.viewer.may(Permission.CREATE_COMPARTMENT) else [],
        "help_page": HELP,
    }
    return render(request, "secrecy/compartments.html", context)


@needs(Permission.READ_COMPARTMENTS)
def compartment_detail(request: Request, reference: str) -> HttpResponse:
    """One compartment with its members and what lies in it."""
    compartment = _found(request, reference)
    may_grant = may(request.viewer, Permission.GRANT_MEMBERSHIP, compartment)
    grant = Link(
        label=capfirst(word(Permission.GRANT_MEMBERSHIP)), url=verb_url(compartment, "grant"), icon="user-plus"
    )
    facts = [
        Fact(label=_("Kind"), value=capfirst(word(compartment.kind_key))),
        Fact(label=_("Purpose"), value=compartment.purpose),
        Fact(label=_("Who answers for it"), value=compartment.responsible),
    ]
    context = detail_context(
        compartment,
        request=request,
        title=compartment.name,
        facts=facts,
        trail=trail_to(Compartment),
        actions=[grant] if may_grant else [],
        help_page=HELP,
    )
    members = queries.members_of(compartment, viewer=request.viewer)
    context |= {
        "members": [(each, queries.is_today(request.viewer, each)) for each in members],
        "records": queries.records_in(compartment, viewer=request.viewer),
        "may_end": may(request.viewer, Permission.END_MEMBERSHIP, compartment),
    }
    return render(request, "secrecy/compartment.html", context)


@needs(Permission.CREATE_COMPARTMENT, methods=BOTH)
def compartment_create(request: Request) -> HttpResponse:
    """A new compartment."""
    form = CompartmentForm(sent(request), viewer=request.viewer)
    if submitted(form, actions.create_compartment, request) is not None:
        messages.success(request, _("The compartment is set up, for the one who answers for it."))
        return redirect("access:compartment-list")
    return form_page(
        request,
        form=form,
        title=capfirst(word(Permission.CREATE_COMPARTMENT)),
        explanation=explanation(Permission.CREATE_COMPARTMENT),
        back=reverse("access:compartment-list"),
        trail=trail_to(Compartment),
        help_page=HELP,
    )


@needs(Permission.GRANT_MEMBERSHIP, methods=BOTH)
@fresh
def membership_grant(request: Request, reference: str) -> HttpResponse:
    """Somebody is let in."""
    compartment = _found(request, reference, Permission.GRANT_MEMBERSHIP)
    form = MembershipForm(sent(request), viewer=request.viewer)
    if submitted(form, actions.grant_membership, request, compartment=compartment) is not None:
        messages.success(request, _("The member is let in."))
        return redirect(url_of(compartment))
    return form_page(
        request,
        form=form,
        title=capfirst(word(Permission.GRANT_MEMBERSHIP)),
        lead=compartment.name,
        explanation=explanation(Permission.GRANT_MEMBERSHIP),
        back=url_of(compartment),
        trail=trail_to(Compartment, compartment),
        help_page=HELP,
    )


@needs(Permission.END_MEMBERSHIP, methods=BOTH)
def membership_end(request: Request, pk: int) -> HttpResponse:
    """Somebody is a member no more."""
    rows = queries.memberships(viewer=request.viewer, to=Permission.END_MEMBERSHIP)
    membership = get_object_or_404(rows, pk=pk)
    form, compartment = ReasonForm(sent(request), viewer=request.viewer), membership.compartment
    if submitted(form, actions.end_membership, request, membership=membership) is not None:
        messages.success(request, _("The membership is ended."))
        return redirect("access:compartment-list")
    return form_page(
        request,
        form=form,
        title=capfirst(word(Permission.END_MEMBERSHIP)),
        lead=f"{membership.account}, {compartment.name}",
        explanation=explanation(Permission.END_MEMBERSHIP),
        back=url_of(compartment),
        trail=trail_to(Compartment, compartment),
        danger=True,
        help_page=HELP,
    )


def _found(request: Request, reference: str, to: str | None = None) -> Compartment:
    """The compartment, if the reader is a member of it, and may do that there."""
    return get_object_or_404(queries.compartments(viewer=request.viewer, to=to), reference=reference)
