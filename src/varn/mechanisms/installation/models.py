from django.db import models
from django.db.models import Q

from varn.mechanisms.access.querysets import OpenQuerySet
from varn.mechanisms.installation.permissions import Permission


class SettingQuerySet(OpenQuerySet["Setting"]):
    """The settings of the installation are the administrator's."""

    read = Permission.READ_SETTINGS


class Setting(models.Model):
    """What the municipality has chosen for its installation. There is one row.

    `reminders` maps a local rule of the lawbook to the municipality's own number of days.
    """

    municipality = models.CharField(max_length=120)
    accent = models.CharField(max_length=7)
    accent_dark = models.CharField(max_length=7, blank=True)
    mail_sender = models.EmailField(blank=True)
    reply_to = models.EmailField(blank=True)
    reminders = models.JSONField(default=dict)
    is_ready = models.BooleanField(default=False)

    objects = SettingQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="setting_is_one_row")]

    def __str__(self) -> str:
        return self.municipality
