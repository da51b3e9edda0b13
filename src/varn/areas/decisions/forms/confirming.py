"""The form in which a person confirms or corrects what the reader of minutes proposed: the head, and rows by kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.forms import rows as kinds
from varn.areas.decisions.forms.row import Row, Sketch, doubt_key
from varn.areas.decisions.queries import bodies_registered_by
from varn.mechanisms.ui.forms import DayField, Form

READER_FIELDS = {"case_number": "diarienummer"}


class HeadForm(Sketch, Form):
    """Who decided, when, under which § and about what."""

    body = forms.ChoiceField(label=_("Body"))
    date = DayField(label=_("Decided"))
    paragraph = forms.CharField(label="§", max_length=20)
    case_number = forms.CharField(label=_("Case number"), max_length=80, required=False)
    title = forms.CharField(label=_("Heading"), max_length=500)
    confirmed = forms.BooleanField(label=_("Checked against the text"))

    def __init__(self, *args: Any, reasons: Sequence[str] = (), **kwargs: Any) -> None:
        self.reasons = [doubt_key(reason) for reason in reasons]
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        """The bodies that the reader registers for, and a tick for what is uncertain about the whole."""
        if not self.reasons:
            del self.fields["confirmed"]
        rows = bodies_registered_by(self.viewer)
        self.fields["body"].choices = [("", "–"), *((body.name, body.name) for body in rows)]

    def shown(self) -> Iterator[tuple[forms.BoundField, str]]:
        """The fields that a person fills in, each with what the reader calls it."""
        for field in self.visible_fields():
            if field.name != "confirmed":
                yield field, READER_FIELDS.get(field.name, field.name)

    @property
    def is_unsure(self) -> bool:
        """Whether something uncertain about the whole is not yet ticked."""
        return bool(self.reasons) and not self["confirmed"].value()


class Rows(forms.BaseFormSet):
    """The rows of one kind of part. A person adds and takes away."""

    deletion_widget = forms.CheckboxInput

    def add_fields(self, form: Row, index: int | None) -> None:
        """The box that takes the row away says so in words."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Take away")

    def kept(self) -> list[tuple[int, Row]]:
        """The rows that stand, each with its number from the top as the page shows it."""
        return [
            (place, form)
            for place, form in enumerate(self.forms, start=1)
            if form.has_changed() and not form.cleaned_data.get("DELETE")
        ]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of part: what several and one are called, its rows, and how the page shows them.

    `is_lean` rows stand on one line each and open together; `is_asked` kinds are shown also when there are none.
    """

    label: Promise
    one: Promise
    rows: type[Rows]
    is_lean: bool = False
    is_asked: bool = False


def _rows_of(row: type[Row]) -> type[Rows]:
    """The formset of one kind of row: none is shown empty until a person adds it."""
    return forms.formset_factory(row, formset=Rows, extra=0, can_delete=True, max_num=400, absolute_max=500)


KINDS: dict[str, Kind] = {
    "clauses": Kind(label=_("Clauses"), one=_("Clause"), rows=_rows_of(kinds.ClauseRow), is_asked=True),
    "assignments": Kind(label=_("Assignments"), one=_("Assignment"), rows=_rows_of(kinds.AssignmentRow), is_asked=True),
    "closings": Kind(label=_("Closes earlier assignments"), one=_("Closing"), rows=_rows_of(kinds.ClosingRow)),
    "extensions": Kind(label=_("Extends earlier assignments"), one=_("Extension"), rows=_rows_of(kinds.ExtensionRow)),
    "recipients": Kind(
        label=_("Recipients"), one=_("Recipient"), rows=_rows_of(kinds.RecipientRow), is_lean=True, is_asked=True
    ),
    "motions": Kind(label=_("Motions"), one=_("Motion"), rows=_rows_of(kinds.MotionRow)),
    "votes": Kind(label=_("Votes"), one=_("Vote"), rows=_rows_of(kinds.VoteRow)),
    "reservations": Kind(label=_("Reservations"), one=_("Reservation"), rows=_rows_of(kinds.PassageRow), is_lean=True),
    "basis": Kind(label=_("Basis"), one=_("Basis document"), rows=_rows_of(kinds.LineRow), is_lean=True),
    "related": Kind(label=_("Related cases"), one=_("Related case"), rows=_rows_of(kinds.NumberRow), is_lean=True),
    "mentions": Kind(
        label=_("Mentioned, but decided in no clause"), one=_("Mention"), rows=_rows_of(kinds.PassageRow), is_lean=True
    ),
    "signatures": Kind(label=_("Signatures"), one=_("Signature"), rows=_rows_of(kinds.SignatureRow), is_lean=True),
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """All rows of one kind, as the page shows them."""

    name: str
    kind: Kind
    rows: Rows

    @property
    def is_shown(self) -> bool:
        """Whether it has a place of its own; otherwise only a button that adds one."""
        return self.kind.is_asked or bool(self.rows.forms)

    @property
    def is_open(self) -> bool:
        """Whether something in it must be looked into."""
        return any(row.is_open for row in self.rows.forms)

    @property
    def unsure(self) -> int:
        """How many of its rows wait for a tick."""
        return sum(row.is_unsure for row in self.rows.forms)
