"""The hand-over of one appointment, with what is true right now."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from varn.areas.organisation.forms import HandoverItemForm
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import appointments
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, url_of
from varn.overview.queries.handover import handover as handed_over


@needs(Permission.READ_APPOINTMENTS)
def handover(request: Request, reference: str) -> HttpResponse:
    """What the one who takes over must know, and what is left without anybody."""
    viewer = request.viewer
    appointment = get_object_or_404(appointments(viewer=viewer, to=Permission.READ_HANDOVER), reference=reference)
    context = {
        "appointment": appointment,
        "handover": handed_over(appointment, viewer=viewer),
        "may_complete": may(viewer, Permission.COMPLETE_HANDOVER, appointment),
        "may_add": may(viewer, Permission.ADD_HANDOVER, appointment),
        "may_propose": viewer.may(Permission.PROPOSE),
        "form": HandoverItemForm(viewer=viewer),
        "trail": [Link(label=f"{appointment.holder}, {appointment.function.name}", url=url_of(appointment))],
        "help_page": "min-dag",
    }
    return render(request, "overview/handover.html", context)
