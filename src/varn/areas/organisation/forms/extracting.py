"""The form that asks for a register extract."""

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.areas.organisation.forms.base import RegisterForm

PAGE, PDF, JSON = "page", "pdf", "json"


class ExtractForm(RegisterForm):
    """Which request it answers, and as what it is wanted."""

    reason = forms.CharField(
        label=_("Request"), max_length=200, help_text=_("The case number, or when and how the person asked.")
    )
    file_format = forms.ChoiceField(
        label=_("Format"),
        choices=((PAGE, _("Page to read")), (PDF, _("PDF to hand over")), (JSON, _("JSON for a machine"))),
        initial=PAGE,
    )
