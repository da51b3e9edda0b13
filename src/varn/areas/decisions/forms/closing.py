"""Forms for closings: several at once, and those that wait for their assignment."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.forms.clauses import ByClause
from varn.areas.decisions.forms.decisions import HELP, UNKNOWN, offer_decisions
from varn.areas.decisions.forms.fields import MOST_SUGGESTED, NamedField
from varn.areas.decisions.models import Assignment, Closing
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import assignments, bodies, decisions, given_by_at_least
from varn.areas.decisions.rules import ClauseKind
from varn.mechanisms.ui.forms import DayField, Form

MOST_OFFERED = 200


class CloseSeveralForm(ByClause):
    """Which decision closes the chosen assignments, and by which clause."""

    does = ClauseKind.CLOSES

    decision = NamedField(label=_("Decision"), help_text=HELP, nobody=UNKNOWN)
    outcome = forms.CharField(label=_("What is said"), max_length=300, required=False)
    assignments = forms.MultipleChoiceField(label=_("Assignments"), widget=forms.CheckboxSelectMultiple)
    field_order = ("assignments", "decision", "clause", "outcome")

    def build(self) -> None:
        """The open assignments that the reader may close: those that were chosen on the page before, otherwise all.

        Any decision that counts can be named; which assignments it may close is the body's rank.
        """
        may_close = Assignment.objects.visible_to(self.viewer, Permission.CLOSE).open()
        rows = assignments(viewer=self.viewer).filter(pk__in=may_close.values("pk")).order_by("from_date", "pk")
        chosen = _told(self.initial.get("assignments") or [])
        self.rows = rows.filter(reference__in=chosen) if chosen else rows
        ticked = _told(self.data.getlist("assignments")) if self.is_bound else []
        offered = {row.reference: row for row in (*rows.filter(reference__in=ticked), *self.rows[:MOST_OFFERED])}
        by_decision: dict[str, list[tuple[str, str]]] = {}
        for reference, row in offered.items():
            by_decision.setdefault(row.decision.citation, []).append(
                (reference, f"{reference} {row.assignee}: {row.text}")
            )
        self.fields["assignments"].choices = list(by_decision.items())
        offer_decisions(self.fields["decision"], decisions(viewer=self.viewer).valid())
        self.ask_clause()

    def clean_assignments(self) -> list[Assignment]:
        """The ticked assignments."""
        return list(assignments(viewer=self.viewer).filter(reference__in=self.cleaned_data["assignments"]))


class LinkForm(Form):
    """Which assignment a closing means."""

    assignment = NamedField(label=_("Assignment"), help_text=_("Write its reference (UPP-2022-0001)."))

    def __init__(self, *args: Any, closing: Closing, **kwargs: Any) -> None:
        self.closing = closing
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        """Every assignment the reader sees; those that the decision may close are suggested."""
        seen = assignments(viewer=self.viewer)
        suggested = given_by_at_least(self.closing.decision, viewer=self.viewer).order_by("-from_date", "-pk")
        self.fields["assignment"].offer(
            lambda words: seen.filter(reference__iexact=words.strip())[:2],
            [(row.reference, f"{row.assignee}: {row.text}"[:200]) for row in suggested[:MOST_SUGGESTED]],
        )


class CorrectClosingForm(Form):
    """What a closing refers to, where it was wrongly read, and why it is corrected."""

    body = forms.ModelChoiceField(label=_("Body that gave the assignment"), queryset=None)
    date = DayField(label=_("Date of its meeting"))
    paragraph = forms.CharField(label=_("Paragraph (§)"), max_length=20)
    point = forms.CharField(label=_("Point"), max_length=20, required=False)
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def build(self) -> None:
        """The bodies."""
        self.fields["body"].queryset = bodies(viewer=self.viewer)


def _told(references: Iterable[str]) -> list[str]:
    """Those of the references that can be asked for: PostgreSQL takes no text with a null character in it."""
    return [reference for reference in references if "\0" not in reference]
