from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Prefetch, Q, QuerySet, prefetch_related_objects

from varn.areas.organisation.lifecycle import APPOINTMENT, VALID_STATES, AppointmentState
from varn.areas.organisation.models.people import PERSON_LABEL, Function, Office, Person
from varn.areas.organisation.models.units import Unit, holds
from varn.areas.organisation.permissions import Permission
from varn.kernel.lifecycle import Lifecycle
from varn.mechanisms.access.guards import Guard
from varn.mechanisms.access.querysets import ScopedQuerySet, units_within
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Scope, Viewer
from varn.mechanisms.moves.making import state_constraint

# What it takes one of the appointment's units to do; everything else takes them all.
OPEN_IN_PART = (
    Permission.READ_APPOINTMENTS,
    Permission.EXPORT_APPOINTMENTS,
    Permission.READ_HANDOVER,
    Permission.COMPLETE_HANDOVER,
)

# What gives the rights of the appointment's function, gives more of them, or says on what ground they are given.
GIVES_RIGHTS = (Permission.ACCEPT, Permission.CHANGE_APPOINTMENT, Permission.CORRECT_GROUND)


# An appointment is no more to be known of than its holder.
HOLDER = Guard(label=PERSON_LABEL, key="appointment__person_id", is_case=False, own=True)


class AppointmentQuerySet(ScopedQuerySet):
    """An appointment is seen by those whose scope holds one of its units, and moved by those whose scope holds all.

    It is accepted and changed only by those whose role appoints to its function's role there.
    """

    read = Permission.READ_APPOINTMENTS
    guards = (Guard(label=PERSON_LABEL, key="person_id", is_case=False, own=True),)

    def in_scope(self, viewer: Viewer, to: str | None = None) -> Self:
        """The appointments that the reader's scopes hold, for reading or, with `to`, for doing that with them.

        Whoever leaves an appointment reads what they are to hand over.
        """
        seen = super().in_scope(viewer, to)
        if to == Permission.READ_HANDOVER and viewer.person_id is not None:
            own = Q(person=viewer.person_id, pk__in=super().in_scope(viewer).values("pk"))
            return self.filter(Q(pk__in=seen.values("pk")) | own)
        if to == Permission.APPOINT_STAND_IN and not viewer.is_system:
            return self._deputised_by(viewer, seen)
        if to in GIVES_RIGHTS and not viewer.is_system:
            return self._given_by(viewer, str(to))
        scopes = viewer.scopes_for(to or self.read)
        if to in (None, *OPEN_IN_PART) or viewer.is_system or any(scope.everything for scope in scopes):
            return seen
        outside = AppointmentUnit.objects.on_or_after(viewer.day).exclude(unit__in=units_within(scopes, viewer))
        return seen.exclude(pk__in=outside.values("appointment"))

    def _given_by(self, viewer: Viewer, to: str) -> Self:
        placed = AppointmentUnit.objects.on_or_after(viewer.day)
        given = Q(pk__in=[])
        for scopes, roles in _roles_given(viewer, to).items():
            here = Q(function__role__in=roles)
            if not any(scope.everything for scope in scopes):
                within = units_within(scopes, viewer)
                outside = placed.exclude(unit__in=within)
                here &= self.in_units(within) & ~Q(pk__in=outside.values("appointment"))
            given |= here
        return self.filter(given)

    def _deputised_by(self, viewer: Viewer, seen: Self) -> Self:
        """Those whose holder the reader may give a deputy: their own, and those they could have accepted.

        Nobody who stands in for the holder hands that on to yet another.
        """
        if not viewer.may(Permission.APPOINT_STAND_IN):
            return self.none()
        stands_in = apps.get_model("organisation", "StandIn").objects.standing(viewer.day)
        borrowed = stands_in.filter(deputy=viewer.person_id).values("appointment")
        own = Q(person=viewer.person_id, person__isnull=False, pk__in=seen.values("pk"))
        given = Q(pk__in=self._given_by(viewer, Permission.ACCEPT).values("pk"))
        return self.filter(own | given).exclude(pk__in=borrowed)

    def in_units(self, units: QuerySet) -> Q:
        """One of the appointment's units is one of these."""
        return Q(pk__in=AppointmentUnit.objects.filter(unit__in=units).values("appointment"))

    def in_unit_called(self, text: str) -> Self:
        """The appointments for units whose name holds the text or whose code it is."""
        return self.filter(self.in_units(Unit.objects.filter(Q(name__icontains=text) | Q(code=text))))

    def standing(self, day: date) -> Self:
        """The appointments that stand on this day, also a day long ago: accepted at some time, within their period."""
        return self.filter(holds(day), state__in=VALID_STATES)

    def standing_after(self, day: date) -> Self:
        """The appointments that stand or are to stand on some day after this one, proposals among them."""
        open_states = [*VALID_STATES, AppointmentState.PROPOSED]
        return self.filter(Q(until_date=None) | Q(until_date__gt=day), state__in=open_states)


