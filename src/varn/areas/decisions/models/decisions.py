from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from varn.areas.decisions.lifecycle import DECISION, DecisionState
from varn.areas.decisions.models.bodies import Body, Meeting, Reading
from varn.areas.decisions.permissions import OPEN_TO_ALL_REACHED, Permission
from varn.areas.decisions.rules import ClauseKind
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
                condition=Q(ground__in=["body", "assignee", "recipient"]), name="reach_ground_is_known"
            ),
            models.UniqueConstraint(fields=["decision", "unit", "ground"], name="reach_is_said_once"),
        ]
        indexes = [models.Index(fields=["unit", "decision"], name="reach_by_unit")]
        ordering = ["decision", "pk"]

    def __str__(self) -> str:
        return f"{self.decision_id} → {self.unit_id}"


class Part(models.Model):
    """What every part of a decision has: its decision, its place in it, and where its words stand in the text."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="%(class)ss")
    position = models.PositiveSmallIntegerField()
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)

    objects = DecisionPartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["decision", "position", "pk"]


class Clause(Part):
    """One clause (beslutssats), verbatim and never altered. `for_body` is the higher body that it only proposes to."""

    number = models.CharField(max_length=10, blank=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    for_body = models.CharField(max_length=200, blank=True)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ClauseKind]), name="clause_kind_is_known"
            ),
            models.UniqueConstraint(fields=["decision", "position"], name="clause_has_its_own_place"),
        ]

    def __str__(self) -> str:
        return f"{self.decision.reference} p. {self.number or self.position}"

    @property
    def kind_key(self) -> str:
        """The glossary's key for what the clause does."""
        return f"decisions:clause_kind.{self.kind}"


class Motion(Part):
    """What someone moved, in their words, and who: one mover a line, with their party."""

    movers = models.JSONField(default=list)
    text = models.TextField()

    def __str__(self) -> str:
        return ", ".join(self.movers)


class Vote(Part):
    """How the votes fell on one question."""

    question = models.TextField(blank=True)
    yes = models.PositiveSmallIntegerField(null=True)
    no = models.PositiveSmallIntegerField(null=True)
    abstained = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.yes}–{self.no}"


class Reservation(Part):
    """A reservation against the decision, in its words."""

    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class BasisDocument(Part):
    """A document that the decision rests on."""

    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class RelatedCase(Part):
    """The number of another case that the text names."""

    number = models.CharField(max_length=80)

    class Meta(Part.Meta):
        indexes = [models.Index(fields=["number"], name="related_case_by_number")]

    def __str__(self) -> str:
        return self.number


class Mention(Part):
    """What the text names but no clause decides."""

    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class Signature(Part):
    """A line of signature in the minutes: the role, and the name where it is filled in."""

    role = models.CharField(max_length=120)
    name = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.role
