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
from varn.kernel.glossary import GLOSSARY
from varn.kernel.lawbook import LAW, Amount, Rule
from varn.kernel.wording import counted_words
from varn.mechanisms.installation.chosen import Installation
from varn.mechanisms.installation.models import Setting
from varn.mechanisms.ui import colours
from varn.mechanisms.ui.forms import ColourField, EmailField, Form, Group, Stored
from varn.mechanisms.ui.words import language

LOCAL_MARK = "L"
MOST_DAYS = 3650


class SettingForm(Form):
    """What the municipality can choose, with one field for each local rule of the lawbook that is counted."""

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
    mail_sender = EmailField(
        label=_("Sender of mail"), help_text=_("The address that mail from Värn comes from."), required=False
    )
    reply_to = EmailField(
        label=_("Address for replies"), help_text=_("Where an answer to such mail goes."), required=False
    )

    fieldsets: ClassVar[Sequence[Group]] = (
        (_("Appearance"), ("accent", "accent_dark")),
        (_("Mail"), ("mail_sender", "reply_to")),
        (_("Reminders and periods"), ()),
        (_("Signing in and sessions"), ()),
    )

    def __init__(
        self, *args: Any, chosen: Installation, day: date, thing: Setting | None = None, **kwargs: Any
    ) -> None:
        initial: dict[str, Any] = {
            "municipality": chosen.name,
            "accent": chosen.accent,
            "accent_dark": chosen.accent_dark,
            "mail_sender": chosen.mail_sender,
            "reply_to": chosen.reply_to,
        }
        self.rules = dict(_counted_rules(day))
        initial |= {rule_id: chosen.reminders.get(rule_id) for rule_id in self.rules}
        super().__init__(*args, initial=Stored(thing, initial) if thing else initial, **kwargs)
        for rule_id, (rule, number, unit) in self.rules.items():
            field = _days_field if unit == "days" else _number_field
            self.fields[rule_id] = field(rule, number, unit, chosen.reminders.get(rule_id))

    def grouped(self) -> Sequence[Group]:
        """The last groups hold the rules that hold today: those of the door, and all others."""
        of_door = tuple(rule_id for rule_id, (_rule, _number, unit) in self.rules.items() if unit != "days")
        others = tuple(rule_id for rule_id in self.rules if rule_id not in of_door)
        return (*self.fieldsets[:-2], (self.fieldsets[-2][0], others), (self.fieldsets[-1][0], of_door))

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


def _counted_rules(day: date) -> Iterator[tuple[str, tuple[Rule, int, str]]]:
    """The local rules of the day, each with its number and unit."""
    for rule_id, dated in LAW.items():
        version = dated.version_on(day)
        value = version.value if version and version.verified == LOCAL_MARK else None
        if isinstance(value, Period) and value.days and value == Period(days=value.days):
            yield rule_id, (dated.rule, value.days, "days")
        elif isinstance(value, Amount):
            yield rule_id, (dated.rule, int(value.number), value.unit)


def _days_field(rule: Rule, days: int, _unit: str, own: int | None) -> forms.IntegerField:
    proposed = gettext("A number of days. Empty means %(days)s, which the lawbook proposes (%(id)s).")
    return _whole_number(rule, proposed % {"days": days, "id": rule.id}, MOST_DAYS, own)


def _number_field(rule: Rule, number: int, unit: str, own: int | None) -> forms.IntegerField:
    proposed = gettext("At most %(counted)s, which is also what empty means (%(id)s).")
    counted = counted_words(number, unit, GLOSSARY, language())
    return _whole_number(rule, proposed % {"counted": counted, "id": rule.id}, number, own)


def _whole_number(rule: Rule, said: str, most: int, own: int | None) -> forms.IntegerField:
    title = rule.title_sv if language() == "sv" else rule.title_en
    return forms.IntegerField(label=title, help_text=said, required=False, min_value=1, max_value=most, initial=own)
