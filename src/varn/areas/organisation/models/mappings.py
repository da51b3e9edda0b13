from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q

from varn.areas.organisation.models.appointments import Appointment
from varn.areas.organisation.models.people import Function, Person
from varn.areas.organisation.models.units import Unit
from varn.areas.organisation.permissions import Permission
from varn.mechanisms.access.querysets import ChildQuerySet, ScopedQuerySet
from varn.mechanisms.access.viewer import Viewer


class GroupMappingQuerySet(ScopedQuerySet):
    """What a group gives is seen by those whose scope holds the unit, and by those who run the installation."""

    read = Permission.READ_GROUP_MAPPINGS

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The rows this reader may see, or, with `to`, those they may do that with."""
        return self if (to or self.read) in viewer.general else super().visible_to(viewer, to)

    def standing(self) -> Self:
        """What holds now."""
        return self.filter(ended_at=None)


class GroupMapping(models.Model):
    """That whoever is in a group of the directory has a function in a unit: who decided it, on what ground, and where.

    `made_by` is the person who said so here: they get nothing by it themselves.
    """

    reference = models.CharField(max_length=20, unique=True)
    group = models.ForeignKey("directory.DirectoryGroup", on_delete=models.PROTECT, related_name="mappings")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    share = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal(1))
    decided_by = models.CharField(max_length=200)
    ground = models.CharField(max_length=400)
    case_number = models.CharField(max_length=100, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = GroupMappingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "function", "unit"],
                condition=Q(ended_at=None),
                name="group_mapping_is_said_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")), name="group_mapping_ends_after_it_is_made"
            ),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="group_mapping_share_is_of_full_time"),
        ]
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def state(self) -> str:
        """Whether it holds."""
        return "standing" if self.ended_at is None else "ended"


class GroupAppointmentQuerySet(ChildQuerySet):
    """Seen with its mapping."""

    parent = "mapping"

    def lasting(self) -> Self:
        """Those whose person is in the group still."""
        return self.filter(left_at=None)


class GroupAppointment(models.Model):
    """That an appointment was made because its person was in a group, until they left it. Made by hand is no such."""

    mapping = models.ForeignKey(GroupMapping, on_delete=models.PROTECT, related_name="given")
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="given_by_group")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects = GroupAppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mapping", "person"], condition=Q(left_at=None), name="group_appointment_lasts_once"
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.mapping_id}: {self.appointment_id}"
