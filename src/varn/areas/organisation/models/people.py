from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import get_language

from varn.areas.organisation.lifecycle import VALID_STATES
from varn.areas.organisation.models.units import Unit, holds
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.rules.kinds import UnitKind
from varn.kernel.levels import Tier
from varn.mechanisms.access.guards import Guard
from varn.mechanisms.access.known import known
from varn.mechanisms.access.querysets import OpenQuerySet, PlacedOpenQuerySet, ScopedQuerySet, units_within
from varn.mechanisms.access.viewer import Viewer

PERSON_LABEL = "organisation.Person"


class PersonQuerySet(ScopedQuerySet):
    """A person is seen by readers whose scope holds their own unit, or a unit in which they stand or are to stand.

    A proposal opens nothing of its person, nor does what was declined, withdrawn or has ended: the appointment itself
    goes on naming them to those who see it. A person whose identity is protected is sensitive: whoever does not reach
    that finds no such person anywhere, nor an appointment of theirs; they themselves do.
    """

    read = Permission.READ_PEOPLE
    guards = (Guard(label=PERSON_LABEL, is_case=False, own=True),)

    def in_scope(self, viewer: Viewer, to: str | None = None) -> Self:
        """The people whom the reader's scopes hold, for reading or, with `to`, for doing that with them."""
        scopes = viewer.scopes_for(to or self.read)
        if viewer.is_system or any(scope.everything for scope in scopes):
            return self
        if not scopes:
            return self.none()
        held = known(_held, viewer, to or self.read)
        return self.none() if held is None else self.filter(pk__in=held)

    def reaching(self, viewer: Viewer, row: Any) -> QuerySet:
        """The person with the number in the outer query's field, if the scopes hold them: asked of that one alone."""
        scopes = viewer.scopes_for(self.read)
        if any(scope.everything for scope in scopes):
            return self.filter(pk=row)
        units = units_within(scopes, viewer).order_by()
        return self.filter(Q(unit__in=units) | Q(pk__in=_placed_in(units, viewer.day)), pk=row)

    def named_to(self, viewer: Viewer) -> Self:
        """Those whose names the reader may read wherever they stand: whose identity is not protected from them."""
        return self if viewer.is_system else self.filter(*self.open_to(viewer))

    def standing(self, day: date) -> Self:
        """The people who are here on this day."""
        return self.filter(holds(day))


def _held(viewer: Viewer, permission: str) -> QuerySet:
    """The numbers of those who belong to the reader's units, or stand or are to stand in them."""
    units = units_within(viewer.scopes_for(permission), viewer).order_by()
    belonging = Person._base_manager.filter(unit__in=units).order_by().values("pk")
    return belonging.union(_placed_in(units, viewer.day), all=True)


def _placed_in(units: QuerySet, day: date) -> QuerySet:
    placed = apps.get_model("organisation", "AppointmentUnit").objects.on_or_after(day).order_by()
    placed = placed.filter(unit__in=units, appointment__state__in=VALID_STATES, appointment__person__isnull=False)
    return placed.values("appointment__person")


class Person(models.Model):
    """Someone who can hold an appointment, whether or not they have an account."""

    takes_notes: ClassVar[bool] = True
    # That somebody asked what is kept about them is theirs, and no part of what their colleagues read.
    confided: ClassVar[Mapping[str, str]] = {Permission.EXTRACT: Permission.EXTRACT}

    employee_id = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=400)
    title = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")), name="person_leaves_after_coming"
            ),
            models.UniqueConstraint(Lower("employee_id"), name="person_employee_id_in_any_case_is_unique"),
        ]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="person_by_name"),
            models.Index(fields=["name"], name="person_by_name_as_written"),
        ]
        ordering = ["sort_name", "pk"]

    def __str__(self) -> str:
        return self.name


class FunctionQuerySet(OpenQuerySet):
    """The functions are the organisation's own published roles."""

    read = Permission.READ_FUNCTIONS


class Function(models.Model):
    """A part that people are appointed to, on one tier. `role` names the row of the role table that it carries.

    A function without a tier (secretary, auditor) stands beside the security organisation and supports nobody in it.
    """

    takes_notes: ClassVar[bool] = True

    key = models.SlugField(max_length=60, unique=True)
    name_sv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    tier = models.CharField(max_length=20, blank=True)
    role = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    objects = FunctionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tier__in=["", *(tier.value for tier in Tier)]), name="function_tier_is_known"
            ),
        ]
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name_sv

    @property
    def name(self) -> str:
        """The function's name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_sv


class RequirementQuerySet(PlacedOpenQuerySet):
    """What is required is as public as the functions. What is required of one unit is changed by who may over it."""

    read = Permission.READ_REQUIREMENTS

    def standing(self, day: date) -> Self:
        """The requirements that hold on this day."""
        return self.filter(holds(day))


class Requirement(models.Model):
    """What every unit of a kind must have from one day until another: at least so many, and so much of full time.

    With `unit` it holds for that unit alone and replaces the row of its kind.
    """

    takes_notes: ClassVar[bool] = True

    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="requirements")
    unit_kind = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements")
    minimum = models.PositiveSmallIntegerField(default=1)
    maximum = models.PositiveSmallIntegerField(null=True, blank=True)
    share = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit_kind__in=[kind.value for kind in UnitKind]), name="requirement_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")), name="requirement_is_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(maximum=None) | Q(maximum__gte=F("minimum")), name="requirement_range_is_not_empty"
            ),
            models.UniqueConstraint(
                fields=["function", "unit_kind", "unit", "from_date"],
                nulls_distinct=False,
                name="requirement_is_said_once",
            ),
        ]
        ordering = ["unit_kind", "function", "from_date", "pk"]

    def __str__(self) -> str:
        return f"{self.unit_kind}: {self.function}"


class OfficeQuerySet(OpenQuerySet):
    """A named office is public, whoever holds it."""

    read = Permission.READ_UNITS


class Office(models.Model):
    """A named office that assignments go to and that stays when its holder changes ("Kommundirektören").

    Its holder on a day is whoever is appointed to its function in its unit.
    """

    takes_notes: ClassVar[bool] = True

    name = models.CharField(max_length=200, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="offices")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="offices")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="office_name_in_any_case_is_unique")]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
