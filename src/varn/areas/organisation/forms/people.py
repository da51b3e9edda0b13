"""Forms about people."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from varn.areas.organisation.forms.base import RegisterForm
from varn.areas.organisation.forms.fields import UnitField
from varn.mechanisms.access.models import Account
from varn.mechanisms.ui.forms import DayField, EmailField, LastDayField


class PersonChangeForm(RegisterForm):
    """What may change about a person."""

    name = forms.CharField(label=_("Name"), max_length=200)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    unit = UnitField(label=_("Unit"), help_text=_("Name or code of the unit where the person works."))
    email = EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)


class PersonForm(PersonChangeForm):
    """A new person."""

    employee_id = forms.CharField(
        label=_("Employee id"), max_length=40, help_text=_("The number in the payroll system. Not a personal number.")
    )
    from_date = DayField(label=_("From"))
    until_date = LastDayField(label=_("Through"), required=False)


class LeaveForm(RegisterForm):
    """The last day of a person."""

    until_date = LastDayField(label=_("Last day"))
    ends_appointments = forms.BooleanField(
        label=_("End the appointments that would be left, on the same day"), required=False
    )


class AccountForm(RegisterForm):
    """The account that a person signs in with."""

    account = EmailField(
        label=_("The account's e-mail"),
        required=False,
        help_text=_("Whoever signs in with it has this person's rights. Leave it empty to take the account away."),
    )

    def clean_account(self) -> Account | None:
        """The account of this address."""
        address = self.cleaned_data["account"]
        if not address:
            return None
        account = Account.objects.filter(email__iexact=address).first()
        if account is None:
            raise ValidationError(_("There is no account with this e-mail. An administrator creates it first."))
        return account
