"""Pages of absence and deputies."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.organisation import actions, exports, forms, queries
from varn.areas.organisation.models import Appointment, Person, StandIn
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.views.tables import StandInFilter, StandInTable
from varn.kernel.calendar import last_day
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.links import url_of
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import form_page, sent, stored, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.moves import move_view
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import explanation, word

BOTH = ("GET", "HEAD", "POST")


@needs(Permission.READ_APPOINTMENTS)
def stand_in_list(request: Request) -> HttpResponse:
    """Who stands in for whom."""
    return list_page(
        request,
        queryset=queries.stand_ins(viewer=request.viewer),
        table=StandInTable,
        filterset=StandInFilter,
        columns=exports.STAND_INS,
        title=_("Deputies"),
        name="organisation:stand_ins",
        export_permission=Permission.EXPORT_APPOINTMENTS,
        empty=_("Those who stand in for somebody are shown here. A deputy is appointed on the page of an appointment."),
        context={"help_page": "organisation"},
    )


@needs(Permission.READ_APPOINTMENTS)
def stand_in_detail(request: Request, reference: str) -> HttpResponse:
    """One deputy: for whom, in what, and for how long."""
    one = get_object_or_404(queries.stand_ins(viewer=request.viewer), reference=reference)
    is_open = queries.is_open_to(one.appointment, viewer=request.viewer)
    context = detail_context(
        one,
        request=request,
        title=queries.deputising(one.deputy.name, one.appointment.person.name),
        facts=_facts(one, is_open=is_open),
        trail=trail_to(StandIn),
        help_page="organisation",
        pressing=(),
    )
    return render(request, "ui/detail.html", context)


@needs(Permission.APPOINT_STAND_IN, methods=BOTH)
def stand_in_appoint(request: Request, appointment: str) -> HttpResponse:
    """A deputy for the holder of an appointment."""
    mine = queries.appointments(viewer=request.viewer, to=Permission.APPOINT_STAND_IN)
    one = get_object_or_404(mine, reference=appointment)
    form = forms.StandInForm(request.POST or None, viewer=request.viewer, initial={"from_date": request.viewer.day})
    made = submitted(form, actions.appoint_stand_in, request, appointment=one)
    if made is not None:
        messages.success(request, _("%(deputy)s stands in through the last day.") % {"deputy": made.deputy})
        return redirect(url_of(made))
    return form_page(
        request,
        form=form,
        title=capfirst(word(Permission.APPOINT_STAND_IN)),
        lead=", ".join([str(one.holder), one.function.name, *one.unit_names]),
        back=url_of(one),
        trail=trail_to(Appointment, one),
        explanation=explanation(Permission.APPOINT_STAND_IN),
        help_page="organisation",
    )


@needs(Permission.REGISTER_ABSENCE, methods=BOTH)
def absence_register(request: Request, person: int) -> HttpResponse:
    """That a person is away."""
    who = get_object_or_404(queries.people(viewer=request.viewer), pk=person)
    if not queries.is_for_the_reader_to_register(who, viewer=request.viewer):
        raise Http404
    form = forms.AbsenceForm(request.POST or None, viewer=request.viewer, initial={"from_date": request.viewer.day})
    if submitted(form, actions.register_absence, request, person=who) is not None:
        messages.success(request, _("The absence is registered."))
        return redirect(url_of(who))
    return form_page(
        request,
        form=form,
        title=capfirst(word(Permission.REGISTER_ABSENCE)),
        lead=str(who),
        back=url_of(who),
        trail=trail_to(Person, who),
        explanation=explanation(Permission.REGISTER_ABSENCE),
        help_page="organisation",
    )


@needs(Permission.END_ABSENCE, methods=BOTH)
def absence_end(request: Request, pk: int) -> HttpResponse:
    """The last day of an absence, as it became."""
    one = get_object_or_404(queries.absences(viewer=request.viewer, to=Permission.END_ABSENCE), pk=pk)
    initial = stored(forms.AbsenceEndForm, one)
    form = forms.AbsenceEndForm(sent(request), viewer=request.viewer, initial=initial)
    if submitted(form, actions.end_absence, request, absence=one) is not None:
        messages.success(request, _("The absence has another last day."))
        return redirect(url_of(one.person))
    return form_page(
        request,
        form=form,
        title=capfirst(word(Permission.END_ABSENCE)),
        lead=str(one.person),
        back=url_of(one.person),
        trail=trail_to(Person, one.person),
        explanation=explanation(Permission.END_ABSENCE),
    )


def _end(one: StandIn, *, by: Viewer, at: datetime, reason: str) -> None:
    actions.end_stand_in(stand_in=one, reason=reason, by=by, at=at)


def _withdraw(one: StandIn, *, by: Viewer, at: datetime, reason: str) -> None:
    actions.withdraw_stand_in(stand_in=one, reason=reason, by=by, at=at)


def _told(one: StandIn) -> str:
    """Who, for whom, as what."""
    return ", ".join([queries.deputising(one.deputy.name, one.appointment.person.name), one.appointment.function.name])


stand_in_end = move_view(StandIn, "end", do=_end, tell=_told)
stand_in_withdraw = move_view(StandIn, "withdraw", do=_withdraw, tell=_told)


def _facts(one: StandIn, *, is_open: bool) -> list[Fact]:
    appointment = one.appointment
    return [
        Fact(label=_("Deputy"), value=one.deputy),
        Fact(label=_("Deputy for"), value=appointment.person),
        Fact(label=_("Function"), value=appointment.function.name, url=url_of(appointment.function)),
        Fact(label=_("Appointment"), value=appointment.reference, url=url_of(appointment) if is_open else ""),
        Fact(label=_("Units"), value=list(appointment.unit_names)),
        Fact(label=_("From"), value=one.from_date),
        Fact(label=_("Through"), value=last_day(one.until_date)),
    ]
