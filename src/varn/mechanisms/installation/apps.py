from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "varn.mechanisms.installation"
    label = "installation"
