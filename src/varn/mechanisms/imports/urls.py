from django.urls import path

from varn.mechanisms.access.doors import fresh
from varn.mechanisms.imports import views
from varn.mechanisms.imports.models import Run
from varn.mechanisms.ui.moves import move_view

app_name = "imports"
urlpatterns = [
    path("", views.run_list, name="run-list"),
    path("new/<slug:kind>/", views.run_check, name="run-check"),
    path("example/<slug:kind>/<slug:file_format>/", views.example, name="example"),
    path("<str:reference>/", views.run_detail, name="run-detail"),
    path("<str:reference>/apply/", fresh(move_view(Run, "apply", do=views.apply)), name="run-apply"),
    path("<str:reference>/discard/", move_view(Run, "discard", do=views.discard), name="run-discard"),
]
