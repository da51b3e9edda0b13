from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from varn.mechanisms.access.viewer import Viewer


class TokenQuerySet(models.QuerySet["Token"]):
    """Tokens are their owner's."""

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The reader's own."""
        if viewer.is_system:
            return self
        return self.filter(account=viewer.account_id) if viewer.account_id else self.none()

    def open(self, at: datetime) -> Self:
        """Those that are valid at this moment, and whose account is open."""
        return self.filter(revoked_at=None, expires_at__gt=at, account__is_active=True)


class Token(models.Model):
    """A key with which a program takes out lists in its owner's name, until it expires.

    `key` is a hash: the token itself was shown once. `prefix` is its beginning, by which its owner knows it again.
    `assurance` is how surely its owner was known when it was made; it opens no more than that.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=8)
    key = models.CharField(max_length=64, unique=True)
    assurance = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_expires_after_it_is_made")
        ]
        indexes = [models.Index(fields=["account", "-created_at", "-id"], name="token_newest_first")]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name
