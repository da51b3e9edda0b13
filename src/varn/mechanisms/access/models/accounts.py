from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from varn.mechanisms.access.permissions import Permission


class AccountQuerySet(models.QuerySet["Account"]):
    """Accounts are read by those who run the installation."""

    def visible_to(self, viewer: Any, to: str | None = None) -> Self:
        """All accounts, or, with `to`, all of them if the reader holds that permission; none for others."""
        return self if viewer.may(to or Permission.READ_ACCOUNTS) else self.none()


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its address in any case of letters."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=(username or "").strip())

    def get_queryset(self) -> AccountQuerySet:
        return AccountQuerySet(self.model, using=self._db)

    def visible_to(self, viewer: Any, to: str | None = None) -> AccountQuerySet:
        """As of the queryset."""
        return self.get_queryset().visible_to(viewer, to)


class Account(AbstractBaseUser):
    """A way in for one person. It opens nothing by itself: rights come from the person's appointments.

    The one exception is `is_administrator`, which runs the installation and opens no area's content.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, blank=True)
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_in_any_case_is_unique")]
        indexes = [models.Index(fields=["name", "id"], name="account_by_name")]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
