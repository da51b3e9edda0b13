from django.urls import path

from varn.mechanisms.web import reports

app_name = "web"
urlpatterns = [path("csp/", reports.told, name="report")]
