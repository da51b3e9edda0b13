from django.apps import AppConfig


class ReferencesConfig(AppConfig):
    name = "varn.mechanisms.references"
    label = "references"
