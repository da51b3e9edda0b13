"""What decisions have declared done, but whose assignment has not been found."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.decisions import actions, exports, queries
from varn.areas.decisions.forms import closing as forms
from varn.areas.decisions.forms.fields import ReasonForm
from varn.areas.decisions.models import Closing
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.views.tables import ClosingTable
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.access.require import require
from varn.mechanisms.links import Link, url_of
from varn.mechanisms.ui.forms import Form, Stored, form_page, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.words import word

BOTH = ("GET", "HEAD", "POST")


@needs(Permission.LINK_CLOSING)
def closing_list(request: Request) -> HttpResponse:
    """What decisions have declared done, but whose assignment has not been found."""
    return list_page(
        request,
        queryset=queries.closings_unanswered(viewer=request.viewer),
        table=ClosingTable,
        title=_("Closings without an assignment"),
        name="decisions:closings",
        columns=exports.CLOSINGS,
        export_permission=Permission.EXPORT_DECISIONS,
        empty=_("When a decision declares an assignment done that is not registered here, it stands in this list."),
        context={"help_page": "beslut-och-uppdrag"},
    )


@needs(Permission.LINK_CLOSING, methods=BOTH)
def closing_link(request: Request, pk: int) -> HttpResponse:
    """Say which assignment a closing means; it is closed by that."""
    closing = _waiting(request, pk, Permission.LINK_CLOSING)
    form = forms.LinkForm(request.POST or None, viewer=request.viewer, closing=closing)
    if submitted(form, actions.link_closing, request, closing=closing) is not None:
        messages.success(request, _("The assignment is closed."))
        return redirect("decisions:closing-list")
    title = _("Which assignment does %(closing)s mean?") % {"closing": closing}
    return form_page(
        request,
        form=form,
        title=title,
        submit=capfirst(word(Permission.LINK_CLOSING)),
        back=reverse("decisions:closing-list"),
    )


@needs(Permission.DISMISS_CLOSING, methods=BOTH)
def closing_dismiss(request: Request, pk: int) -> HttpResponse:
    """Say why a closing needs no assignment; it waits no more."""
    closing = _waiting(request, pk, Permission.DISMISS_CLOSING)
    form = ReasonForm(request.POST or None, viewer=request.viewer)
    if submitted(form, actions.dismiss_closing, request, closing=closing) is not None:
        messages.success(request, _("The closing waits no more."))
        return redirect("decisions:closing-list")
    lead = _("It still stands with its decision, with your reason. No assignment is closed by it.")
    return _form(request, form, closing, Permission.DISMISS_CLOSING, lead=lead)


@needs(Permission.CORRECT_CLOSING, methods=BOTH)
def closing_correct(request: Request, pk: int) -> HttpResponse:
    """Correct what a closing refers to; what is found by that is closed."""
    closing = _waiting(request, pk, Permission.CORRECT_CLOSING)
    body = queries.body_called(closing.body_name)
    read = {"body": body, "date": closing.date, "paragraph": closing.paragraph, "point": closing.point}
    said = Stored(closing, read)
    form = forms.CorrectClosingForm(request.POST or None, viewer=request.viewer, initial=said)
    corrected = submitted(form, actions.correct_closing, request, closing=closing)
    if corrected is not None:
        waits = _("The closing is corrected. No assignment that it may close was found.")
        messages.success(
            request, waits if corrected.waits else _("The closing is corrected, and closes its assignment.")
        )
        return redirect(url_of(closing.decision))
    lead = _("The assignment that is found by this is closed.")
    return _form(request, form, closing, Permission.CORRECT_CLOSING, lead=lead)


def _waiting(request: Request, pk: int, permission: Permission) -> Closing:
    closing = get_object_or_404(queries.closings_unanswered(viewer=request.viewer), pk=pk)
    require(permission, by=request.viewer, on=closing.decision)
    return closing


def _form(request: Request, form: Form, closing: Closing, permission: Permission, *, lead: str) -> HttpResponse:
    decision = closing.decision
    said = closing.outcome if not closing.paragraph else f"{closing}: {closing.outcome}"
    return form_page(
        request,
        form=form,
        title=capfirst(word(permission)),
        lead=f"{decision.citation}. {said} {lead}",
        back=url_of(decision),
        trail=[Link(label=decision.citation, url=url_of(decision))],
    )
