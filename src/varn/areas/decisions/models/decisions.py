from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from varn.areas.decisions.lifecycle import DECISION, DecisionState
from varn.areas.decisions.models.bodies import Body, Meeting, Reading
from varn.areas.decisions.permissions import OPEN_TO_ALL_REACHED, Permission
from varn.kernel.lifecycle import Lifecycle
from varn.mechanisms.access.querysets import ChildQuerySet, ScopedQuerySet, units_within
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.moves.making import state_constraint

# Up to so many rows of reach they are gathered first; beyond that each row of the list is asked about. Either way a
# page costs the same however many decisions there are that the reader does not see.
FEW = 2_000


class DecisionQuerySet(ScopedQuerySet):
    """A decision is seen in the units it reaches: its body's, its assignees' and its recipients'.

    What is done to it is done in its body's unit alone.
    """

    read = Permission.READ_DECISIONS

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The decisions that reach the reader, or, with a right of the body's own, those of the reader's bodies."""
        return reached(self, viewer, to or self.read, key="pk", body="body")

    def in_units(self, units: QuerySet) -> Q:
        """The decision reaches one of these units."""
        return Q(Exists(Reach.objects.filter(decision=OuterRef("pk"), unit__in=units)))

    def valid(self) -> Self:
        """The decisions that were not annulled as wrongly imported."""
        return self.exclude(state=DecisionState.ANNULLED)


class DecisionPartQuerySet(ChildQuerySet):
    """Seen with its decision. Asked of the decision's reach directly, so that a long list needs only its first page."""

    parent = "decision"

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The rows whose decision reaches the reader, or, with `to`, may be done that with."""
        return reached(self, viewer, to or Permission.READ_DECISIONS, key="decision_id", body="decision__body")


def reached(rows: QuerySet, viewer: Viewer, permission: str, *, key: str, body: str) -> QuerySet:
    """The rows whose decision (its number at `key`, its body at `body`) the reader may see, or may do that with."""
    scopes = viewer.scopes_for(permission)
    if viewer.is_system or any(scope.everything for scope in scopes):
        return rows
    if not scopes:
        return rows.none()
    units = units_within(scopes, viewer)
    if permission not in OPEN_TO_ALL_REACHED:
        return rows.filter(**{f"{body}__unit__in": units})
    within = Reach.objects.filter(unit__in=units)
    if within.order_by()[: FEW + 1].count() <= FEW:
        return rows.filter(**{f"{key}__in": within.order_by().values("decision")})
    return rows.filter(Exists(within.filter(decision=OuterRef(key))))


class Decision(models.Model):
    """One § of a body's minutes, verbatim, with what came of it after the meeting.

    `law` keeps, for each date computed from the lawbook, which version of which rule gave it.
    """

    lifecycle: ClassVar[Lifecycle] = DECISION

    reference = models.CharField(max_length=20, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    date = models.DateField()
    year = models.PositiveSmallIntegerField()
    paragraph = models.CharField(max_length=20)
    title = models.CharField(max_length=500)
    case_number = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, null=True, related_name="decisions")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    repealed_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeals")
    state = models.CharField(max_length=20, default=DecisionState.REGISTERED)
    verify_by_date = models.DateField(null=True, blank=True)
    verified_date = models.DateField(null=True, blank=True)
    post_by_date = models.DateField(null=True, blank=True)
    posted_date = models.DateField(null=True, blank=True)
    appeal_until_date = models.DateField(null=True, blank=True)
    binding_date = models.DateField(null=True, blank=True)
    law = models.JSONField(default=dict)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            state_constraint(DECISION, name="decision_state_is_declared"),
            models.UniqueConstraint(
                fields=["body", "year", "paragraph"],
                condition=~Q(state=DecisionState.ANNULLED),
                name="decision_is_one_per_body_year_and_paragraph",
            ),
        ]
        indexes = [
            models.Index(fields=["-date", "-id"], name="decision_newest_first"),
            models.Index(fields=["body", "-date", "-id"], name="decision_by_body"),
            models.Index(fields=["case_number"], name="decision_by_case_number"),
        ]
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def citation(self) -> str:
        """How the decision is cited: body, date and §."""
        return f"{self.body} {self.date} § {self.paragraph}"


class ReachQuerySet(models.QuerySet):
    """Where decisions may be seen. Read by access itself, so it has no viewer."""

    def write(self, decision: Decision, units: Iterable[int], ground: str) -> None:
        """The decision reaches these units on this ground, each once."""
        rows = [Reach(decision=decision, unit_id=unit, ground=ground) for unit in dict.fromkeys(units)]
        self.bulk_create(rows, ignore_conflicts=True)


class Reach(models.Model):
    """A unit that a decision reaches, and on what ground: where it may be seen."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="reaches")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20)

    objects = ReachQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=["body", "assignee", "recipient", "proposer"]), name="reach_ground_is_known"
            ),
            models.UniqueConstraint(fields=["decision", "unit", "ground"], name="reach_is_said_once"),
        ]
        indexes = [models.Index(fields=["unit", "decision"], name="reach_by_unit")]
        ordering = ["decision", "pk"]

    def __str__(self) -> str:
        return f"{self.decision_id} → {self.unit_id}"
