"""Forms about units."""

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.areas.organisation.forms.base import RegisterForm
from varn.areas.organisation.forms.fields import UnitField
from varn.areas.organisation.models import UnitKind
from varn.mechanisms.ui.forms import DayField, EmailField, LastDayField, WordChoiceField

FROM = _("From")
FROM_HELP = _("The first day of the change. It may lie before today, and what was before that day stays as it was.")


class UnitForm(RegisterForm):
    """A new unit."""

    kind = WordChoiceField(keys=UnitKind, prefix="organisation:unit_kind.", label=_("Kind"))
    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("The unit's own code, as in the payroll system.")
    )
    parent = UnitField(label=_("Under"), help_text=_("Name or code of the unit that it lies under."), required=False)
    from_date = DayField(label=FROM)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    email = EmailField(label=_("E-mail"), required=False)


class UnitChangeForm(RegisterForm):
    """What may change without a day."""

    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    email = EmailField(label=_("E-mail"), required=False)


class RenameForm(RegisterForm):
    """A new name from a day."""

    name = forms.CharField(label=_("New name"), max_length=200)
    from_date = DayField(label=FROM, help_text=FROM_HELP)


class MoveForm(RegisterForm):
    """A new place in the tree from a day."""

    parent = UnitField(label=_("Under"), help_text=_("Name or code of the unit that it is to lie under."))
    from_date = DayField(label=FROM, help_text=FROM_HELP)


class CloseForm(RegisterForm):
    """The last day of a unit."""

    until_date = LastDayField(label=_("Last day"))
