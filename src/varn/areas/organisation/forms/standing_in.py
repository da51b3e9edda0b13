"""Forms about absence and deputies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.areas.organisation.forms.base import RegisterForm
from varn.areas.organisation.forms.fields import PersonField
from varn.areas.organisation.models import AbsenceKind
from varn.mechanisms.ui.forms import DayField, LastDayField, WordChoiceField


class StandInForm(RegisterForm):
    """Who stands in, and through which day."""

    deputy = PersonField(label=_("Deputy"), help_text=_("Name or employee id."))
    from_date = DayField(label=_("From"))
    until_date = LastDayField(label=_("Through"), help_text=_("The rights end by themselves after that day."))
    for_all = forms.BooleanField(
        label=_("For all of the holder's appointments that I may appoint a deputy for"), required=False
    )


class AbsenceForm(RegisterForm):
    """When somebody is away."""

    kind = WordChoiceField(
        keys=AbsenceKind,
        prefix="organisation:absence_kind.",
        label=_("Kind"),
        help_text=_("Choose other absence for everything that has to do with health."),
    )
    from_date = DayField(label=_("From"))
    until_date = LastDayField(label=_("Through"))


class AbsenceEndForm(RegisterForm):
    """The last day of an absence."""

    until_date = LastDayField(label=_("Last day"))
