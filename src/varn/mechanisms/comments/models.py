from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q


class Comment(models.Model):
    """What somebody wrote beside a thing. It is never changed; whoever was wrong writes another.

    It has no visibility of its own: it is read through `comments_on` its thing, and nowhere else.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)
    function = models.CharField(max_length=300, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]
        indexes = [models.Index(fields=["content_type", "object_id", "written_at"], name="comment_by_thing")]
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text
