from enum import StrEnum

from django.conf import settings
from django.db import models


class FileFormat(StrEnum):
    """The kinds of file a list can become."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


class Export(models.Model):
    """One list that somebody took out: which, through which filters, and how many rows. The content is not kept."""

    name = models.CharField(max_length=100)
    filters = models.JSONField(default=dict)
    file_format = models.CharField(max_length=8)
    rows = models.PositiveIntegerField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file_format__in=[each.value for each in FileFormat]), name="export_format_is_known"
            ),
        ]
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}.{self.file_format}"
