from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "varn.mechanisms.attachments"
    label = "attachments"
