from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from varn.mechanisms.access.models.guarded import Beside, BesideQuerySet


class ShareQuerySet(BesideQuerySet):
    """What opens a record to somebody whose scope does not hold it."""

    def holding(self, at: datetime) -> Self:
        """What holds at the moment: begun, not yet over, and not taken back."""
        return self.filter(Q(taken_back_at=None) | Q(taken_back_at__gt=at), from_at__lte=at, until_at__gt=at)


class Share(Beside):
    """That a unit or a person outside a record's own units may read it, on what ground, until a moment at the latest.

    It opens reading, and only past the border of the units: level, compartment and conflict still hold. `unit_id` and
    `person_id` are numbers of the organisation's; `warned_at` is when whoever gave it was told that it runs out.
    """

    unit_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    ground = models.CharField(max_length=2000)
    until_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit_id=None, person_id__isnull=False) | Q(unit_id__isnull=False, person_id=None),
                name="share_is_with_a_unit_or_a_person",
            ),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="share_is_not_empty"),
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="share_by_record"),
            models.Index(fields=["content_type", "until_at"], name="share_by_end"),
        ]
        ordering = ["content_type", "object_id", "from_at", "pk"]

    @property
    def last_date(self) -> date:
        """The last day of the share."""
        return timezone.localdate(self.until_at - timedelta(seconds=1))

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"
