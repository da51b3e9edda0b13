from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from varn.areas.decisions.lifecycle import ASSIGNMENT, NEVER_IN_FORCE, OPEN_STATES, AssignmentState, DecisionState
from varn.areas.decisions.models.bodies import Body
from varn.areas.decisions.models.decisions import Decision, DecisionPartQuerySet
from varn.areas.decisions.models.parts import Clause
from varn.areas.decisions.permissions import OPEN_TO_ALL_REACHED, OPEN_TO_THE_ASSIGNEE, Permission
from varn.kernel.lifecycle import Lifecycle
from varn.mechanisms.access.querysets import ChildQuerySet, units_within
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.moves.making import state_constraint


class AssignmentQuerySet(DecisionPartQuerySet):
    """An assignment is seen with its decision.

    The body that gave it rules over it; the office that answers for it, the delegate and the support work with it.
    """

    read = Permission.READ_ASSIGNMENTS

    def in_scope(self, viewer: Viewer, to: str | None = None) -> Self:
        """The assignments whose decision reaches the reader, or, with `to`, those the reader may do that with."""
        if to is None or to in OPEN_TO_ALL_REACHED:
            return super().in_scope(viewer, to or self.read)
        scopes = viewer.scopes_for(to)
        if viewer.is_system or any(scope.everything for scope in scopes):
            return self
        if not scopes:
            return self.none()
        units = units_within(scopes, viewer)
        mine = Q(giver__unit__in=units)
        if to in OPEN_TO_THE_ASSIGNEE:
            mine |= Q(office__unit__in=units) | Q(unit__in=units) | _in_person(viewer)
        return self.filter(mine)

    def open(self) -> Self:
        """The assignments that are still owed an answer."""
        return self.filter(state__in=OPEN_STATES, until_date=None)

    def not_open(self) -> Self:
        """The assignments that have ended or were never in force."""
        return self.exclude(pk__in=self.open().values("pk"))

    def answered(self) -> Self:
        """The assignments that an office or a unit answers for."""
        return self.exclude(office=None, unit=None)

    def unanswered(self) -> Self:
        """The assignments that nobody answers for yet: the words of the text mean no office and no unit."""
        return self.filter(office=None, unit=None)

    def open_on(self, day: date) -> Self:
        """The assignments that stood open at the end of this day, also a day long ago: in force and not yet ended."""
        ended = Q(until_date=None) | Q(until_date__gt=day)
        return self.exclude(state__in=NEVER_IN_FORCE).filter(ended, from_date__lte=day)

    def overdue(self, day: date) -> Self:
        """The open assignments whose last day has passed."""
        return self.open().filter(due_date__lt=day)


def _in_person(viewer: Viewer) -> Q:
    return Q(delegated_to__in=viewer.people) | Q(support__in=viewer.people)


