from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Lower

from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.rules.kinds import UnitKind
from varn.mechanisms.access.querysets import PlacedOpenQuerySet


def holds(day: date, *, prefix: str = "") -> Q:
    """The condition that a dated row holds on this day (half-open: the last day is not in it)."""
    ends = Q(**{f"{prefix}until_date__isnull": True}) | Q(**{f"{prefix}until_date__gt": day})
    return Q(**{f"{prefix}from_date__lte": day}) & ends


class UnitQuerySet(PlacedOpenQuerySet):
    """Units are a public register: its tree is shown to every reader who holds any function.

    A unit is changed by who holds the right over it.
    """

    read = Permission.READ_UNITS
    open_to = (Permission.EXPORT_UNITS,)
    unit_path = "pk"

    def standing(self, day: date) -> Self:
        """The units that exist on this day."""
        return self.filter(holds(day))

    def below(self, unit: "Unit", day: date) -> Self:
        """The unit itself and everything below it on this day."""
        return self.filter(pk__in=UnitLine.objects.filter(holds(day), ancestor=unit).values("descendant"))


class Unit(models.Model):
    """One node of the municipality. `name`, `parent` and `sort_name` are today's; the dated truth is in its periods."""

    takes_notes: ClassVar[bool] = True

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in UnitKind])
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=400)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    address = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in UnitKind]), name="unit_kind_is_known"),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")), name="unit_ends_after_it_begins"
            ),
            models.UniqueConstraint(Lower("code"), name="unit_code_in_any_case_is_unique"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind=UnitKind.MUNICIPALITY.value), name="unit_is_the_one_municipality"
            ),
        ]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="unit_by_name"),
            models.Index(fields=["kind", "sort_name", "id"], name="unit_by_kind"),
        ]
        ordering = ["sort_name", "pk"]

    def __str__(self) -> str:
        return self.name


class UnitPeriod(models.Model):
    """What a unit was called and where it stood in the tree, from one day until another (half-open)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="periods")
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    from_date = models.DateField()
    until_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gt=F("from_date")), name="unit_period_is_not_empty"
            ),
            models.UniqueConstraint(fields=["unit", "from_date"], name="unit_period_begins_once_a_day"),
            models.UniqueConstraint(fields=["unit"], condition=Q(until_date=None), name="unit_period_has_one_open_end"),
        ]
        indexes = [models.Index(fields=["parent", "from_date"], name="unit_period_by_parent")]
        ordering = ["unit", "from_date", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.from_date}–{self.until_date or ''}"


class UnitLine(models.Model):
    """That one unit lies under another (or is it) during a period: the tree written out, a subtree in one lookup.

    `crosses` says that the way down passes into another authority; `inside` is the ancestor when it does not, so that
    both databases know how few lie inside a unit that most others lie under. Derived from the periods, never edited by
    hand.
    """

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="lines_down")
    descendant = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="lines_up")
    depth = models.PositiveSmallIntegerField()
    crosses = models.BooleanField()
    inside = models.GeneratedField(
        expression=Case(When(crosses=False, then=F("ancestor_id"))),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )
    from_date = models.DateField()
    until_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "descendant", "from_date"], name="unit_line_begins_once_a_day"),
        ]
        indexes = [
            models.Index(fields=["descendant", "ancestor"], name="unit_line_upwards"),
            models.Index(fields=["ancestor", "descendant"], name="unit_line_downwards"),
            models.Index(fields=["inside", "descendant"], name="unit_line_inside"),
        ]
        ordering = ["ancestor", "depth", "pk"]

    def __str__(self) -> str:
        return f"{self.ancestor_id} ⊃ {self.descendant_id}"
