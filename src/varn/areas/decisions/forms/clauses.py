"""Asking which clause of a chosen decision does something to an assignment, where the decision itself does not tell."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.models import Decision
from varn.areas.decisions.queries import the_clause
from varn.areas.decisions.rules import ClauseKind
from varn.mechanisms.ui.forms import Form

SHOWN = 300
WHICH = {ClauseKind.CLOSES: _("Clause that closes"), ClauseKind.EXTENDS: _("Clause that extends")}
NONE_DOES = {
    ClauseKind.CLOSES: _(
        "No clause of this decision is registered as closing an assignment. Choose the one that does, "
        "or another decision."
    ),
    ClauseKind.EXTENDS: _(
        "No clause of this decision is registered as extending an assignment. Choose the one that "
        "does, or another decision."
    ),
}
SEVERAL_DO = _("More than one clause of this decision may be meant. Choose the one.")


class ByClause(Form):
    """A form with a field `decision`. When the decision is chosen and not exactly one of its clauses does what is
    meant, it asks which does.
    """

    does: ClassVar[ClauseKind]

    def ask_clause(self) -> None:
        """The question stands in the form where it is needed."""
        decision = self._chosen()
        if decision is None or the_clause(decision, self.does) is not None:
            return
        clauses = list(decision.clauses.all())
        several = any(clause.kind == self.does for clause in clauses)
        choices = [(each.position, f"{each.number or each.position}. {each.text}"[:SHOWN]) for each in clauses]
        self.fields["clause"] = forms.TypedChoiceField(
            label=WHICH[self.does],
            choices=choices,
            coerce=int,
            widget=forms.RadioSelect,
            error_messages={"required": SEVERAL_DO if several else NONE_DOES[self.does]},
        )
        self.order_fields(self.field_order or ("decision", "clause"))

    def _chosen(self) -> Decision | None:
        words = str(self["decision"].value() or "").replace("\0", "").strip()
        found = list(self.fields["decision"].find(words)) if words else []
        return found[0] if len(found) == 1 else None
