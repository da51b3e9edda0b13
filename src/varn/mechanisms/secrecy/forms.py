"""What is asked when somebody says who sees a record."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varn.kernel.levels import Level
from varn.mechanisms.access.models import Account, Capacity, Compartment, CompartmentKind, MembershipRole
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.secrecy.actions import Grounds
from varn.mechanisms.secrecy.organisation import Known, organisation
from varn.mechanisms.ui.fields import SuggestInput
from varn.mechanisms.ui.forms import DayField, Form, LastDayField, WordChoiceField

LONG = forms.Textarea(attrs={"rows": 4})
HELP = {"person": _("The employee id, or the whole name."), "unit": _("The code, or the name.")}


class MeantField(forms.CharField):
    """A person or a unit that the reader sees, by number or name, suggested while one types."""

    widget = SuggestInput

    def __init__(self, *, kind: str = "person", **kwargs: Any) -> None:
        super().__init__(max_length=300, help_text=HELP[kind], **kwargs)
        self.kind = kind


class NamingForm(Form):
    """A form in which people or units are named."""

    def build(self) -> None:
        """What is typed is gone on with what the reader may read of."""
        for field in self.fields.values():
            if isinstance(field, MeantField) and self.viewer is not None:
                field.widget.suggestions = organisation().suggested_at(field.kind, viewer=self.viewer)


class LevelForm(Form):
    """A higher level, and the ground for it."""

    level = WordChoiceField(keys=(), label=_("Level of sensitivity"))
    ground = forms.CharField(
        label=_("Ground"),
        max_length=200,
        help_text=_("The provision of the secrecy act, for instance “OSL 18 kap. 8 §”, or what else it rests on."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=LONG)

    def __init__(self, *args: Any, levels: list[Level], **kwargs: Any) -> None:
        self.levels = levels
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        """The levels that can be chosen from where the record is."""
        field = WordChoiceField(keys=[f"level.{one.key}" for one in self.levels], label=_("Level of sensitivity"))
        self.fields["level"] = field

    def clean_level(self) -> Level:
        """The level itself."""
        return Level.of(self.cleaned_data["level"].partition(".")[2])


class LowerForm(LevelForm):
    """A lower level, and why."""

    def build(self) -> None:
        """The lower levels; no ground is asked for."""
        super().build()
        del self.fields["ground"]


class PlaceForm(Form):
    """Which of the reader's own compartments, and why."""

    compartment = forms.ModelChoiceField(queryset=Compartment.objects.none(), label=_("Compartment"))
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=LONG)

    def build(self) -> None:
        """The compartments in which the reader handles records."""
        mine = Compartment.objects.visible_to(self.viewer, Permission.PLACE)
        self.fields["compartment"] = forms.ModelChoiceField(queryset=mine, label=_("Compartment"))


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=LONG)


class SubjectForm(NamingForm):
    """Whom the case concerns, as what, and on what ground."""

    person_id = MeantField(label=_("Person"))
    capacity = WordChoiceField(keys=[f"access:capacity.{one.value}" for one in Capacity], label=_("In what capacity"))
    ground = forms.CharField(label=_("Ground"), max_length=2000, widget=LONG)

    def clean_person_id(self) -> int:
        """The one person who is meant."""
        return _person(self.cleaned_data["person_id"], self.viewer).pk

    def clean_capacity(self) -> str:
        """The capacity itself."""
        return str(self.cleaned_data["capacity"]).rpartition(".")[2]


class ShareForm(NamingForm):
    """With whom, until when, and on what ground."""

    one_of = ("unit_id", "person_id")

    unit_id = MeantField(kind="unit", label=_("Unit"), required=False)
    person_id = MeantField(label=_("Person"), required=False)
    last_date = DayField(label=_("Through"))
    ground = forms.CharField(label=_("Ground"), max_length=2000, widget=LONG)

    def clean_unit_id(self) -> int | None:
        """The one unit that is meant, if one is."""
        text = self.cleaned_data["unit_id"]
        return _unit(text, self.viewer).pk if text else None

    def clean_person_id(self) -> int | None:
        """The one person who is meant, if one is."""
        text = self.cleaned_data["person_id"]
        return _person(text, self.viewer).pk if text else None

    def clean(self) -> dict[str, Any]:
        """A unit or a person, not both at once."""
        values = super().clean()
        if values.get("unit_id") and values.get("person_id"):
            self.add_error("person_id", _("Share with one at a time."))
        return values


