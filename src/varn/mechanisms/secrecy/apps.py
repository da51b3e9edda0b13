from django.apps import AppConfig


class SecrecyConfig(AppConfig):
    name = "varn.mechanisms.secrecy"
    label = "secrecy"
