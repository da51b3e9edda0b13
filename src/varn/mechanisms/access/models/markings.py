from django.conf import settings
from django.db import models
from django.db.models import F, Q

from varn.kernel.levels import Level
from varn.mechanisms.access.models.compartments import Compartment
from varn.mechanisms.access.models.guarded import Beside, BesideQuerySet


class MarkingQuerySet(BesideQuerySet):
    """How sensitive records are, and in which compartment they lie. Few: a record without one is internal."""

    def restricting(self) -> "MarkingQuerySet":
        """Those that close a record to somebody: above internal, or in a compartment."""
        return self.filter(Q(level__gte=Level.SENSITIVE) | Q(compartment__isnull=False))


class Marking(Beside):
    """How sensitive a record is and in which compartment it lies, on what ground, from one moment until another.

    What has no marking is internal. What is sealed lies in a compartment. One marking holds at a time: a change ends
    the one before, so that who could see the record at any moment can always be told.
    """

    level = models.PositiveSmallIntegerField(default=Level.INTERNAL)
    compartment = models.ForeignKey(
        Compartment, on_delete=models.PROTECT, null=True, blank=True, related_name="markings"
    )
    ground = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=2000, blank=True)
    until_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = MarkingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in Level]), name="marking_level_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(level=Level.SEALED.value) | Q(compartment__isnull=False),
                name="marking_sealed_lies_in_a_compartment",
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")), name="marking_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id"], condition=Q(until_at=None), name="marking_holds_one_at_a_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["content_type", "object_id", "until_at"],
                condition=Q(level__gte=Level.SENSITIVE.value) | Q(compartment__isnull=False),
                name="marking_that_restricts",
            ),
        ]
        ordering = ["content_type", "object_id", "from_at", "pk"]

    def __str__(self) -> str:
        return Level(self.level).key
