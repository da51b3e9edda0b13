from django.urls import path

from varn.overview.views import first_run, handover, my_day, picture, trying

app_name = "overview"

urlpatterns = [
    path("", my_day.start, name="start"),
    path("my-day/", my_day.my_day, name="my-day"),
    path("picture/", picture.picture, name="picture"),
    path("picture/<slug:panel>.csv", picture.picture_csv, name="picture-export"),
    path("handover/<str:reference>/", handover.handover, name="handover"),
    path("try/", trying.trying, name="try"),
    path("first-run/", first_run.first_run, name="first_run"),
    path("first-run/code/", first_run.code, name="first_run-code"),
    path("first-run/municipality/", first_run.municipality, name="first_run-municipality"),
    path("first-run/administrator/", first_run.administrator, name="first_run-administrator"),
    path("first-run/factor/", first_run.factor, name="first_run-factor"),
    path("first-run/factor/code_app/", first_run.code_app, name="first_run-code_app"),
    path("first-run/imports/", first_run.imports, name="first_run-imports"),
    path("first-run/levels/", first_run.levels, name="first_run-levels"),
    path("first-run/requirements/", first_run.required, name="first_run-requirements"),
    path("first-run/gaps/", first_run.gap_list, name="first_run-gaps"),
    path("first-run/finish/", first_run.finish, name="first_run-finish"),
]
