"""What is kept of an assignment on its way: its deadlines, what has been done, and the reports to the body."""

from django.db import models
from django.db.models import F, Q

from varn.areas.decisions.models.assignments import Assignment, AssignmentPartQuerySet
from varn.areas.decisions.models.bodies import Body
from varn.areas.decisions.models.decisions import Decision
from varn.areas.decisions.models.parts import Clause
from varn.areas.decisions.rules import DeadlineKind


class Deadline(models.Model):
    """When an assignment is due: the verbatim words, and the days a person read into them (both inclusive).

    A new decision that extends the assignment adds a row; the one before ends when it begins. `clause` is the one of
    that decision that extends, where it is known.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="deadlines")
    words = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20)
    first_date = models.DateField(null=True, blank=True)
    last_date = models.DateField(null=True, blank=True)
    interpreted_by = models.CharField(max_length=200)
    extended_by = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="extends")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="extends")
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
