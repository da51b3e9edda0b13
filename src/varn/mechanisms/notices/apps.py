from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "varn.mechanisms.notices"
    label = "notices"
