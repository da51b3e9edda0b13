from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "varn.mechanisms.ui"
    label = "ui"
