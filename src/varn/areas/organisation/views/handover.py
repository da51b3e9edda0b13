"""The deeds of a hand-over list. The page that shows it gathers from all areas and lies in the overview."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from varn.areas.organisation import actions, forms, queries
from varn.areas.organisation.models import Appointment
from varn.areas.organisation.permissions import Permission
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.ui.forms import submitted


@needs(Permission.ADD_HANDOVER, methods=("POST",))
def handover_add(request: Request, reference: str) -> HttpResponse:
    """One more thing to hand over, or the standard list when nothing is sent."""
    one = _found(request, reference)
    form = forms.HandoverItemForm(request.POST, viewer=request.viewer)
    if "text" not in request.POST:
        actions.list_handover(appointment=one, by=request.viewer, at=request.viewer.at)
    elif submitted(form, actions.add_handover_item, request, appointment=one) is None:
        messages.error(request, _("Write what is to be handed over."))
    return _back_to(one)


@needs(Permission.COMPLETE_HANDOVER, methods=("POST",))
def handover_complete(request: Request, reference: str) -> HttpResponse:
    """The ticked things are handed over, and the others are not."""
    one = _found(request, reference, Permission.COMPLETE_HANDOVER)
    ticked = set(request.POST.getlist("done"))
    for item in queries.handover_of(one, viewer=request.viewer):
        is_done = str(item.pk) in ticked
        if is_done != (item.done_at is not None):
            actions.complete_handover_item(item=item, is_done=is_done, by=request.viewer, at=request.viewer.at)
    messages.success(request, _("The hand-over list is saved."))
    return _back_to(one)


def _found(request: Request, reference: str, to: str | None = None) -> Appointment:
    return get_object_or_404(Appointment.objects.visible_to(request.viewer, to), reference=reference)


def _back_to(one: Appointment) -> HttpResponse:
    return redirect(reverse("overview:handover", args=[one.reference]))
