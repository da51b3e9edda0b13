from typing import Self

from django.conf import settings
from django.db import models

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.door.permissions import Permission


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    """Whoever may seal a break-glass account sees which there are."""

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """All of them, or none."""
        return self if viewer.may(to or Permission.SEAL_BREAK_GLASS) else self.none()


class BreakGlass(models.Model):
    """An account for when nobody comes in otherwise. Its password lies sealed; `used_at` is when the seal was broken.

    `entered_for` is why it was entered the last time.
    """

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="break_glass")
    sealed_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    entered_for = models.TextField(blank=True)

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        ordering = ["account__name", "pk"]

    def __str__(self) -> str:
        return str(self.account)