def _roles_given(viewer: Viewer, to: str) -> dict[tuple[Scope, ...], list[str]]:
    """The roles that the viewer gives, gathered by the scopes in which they do."""
    given: dict[tuple[Scope, ...], list[str]] = defaultdict(list)
    for role in ROLES:
        given[viewer.scopes_giving(role, to)].append(role)
    given.pop((), None)
    return given


class Appointment(models.Model):
    """A person, or a named office, in a function for one or several units, from one day until another (half-open).

    `share` is the part of full time, 1 for a whole post. `employer` is the unit that supplies the person under an
    agreement; without it the municipality employs them itself. `share` and `deputy` are today's; the dated truth is in
    the placements. `warned_of` is the end that those who answer for it have been told of.
    """

    lifecycle: ClassVar[Lifecycle] = APPOINTMENT
    takes_notes: ClassVar[bool] = True
    # What is to be handed over is told to those who may read the list.
    confided: ClassVar[Mapping[str, str]] = {
        Permission.ADD_HANDOVER: Permission.READ_HANDOVER,
        Permission.COMPLETE_HANDOVER: Permission.READ_HANDOVER,
    }

    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="appointments")
    units = models.ManyToManyField(Unit, through="AppointmentUnit", related_name="appointments")
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    share = models.DecimalField(max_digits=3, decimal_places=2)
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="deputy_for")
    appointed_by = models.CharField(max_length=200)
    employer = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="supplies")
    agreement = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, default=AppointmentState.PROPOSED)
    warned_of = models.DateField(null=True, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            state_constraint(APPOINTMENT, name="appointment_state_is_declared"),
            models.CheckConstraint(
                condition=Q(person=None, office__isnull=False) | Q(person__isnull=False, office=None),
                name="appointment_holds_a_person_or_an_office",
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")), name="appointment_is_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="appointment_share_is_within_full_time"
            ),
            models.CheckConstraint(
                condition=Q(employer=None) | ~Q(agreement=""), name="appointment_supplied_names_its_agreement"
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | Q(person=None) | ~Q(deputy=F("person")),
                name="appointment_deputy_is_another_person",
            ),
        ]
        indexes = [
            models.Index(fields=["function", "from_date"], name="appointment_by_function"),
            models.Index(fields=["-from_date", "-id"], name="appointment_newest_first"),
            models.Index(fields=["state", "until_date"], name="appointment_by_last_day"),
            models.Index(fields=["state", "from_date"], name="appointment_by_first_day"),
            models.Index(fields=["person", "-from_date", "-id"], name="appointment_by_person"),
            models.Index(fields=["office", "-from_date", "-id"], name="appointment_by_office"),
        ]
        ordering = ["-from_date", "-pk"]

    def __str__(self) -> str:
        return self.reference

    def settles(self, notice: str) -> bool:
        """Whether nobody waits for what the notice told: it was proposed and has been answered, or it has ended."""
        is_answered = notice.endswith(":notice.proposed") and self.state != AppointmentState.PROPOSED
        return is_answered or self.state == AppointmentState.ENDED

    @property
    def holder(self) -> Person | Office:
        """Who holds the appointment: the person, or the named office."""
        return self.person or self.office

    @property
    def unit_names(self) -> list[str]:
        """The names of its units, each once. A list of appointments has read their placements beforehand."""
        prefetch_related_objects([self], Prefetch("placements", AppointmentUnit.objects.select_related("unit")))
        return list(dict.fromkeys(placement.unit.name for placement in self.placements.all()))


class AppointmentUnitQuerySet(models.QuerySet):
    """Where appointments are placed. Read through the appointment, or counted; never shown by itself."""

    def naming_seen(self, viewer: Viewer) -> Self:
        """The placements save those of people whose protected identity the reader may not know of."""
        if viewer.is_system:
            return self
        return self.filter(HOLDER.open_to(viewer, Permission.READ_PEOPLE))

    def on(self, day: date) -> Self:
        """The placements that hold on this day."""
        return self.filter(holds(day))

    def on_or_after(self, day: date) -> Self:
        """The placements that hold on this day or come later."""
        return self.filter(Q(until_date=None) | Q(until_date__gt=day))


class AppointmentUnit(models.Model):
    """That an appointment is for a unit during a period, with how large a part of full time and with which deputy.

    The appointment reaches the unit and all below it in the same authority. This is the dated truth: a change from a
    day ends rows and adds others, and never alters what was before that day.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="placements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    share = models.DecimalField(max_digits=5, decimal_places=4)
    deputy = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    objects = AppointmentUnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "unit", "from_date"], name="appointment_names_a_unit_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")), name="appointment_unit_is_not_empty"
            ),
        ]
        # Most have no deputy: SQLite would judge an index of them all as useless, and read the table instead.
        indexes = [
            models.Index(fields=["unit", "from_date", "until_date"], name="appointment_unit_by_day"),
            models.Index(fields=["deputy"], condition=Q(deputy__isnull=False), name="appointment_unit_by_deputy"),
        ]
        ordering = ["appointment", "from_date", "pk"]

    def __str__(self) -> str:
        return f"{self.appointment_id}: {self.unit_id}"
