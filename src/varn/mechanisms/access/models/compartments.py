from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from varn.mechanisms.access.permissions import Permission


class CompartmentKind(StrEnum):
    """What a compartment is for."""

    WHISTLE = "whistle"
    BACKGROUND = "background"
    IRREGULARITY = "irregularity"
    INCIDENT = "incident"
    CLASSIFIED = "classified"
    OTHER = "other"


class MembershipRole(StrEnum):
    """What a member does there: reads, handles what lies in it, or answers for it and for who its members are."""

    READ = "read"
    HANDLE = "handle"
    RESPONSIBLE = "responsible"


# What is done in a compartment by whom of its members; to see it every one of them is enough.
DONE_BY: dict[str, tuple[MembershipRole, ...]] = {
    Permission.PLACE: (MembershipRole.HANDLE, MembershipRole.RESPONSIBLE),
    Permission.CHANGE_COMPARTMENT: (MembershipRole.RESPONSIBLE,),
    Permission.GRANT_MEMBERSHIP: (MembershipRole.RESPONSIBLE,),
    Permission.END_MEMBERSHIP: (MembershipRole.RESPONSIBLE,),
}


class CompartmentQuerySet(models.QuerySet["Compartment"]):
    """A compartment exists for its members alone: neither rank nor running the installation opens it."""

    def visible_to(self, viewer: Any, to: str | None = None) -> Self:
        """The compartments whose member the reader is, or, with `to`, where their part in it is to do that."""
        if viewer.is_system:
            return self
        if not viewer.may(to or Permission.READ_COMPARTMENTS):
            return self.none()
        roles = DONE_BY.get(to or "", tuple(MembershipRole))
        mine = Membership.objects.holding(viewer.at).filter(account=viewer.account_id, role__in=roles)
        return self.filter(pk__in=mine.values("compartment"))


class Compartment(models.Model):
    """A closed room for records: only its members see what lies in it, whatever else they may."""

    takes_notes: ClassVar[bool] = False

    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    purpose = models.CharField(max_length=1000)
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = CompartmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in CompartmentKind]), name="compartment_kind_is_known"
            ),
        ]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_key(self) -> str:
        """The glossary's key for what it is for."""
        return f"access:compartment_kind.{self.kind}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who is and was a member of a compartment: seen by its members."""

    def visible_to(self, viewer: Any, to: str | None = None) -> Self:
        """The memberships of the compartments that the reader may see, or, with `to`, may do that with."""
        return self.filter(compartment__in=Compartment.objects.visible_to(viewer, to))

    def holding(self, at: datetime) -> Self:
        """Those that hold at the moment: begun, not yet over and not ended."""
        over = Q(until_at=None) | Q(until_at__gt=at)
        return self.filter(over, Q(ended_at=None) | Q(ended_at__gt=at), from_at__lte=at)


class Membership(models.Model):
    """That somebody is a member of a compartment, by the three grounds for needing to know (all dated and decided).

    They are trusted, they have the knowledge, and they need it for their work. It begins and ends at a moment;
    `until_at` is the end that was set beforehand, `ended_at` when somebody ended it. Who approved it is in the request.
    """

    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="memberships")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20)
    trusted_date = models.DateField()
    trusted_by = models.CharField(max_length=200)
    knowledgeable_date = models.DateField()
    knowledgeable_by = models.CharField(max_length=200)
    needed_date = models.DateField()
    needed_by = models.CharField(max_length=200)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=2000, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in MembershipRole]), name="membership_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")), name="membership_is_not_empty"
            ),
            models.UniqueConstraint(
                fields=["compartment", "account"], condition=Q(ended_at=None), name="membership_is_one_each"
            ),
        ]
        indexes = [models.Index(fields=["account", "compartment"], name="membership_by_account")]
        ordering = ["compartment", "from_at", "pk"]

    def __str__(self) -> str:
        return str(self.account)

    @property
    def last_date(self) -> date | None:
        """The last day that was set beforehand, or the day when somebody ended it; `None` while neither is known."""
        if self.ended_at is not None:
            return timezone.localdate(self.ended_at)
        return timezone.localdate(self.until_at - timedelta(seconds=1)) if self.until_at else None

    @property
    def role_key(self) -> str:
        """The glossary's key for the member's part."""
        return f"access:membership_role.{self.role}"
