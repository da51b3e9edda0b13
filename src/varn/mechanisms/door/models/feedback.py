from typing import ClassVar

from django.conf import settings
from django.db import models

from varn.kernel.lifecycle import Lifecycle
from varn.mechanisms.access.querysets import OpenQuerySet
from varn.mechanisms.door.lifecycle import FEEDBACK, FeedbackState
from varn.mechanisms.door.permissions import Permission
from varn.mechanisms.moves.making import state_constraint


class FeedbackQuerySet(OpenQuerySet["Feedback"]):
    """Feedback is read by those who answer it."""

    read = Permission.READ_FEEDBACK


class Feedback(models.Model):
    """What somebody could not use, and what they were answered. The address is kept only to answer.

    `language` is the one they read in. `law` is the rule of the lawbook that says how soon they are answered.
    """

    lifecycle: ClassVar[Lifecycle] = FEEDBACK

    reference = models.CharField(max_length=20, unique=True)
    text = models.TextField()
    page = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default=settings.LANGUAGE_CODE)
    received_at = models.DateTimeField()
    law = models.CharField(max_length=20)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, default=FeedbackState.RECEIVED)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        constraints = [state_constraint(FEEDBACK, name="feedback_state_is_declared")]
        indexes = [models.Index(fields=["-received_at", "-id"], name="feedback_newest_first")]
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.reference
