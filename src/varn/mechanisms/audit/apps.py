from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "varn.mechanisms.audit"
    label = "audit"
