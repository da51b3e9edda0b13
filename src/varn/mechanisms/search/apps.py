from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "varn.mechanisms.search"
    label = "search"
