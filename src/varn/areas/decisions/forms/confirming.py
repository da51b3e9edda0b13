"""The form in which a person confirms or corrects what the reader of minutes proposed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.models import Body
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.rules import ClauseKind, DeadlineKind, Purpose, reasons_about
from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.ui.forms import DayField, Form, WordChoiceField

OTHER_DOUBT = "decisions:doubt.other"
LONG = forms.Textarea(attrs={"rows": 3})


class HeadForm(Form):
    """Who decided, when, under which § and about what."""

    body = forms.ChoiceField(label=_("Body"))
    date = DayField(label=_("Date of the meeting"))
    paragraph = forms.CharField(label=_("Paragraph (§)"), max_length=20)
    title = forms.CharField(label=_("Heading"), max_length=500)
    case_number = forms.CharField(label=_("Case number"), max_length=80, required=False)
    confirmed = forms.BooleanField(label=_("I have checked this against the text"))

    def __init__(self, *args: Any, reasons: Sequence[str] = (), **kwargs: Any) -> None:
        self.reasons = [doubt_key(reason) for reason in reasons]
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        """The bodies that the reader registers for, and a tick for what is uncertain about the whole."""
        if not self.reasons:
            del self.fields["confirmed"]
        rows = Body.objects.visible_to(self.viewer, Permission.REGISTER).filter(until_date=None)
        self.fields["body"].choices = [("", "–"), *((body.name, body.name) for body in rows)]


class Row(forms.Form):
    """One part of the decision. Its initial `path` says what the reader called it; what is uncertain must be ticked."""

    confirmed = forms.BooleanField(required=False, label=_("I have checked this against the text"))

    def __init__(self, *args: Any, doubted: Sequence[tuple[str, str]], words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        path = self.initial.get("path", "")
        self.source = words.get(path, "")
        self.reasons = [doubt_key(reason) for reason in reasons_about(path, doubted)]
        self.is_doubted = bool(self.reasons)
        if not self.is_doubted:
            del self.fields["confirmed"]

    def has_changed(self) -> bool:
        """A row that the reader proposed counts even when the person changed nothing in it."""
        return "path" in self.initial or super().has_changed()

    def clean(self) -> dict[str, Any]:
        """What is uncertain has been checked, unless the row is taken away."""
        values = super().clean()
        if self.is_doubted and not values.get("confirmed") and not values.get("DELETE"):
            self.add_error("confirmed", _("Check this against the text, and tick that you have."))
        return values

    def shown(self) -> Iterator[forms.BoundField]:
        """The fields that a person fills in, without the tick and the removal."""
        yield from (field for field in self.visible_fields() if field.name not in ("confirmed", "DELETE"))


class ClauseRow(Row):
    number = forms.CharField(label=_("Number"), max_length=10, required=False)
    text = forms.CharField(
        label=_("Clause, word for word"), widget=LONG, help_text=_("Copy the words from the text. Others are refused.")
    )
    kind = WordChoiceField(label=_("What it does"), prefix="decisions:clause_kind.", keys=[k.value for k in ClauseKind])
    for_body = forms.CharField(label=_("Only proposed to"), max_length=200, required=False)


class AssignmentRow(Row):
    clause = forms.IntegerField(label=_("Clause, counted from the top"), min_value=1)
    assignee = forms.CharField(label=_("Goes to"), max_length=300)
    text = forms.CharField(label=_("What is to be done"), widget=LONG)
    in_force = forms.BooleanField(label=_("In force (not only proposed to a higher body)"), required=False)
    deadline_words = forms.CharField(label=_("Deadline, in the words of the text"), max_length=500, required=False)
    deadline_kind = WordChoiceField(
        label=_("Kind of deadline"),
        prefix="decisions:deadline_kind.",
        keys=[k.value for k in DeadlineKind],
        required=False,
    )
    first = DayField(label=_("First day"), required=False)
    last = DayField(label=_("Last day"), required=False)
    report_form = forms.CharField(label=_("How it is to be reported"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """A deadline that is read as days has a kind."""
        values = super().clean()
        given = values.get("deadline_words") or values.get("first") or values.get("last")
        if given and not values.get("deadline_kind"):
            self.add_error("deadline_kind", _("Say what kind of deadline it is."))
        return values


class ClosingRow(Row):
    body = forms.CharField(label=_("Body that gave the assignment"), max_length=200, required=False)
    date = DayField(label=_("Date of its meeting"), required=False)
    paragraph = forms.CharField(label=_("Paragraph (§)"), max_length=20)
    point = forms.CharField(label=_("Point"), max_length=20, required=False)
    outcome = forms.CharField(label=_("What is said"), max_length=300, required=False)


class MotionRow(Row):
    by = forms.CharField(label=_("Who moved, one on each line"), widget=forms.Textarea(attrs={"rows": 2}))
    text = forms.CharField(label=_("What was moved"), widget=LONG, required=False)

    def clean_by(self) -> tuple[str, ...]:
        """Each mover on a line."""
        return tuple(line.strip() for line in self.cleaned_data["by"].splitlines() if line.strip())


class VoteRow(Row):
    question = forms.CharField(label=_("Question"), widget=LONG, required=False)
    yes = forms.IntegerField(label=_("Yes"), min_value=0, max_value=9999, required=False)
    no = forms.IntegerField(label=_("No"), min_value=0, max_value=9999, required=False)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=9999, required=False)


class PassageRow(Row):
    text = forms.CharField(label=_("In the words of the text"), widget=forms.Textarea(attrs={"rows": 2}))


class NumberRow(Row):
    text = forms.CharField(label=_("Case number"), max_length=80)


class RecipientRow(Row):
    text = forms.CharField(label=_("Recipient, in the words of the text"), max_length=500)
    purpose = WordChoiceField(label=_("Why"), prefix="decisions:purpose.", keys=[purpose.value for purpose in Purpose])


class SignatureRow(Row):
    role = forms.CharField(label=_("Signature line"), max_length=120)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)


class Rows(forms.BaseFormSet):
    """The rows of one kind of part. A person adds and takes away."""

    deletion_widget = forms.CheckboxInput

    def add_fields(self, form: Row, index: int | None) -> None:
        """The box that takes the row away says so in words."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Take this away")

    def kept(self) -> list[tuple[int, Row]]:
        """The rows that stand, each with its number from the top as the page shows it."""
        return [
            (place, form)
            for place, form in enumerate(self.forms, start=1)
            if form.has_changed() and not form.cleaned_data.get("DELETE")
        ]


