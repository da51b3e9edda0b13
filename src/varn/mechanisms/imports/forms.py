from typing import Any

from django.utils.translation import gettext_lazy as _

from varn.mechanisms.attachments.fields import UploadField
from varn.mechanisms.attachments.uploads import megabytes
from varn.mechanisms.ui.forms import Form


class FileForm(Form):
    """The file to try out."""

    file = UploadField(label=_("File"))

    def build(self) -> None:
        """What is taken is said with its limit."""
        said = _("CSV or Excel (XLSX), at most %(limit)s MB and 100,000 rows. Nothing is brought in until you say so.")
        self.fields["file"].help_text = said % {"limit": megabytes()}

    def read(self) -> dict[str, Any]:
        """The file's name and content, as the action takes them."""
        file = self.cleaned_data["file"]
        return {"name": file.name, "content": file.read()}
