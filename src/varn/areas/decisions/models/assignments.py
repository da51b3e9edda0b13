from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from varn.areas.decisions.lifecycle import ASSIGNMENT, OPEN_STATES, AssignmentState
from varn.areas.decisions.models.bodies import Body
from varn.areas.decisions.models.decisions import Clause, Decision, DecisionPartQuerySet
from varn.areas.decisions.permissions import OPEN_TO_ALL_REACHED, OPEN_TO_THE_ASSIGNEE, Permission
from varn.areas.decisions.rules import DeadlineKind
from varn.kernel.lifecycle import Lifecycle
from varn.mechanisms.access.querysets import ChildQuerySet, units_within
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.moves.making import state_constraint


class AssignmentQuerySet(DecisionPartQuerySet):
    """An assignment is seen with its decision.

    The body that gave it rules over it; the office that answers for it, the delegate and the support work with it.
    """

    def visible_to(self, viewer: Viewer, to: str | None = None) -> Self:
        """The assignments whose decision reaches the reader, or, with `to`, those the reader may do that with."""
        if to is None or to in OPEN_TO_ALL_REACHED:
            return super().visible_to(viewer, to or Permission.READ_ASSIGNMENTS)
        scopes = viewer.scopes_for(to)
        if viewer.is_system or any(scope.everything for scope in scopes):
            return self
        if not scopes:
            return self.none()
        units = units_within(scopes, viewer)
        mine = Q(giver__unit__in=units)
        if to in OPEN_TO_THE_ASSIGNEE:
            mine |= Q(office__unit__in=units) | _in_person(viewer)
        return self.filter(mine)

    def open(self) -> Self:
        """The assignments that are still owed an answer."""
        return self.filter(state__in=OPEN_STATES, until_date=None)

    def open_on(self, day: date) -> Self:
        """The assignments that stood open at the end of this day, also a day long ago: in force and not yet ended."""
        ended = Q(until_date=None) | Q(until_date__gt=day)
        return self.exclude(state__in=[AssignmentState.PROPOSED, AssignmentState.ANNULLED]).filter(
            ended, from_date__lte=day
        )

    def overdue(self, day: date) -> Self:
        """The open assignments whose last day has passed."""
        return self.open().filter(due_date__lt=day)


def _in_person(viewer: Viewer) -> Q:
    if viewer.person_id is None:
        return Q(pk__in=[])
    return Q(delegated_to=viewer.person_id) | Q(support=viewer.person_id)


class Assignment(models.Model):
    """What a clause gives an office to do. The office answers for it; `support` helps and never takes over.

    It is in force from `from_date`, the day its giver decided it, until the day of the decision that ends it
    (half-open). `due_date` is the last day of the interpreted deadline that holds now. `giver` is the body that it is
    owed to: the one that adopted it, where a lower body only proposed it.
    """

    lifecycle: ClassVar[Lifecycle] = ASSIGNMENT

    reference = models.CharField(max_length=20, unique=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="assignments")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="assignments")
    giver = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="given_assignments")
    assignee = models.CharField(max_length=300)
    office = models.ForeignKey("organisation.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    delegated_to = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="delegated_assignments"
    )
    support = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="supported_assignments"
    )
    text = models.TextField()
    due_date = models.DateField(null=True, blank=True)
    report_form = models.CharField(max_length=300, blank=True)
    adopted_by = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="adopts")
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
            models.Index(fields=["giver", "from_date", "id"], name="assignment_by_giver"),
            models.Index(fields=["due_date", "id"], name="assignment_by_last_day"),
        ]
        ordering = ["from_date", "pk"]

    def __str__(self) -> str:
        return self.reference


class AssignmentPartQuerySet(ChildQuerySet):
    """Seen with its assignment."""

    parent = "assignment"


class Deadline(models.Model):
    """When an assignment is due: the verbatim words, and the days a person read into them (both inclusive).

    A new decision that extends the assignment adds a row; the one before ends when it begins.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="deadlines")
    words = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20)
    first_date = models.DateField(null=True, blank=True)
    last_date = models.DateField(null=True, blank=True)
    interpreted_by = models.CharField(max_length=200)
    extended_by = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="extends")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects = AssignmentPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in DeadlineKind]), name="deadline_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(first_date=None) | Q(last_date=None) | Q(last_date__gte=F("first_date")),
                name="deadline_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(until_at=None), name="deadline_holds_one_at_a_time"
            ),
        ]
        ordering = ["assignment", "from_at", "pk"]

    def __str__(self) -> str:
        return self.words or str(self.last_date or "")

    @property
    def kind_key(self) -> str:
        """The glossary's key for how exactly the words say when."""
        return f"decisions:deadline_kind.{self.kind}"


class ProgressNote(models.Model):
    """What had been done by a day. A part report is a note that also goes to the body."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    is_part_report = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    author = models.CharField(max_length=200)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")

    objects = AssignmentPartQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "-made_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]


class ReportBack(models.Model):
    """The report to the body that gave the assignment: what it says, and at which meeting under which case number."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reports")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reports")
    meeting_date = models.DateField()
    case_number = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    made_at = models.DateTimeField()
    author = models.CharField(max_length=200)

    objects = AssignmentPartQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "meeting_date", "pk"]

    def __str__(self) -> str:
        return f"{self.body} {self.meeting_date}"


class ClosingQuerySet(DecisionPartQuerySet):
    """Seen with the decision that closes."""


class Closing(models.Model):
    """That a decision closes an assignment, as it says so: by body, date, § and point.

    `assignment` is empty until it is found.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="closings")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="closings")
    body_name = models.CharField(max_length=200, blank=True)
    date = models.DateField(null=True)
    paragraph = models.CharField(max_length=20, blank=True)
    point = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    objects = ClosingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "assignment"], name="closing_is_said_once"),
        ]
        ordering = ["decision", "pk"]

    def __str__(self) -> str:
        return f"{self.body_name} {self.date} § {self.paragraph}"
