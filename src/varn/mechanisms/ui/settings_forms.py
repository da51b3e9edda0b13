"""The forms of the settings page and of saved views."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar
from urllib.parse import parse_qs

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varn.kernel.calendar import Period
from varn.kernel.lawbook import LAW, Rule
from varn.mechanisms.installation.chosen import Installation
from varn.mechanisms.ui import colours
from varn.mechanisms.ui.forms import ColourField, Form, Group
from varn.mechanisms.ui.words import language

LOCAL_MARK = "L"
MOST_DAYS = 3650


class SettingForm(Form):
    """What the municipality can choose, with one field for each local rule of the lawbook that is counted in days."""

    municipality = forms.CharField(label=_("Name of the municipality"), max_length=120)
    accent = ColourField(
        label=_("Accent colour"),
        help_text=_("Used for buttons and links on a light surface. Written as # and six digits or letters a–f."),
        on=colours.WHITE,
        surface=_("a light surface"),
    )
    accent_dark = ColourField(
        label=_("Accent colour in the dark"),
        help_text=_("Leave it empty, and a lighter shade of the accent colour is used."),
        on=colours.DARK_SURFACE,
        surface=_("a dark surface"),
        required=False,
    )
    mail_sender = forms.EmailField(
        label=_("Sender of mail"), help_text=_("The address that mail from Värn comes from."), required=False
    )
    reply_to = forms.EmailField(
        label=_("Address for replies"), help_text=_("Where an answer to such mail goes."), required=False
    )

    fieldsets: ClassVar[Sequence[Group]] = (
        (_("Appearance"), ("accent", "accent_dark")),
        (_("Mail"), ("mail_sender", "reply_to")),
        (_("Reminders and periods"), ()),
    )

    def __init__(self, *args: Any, chosen: Installation, day: date, **kwargs: Any) -> None:
        initial = {
            "municipality": chosen.name,
            "accent": chosen.accent,
            "accent_dark": chosen.accent_dark,
            "mail_sender": chosen.mail_sender,
            "reply_to": chosen.reply_to,
        }
        self.rules = dict(_rules_in_days(day))
        super().__init__(*args, initial=initial, **kwargs)
        for rule_id, (rule, days) in self.rules.items():
            self.fields[rule_id] = _days_field(rule, days, chosen.reminders.get(rule_id))

    def grouped(self) -> Sequence[Group]:
        """The last group holds the rules that hold today."""
        return (*self.fieldsets[:-1], (self.fieldsets[-1][0], tuple(self.rules)))

    def clean(self) -> dict[str, Any]:
        """The values as the action takes them: the rules' own days gathered under `reminders`."""
        values = super().clean() or {}
        given = {rule_id: values.pop(rule_id, None) for rule_id in self.rules}
        values["reminders"] = {rule_id: days for rule_id, days in given.items() if days is not None}
        return values


class SavedViewForm(Form):
    """A name for the list as it stands."""

    page = forms.CharField(max_length=80)
    path = forms.CharField(max_length=300)
    label = forms.CharField(max_length=80, error_messages={"required": _("Give the view a name.")})
    query = forms.CharField(max_length=2000, required=False)

    def clean_path(self) -> str:
        """A page of this installation."""
        path = str(self.cleaned_data["path"])
        try:
            resolve(path)
        except Resolver404:
            raise ValidationError(_("There is no such page."), code="invalid") from None
        return path

    def clean_query(self) -> str:
        """A query string that can be read back, without the page number."""
        query = str(self.cleaned_data["query"]).lstrip("?")
        parse_qs(query, max_num_fields=100)
        return query


def _rules_in_days(day: date) -> Iterator[tuple[str, tuple[Rule, int]]]:
    for rule_id, dated in LAW.items():
        version = dated.version_on(day)
        value = version.value if version and version.verified == LOCAL_MARK else None
        if isinstance(value, Period) and value.days and value == Period(days=value.days):
            yield rule_id, (dated.rule, value.days)


def _days_field(rule: Rule, days: int, own: int | None) -> forms.IntegerField:
    proposed = gettext("A number of days. Empty means %(days)s, which the lawbook proposes (%(id)s).")
    return forms.IntegerField(
        label=rule.title_sv if language() == "sv" else rule.title_en,
        help_text=proposed % {"days": days, "id": rule.id},
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        initial=own,
    )
