"""The form that brings minutes in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.queries import bodies_registered_by
from varn.mechanisms.attachments.fields import UploadField
from varn.mechanisms.attachments.uploads import megabytes
from varn.mechanisms.ui.forms import Form


class BringForm(Form):
    """A file, or the text itself."""

    one_of = ("file", "text")

    file = UploadField(
        label=_("Minutes"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,.pdf,.docx"}),
    )
    text = forms.CharField(
        label=_("Or paste the text"), required=False, max_length=2_000_000, widget=forms.Textarea(attrs={"rows": 12})
    )

    body = forms.ModelChoiceField(
        label=_("Body"),
        queryset=None,
        required=False,
        help_text=_("Only needed where the text does not say who decided."),
    )

    def build(self) -> None:
        """What is taken is said with its limit. Whoever registers for several bodies may say which."""
        said = _("Text, PDF with text, or DOCX: the whole minutes or an excerpt, at most %(limit)s MB.")
        self.fields["file"].help_text = said % {"limit": megabytes()}
        own = bodies_registered_by(self.viewer)
        self.fields["body"].queryset = own
        if len(own) < 2:
            del self.fields["body"]

    def clean(self) -> dict[str, Any]:
        """One of the two is given."""
        values = super().clean()
        if not self.errors and bool(values.get("file")) == bool((values.get("text") or "").strip()):
            raise ValidationError(_("Choose a file or paste the text: one of the two."))
        return values

    def content(self) -> tuple[str, bytes]:
        """The name and the bytes of what was brought."""
        file = self.cleaned_data["file"]
        if file:
            return file.name, file.read()
        return "text.txt", self.cleaned_data["text"].encode("utf-8")
