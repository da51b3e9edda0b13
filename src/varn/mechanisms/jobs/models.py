from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from varn.mechanisms.access.querysets import OpenQuerySet
from varn.mechanisms.jobs.permissions import Permission


class Outcome(StrEnum):
    """How a run went. `lost`: the worker stopped in the middle, and another took over.

    `refused`: whoever started it had no right to when its turn came.
    """

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    LOST = "lost"
    REFUSED = "refused"


class RunQuerySet(OpenQuerySet["Run"]):
    """Runs are the installation's own record, for those who run it."""

    read = Permission.READ_RUNS


class Run(models.Model):
    """One run of a job: when it was due (empty when a person started it), how it went, and how much it dealt with.

    `account` is the person's, whose right to start it is asked for again when it is carried out. At most one run of
    a job is open at a time.
    """

    name = models.CharField(max_length=80)
    due_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, default=Outcome.RUNNING)
    count = models.PositiveIntegerField(null=True)
    error = models.CharField(max_length=300, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(ended_at=None), name="run_has_no_twin"),
            models.CheckConstraint(
                condition=Q(outcome__in=[each.value for each in Outcome]), name="run_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="running", ended_at=None) | ~Q(outcome="running") & Q(ended_at__isnull=False),
                name="run_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="run_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(fields=["name", "-started_at", "-id"], name="run_newest_first"),
            models.Index(fields=["name", "-id"], name="run_last_made"),
            models.Index(fields=["name", "outcome", "-id"], name="run_last_made_by_outcome"),
        ]
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.started_at:%Y-%m-%d %H:%M}"
