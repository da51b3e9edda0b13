"""Forms about appointments and their hand-over."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.areas.organisation.forms.base import RegisterForm
from varn.areas.organisation.forms.fields import PersonField, ShareField, UnitField, UnitsField
from varn.areas.organisation.forms.structure import function_field
from varn.areas.organisation.models import Function, Office
from varn.mechanisms.ui.forms import DayField, LastDayField, stored

MOST, LEAST = Decimal(1), Decimal("0.01")


class _PlacedForm(RegisterForm):
    """The fields that say where an appointment is placed."""

    units = UnitsField(label=_("Units"), help_text=_("Name or code, one in each box."))
    share = ShareField(
        label=_("Share of full time"),
        min_value=LEAST,
        max_value=MOST,
        help_text=_("In percent. 100 % is a whole post. It is divided evenly over the units."),
    )
    deputy = PersonField(label=_("Deputy"), required=False)
    from_date = DayField(label=_("From"))
    until_date = LastDayField(label=_("Through"), required=False)
    is_confirmed = forms.BooleanField(
        label=_("More than full time in total is intended"),
        required=False,
        help_text=_("Needed only when the person's appointments pass full time."),
    )


class ProposeForm(_PlacedForm):
    """A new appointment."""

    one_of = ("person", "office")

    person = PersonField(label=_("Person"), required=False, help_text=_("Name or employee id."))
    office = forms.ModelChoiceField(
        queryset=Office.objects.none(),
        label=_("Or a named office"),
        required=False,
        help_text=_("The holder of the office has the appointment, whoever that is."),
    )
    function = function_field()
    appointed_by = forms.CharField(
        label=_("Appointed by"), max_length=200, help_text=_("Who decides, for example the head of the department.")
    )
    employer = UnitField(
        label=_("Supplied by"),
        required=False,
        help_text=_("The company or unit that supplies the person under an agreement."),
    )
    agreement = forms.CharField(label=_("Agreement"), max_length=200, required=False)
    fieldsets = (
        (_("Who"), ("person", "office", "function")),
        (_("Where and how much"), ("units", "share", "deputy")),
        (_("When"), ("from_date", "until_date")),
        (_("Grounds"), ("appointed_by", "employer", "agreement", "is_confirmed")),
    )

    def build(self) -> None:
        """The functions and offices that can be chosen."""
        super().build()
        self.fields["function"].queryset = Function.objects.visible_to(self.viewer)
        self.fields["office"].queryset = Office.objects.visible_to(self.viewer)


class ChangeForm(_PlacedForm):
    """A change of an appointment from a day."""

    effective_date = DayField(
        label=_("The change holds from"), help_text=_("What was before that day stays as it was.")
    )
    field_order = ("effective_date", "units", "share", "deputy", "from_date", "until_date", "is_confirmed")


class GroundForm(RegisterForm):
    """Who appointed, and who supplies the person under which agreement."""

    appointed_by = forms.CharField(
        label=_("Appointed by"), max_length=200, help_text=_("Who decides, for example the head of the department.")
    )
    employer = UnitField(
        label=_("Supplied by"),
        required=False,
        help_text=_("The company or unit that supplies the person under an agreement."),
    )
    agreement = forms.CharField(label=_("Agreement"), max_length=200, required=False)


class EndingForm(RegisterForm):
    """The last day of an appointment."""

    until_date = LastDayField(label=_("Last day"))

    def __init__(self, *args: object, thing: object, **kwargs: object) -> None:
        super().__init__(*args, initial=stored(EndingForm, thing), **kwargs)


class HandoverItemForm(RegisterForm):
    """One more thing to hand over."""

    text = forms.CharField(label=_("What is to be handed over"), max_length=400)
