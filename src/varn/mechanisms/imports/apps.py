from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "varn.mechanisms.imports"
    label = "imports"
