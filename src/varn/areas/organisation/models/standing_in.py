from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from varn.areas.organisation.lifecycle import STAND_IN, STANDING_IN, StandInState
from varn.areas.organisation.models.appointments import Appointment
from varn.areas.organisation.models.people import PERSON_LABEL, Person
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.permissions import Permission
from varn.kernel.calendar import last_day
from varn.kernel.lifecycle import Lifecycle
from varn.mechanisms.access.guards import Guard
from varn.mechanisms.access.querysets import ChildQuerySet, sees
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.moves.making import state_constraint

# Somebody who stands in is no more to be known of than as a person.
DEPUTY = Guard(label=PERSON_LABEL, key="deputy_id", is_case=False, own=True)


class AbsenceKind(StrEnum):
    """Why somebody is away, and no more than is needed: whoever is ill is away for another reason."""

    LEAVE = "leave"
    DUTY = "duty"
    OTHER = "other"


class AbsenceQuerySet(ChildQuerySet):
    """That somebody is away is seen by those who see the person; it is written by themselves and by their managers."""

    parent = "person"

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The absences this reader may see, or, with `to`, those they may do that with."""
        if to is None or viewer.is_system:
            return super().visible_to(viewer)
        if not viewer.may(to):
            return self.none()
        managed = Person.objects.visible_to(viewer, Permission.ACCEPT)
        return self.filter(Q(person__in=managed) | Q(person=viewer.person_id, person__isnull=False))

    def on(self, day: date) -> Self:
        """The absences of this day."""
        return self.filter(holds(day))

    def on_or_after(self, day: date) -> Self:
        """The absences of this day and of those that come."""
        return self.filter(until_date__gt=day)


class Absence(models.Model):
    """That a person is away from one day until another (half-open). The kind says no more than the work needs."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=20)
    from_date = models.DateField()
    until_date = models.DateField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in AbsenceKind]), name="absence_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="absence_ends_no_earlier_than_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["person", "until_date"], name="absence_by_person")]
        ordering = ["-from_date", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.from_date}–{last_day(self.until_date)}"


class StandInQuerySet(ChildQuerySet):
    """Seen with the appointment, and by the deputy. Ended by the holder, the deputy and whoever may appoint one."""

    parent = "appointment"

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The deputies this reader may see, or, with `to`, those they may do that with."""
        if viewer.is_system:
            return self
        if to is not None and not viewer.may(to):
            return self.none()
        own = Q(deputy=viewer.person_id, deputy__isnull=False)
        if to is not None:
            own |= Q(appointment__person=viewer.person_id, appointment__person__isnull=False)
            given = Appointment.objects.visible_to(viewer, Permission.APPOINT_STAND_IN)
            return self.naming_seen(viewer).filter(Q(appointment__in=given.values("pk")) | own)
        return self.naming_seen(viewer).filter(Q(sees(viewer, Appointment, row="appointment")) | own)

    def naming_seen(self, viewer: Viewer) -> Self:
        """The rows save those of deputies whose protected identity the reader may not know of."""
        return self if viewer.is_system else self.filter(DEPUTY.open_to(viewer, Permission.READ_PEOPLE))

    def standing(self, day: date) -> Self:
        """Those who stand in on this day, also a day long ago."""
        return self.filter(holds(day), state__in=STANDING_IN)

    def standing_after(self, day: date) -> Self:
        """Those who stand in on this day or later."""
        return self.filter(until_date__gt=day, state__in=STANDING_IN)


class StandIn(models.Model):
    """That a deputy has an appointment's rights for its holder, from one day until another (half-open).

    They reach no further than the appointment does on each day, and end with it. A deputy's own deputy has none.
    """

    lifecycle: ClassVar[Lifecycle] = STAND_IN
    takes_notes: ClassVar[bool] = True

    reference = models.CharField(max_length=20, unique=True)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="stand_ins")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stands_in")
    from_date = models.DateField()
    until_date = models.DateField()
    state = models.CharField(max_length=20, default=StandInState.APPOINTED)

    objects = StandInQuerySet.as_manager()

    class Meta:
        constraints = [
            state_constraint(STAND_IN, name="stand_in_state_is_declared"),
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="stand_in_ends_no_earlier_than_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["deputy", "until_date"], name="stand_in_by_deputy"),
            models.Index(fields=["appointment", "until_date"], name="stand_in_by_appointment"),
            models.Index(fields=["state", "until_date"], name="stand_in_by_last_day"),
            models.Index(fields=["-from_date", "-id"], name="stand_in_newest_first"),
        ]
        ordering = ["-from_date", "-pk"]

    def __str__(self) -> str:
        return self.reference

    def settles(self, notice: str) -> bool:
        """Nobody waits for it once it has ended or was taken back."""
        return self.state != StandInState.APPOINTED
