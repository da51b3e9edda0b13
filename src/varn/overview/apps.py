from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "varn.overview"
    label = "overview"
