"""What decisions have declared done, but whose assignment has not been found."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.decisions import actions, exports, queries
from varn.areas.decisions.forms import assignments as forms
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.views.tables import ClosingTable
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.access.require import require
from varn.mechanisms.ui.forms import form_page, submitted
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
    closing = get_object_or_404(queries.closings_unanswered(viewer=request.viewer), pk=pk)
    require(Permission.LINK_CLOSING, by=request.viewer, on=closing.decision)
    rows = queries.given_by_at_least(closing.decision, viewer=request.viewer)
    form = forms.LinkForm(request.POST or None, viewer=request.viewer, rows=rows)
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
