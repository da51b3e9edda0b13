from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "varn.areas.decisions"
    label = "decisions"
