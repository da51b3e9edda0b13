"""Forms about what a group of the directory gives."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.areas.organisation.forms.base import RegisterForm
from varn.areas.organisation.forms.fields import ShareField, UnitField
from varn.areas.organisation.forms.structure import function_field
from varn.areas.organisation.models import Function
from varn.areas.organisation.queries import groups_to_map
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.directory.models import DirectoryGroup

LEAST, MOST = Decimal("0.01"), Decimal(1)


class GroupMappingForm(RegisterForm):
    """What a group gives, who decided it and on what ground."""

    group = forms.ModelChoiceField(queryset=DirectoryGroup.objects.none(), label=_("Group in the directory"))
    function = function_field()
    unit = UnitField(label=_("Unit"), help_text=_("Name or code."))
    share = ShareField(
        label=_("Share of full time"),
        min_value=LEAST,
        max_value=MOST,
        initial=MOST,
        help_text=_("Of each who is in it."),
    )
    decided_by = forms.CharField(
        label=_("Who decided"), max_length=200, help_text=_("Who decided that the group gives this.")
    )
    ground = forms.CharField(label=_("Ground"), max_length=400)
    case_number = forms.CharField(label=_("Case number"), max_length=100, required=False)
    fieldsets = (
        (_("Who gets what"), ("group", "function", "unit", "share")),
        (_("Grounds"), ("decided_by", "ground", "case_number")),
    )

    def build(self) -> None:
        """The groups, and the functions that a group can give."""
        super().build()
        lasting = [key for key, role in ROLES.items() if not role.time_limited]
        self.fields["group"].queryset = groups_to_map(viewer=self.viewer)
        self.fields["function"].queryset = Function.objects.visible_to(self.viewer).filter(role__in=lasting)


class GroupMappingEndForm(RegisterForm):
    """Why a group gives it no longer."""

    reason = forms.CharField(label=_("Reason"), max_length=400)
