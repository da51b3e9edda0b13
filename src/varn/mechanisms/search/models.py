from django.contrib.contenttypes.models import ContentType
from django.db import models


class Document(models.Model):
    """What can be found of one thing: the words it is found by, each marked with its kind, and what the hits show.

    It has no visibility of its own: a hit is shown only where the thing's own `visible_to` lets it through.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    reference = models.CharField(max_length=80, blank=True)
    shown = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    stems = models.TextField(blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="document_is_one_per_thing"),
        ]
        indexes = [
            models.Index(fields=["reference"], name="document_by_reference"),
            models.Index(fields=["content_type", "-id"], name="document_newest_of_kind"),
        ]
        ordering = ["kind", "-pk"]

    def __str__(self) -> str:
        return self.title
