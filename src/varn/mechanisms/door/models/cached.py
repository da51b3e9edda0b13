from django.db import models


class Cached(models.Model):
    """What the cache holds under one key, until its time is over. The key is a hash; see `door.cache`."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField(null=True)
    until_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until_at"], name="cached_by_end")]
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
