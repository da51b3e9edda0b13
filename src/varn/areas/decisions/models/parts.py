"""The parts of a decision: its clauses, what was moved and voted, what it rests on and names, and who signs."""

from django.db import models
from django.db.models import Q

from varn.areas.decisions.models.decisions import Decision, DecisionPartQuerySet
from varn.areas.decisions.rules import ClauseKind


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
