from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from varn.mechanisms.access.querysets import OpenQuerySet
from varn.mechanisms.directory.permissions import Permission

# Where a user or a group has been heard of: from the directory itself, or else the key of a sign-in provider.
SCIM = "scim"


class TokenQuerySet(OpenQuerySet["Token"]):
    """Tokens are seen by those who run the installation."""

    read = Permission.READ_DIRECTORY

    def working(self, at: datetime) -> Self:
        """The tokens that open the directory's door at this moment."""
        return self.filter(revoked_at=None, expires_at__gt=at)


class Token(models.Model):
    """What a directory shows to be let in. Only its digest is kept: the token itself is shown once, when it is made."""

    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="directory_token_expires_after_it_is_made"
            )
        ]
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def state_at(self, at: datetime) -> str:
        """Whether it works, has been revoked or has expired."""
        if self.revoked_at is not None:
            return "revoked"
        return "working" if self.expires_at > at else "expired"


class DirectoryUserQuerySet(OpenQuerySet["DirectoryUser"]):
    """What the directory says of people is seen by those who run the installation."""

    read = Permission.READ_DIRECTORY


class DirectoryUser(models.Model):
    """A person as the directory knows them. `employee_id` is the person's own in Värn.

    `resource` is what the directory said, in its own form; `closed_account`: it was the directory that closed the
    person's account, so that the directory may open it again.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    source = models.CharField(max_length=40)
    employee_id = models.CharField(max_length=40)
    user_key = models.CharField(max_length=200)
    external_id = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    department = models.CharField(max_length=200, blank=True)
    resource = models.JSONField(default=dict)
    closed_account = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = DirectoryUserQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "employee_id"], name="directory_user_is_one_person"),
            models.UniqueConstraint(fields=["source", "user_key"], name="directory_user_has_its_own_name"),
        ]
        indexes = [
            models.Index(fields=["employee_id"], name="directory_user_by_employee_id"),
            models.Index(fields=["source", "external_id"], name="directory_user_by_external_id"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.employee_id


class DirectoryGroupQuerySet(OpenQuerySet["DirectoryGroup"]):
    """Groups are seen by those who run the installation, and by those who say what a group gives."""

    read = Permission.READ_GROUPS

    def standing(self) -> Self:
        """The groups that the directory has not taken away."""
        return self.filter(removed_at=None)


class DirectoryGroup(models.Model):
    """A group of the directory, or one that a sign-in provider names. What it gives is said in the organisation.

    One that the directory has taken away stands empty, because the history names it.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    source = models.CharField(max_length=40)
    name = models.CharField(max_length=255)
    external_id = models.CharField(max_length=200, blank=True)
    members = models.ManyToManyField(DirectoryUser, through="Membership", related_name="groups")
    version = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = DirectoryGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "name"], condition=~Q(source=SCIM), name="directory_group_is_named_once"
            )
        ]
        indexes = [models.Index(fields=["source", "name"], name="directory_group_by_name")]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a person is in a group, as the directory last said."""

    group = models.ForeignKey(DirectoryGroup, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(DirectoryUser, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="membership_is_one")]
        ordering = ["group", "pk"]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.user_id}"
