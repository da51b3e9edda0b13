"""Why it is asked for, and why it is decided as it is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.mechanisms.ui.forms import Form


class AskForm(Form):
    """Why it must be done. Whoever decides reads it."""

    reason = forms.CharField(
        label=_("Why must this be done?"),
        help_text=_("The one who decides reads this. It stands in the history."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ApproveForm(Form):
    """What the one who approves wants to have said."""

    reason = forms.CharField(
        label=_("Your comment"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class DenyForm(Form):
    """Why not."""

    reason = forms.CharField(
        label=_("Why not?"),
        help_text=_("The one who asked reads this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WithdrawForm(Form):
    """Nothing more is asked."""