class GroundsForm(NamingForm):
    """Somebody with the three grounds for needing to know. Each is dated, and says who found it."""

    trusted_date = DayField(label=_("Found trusted on"))
    trusted_by = forms.CharField(label=_("Found trusted by"), max_length=200)
    knowledgeable_date = DayField(label=_("Found knowledgeable on"))
    knowledgeable_by = forms.CharField(label=_("Found knowledgeable by"), max_length=200)
    needed_date = DayField(label=_("Needs it for the work since"))
    needed_by = forms.CharField(label=_("Need found by"), max_length=200)

    GROUNDS = ("trusted_date", "trusted_by", "knowledgeable_date", "knowledgeable_by", "needed_date", "needed_by")

    def clean(self) -> dict[str, Any]:
        """The grounds as one."""
        values = super().clean()
        if self.errors:
            return values
        grounds = Grounds(**{name: values.pop(name) for name in self.GROUNDS})
        for name in ("trusted_date", "knowledgeable_date", "needed_date"):
            if getattr(grounds, name) > self.today:
                self.add_error(None, _("A ground is found on a day that has come."))
        return {**values, "grounds": grounds}

    @property
    def today(self) -> date:
        """The day of the request."""
        return self.viewer.day if self.viewer is not None else date.max


class CompartmentForm(GroundsForm):
    """What the compartment is for, and who answers for it."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("It says nothing of a person or a case."))
    kind = WordChoiceField(keys=[f"access:compartment_kind.{one.value}" for one in CompartmentKind], label=_("Kind"))
    purpose = forms.CharField(label=_("Purpose"), max_length=1000, widget=LONG)
    responsible = MeantField(label=_("Who answers for it"))

    def clean_kind(self) -> str:
        """The kind itself."""
        return str(self.cleaned_data["kind"]).rpartition(".")[2]

    def clean_responsible(self) -> Account:
        """The account of the person who is meant."""
        return _account(self.cleaned_data["responsible"], self.viewer)

    def grouped(self) -> list[tuple[str | Promise, list[str]]]:
        """What it is, then the grounds of the one who answers for it."""
        return [
            (_("The compartment"), ["name", "kind", "purpose", "responsible"]),
            (_("Why this person needs to know"), list(self.GROUNDS)),
        ]


class MembershipForm(GroundsForm):
    """Who is let in, as what, until when, and why they need to know."""

    account = MeantField(label=_("Person"))
    role = WordChoiceField(
        keys=[f"access:membership_role.{one.value}" for one in MembershipRole], label=_("Part in the compartment")
    )
    until_date = LastDayField(label=_("Through"), required=False)

    def clean_role(self) -> str:
        """The part itself."""
        return str(self.cleaned_data["role"]).rpartition(".")[2]

    def clean_account(self) -> Account:
        """The account of the person who is meant."""
        return _account(self.cleaned_data["account"], self.viewer)

    def grouped(self) -> list[tuple[str | Promise, list[str]]]:
        """Who, then the grounds."""
        return [
            (_("The member"), ["account", "role", "until_date"]),
            (_("Why this person needs to know"), list(self.GROUNDS)),
        ]


class ExplainForm(NamingForm):
    """About whom, and as of when."""

    person = MeantField(label=_("Person"))
    as_of = DayField(label=_("As of the day"), required=False, help_text=_("Empty means now."))


class ExplainToolForm(ExplainForm):
    """About whom, which record, and as of when."""

    record = forms.CharField(
        label=_("Record"), max_length=80, help_text=_("Its reference, for instance BES-2026-0042.")
    )
    field_order = ("person", "record", "as_of")


def _person(text: str, viewer: Any) -> Known:
    return _found(organisation().person_meant(text, viewer=viewer), text)


def _unit(text: str, viewer: Any) -> Known:
    return _found(organisation().unit_meant(text, viewer=viewer), text)


def _found(known: Known | None, text: str) -> Known:
    if known is None:
        raise ValidationError(_("There is none called “%(text)s”."), params={"text": text})
    return known


def _account(text: str, viewer: Any) -> Account:
    known = _person(text, viewer)
    account = Account.objects.filter(pk=known.account_id or 0).first()
    if account is None:
        raise ValidationError(_("%(name)s has no account to sign in with."), params={"name": known.name})
    return account
