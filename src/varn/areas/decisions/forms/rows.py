"""The rows of the confirmation form: one for each part of a decision that the reader of minutes proposed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.forms.fields import NamedField
from varn.areas.decisions.forms.row import Row
from varn.areas.decisions.rules import ClauseKind, DeadlineKind, Purpose
from varn.mechanisms.ui.forms import DayField, WordChoiceField

LONG = forms.Textarea(attrs={"rows": 3})
SHORT = forms.Textarea(attrs={"rows": 2})


class ClauseRow(Row):
    number = forms.CharField(label=_("Number"), max_length=10, required=False)
    kind = WordChoiceField(label=_("What it does"), prefix="decisions:clause_kind.", keys=[k.value for k in ClauseKind])
    for_body = forms.CharField(label=_("Only proposed to"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Clause, word for word"), widget=LONG, help_text=_("Copy the words from the text. Others are refused.")
    )

    @property
    def line(self) -> str:
        """The clause with its number."""
        return " ".join(filter(None, (f"{self.said('number')}." if self.said("number") else "", self.said("text"))))

    @property
    def notes(self) -> list[str]:
        """What it does, and to whom it is only proposed."""
        return list(filter(None, (self.chosen("kind", "decisions:clause_kind."), self.said("for_body"))))


class AssignmentRow(Row):
    offered = ("units", "units_asked", "adopts")
    assignee = forms.CharField(label=_("Goes to"), max_length=300)
    clause = forms.IntegerField(label=_("Clause no."), min_value=1)
    report_form = forms.CharField(label=_("How it is to be reported"), max_length=300, required=False)
    text = forms.CharField(label=_("What is to be done"), widget=SHORT)
    deadline_words = forms.CharField(label=_("Deadline, in the words of the text"), max_length=500, required=False)
    deadline_kind = WordChoiceField(
        label=_("Kind of deadline"),
        prefix="decisions:deadline_kind.",
        keys=[k.value for k in DeadlineKind],
        required=False,
    )
    first = DayField(label=_("First day"), required=False)
    last = DayField(label=_("Last day"), required=False)
    in_force = forms.BooleanField(label=_("In force (not only proposed to a higher body)"), required=False)
    wide = ("text", "deadline_words", "adopts", "units")
    understood: Sequence[str] = ()

    @property
    def line(self) -> str:
        """Who is to do what."""
        return ": ".join(filter(None, (self.said("assignee"), self.said("text"))))

    @property
    def notes(self) -> list[str]:
        """Its clause, whether it is only proposed, and until when."""
        proposed = "" if self["in_force"].value() else gettext("only proposed")
        clause = gettext("clause %(number)s") % {"number": self.said("clause")} if self.said("clause") else ""
        last = gettext("no later than %(day)s") % {"day": self.day("last")} if self.day("last") else ""
        return list(filter(None, (clause, proposed, last or self.said("deadline_words"), *self.understood)))

    def clean(self) -> dict[str, Any]:
        """A deadline that is read as days has a kind."""
        values = super().clean()
        given = values.get("deadline_words") or values.get("first") or values.get("last")
        if given and not values.get("deadline_kind"):
            self.add_error("deadline_kind", _("Say what kind of deadline it is."))
        return values


class ClosingRow(Row):
    offered = ("chosen", "chosen_asked")
    body = forms.CharField(label=_("Body that gave the assignment"), max_length=200, required=False)
    date = DayField(label=_("Date of its meeting"), required=False)
    paragraph = forms.CharField(label=_("Paragraph (§)"), max_length=20)
    point = forms.CharField(label=_("Point"), max_length=20, required=False)
    outcome = forms.CharField(label=_("What is said"), max_length=300, required=False)
    wide = ("outcome", "chosen")
    main = "outcome"
    understood: Sequence[str] = ()

    @property
    def notes(self) -> list[str]:
        """Which assignments it closes."""
        return list(self.understood)

    @property
    def line(self) -> str:
        """The decision that gave the assignment, and what is said of it."""
        point = gettext("point %(number)s") % {"number": self.said("point")} if self.said("point") else ""
        place = (self.said("body"), self.day("date"), f"§ {self.said('paragraph')}", point)
        return ": ".join(filter(None, (" ".join(filter(None, place)), self.said("outcome"))))


class ExtensionRow(Row):
    clause = forms.IntegerField(label=_("Clause no."), min_value=1)
    assignment = NamedField(
        label=_("Assignment that gets more time"),
        required=False,
        nobody=_("No open assignment of that reference may be extended by this decision."),
        help_text=_("Write its reference (UPP-2022-0001). Leave it empty if the assignment is not registered here."),
    )
    deadline_words = forms.CharField(label=_("Deadline, in the words of the text"), max_length=500, required=False)
    deadline_kind = WordChoiceField(
        label=_("Kind of deadline"),
        prefix="decisions:deadline_kind.",
        keys=[k.value for k in DeadlineKind],
        required=False,
    )
    first = DayField(label=_("First day"), required=False)
    last = DayField(label=_("Last day"), required=False)
    wide = ("assignment", "deadline_words")
    main = "assignment"

    @property
    def line(self) -> str:
        """Which assignment gets more time, and until when."""
        last = gettext("no later than %(day)s") % {"day": self.day("last")} if self.day("last") else ""
        return ": ".join(filter(None, (self.said("assignment"), last or self.said("deadline_words"))))

    @property
    def notes(self) -> list[str]:
        """The clause that gives it."""
        return [gettext("clause %(number)s") % {"number": self.said("clause")}] if self.said("clause") else []

    def clean(self) -> dict[str, Any]:
        """An assignment that gets more time gets it until something, of a kind."""
        values = super().clean()
        if values.get("assignment") and not (values.get("deadline_words") or values.get("last")):
            self.add_error("last", _("Say until when."))
        if values.get("assignment") and not values.get("deadline_kind"):
            self.add_error("deadline_kind", _("Say what kind of deadline it is."))
        return values


class MotionRow(Row):
    by = forms.CharField(label=_("Who moved, one on each line"), widget=SHORT)
    text = forms.CharField(label=_("What was moved"), widget=SHORT, required=False)
    wide = ("by", "text")

    @property
    def line(self) -> str:
        """Who moved what."""
        return ": ".join(filter(None, (", ".join(self.said("by").splitlines()), self.said("text"))))

    def clean_by(self) -> tuple[str, ...]:
        """Each mover on a line."""
        return tuple(line.strip() for line in self.cleaned_data["by"].splitlines() if line.strip())


class VoteRow(Row):
    question = forms.CharField(label=_("Question"), widget=SHORT, required=False)
    yes = forms.IntegerField(label=_("Yes"), min_value=0, max_value=9999, required=False)
    no = forms.IntegerField(label=_("No"), min_value=0, max_value=9999, required=False)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=9999, required=False)
    wide = ("question",)
    main = "question"

    @property
    def notes(self) -> list[str]:
        """How the votes fell."""
        return [f"{self[name].label} {self.said(name) or '–'}" for name in ("yes", "no", "abstained")]


class PassageRow(Row):
    text = forms.CharField(label=_("In the words of the text"), widget=SHORT)


class LineRow(Row):
    text = forms.CharField(label=_("In the words of the text"))


class NumberRow(Row):
    text = forms.CharField(label=_("Case number"), max_length=80)


class RecipientRow(Row):
    text = forms.CharField(label=_("Recipient, in the words of the text"), max_length=500)
    purpose = WordChoiceField(label=_("Why"), prefix="decisions:purpose.", keys=[purpose.value for purpose in Purpose])

    @property
    def notes(self) -> list[str]:
        """Why they are sent it."""
        return [self.chosen("purpose", "decisions:purpose.")]


class SignatureRow(Row):
    role = forms.CharField(label=_("Signature line"), max_length=120)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    wide = ()
    main = "role"

    @property
    def line(self) -> str:
        """The role, and the name where it is given."""
        return ": ".join(filter(None, (self.said("role"), self.said("name"))))
