from django.urls import path

from varn.mechanisms.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="notice-list"),
    path("read/", views.notice_read_all, name="notice-read-all"),
    path("<int:pk>/open/", views.notice_open, name="notice-open"),
    path("mail/", views.mail_list, name="mail-list"),
    path("mail/<int:pk>/retry/", views.mail_retry, name="mail-retry"),
]