def doubt_key(reason: str) -> str:
    """The glossary's key for the reader's reason; a general one for a reason without a word of its own."""
    key = f"decisions:doubt.{reason}"
    return key if key in GLOSSARY else OTHER_DOUBT


def rows_of(row: type[Row]) -> type[Rows]:
    """The formset of one kind of row: none is shown empty until a person adds it."""
    return forms.formset_factory(row, formset=Rows, extra=0, can_delete=True, max_num=400, absolute_max=500)


KINDS: dict[str, tuple[Any, type[Rows]]] = {
    "clauses": (_("Clauses"), rows_of(ClauseRow)),
    "assignments": (_("Assignments"), rows_of(AssignmentRow)),
    "closings": (_("Closes earlier assignments"), rows_of(ClosingRow)),
    "recipients": (_("Recipients"), rows_of(RecipientRow)),
    "motions": (_("Motions"), rows_of(MotionRow)),
    "votes": (_("Votes"), rows_of(VoteRow)),
    "reservations": (_("Reservations"), rows_of(PassageRow)),
    "basis": (_("Basis"), rows_of(PassageRow)),
    "related": (_("Related cases"), rows_of(NumberRow)),
    "mentions": (_("Mentioned, but decided in no clause"), rows_of(PassageRow)),
    "signatures": (_("Signatures"), rows_of(SignatureRow)),
}
