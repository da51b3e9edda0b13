from datetime import date
from typing import ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.rules import Rank, may_close
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.guards import Guard
from varn.mechanisms.access.querysets import OpenQuerySet, ScopedQuerySet, closed_to, units_within
from varn.mechanisms.access.viewer import Viewer


class BodyQuerySet(OpenQuerySet):
    """Which bodies a municipality has is public; what is done for a body is done within its unit."""

    read = Permission.READ_BODIES
    unit_path = "unit"

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """All bodies, or, with `to`, those whose unit the reader holds that permission in."""
        if to is None or to == self.read:
            return super().visible_to(viewer)
        scopes = viewer.scopes_for(to)
        if viewer.is_system or any(scope.everything for scope in scopes):
            return self
        if not scopes:
            return self.none()
        return self.filter(**{f"{self.unit_path}__in": units_within(scopes, viewer)})

    def ruling_over(self, giver: "Body") -> Self:
        """The bodies that may close what this one assigned: itself and the higher ones, as `Body.may_close` has it."""
        return self.filter(Q(pk=giver.pk) | Q(rank__gt=giver.rank))

    def ruled_by(self, closer: "Body") -> Self:
        """The bodies whose assignments this one may close: itself and the lower ones, as `Body.may_close` has it."""
        return self.filter(Q(pk=closer.pk) | Q(rank__lt=closer.rank))

    def deciding(self, day: date) -> Self:
        """The bodies that still decide on this day, also those that are to cease later."""
        return self.filter(Q(until_date=None) | Q(until_date__gt=day))


class MeetingQuerySet(BodyQuerySet):
    """When a body meets is as public as the body."""

    unit_path = "body__unit"


class Body(models.Model):
    """Someone who decides: the council, the executive board, a committee, its sub-committee, or an official."""

    takes_notes: ClassVar[bool] = True

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=20, blank=True)
    rank = models.PositiveSmallIntegerField(choices=[(rank.value, rank.name.lower()) for rank in Rank])
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="bodies")
    until_date = models.DateField(null=True, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rank__in=[rank.value for rank in Rank]), name="body_rank_is_known"),
        ]
        ordering = ["-rank", "name"]

    def __str__(self) -> str:
        return self.name

    def may_close(self, giver: "Body") -> Refusal | None:
        """`None` if this body may close what the other one assigned, being the same or a higher one."""
        return may_close(giver=giver.rank, closer=self.rank, same_body=giver.pk == self.pk)


class Meeting(models.Model):
    """One day on which a body decided."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    date = models.DateField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "date"], name="meeting_is_one_per_body_and_day")]
        ordering = ["-date", "body", "pk"]

    def __str__(self) -> str:
        return f"{self.body} {self.date}"


class ReadingQuerySet(ScopedQuerySet):
    """Minutes being read are seen by those who may register decisions in the unit of the one who brought them.

    They hold the text of each decision that was registered from them: where one of these is closed, so are they.
    """

    read = Permission.READ_READINGS
    guards = (Guard(label="decisions.Decision", key="decisions"),)

    def open_to(self, viewer: Viewer) -> list[Q]:
        """No decision that was registered from the minutes is closed to the reader."""
        decisions = apps.get_model("decisions", "Decision").objects.filter(reading__isnull=False)
        return [~Q(pk__in=rows.order_by().values("reading")) for rows in closed_to(viewer, decisions)]

    def done_within(self, viewer: Viewer, to: str | None) -> list[Q]:
        """What is done to the minutes is done by whoever sees all that came of them."""
        return []

    def in_units(self, units: QuerySet) -> Q:
        """The reading was brought into one of these units."""
        return Q(unit__in=units)


class Reading(models.Model):
    """Minutes as the reader understood them, waiting for a person to confirm. Nothing is decided by it.

    `paragraphs` is what the reader gave, one object per §; the corrections of the person go into the decision. `name`
    is what people call them: the body, the day and the §, as far as the text says.
    """

    reference = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="readings")
    file_name = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    paragraphs = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    discarded_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "sha256"], condition=Q(discarded_at=None), name="reading_is_kept_once_per_unit"
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], condition=Q(discarded_at=None), name="reading_newest_first"),
        ]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.reference
