"""Forms about functions, what is required of units, and offices."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from varn.areas.organisation.forms.base import RegisterForm
from varn.areas.organisation.forms.fields import ShareField, UnitField
from varn.areas.organisation.models import Function, UnitKind
from varn.kernel.levels import Tier
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.ui.forms import DayField, LastDayField, WordChoiceField


class FunctionChoice(forms.ModelChoiceField):
    """A function to choose, by its name in the reader's language."""

    def label_from_instance(self, obj: Function) -> str:
        """The name."""
        return obj.name


def function_field(**kwargs: object) -> FunctionChoice:
    """A function to choose."""
    return FunctionChoice(queryset=Function.objects.none(), label=_("Function"), **kwargs)


class FunctionForm(RegisterForm):
    """A function of the municipality's own, or a standard one in its own words."""

    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    tier = WordChoiceField(
        keys=Tier,
        prefix="tier.",
        label=_("Tier"),
        required=False,
        help_text=_("Leave it empty for a function beside the security organisation."),
    )
    role = WordChoiceField(
        keys=[key for key in ROLES if key != "administrator"],
        prefix="access:role.",
        label=_("Role"),
        help_text=_("Decides what those who have the function may see and do. See the page Roles."),
    )
    position = forms.IntegerField(
        label=_("Place in the order"),
        min_value=0,
        max_value=32000,
        initial=100,
        help_text=_("Functions stand in this order in lists and in the coverage, the lowest number first."),
    )


class RequirementForm(RegisterForm):
    """What is required of a kind of unit, or of one unit."""

    function = function_field()
    unit_kind = WordChoiceField(keys=UnitKind, prefix="organisation:unit_kind.", label=_("Kind of unit"))
    unit = UnitField(
        label=_("Only this unit"), required=False, help_text=_("Then it holds for this unit instead of its kind's.")
    )
    minimum = forms.IntegerField(
        label=_("At least"), min_value=0, max_value=1000, initial=1, help_text=_("0 when none is required.")
    )
    maximum = forms.IntegerField(label=_("At most"), min_value=0, max_value=1000, required=False)
    share = ShareField(
        label=_("Total share of full time"),
        min_value=Decimal("0.01"),
        max_value=Decimal("99.99"),
        required=False,
        help_text=_("In percent. 100 % is a whole post."),
    )
    from_date = DayField(label=_("From"))

    def build(self) -> None:
        """The functions that can be chosen."""
        super().build()
        self.fields["function"].queryset = Function.objects.visible_to(self.viewer)

    def clean(self) -> dict[str, object]:
        """The most is not less than the least."""
        least, most = self.cleaned_data.get("minimum"), self.cleaned_data.get("maximum")
        if least is not None and most is not None and most < least:
            self.add_error("maximum", ValidationError(_("At most cannot be less than at least.")))
        return self.cleaned_data


class RequirementEndForm(RegisterForm):
    """The last day of a requirement."""

    until_date = LastDayField(label=_("Last day"))


class OfficeForm(RegisterForm):
    """A named office."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As decisions write it: “Kommundirektören”."))
    unit = UnitField(label=_("Unit"), help_text=_("The holder is whoever is appointed in this unit to the function."))
    function = function_field()

    def build(self) -> None:
        """The functions that can be chosen."""
        super().build()
        self.fields["function"].queryset = Function.objects.visible_to(self.viewer)
