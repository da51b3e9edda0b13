from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from varn.mechanisms.access.models.guarded import Beside, BesideQuerySet


class Capacity(StrEnum):
    """As what somebody is named in a case."""

    ACCUSED = "accused"
    EXAMINED = "examined"


class Subject(Beside):
    """That a person is accused or examined in a case, from one moment until another (half-open).

    As long as it holds the case does not exist for the person, nor for anybody in their line of command.
    `person_id` is the number of the organisation's person; the mechanism asks the organisation about them.
    """

    person_id = models.BigIntegerField()
    capacity = models.CharField(max_length=20)
    ground = models.CharField(max_length=2000)
    until_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = BesideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__in=[capacity.value for capacity in Capacity]), name="subject_capacity_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")), name="subject_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "person_id", "capacity"],
                condition=Q(until_at=None),
                name="subject_is_recorded_once",
            ),
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="subject_by_record")]
        ordering = ["content_type", "object_id", "from_at", "pk"]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"

    @property
    def capacity_key(self) -> str:
        """The glossary's key for as what the person is named."""
        return f"access:capacity.{self.capacity}"
