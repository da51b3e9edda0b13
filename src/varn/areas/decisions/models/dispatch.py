from dataclasses import replace
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, Q

from varn.areas.decisions.models.decisions import Decision, DecisionPartQuerySet
from varn.areas.decisions.models.parts import Part
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.rules import Purpose
from varn.mechanisms.access.querysets import units_within
from varn.mechanisms.access.viewer import Viewer


class Recipient(Part):
    """Someone whom the minutes name as a recipient, in the minutes' words."""

    text = models.CharField(max_length=500)
    purpose = models.CharField(max_length=20, default=Purpose.INFORMATION)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=[purpose.value for purpose in Purpose]), name="recipient_purpose_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def purpose_key(self) -> str:
        """The glossary's key for why they are sent the decision."""
        return f"decisions:purpose.{self.purpose}"


IS_ACKNOWLEDGED = ExpressionWrapper(Q(acknowledged_at__isnull=False), output_field=models.BooleanField())
WAITING_FIRST = (IS_ACKNOWLEDGED.asc(), "sent_at", "pk")


class DispatchQuerySet(DecisionPartQuerySet):
    """Seen with its decision; acknowledged only by its own recipient, never from an overview.

    What is sent to a person is acknowledged by that person alone, not by others in the same unit. Nobody acknowledges
    what was taken back.
    """

    def in_scope(self, viewer: Viewer, to: str | None = None) -> Self:
        """The dispatches of decisions that reach the reader, or those the reader may acknowledge."""
        rows = super().in_scope(viewer, to)
        if to != Permission.ACKNOWLEDGE or viewer.is_system:
            return rows
        scopes = tuple(replace(scope, overview=False) for scope in viewer.scopes_for(to))
        own_unit = Q(person=None, unit__in=units_within(scopes, viewer))
        return rows.standing().filter(own_unit | Q(person__in=viewer.people))

    def standing(self) -> Self:
        """The dispatches that were not taken back."""
        return self.filter(taken_back_at=None)

    def waiting(self) -> Self:
        """The dispatches that nobody has acknowledged or taken back."""
        return self.standing().filter(acknowledged_at=None)

    def not_waiting(self) -> Self:
        """The dispatches that somebody has acknowledged or taken back."""
        return self.exclude(acknowledged_at=None, taken_back_at=None)


class Dispatch(models.Model):
    """The decision on its way to one recipient as the organisation stood that day: sent, acknowledged, reminded.

    A recipient without an account acknowledges by a link whose secret only its hash is kept of; it works once. One that
    was sent by mistake is taken back, and lets nobody see the decision any more. `unreachable_at` is when neither an
    account nor an address was found to remind.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dispatches")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="dispatches")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=300)
    email = models.EmailField(blank=True)
    sent_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    unreachable_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    token_expires_at = models.DateTimeField(null=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "unit"],
                condition=Q(person=None, taken_back_at=None),
                name="dispatch_goes_once_to_a_unit",
            ),
            models.UniqueConstraint(
                fields=["recipient", "person"],
                condition=Q(taken_back_at=None),
                name="dispatch_goes_once_to_a_person",
            ),
            models.UniqueConstraint(
                fields=["recipient", "name"],
                condition=Q(person=None, unit=None, taken_back_at=None),
                name="dispatch_goes_once_by_hand",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(acknowledged_at=None), name="dispatch_acknowledged_stands"
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent_at"],
                condition=Q(acknowledged_at=None, taken_back_at=None),
                name="dispatch_unacknowledged",
            ),
            models.Index(fields=["token_hash"], name="dispatch_by_token"),
            models.Index(fields=["sent_at", "id"], name="dispatch_earliest_first"),
            models.Index(IS_ACKNOWLEDGED, "sent_at", "id", name="dispatch_waiting_first"),
        ]
        ordering = ["decision", "recipient", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    def settles(self, notice: str) -> bool:
        """Whether nobody waits for it any more: it is acknowledged or taken back."""
        return self.acknowledged_at is not None or self.taken_back_at is not None
