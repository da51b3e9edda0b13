"""What every row that is kept beside a record has: which record, and from when until when it holds."""

from datetime import datetime
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q


class BesideQuerySet(models.QuerySet[Any]):
    """Rows beside records. Read by access itself, to find out who may see the record: so they have no viewer."""

    def about(self, thing: models.Model) -> Self:
        """The rows beside this record."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)

    def holding(self, at: datetime) -> Self:
        """What holds at the moment: begun, and not yet ended."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)


class Beside(models.Model):
    """What stands beside a record of any kind from one moment until another (half-open). Ended, never deleted."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    from_at = models.DateTimeField()

    class Meta:
        abstract = True
