from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from varn.areas.decisions.lifecycle import DECISION, DecisionState
from varn.areas.decisions.models.bodies import Body, Meeting, Reading
from varn.areas.decisions.permissions import OPEN_TO_ALL_REACHED, Permission
from varn.areas.decisions.rules import OF_AN_ASSIGNMENT, Ground
from varn.kernel.lifecycle import Lifecycle
from varn.mechanisms.access.guards import Guard, shared_with
from varn.mechanisms.access.known import known
from varn.mechanisms.access.querysets import GuardedQuerySet, ScopedQuerySet, units_for, units_within
from varn.mechanisms.access.viewer import Scope, Viewer
from varn.mechanisms.moves.making import state_constraint

# Up to so many rows of reach they are gathered first; beyond that each row of the list is asked about. Either way a
# page costs the same however many decisions there are that the reader does not see.
FEW = 2_000
CASE = Guard(label="decisions.Decision")
# What a share opens: reading, and nothing that is done with what is read.
READING = (Permission.READ_DECISIONS, Permission.READ_ASSIGNMENTS)


class DecisionQuerySet(ScopedQuerySet):
    """A decision is seen in the units it reaches: its body's, its recipients', and those that work with what it gives.

    What is done to it is done in its body's unit alone.
    """

    read = Permission.READ_DECISIONS
    guards = (CASE,)

    def in_scope(self, viewer: Viewer, to: str | None = None) -> Self:
        """The decisions that reach the reader, or, with a right of the body's own, those of the reader's bodies."""
        return reached(self, viewer, to or self.read, key="pk", body="body")

    def reaching(self, viewer: Viewer, row: Any) -> QuerySet:
        """What lets the reader see the decision with the number in the outer query's field: asked of that one alone."""
        return one_by_one(self, viewer, self.read, key="pk").filter(pk=row)

    def held_by_units(self, viewer: Viewer) -> Self:
        """The decisions that reach a unit within the reader's scopes, what is shared with them left out."""
        scopes = viewer.scopes_for(self.read)
        if any(scope.everything for scope in scopes):
            return self
        within = Reach.objects.holding(viewer.at).filter(unit__in=units_within(scopes, viewer))
        return self.filter(pk__in=within.order_by().values("decision")) if scopes else self.none()

    def grounds(self, decision: "Decision", at: datetime) -> list[tuple[str, int]]:
        """On what grounds the decision reaches which units at the moment."""
        rows = Reach.objects.holding(at).filter(decision=decision).order_by("ground", "unit")
        return list(rows.values_list("ground", "unit").distinct())

    def valid(self) -> Self:
        """The decisions that were not annulled as wrongly imported."""
        return self.exclude(state=DecisionState.ANNULLED)


class DecisionPartQuerySet(GuardedQuerySet):
    """Seen with its decision. Asked of the decision's reach directly, so that a long list needs only its first page."""

    read = Permission.READ_DECISIONS
    guards = (Guard(label=CASE.label, key="decision_id"),)

    def in_scope(self, viewer: Viewer, to: str | None = None) -> Self:
        """The rows whose decision reaches the reader, or, with `to`, may be done that with."""
        return reached(self, viewer, to or Permission.READ_DECISIONS, key="decision_id", body="decision__body")

    def reaching(self, viewer: Viewer, row: Any) -> QuerySet:
        """The row with the number in the outer query's field, if its decision reaches the reader: asked of it alone."""
        return one_by_one(self, viewer, self.read, key="decision_id").filter(pk=row)


def reached(rows: QuerySet, viewer: Viewer, permission: str, *, key: str, body: str) -> QuerySet:
    """The rows whose decision (its number at `key`, its body at `body`) the reader may see, or may do that with."""
    scopes = viewer.scopes_for(permission)
    if viewer.is_system or any(scope.everything for scope in scopes):
        return rows
    if not scopes:
        return rows.none()
    if permission not in OPEN_TO_ALL_REACHED:
        return rows.filter(**{f"{body}__unit__in": units_for(viewer, permission)})
    if _has_little_reach(viewer, scopes):
        return rows.filter(**{f"{key}__in": known(_seen_in_reach, viewer, permission, CASE.kind)})
    return one_by_one(rows, viewer, permission, key=key)


def one_by_one(rows: QuerySet, viewer: Viewer, permission: str, *, key: str) -> QuerySet:
    """The rows whose decision reaches the reader in the units of their scopes, each asked about for itself."""
    scopes = viewer.scopes_for(permission)
    if any(scope.everything for scope in scopes):
        return rows
    if not scopes:
        return rows.none()
    here = Q(Exists(_within(viewer, permission).filter(decision=OuterRef(key))))
    if permission in READING:
        here |= Q(**{f"{key}__in": known(_shared, viewer, permission, CASE.kind)})
    return rows.filter(here)


def _within(viewer: Viewer, permission: str) -> QuerySet:
    """Where decisions reach units in which the reader holds the permission."""
    units = units_within(viewer.scopes_for(permission), viewer)
    return Reach.objects.holding(viewer.at).filter(unit__in=units).order_by()


