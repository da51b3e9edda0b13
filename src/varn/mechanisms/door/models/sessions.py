from datetime import datetime
from enum import StrEnum
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.door.permissions import Permission


class Ending(StrEnum):
    """Why a session is over."""

    IDLE = "idle"
    LONGEST = "longest"
    ELSEWHERE = "elsewhere"
    OWNER = "owner"
    ADMINISTRATOR = "administrator"
    ACCOUNT = "account"


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions are their owner's to see, and to end; whoever ends those of others sees them too."""

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The reader's own, or all for those who may end sessions."""
        if viewer.is_system or viewer.may(Permission.END_SESSIONS):
            return self
        return self.filter(account=viewer.account_id) if viewer.account_id else self.none()

    def open(self, at: datetime) -> Self:
        """Those that are not over at this moment and in which somebody has signed in."""
        return self.filter(account__isnull=False, ended_at=None, idle_until__gt=at, ends_at__gt=at)


class Session(models.Model):
    """One session of a browser. `key` is a hash of what the browser holds, and `sealed` what that alone opens.

    Of the browser only its kind is kept, and nothing of where it is. `assurance` and `way` are how surely and how its
    account showed who it is; they are told here, and what holds is in what is sealed.
    """

    key = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions")
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    idle_until = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=20, blank=True)
    way = models.CharField(max_length=20, blank=True)
    assurance = models.PositiveSmallIntegerField(default=0)
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | Q(ended_at__isnull=False) & ~Q(ended_by=""),
                name="session_ends_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "begun_at", "id"], name="session_by_account"),
            models.Index(fields=["idle_until"], name="session_by_end"),
        ]
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.browser or '?'}, {self.system or '?'}"
