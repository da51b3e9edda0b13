from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "varn.mechanisms.directory"
    label = "directory"
