"""Parsing and checking what people write about the connection to the directory."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from varn.kernel.secrecy import holds_personal_number
from varn.mechanisms.directory.sso.config import providers
from varn.mechanisms.ui.forms import Form


class TokenForm(Form):
    """A new token."""

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("The directory that gets it. The trail shows this name.")
    )
    days = forms.IntegerField(
        label=_("Works for so many days"),
        min_value=1,
        required=False,
        help_text=_("Leave it empty for the longest time that the lawbook gives (L30)."),
    )


class GroupForm(Form):
    """A group that a sign-in provider will name."""

    source = forms.ChoiceField(label=_("Sign-in"))
    name = forms.CharField(
        label=_("The group as the provider writes it"),
        max_length=255,
        help_text=_("Exactly, with capital letters and all. Some write a name, others a long number."),
    )

    def build(self) -> None:
        """The providers that can be chosen."""
        offered = [(each.key, each.name) for each in providers().values()]
        self.fields["source"] = forms.ChoiceField(label=_("Sign-in"), choices=offered)

    def clean_name(self) -> str:
        """A name that holds nobody's personal identity number."""
        name = str(self.cleaned_data["name"])
        if holds_personal_number(name):
            raise ValidationError(_("A personal identity number may not be written here."), code="personal_number")
        return name
