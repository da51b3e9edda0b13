from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "varn.mechanisms.approvals"
    label = "approvals"
