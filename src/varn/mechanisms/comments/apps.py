from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "varn.mechanisms.comments"
    label = "comments"
