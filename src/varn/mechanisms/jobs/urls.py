from django.urls import path

from varn.mechanisms.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="run-list"),
    path("<str:name>/", views.job_detail, name="job-detail"),
    path("<str:name>/start/", views.job_start, name="run-start"),
]
