from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "varn.mechanisms.jobs"
    label = "jobs"
