from django.apps import AppConfig


class MovesConfig(AppConfig):
    name = "varn.mechanisms.moves"
    label = "moves"