def _shared(viewer: Viewer, permission: str, kind: int) -> QuerySet:
    """The numbers of the decisions that are shared with the reader."""
    return shared_with(viewer, kind=kind, units=units_within(viewer.scopes_for(permission), viewer))


def _seen_in_reach(viewer: Viewer, permission: str, kind: int) -> QuerySet:
    """The numbers of the decisions that reach the reader, and, for reading, of those that are shared with them."""
    reaching = _within(viewer, permission).values("decision")
    return reaching.union(_shared(viewer, permission, kind), all=True) if permission in READING else reaching


@lru_cache(maxsize=256)
def _has_little_reach(viewer: Viewer, scopes: tuple[Scope, ...]) -> bool:
    """Which way of asking suits the reader: a way, not an answer, so that one request need find it out only once."""
    units = units_within(scopes, viewer)
    return Reach.objects.holding(viewer.at).filter(unit__in=units).order_by()[: FEW + 1].count() <= FEW


class Decision(models.Model):
    """One § of a body's minutes, verbatim, with what came of it after the meeting.

    `law` keeps, for each date computed from the lawbook, which version of which rule gave it.
    """

    lifecycle: ClassVar[Lifecycle] = DECISION
    takes_notes: ClassVar[bool] = True

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

    def holding(self, at: datetime) -> Self:
        """What holds at the moment: begun, and not yet ended."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)

    def hold(
        self,
        decision: Decision,
        unit: int | None,
        ground: Ground,
        *,
        at: datetime,
        assignment: models.Model | None = None,
        dispatch: models.Model | None = None,
    ) -> None:
        """From this moment the unit sees the decision on this ground, and no other unit does; with `None`, no unit.

        Who answers for an assignment, does it or supports it is one at a time, in every decision that it came of.
        """
        of = {"assignment": assignment, "dispatch": dispatch}
        rows = self.filter(ground=ground, until_at=None, **of)
        if ground in (Ground.BODY, Ground.PROPOSER):
            rows = rows.filter(decision=decision)
        rows.exclude(unit=unit).end(at)
        if unit is not None and not rows.filter(decision=decision).exists():
            self.create(decision=decision, unit_id=unit, ground=ground, from_at=at, **of)

    def move(self, body: Body, *, at: datetime) -> None:
        """From this moment the unit that the body now decides for sees its decisions, and the one before does not."""
        rows = self.filter(decision__body=body, ground=Ground.BODY, until_at=None).exclude(unit=body.unit_id)
        decisions = list(rows.values_list("decision", flat=True))
        rows.end(at)
        new = [Reach(decision_id=pk, unit_id=body.unit_id, ground=Ground.BODY, from_at=at) for pk in decisions]
        self.bulk_create(new, batch_size=1_000)

    def carry(self, assignment: models.Model, *, at: datetime) -> None:
        """Who does the assignment and who supports it see also the decision that it now belongs to."""
        rows = self.filter(assignment=assignment, ground__in=(Ground.DELEGATE, Ground.SUPPORT), until_at=None)
        for ground, unit in set(rows.values_list("ground", "unit")):
            self.hold(assignment.decision, unit, Ground(ground), at=at, assignment=assignment)

    def end(self, at: datetime) -> None:
        """Those of these that still hold have ended at the moment; they are kept."""
        self.filter(until_at=None).update(until_at=at)


class Reach(models.Model):
    """A unit that a decision reaches: where it may be seen, on what ground, and from when until when (half-open).

    The ground is the decision's own body; who answers for an assignment, does it or supports it; the body that proposed
    it; or a dispatch. A unit sees the decision as long as it has one ground that holds.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="reaches")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20)
    assignment = models.ForeignKey("Assignment", on_delete=models.PROTECT, null=True, related_name="reaches")
    dispatch = models.ForeignKey("Dispatch", on_delete=models.PROTECT, null=True, related_name="reaches")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects = ReachQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ground=Ground.BODY, assignment=None, dispatch=None)
                | Q(ground__in=OF_AN_ASSIGNMENT, assignment__isnull=False, dispatch=None)
                | Q(ground=Ground.RECIPIENT, assignment=None, dispatch__isnull=False),
                name="reach_ground_is_known",
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")), name="reach_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(ground=Ground.BODY, until_at=None), name="reach_has_one_body"
            ),
            models.UniqueConstraint(
                fields=["assignment", "ground", "decision"],
                condition=Q(until_at=None),
                name="reach_has_one_in_each_part",
            ),
            models.UniqueConstraint(fields=["dispatch"], condition=Q(until_at=None), name="reach_of_a_dispatch_is_one"),
        ]
        indexes = [models.Index(fields=["unit", "decision", "until_at", "from_at"], name="reach_by_unit")]
        ordering = ["decision", "pk"]

    def __str__(self) -> str:
        return f"{self.decision_id} → {self.unit_id}"
