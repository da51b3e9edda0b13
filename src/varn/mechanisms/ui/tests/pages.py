"""Pages for the tests as an area would write them: one list, one detail page, and the moves of an appointment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import include, path
from django_tables2 import Column

from varn.areas.organisation.lifecycle import APPOINTMENT
from varn.areas.organisation.models import Appointment
from varn.areas.organisation.permissions import Permission
from varn.mechanisms.access.doors import needs
from varn.mechanisms.exports.columns import Column as Exported
from varn.mechanisms.links import Link
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.filters import DayFilter, FilterSet, StateFilter, TextFilter
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.moves import move_view
from varn.mechanisms.ui.tables import DayColumn, LastDayColumn, NumberColumn, StateColumn, Table, ThingColumn


class AppointmentTable(Table):
    """Appointments as an area would show them."""

    reference = ThingColumn()
    appointed_by = Column()
    from_date = DayColumn()
    until_date = LastDayColumn()
    share = NumberColumn()
    state = StateColumn()

    class Meta(Table.Meta):
        model = Appointment
        fields = ("reference", "appointed_by", "from_date", "until_date", "share", "state")
        shown = ("reference", "from_date", "until_date", "state")
        order_by = "-from_date"


class AppointmentFilter(FilterSet):
    """By words, state and day."""

    q = TextFilter(fields=("reference", "appointed_by"))
    state = StateFilter(APPOINTMENT)
    from_date = DayFilter()

    class Meta:
        model = Appointment
        fields = ()


@needs(Permission.READ_APPOINTMENTS)
def appointment_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=Appointment.objects.visible_to(request.viewer),
        table=AppointmentTable,
        filterset=AppointmentFilter,
        columns=(Exported("Reference", lambda row: row.reference), Exported("By", lambda row: row.appointed_by)),
        title="Appointments",
        name="organisation:appointments",
        export_permission=Permission.EXPORT_APPOINTMENTS,
        first_step=Link(label="Propose", url="/propose/"),
        empty="Here stand the appointments.",
    )


@needs(Permission.READ_APPOINTMENTS)
def appointment_detail(request: HttpRequest, reference: str) -> HttpResponse:
    thing = get_object_or_404(Appointment.objects.visible_to(request.viewer), reference=reference)
    facts = [Fact(label="Share", value=thing.share), Fact(label="By", value=thing.appointed_by)]
    return render(request, "ui/detail.html", detail_context(thing, request=request, facts=facts))


organisation = [
    path("appointments/", appointment_list, name="appointment-list"),
    path("appointments/<str:reference>/", appointment_detail, name="appointment-detail"),
    path("appointments/<str:reference>/accept/", move_view(Appointment, "accept"), name="appointment-accept"),
    path("appointments/<str:reference>/decline/", move_view(Appointment, "decline"), name="appointment-decline"),
    path("appointments/<str:reference>/withdraw/", move_view(Appointment, "withdraw"), name="appointment-withdraw"),
    path(
        "appointments/<str:reference>/announce_ending/",
        move_view(Appointment, "announce_ending"),
        name="appointment-announce_ending",
    ),
    path("appointments/<str:reference>/end/", move_view(Appointment, "end"), name="appointment-end"),
]

urlpatterns = [
    path("", include("varn.mechanisms.ui.urls")),
    path("", include("varn.mechanisms.door.urls")),
    path("organisation/", include((organisation, "organisation"))),
]
handler403 = "varn.mechanisms.ui.views.errors.forbidden"
handler404 = "varn.mechanisms.ui.views.errors.not_found"
