from django.urls import path

from varn.mechanisms.attachments import views

app_name = "attachments"
urlpatterns = [path("<int:pk>/", views.attachment_download, name="attachment-download")]