class Assignment(models.Model):
    """What a clause gives an office to do. The office answers for it, or the unit where no named office does;
    `support` helps and never takes over.

    It is in force from `from_date`, the day its giver decided it, until the day of the decision that ends it
    (half-open). `due_date` is the last day of the interpreted deadline that holds now. `giver` is the body that it is
    owed to. Where a lower body proposed it, `decision` and `clause` are the ones that adopted it, and its `proposals`
    keep what was proposed. `group` holds the words that gave the same to several ("samtliga nämnder"): each of them
    has an assignment of its own, and they share the clause.
    """

    lifecycle: ClassVar[Lifecycle] = ASSIGNMENT
    takes_notes: ClassVar[bool] = True

    reference = models.CharField(max_length=20, unique=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="assignments")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="assignments")
    giver = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="given_assignments")
    assignee = models.CharField(max_length=300)
    office = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = models.CharField(max_length=300, blank=True)
    delegated_to = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="delegated_assignments"
    )
    support = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="supported_assignments"
    )
    text = models.TextField()
    due_date = models.DateField(null=True, blank=True)
    report_form = models.CharField(max_length=300, blank=True)
    repealed_by = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, default=AssignmentState.PROPOSED)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    overdue_notice_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [state_constraint(ASSIGNMENT, name="assignment_state_is_declared")]
        indexes = [
            models.Index(fields=["from_date", "id"], name="assignment_oldest_first"),
            models.Index(fields=["until_date", "from_date", "id"], name="assignment_open_oldest_first"),
            models.Index(fields=["decision"], condition=Q(until_date=None), name="assignment_open_by_decision"),
            models.Index(fields=["giver", "from_date", "id"], name="assignment_by_giver"),
            models.Index(fields=["due_date", "id"], name="assignment_by_last_day"),
        ]
        ordering = ["from_date", "pk"]

    def __str__(self) -> str:
        return self.reference

    def settles(self, notice: str) -> bool:
        """Whether nothing more is to be done with it: it is reported back, or open no more."""
        return self.state not in OPEN_STATES or self.state == AssignmentState.REPORTED_BACK

    def is_overdue(self, day: date) -> bool:
        """Whether it is open though its last day has passed."""
        is_open = self.state in OPEN_STATES and self.until_date is None
        return is_open and self.due_date is not None and self.due_date < day

    def stands_out(self, day: date) -> tuple[str, ...]:
        """What is said beside its state."""
        return ("decisions:overdue",) if self.is_overdue(day) else ()

    @property
    def answers(self) -> models.Model | str:
        """Who answers for it: the office, or the unit; in the words of the text while neither is known."""
        return self.office or self.unit or self.assignee

    @property
    def answering_unit(self) -> int | None:
        """The unit in which it is answered for: the office's own, or the unit itself."""
        return self.office.unit_id if self.office is not None else self.unit_id


class AssignmentPartQuerySet(ChildQuerySet):
    """Seen with its assignment."""

    parent = "assignment"


class Proposal(models.Model):
    """What a clause of a lower body proposed, in its words, before a decision of a higher one took it up."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="proposals")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="proposals")
    assignee = models.CharField(max_length=300)
    text = models.TextField()
    report_form = models.CharField(max_length=300, blank=True)
    taken_up_by = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="takes_up")
    made_at = models.DateTimeField()

    objects = AssignmentPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "taken_up_by"], name="proposal_is_taken_up_once"),
        ]
        ordering = ["assignment", "made_at", "pk"]

    def __str__(self) -> str:
        return str(self.clause)


class ClosingQuerySet(DecisionPartQuerySet):
    """Seen with the decision that closes."""

    def waiting(self) -> Self:
        """The closings of decisions that count, that have found no assignment and were not dismissed."""
        return self.filter(assignment=None, dismissed_at=None).exclude(decision__state=DecisionState.ANNULLED)


class Closing(models.Model):
    """That a decision closes an assignment, as it says so: by body, date, § and point.

    `only` names the one whose assignment is meant, where the point gave the same to several. `assignment` is empty
    until it is found, or for good where a person has dismissed the closing. `clause` is the one that says it, where
    that is known.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="closings")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="closings")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="closings")
    body_name = models.CharField(max_length=200, blank=True)
    date = models.DateField(null=True)
    paragraph = models.CharField(max_length=20, blank=True)
    point = models.CharField(max_length=20, blank=True)
    only = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)
    dismissed_because = models.CharField(max_length=2000, blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "assignment"], name="closing_is_said_once"),
            models.CheckConstraint(
                condition=Q(dismissed_at=None) | Q(assignment=None), name="closing_dismissed_closes_nothing"
            ),
        ]
        indexes = [
            models.Index(fields=["-decision", "id"], condition=Q(assignment=None), name="closing_without_assignment"),
        ]
        ordering = ["decision", "pk"]

    def __str__(self) -> str:
        paragraph = f"§ {self.paragraph}" if self.paragraph else ""
        return " ".join(filter(None, [self.body_name, str(self.date or ""), paragraph]))

    @property
    def waits(self) -> bool:
        """Whether it waits for its assignment: neither found nor dismissed."""
        return self.assignment_id is None and self.dismissed_at is None
