"""Pages of appointments and their hand-over."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.organisation import actions, exports, forms, queries
from varn.areas.organisation.forms.fields import label_of
from varn.areas.organisation.lifecycle import CHANGEABLE_STATES, AppointmentState
from varn.areas.organisation.models import Appointment
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.rules.appointing import FULL_TIME
from varn.areas.organisation.rules.handover import HandoverStatus, handover_status
from varn.areas.organisation.views.tables import AppointmentFilter, AppointmentTable
from varn.kernel.calendar import last_day
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import Request
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.links import Link, url_of, verb_url
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import form_page, stored, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.moves import move_view
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import explanation, part, word

BOTH = ("GET", "HEAD", "POST")


@needs(Permission.READ_APPOINTMENTS)
def appointment_list(request: Request) -> HttpResponse:
    """The appointments the reader may see."""
    propose = Link(label=_("Propose an appointment"), url=reverse("organisation:appointment-propose"), icon="plus")
    deputies = Link(label=_("Deputies"), url=reverse("organisation:stand_in-list"), icon="user-check", quiet=True)
    return list_page(
        request,
        queryset=queries.appointments_with_units(viewer=request.viewer),
        table=AppointmentTable,
        filterset=AppointmentFilter,
        columns=exports.APPOINTMENTS,
        title=_("Appointments"),
        name="organisation:appointments",
        export_permission=Permission.EXPORT_APPOINTMENTS,
        actions=[propose, deputies] if request.viewer.may(Permission.PROPOSE) else [deputies],
        empty=_("People appointed to a function in the security organisation are shown here."),
        context={"help_page": "organisation"},
    )


@needs(Permission.READ_APPOINTMENTS)
def appointment_detail(request: Request, reference: str) -> HttpResponse:
    """One appointment: who, where, when, what is handed over and from whom."""
    one = _found(request, reference)
    context = detail_context(
        one,
        request=request,
        title=f"{one.holder}, {one.function.name}",
        facts=[*_answerers(one, request.viewer), *_facts(one)],
        trail=trail_to(Appointment),
        actions=_verbs(one, request),
        help_page="organisation",
        pressing=("accept",),
    )
    if queries.is_proposed_by(one, viewer=request.viewer):
        context["moves"] = [button for button in context["moves"] if button.name != "decline"]
    handover = _handover(one, request)
    if handover["is_next"]:
        open_it = Link(label=_("Open the hand-over"), url=handover["handover_url"], icon="list-check", primary=True)
        context["actions"] = [open_it, *context["actions"]]
    context["placements"] = queries.placements_of(one, viewer=request.viewer)
    context["stand_ins"] = queries.stand_ins_of(one, viewer=request.viewer)
    context["predecessors"] = queries.predecessors_of(one, viewer=request.viewer)
    return render(request, "organisation/appointment.html", context | handover)


@needs(Permission.PROPOSE, methods=BOTH)
def appointment_propose(request: Request) -> HttpResponse:
    """A new appointment."""
    initial = {"from_date": request.viewer.day, "share": FULL_TIME} | _asked_for(request)
    form = forms.ProposeForm(request.POST or None, viewer=request.viewer, initial=initial)
    one = submitted(form, actions.propose_appointment, request)
    if one is not None:
        messages.success(request, _("The appointment is proposed and waits for a manager to accept it."))
        return redirect(url_of(one))
    return form_page(
        request,
        form=form,
        title=_("Propose an appointment"),
        back=reverse("organisation:appointment-list"),
        submit=capfirst(word(Permission.PROPOSE)),
        help_page="organisation",
        trail=trail_to(Appointment),
    )


@needs(Permission.CHANGE_APPOINTMENT, methods=BOTH)
def appointment_change(request: Request, reference: str) -> HttpResponse:
    """Another place, share, deputy or period, from a day."""
    one = _found(request, reference, Permission.CHANGE_APPOINTMENT)
    day = max(request.viewer.day, one.from_date)
    placements = queries.placements_of(one, viewer=request.viewer).on(day)
    initial = stored(forms.ChangeForm, one, units=lambda: [row.unit for row in placements]) | {"effective_date": day}
    form = forms.ChangeForm(request.POST or None, viewer=request.viewer, initial=initial)
    if submitted(form, actions.change_appointment, request, appointment=one) is not None:
        messages.success(request, _("The appointment is changed."))
        return redirect(url_of(one))
    return form_page(
        request,
        form=form,
        title=capfirst(word(Permission.CHANGE_APPOINTMENT)),
        lead=_told(one),
        back=url_of(one),
        trail=trail_to(Appointment, one),
        explanation=explanation(Permission.CHANGE_APPOINTMENT),
    )


@needs(Permission.CORRECT_GROUND, methods=BOTH)
def appointment_correct_ground(request: Request, reference: str) -> HttpResponse:
    """Who appointed, and who supplies the person under which agreement, as it should have been written."""
    one = _found(request, reference, Permission.CORRECT_GROUND)
    initial = stored(forms.GroundForm, one)
    form = forms.GroundForm(request.POST or None, viewer=request.viewer, initial=initial)
    if submitted(form, actions.correct_ground, request, appointment=one) is not None:
        messages.success(request, _("The basis of the appointment is corrected."))
        return redirect(url_of(one))
    return form_page(
        request,
        form=form,
        title=capfirst(word(Permission.CORRECT_GROUND)),
        lead=_told(one),
        back=url_of(one),
        trail=trail_to(Appointment, one),
        explanation=explanation(Permission.CORRECT_GROUND),
    )


def _accept(one: Appointment, *, by: Viewer, at: datetime, reason: str) -> None:
    actions.accept_appointment(appointment=one, reason=reason, by=by, at=at)


def _announce(one: Appointment, *, by: Viewer, at: datetime, reason: str, until_date: date) -> None:
    actions.announce_ending(appointment=one, until_date=until_date, reason=reason, by=by, at=at)


def _told(one: Appointment) -> str:
    """Who, as what, and where."""
    return ", ".join([str(one.holder), one.function.name, *one.unit_names])


appointment_accept = move_view(Appointment, "accept", do=_accept, tell=_told)
appointment_decline = move_view(Appointment, "decline", tell=_told)
appointment_withdraw = move_view(Appointment, "withdraw", tell=_told)
appointment_announce_ending = move_view(Appointment, "announce_ending", do=_announce, form=forms.EndingForm, tell=_told)
appointment_end = move_view(Appointment, "end", tell=_told)


def _found(request: Request, reference: str, to: str | None = None) -> Appointment:
    return get_object_or_404(queries.appointments(viewer=request.viewer, to=to), reference=reference)


def _answerers(one: Appointment, viewer: Viewer) -> list[Fact]:
    """Who may accept a proposal."""
    if one.state != AppointmentState.PROPOSED:
        return []
    names = queries.answerers_of(one, viewer=viewer)
    return [
        Fact(label=_("Waits for an answer by"), value=names or _("nobody in these units; another manager is needed"))
    ]


def _facts(one: Appointment) -> list[Fact]:
    tier = capfirst(word(f"tier.{one.function.tier}")) if one.function.tier else ""
    return [
        Fact(label=_("Holder"), value=one.holder, url=url_of(one.holder)),
        Fact(label=_("Function"), value=one.function.name, url=url_of(one.function), note=tier),
        Fact(label=_("From"), value=one.from_date),
        Fact(label=_("Through"), value=last_day(one.until_date)),
        Fact(label=_("Share of full time"), value=part(one.share)),
        Fact(label=_("Deputy"), value=one.deputy),
        Fact(label=_("Appointed by"), value=one.appointed_by),
        Fact(label=_("Supplied by"), value=one.employer, url=url_of(one.employer) if one.employer else ""),
        Fact(label=_("Agreement"), value=one.agreement),
    ]


def _verbs(one: Appointment, request: Request) -> list[Link]:
    permissions = (Permission.CHANGE_APPOINTMENT,) if one.state in CHANGEABLE_STATES else ()
    return [*_deputising(one, request), *_changing(one, permissions, request)]


def _deputising(one: Appointment, request: Request) -> list[Link]:
    """The way to a deputy, where somebody is appointed who can have one."""
    stands = one.person is not None and one.state in CHANGEABLE_STATES and one.state != AppointmentState.PROPOSED
    if not stands or not may(request.viewer, Permission.APPOINT_STAND_IN, one):
        return []
    url = reverse("organisation:stand_in-appoint", args=[one.reference])
    return [Link(label=capfirst(word(Permission.APPOINT_STAND_IN)), url=url, icon="user-plus")]


def _changing(one: Appointment, permissions: tuple[Permission, ...], request: Request) -> list[Link]:
    return [
        Link(label=capfirst(word(permission)), url=verb_url(one, permission.rpartition(":")[2]), icon="pencil")
        for permission in (*permissions, Permission.CORRECT_GROUND)
        if may(request.viewer, permission, one)
    ]


def _handover(one: Appointment, request: Request) -> dict[str, Any]:
    """How far the hand-over has come, the way to it for those who may read it, and whether it is what comes next."""
    done = [item.done_at is not None for item in queries.handover_of(one, viewer=request.viewer)]
    status, opens = handover_status(done), may(request.viewer, Permission.READ_HANDOVER, one)
    return {
        "items": done,
        "items_done": sum(done),
        "handover": f"organisation:handover.{status}",
        "handover_url": reverse("overview:handover", args=[one.reference]) if opens else "",
        "is_next": opens and one.state == AppointmentState.ENDING and status is not HandoverStatus.COMPLETE,
    }


def _asked_for(request: Request) -> dict[str, object]:
    """A gap leads here with its unit and function already named."""
    found: dict[str, object] = {}
    unit = queries.unit_coded(request.GET.get("unit", ""), viewer=request.viewer)
    function = queries.function_called(request.GET.get("function", ""), viewer=request.viewer)
    if unit:
        found["units"] = [label_of(unit, "code")]
    if function:
        found["function"] = function.pk
    return found
