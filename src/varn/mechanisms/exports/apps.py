from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "varn.mechanisms.exports"
    label = "exports"
