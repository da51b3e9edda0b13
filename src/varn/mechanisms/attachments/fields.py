from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from varn.mechanisms.attachments.uploads import RefusedFile, too_large


class UploadField(forms.FileField):
    """A file that was held in memory; one that was too large is refused with the sentence that says so."""

    def to_python(self, data: Any) -> Any:
        """The file as it was sent."""
        if isinstance(data, RefusedFile):
            raise ValidationError(too_large(), code="too_large")
        return super().to_python(data)
