from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "varn.mechanisms.web"
    label = "web"
