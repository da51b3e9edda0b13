from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q


class Attachment(models.Model):
    """A file that belongs to a thing. It lies under a random name; the name it came with is only shown.

    It has no visibility of its own: it is read through `attachments_of` its thing, and nowhere else.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    stored_name = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "sha256"], name="attachment_is_stored_once_per_thing"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_is_not_empty"),
        ]
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name
