from django.db import models
from django.db.models import Q

from varn.areas.organisation.models.appointments import Appointment
from varn.mechanisms.access.querysets import ChildQuerySet


class HandoverItemQuerySet(ChildQuerySet):
    """Seen with its appointment."""

    parent = "appointment"


class HandoverItem(models.Model):
    """One thing to hand over before an appointment ends, and when it was done.

    A standard item has the key of its words (handover.toml); one that somebody added has its own text.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="handover")
    key = models.SlugField(max_length=60, blank=True)
    text = models.CharField(max_length=400, blank=True)
    position = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)

    objects = HandoverItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(key="") ^ Q(text=""), name="handover_item_has_a_key_or_a_text"),
            models.UniqueConstraint(
                fields=["appointment", "key"], condition=~Q(key=""), name="handover_item_is_listed_once"
            ),
        ]
        ordering = ["appointment", "position", "pk"]

    def __str__(self) -> str:
        return self.text or self.key
