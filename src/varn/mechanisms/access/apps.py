from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "varn.mechanisms.access"
    label = "access"
