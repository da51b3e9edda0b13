from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "varn.mechanisms.door"
    label = "door"
