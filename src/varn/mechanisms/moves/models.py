from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q


class Move(models.Model):
    """One move a thing has made and how long it stayed where the move led (half-open, open while it is there)."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=40)
    target = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("made_at")), name="move_ends_after_it_was_made"
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id"], condition=Q(until_at=None), name="move_has_one_open_end"
            ),
        ]
        indexes = [models.Index(fields=["content_type", "object_id", "made_at"], name="move_by_thing")]
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
