from django.urls import URLPattern, path

from varn.areas.organisation.views import appointments, coverage, gaps, handover, people, structure, units

app_name = "organisation"

ONE = "appointments/<str:reference>/"

urlpatterns: list[URLPattern] = [
    path("coverage/", coverage.coverage, name="coverage"),
    path("gaps/", gaps.gap_list, name="gap-list"),
    path("units/", units.unit_list, name="unit-list"),
    path("units/tree/", units.unit_tree, name="unit-tree"),
    path("units/suggest/", units.unit_suggest, name="unit-suggest"),
    path("units/create/", units.unit_create, name="unit-create"),
    path("units/<int:pk>/", units.unit_detail, name="unit-detail"),
    path("units/<int:pk>/change/", units.unit_change, name="unit-change"),
    path("units/<int:pk>/rename/", units.unit_rename, name="unit-rename"),
    path("units/<int:pk>/move/", units.unit_move, name="unit-move"),
    path("units/<int:pk>/close/", units.unit_close, name="unit-close"),
    path("people/", people.person_list, name="person-list"),
    path("people/suggest/", units.person_suggest, name="person-suggest"),
    path("people/create/", people.person_create, name="person-create"),
    path("people/<int:pk>/", people.person_detail, name="person-detail"),
    path("people/<int:pk>/change/", people.person_change, name="person-change"),
    path("people/<int:pk>/leave/", people.person_leave, name="person-leave"),
    path("people/<int:pk>/link_account/", people.person_link_account, name="person-link_account"),
    path("functions/", structure.function_list, name="function-list"),
    path("functions/create/", structure.function_create, name="function-create"),
    path("functions/<int:pk>/", structure.function_detail, name="function-detail"),
    path("functions/<int:pk>/change/", structure.function_change, name="function-change"),
    path("requirements/", structure.requirement_list, name="requirement-list"),
    path("requirements/create/", structure.requirement_create, name="requirement-create"),
    path("requirements/<int:pk>/", structure.requirement_detail, name="requirement-detail"),
    path("requirements/<int:pk>/end/", structure.requirement_end, name="requirement-end"),
    path("offices/", structure.office_list, name="office-list"),
    path("offices/create/", structure.office_create, name="office-create"),
    path("offices/<int:pk>/", structure.office_detail, name="office-detail"),
    path("offices/<int:pk>/change/", structure.office_change, name="office-change"),
    path("appointments/", appointments.appointment_list, name="appointment-list"),
    path("appointments/propose/", appointments.appointment_propose, name="appointment-propose"),
    path(ONE, appointments.appointment_detail, name="appointment-detail"),
    path(f"{ONE}change/", appointments.appointment_change, name="appointment-change"),
    path(f"{ONE}correct_ground/", appointments.appointment_correct_ground, name="appointment-correct_ground"),
    path(f"{ONE}accept/", appointments.appointment_accept, name="appointment-accept"),
    path(f"{ONE}decline/", appointments.appointment_decline, name="appointment-decline"),
    path(f"{ONE}withdraw/", appointments.appointment_withdraw, name="appointment-withdraw"),
    path(f"{ONE}announce_ending/", appointments.appointment_announce_ending, name="appointment-announce_ending"),
    path(f"{ONE}end/", appointments.appointment_end, name="appointment-end"),
    path(f"{ONE}handover/add/", handover.handover_add, name="handover-add"),
    path(f"{ONE}handover/complete/", handover.handover_complete, name="handover-complete"),
]
