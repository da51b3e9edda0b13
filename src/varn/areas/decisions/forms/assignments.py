"""Forms for following an assignment."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.forms.clauses import ByClause
from varn.areas.decisions.forms.decisions import HELP, UNKNOWN, offer_decisions
from varn.areas.decisions.forms.fields import MOST_SUGGESTED, NamedField
from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment, Body
from varn.areas.decisions.queries import rulings_over
from varn.areas.decisions.rules import ClauseKind, DeadlineKind
from varn.areas.organisation.queries import find_unit, offices, people, people_named, units_on
from varn.mechanisms.attachments.fields import UploadField
from varn.mechanisms.ui.forms import DayField, Form, WordChoiceField

LONG = forms.Textarea(attrs={"rows": 6})


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(UploadField):
    """None, one or several files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Sequence[File]:
        """Every file, each checked as one."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in given]


class OnAssignment(Form):
    """A form that knows the assignment it is about."""

    def __init__(self, *args: Any, thing: Assignment, **kwargs: Any) -> None:
        self.thing = thing
        super().__init__(*args, **kwargs)


class NothingForm(Form):
    """Nothing is asked: the button is the whole deed."""

    asks_reason = False


class StartForm(OnAssignment):
    """Nothing is asked of one who starts; why, of one who takes up again what was ready or reported."""

    def build(self) -> None:
        """Whether it is taken up again."""
        self.asks_reason = self.thing.state in (AssignmentState.READY_TO_REPORT, AssignmentState.REPORTED_BACK)


class NoteForm(Form):
    """What has been done, with its evidence."""

    asks_reason = False

    text = forms.CharField(label=_("What has been done"), widget=LONG, max_length=20_000)
    files = FilesField(label=_("Evidence"), required=False, help_text=_("Several files can be chosen."))


class ReportBackForm(OnAssignment):
    """The report to the body."""

    asks_reason = False

    body = forms.ModelChoiceField(label=_("Body"), queryset=None)
    meeting_date = DayField(label=_("Meeting on"))
    case_number = forms.CharField(label=_("Case number"), max_length=80, required=False)
    text = forms.CharField(label=_("Report"), widget=LONG, max_length=20_000)

    def build(self) -> None:
        """The body that gave the assignment, and those above it."""
        deciding = Body.objects.visible_to(self.viewer).deciding(self.viewer.day)
        self.fields["body"].queryset = deciding.ruling_over(self.thing.giver)
        self.fields["body"].initial = self.thing.giver_id


class RulingForm(OnAssignment):
    """Which decision rules over the assignment."""

    decision = NamedField(label=_("Decision that says so"), help_text=HELP, nobody=UNKNOWN)

    def build(self) -> None:
        """Decisions of the giver or of a body above it."""
        offer_decisions(self.fields["decision"], rulings_over(self.thing, viewer=self.viewer))


class LapseForm(OnAssignment):
    """Which decision, if any, said otherwise than was proposed."""

    decision = NamedField(label=_("Decision that said otherwise"), help_text=HELP, nobody=UNKNOWN, required=False)

    def build(self) -> None:
        """Decisions of the body that proposed it or of a body above it."""
        offer_decisions(self.fields["decision"], rulings_over(self.thing, viewer=self.viewer))


class CloseForm(ByClause, RulingForm):
    """Which decision closes the assignment, by which clause, and what it says."""

    does = ClauseKind.CLOSES
    outcome = forms.CharField(label=_("What is said"), max_length=300, required=False)

    def build(self) -> None:
        """Decisions of the giver or of a body above it."""
        super().build()
        self.ask_clause()


class DeadlineForm(OnAssignment):
    """What the words of the deadline are read as."""

    kind = WordChoiceField(
        label=_("Kind of deadline"), prefix="decisions:deadline_kind.", keys=[kind.value for kind in DeadlineKind]
    )
    first_date = DayField(label=_("First day"), required=False)
    last_date = DayField(label=_("Last day"), required=False)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        values = super().clean()
        first, last = values.get("first_date"), values.get("last_date")
        if first and last and last < first:
            self.add_error("last_date", _("The last day is before the first."))
        return values


class ExtendForm(ByClause, DeadlineForm):
    """The new deadline, and the decision and the clause that give it."""

    does = ClauseKind.EXTENDS
    decision = NamedField(label=_("Decision that extends"), help_text=HELP, nobody=UNKNOWN)
    words = forms.CharField(label=_("Deadline, in the words of the decision"), max_length=500, required=False)
    field_order = ("decision", "clause", "words", "kind", "first_date", "last_date")

    def build(self) -> None:
        """Decisions of the giver or of a body above it."""
        offer_decisions(self.fields["decision"], rulings_over(self.thing, viewer=self.viewer))
        self.ask_clause()


class DelegateForm(OnAssignment):
    """To whom the work is given."""

    delegated_to = NamedField(
        label=_("Person"),
        nobody=_("No person of that name was found."),
        error_messages={"required": _("Choose who is to do the work.")},
    )
    reason = forms.CharField(label=_("Why"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def build(self) -> None:
        """People whom the reader may see."""
        offer_people(self.fields["delegated_to"], self.viewer)


class SupportForm(OnAssignment):
    """Who supports."""

    support = NamedField(label=_("Person"), nobody=_("No person of that name was found."))

    def build(self) -> None:
        """People whom the reader may see."""
        offer_people(self.fields["support"], self.viewer)
        self.fields["support"].need_unless(self.thing.support_id, emptied=_("Leave it empty if nobody is to support."))


class MatchForm(OnAssignment):
    """Which office the words mean, or which unit where no named office answers."""

    office = forms.ModelChoiceField(label=_("Office that answers"), queryset=None, required=False)
    unit = NamedField(
        label=_("Or the unit that answers"),
        required=False,
        nobody=_("No unit of that name was found."),
        help_text=_("Where no named office fits, the unit's own manager answers. A new office is added under Offices."),
    )

    def build(self) -> None:
        """The named offices, and the units of the day."""
        self.fields["office"].queryset = offices(viewer=self.viewer)
        standing = units_on(self.viewer.day, viewer=self.viewer)
        self.fields["unit"].offer(
            lambda words: filter(None, [find_unit(words, self.viewer.day)]),
            [(unit.name, str(unit.parent or "")) for unit in standing[:MOST_SUGGESTED]],
        )

    def clean(self) -> dict[str, Any]:
        """One of the two is said, and not both."""
        values = super().clean()
        if not self.errors and bool(values.get("office")) == bool(values.get("unit")):
            raise ValidationError(_("Choose an office, or write a unit."))
        return values


def offer_people(field: NamedField, viewer: Any) -> None:
    """The field finds people by name among those the reader may see."""
    still_here = Q(until_date=None) | Q(until_date__gt=viewer.day)
    some = people(viewer=viewer).filter(still_here)[:40]
    field.offer(
        lambda words: people_named(words, viewer=viewer)[:2], [(person.name, person.title or "") for person in some]
    )
